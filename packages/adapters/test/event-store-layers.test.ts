import { EventStore, NO_STREAM } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Layer } from 'effect/Layer'
import { describe, expect, it } from 'vitest'
import { memoryEventStoreLayer } from '../src/memory/index.ts'
import { sqliteEventStoreLayer } from '../src/sqlite/index.ts'
import { noteAppend } from './store/samples.ts'

const layers: readonly { readonly name: string; readonly layer: Layer<EventStore, { readonly _tag: string }> }[] = [
  { name: 'memory', layer: memoryEventStoreLayer({ tenant: 'north' }) },
  { name: 'SQLite', layer: sqliteEventStoreLayer({ path: ':memory:', tenant: 'north' }) },
]

describe.each(layers)('the $name store as a layer', ({ layer }) => {
  it('provides the EventStore of its tenant', async () => {
    const program = Effect.gen(function* () {
      const store = yield* EventStore
      yield* store.append(noteAppend(store, 'account-a', NO_STREAM, ['hello']))
      return { tenant: store.tenant, head: yield* store.head }
    })
    const { tenant, head } = await Effect.runPromise(Effect.provide(program, layer))
    expect(tenant).toBe('north')
    expect(head.position).toBe(1)
  })
})
