import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryViewStore } from '@daybook/adapters/memory'
import { sqliteEventStore, sqliteViewStore } from '@daybook/adapters/sqlite'
import { noOpViewStore, StoreCaseFailure, type ViewStoreFixture, viewStoreCases } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'
import { describe, expect, it } from 'vitest'

const memory: ViewStoreFixture = {
  open: async () => {
    const store = await Effect.runPromise(memoryViewStore())
    return { store, reopen: async () => store, close: async () => {} }
  },
}

const inFile = (prepare: (path: string) => Promise<void>): ViewStoreFixture => ({
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daybook-views-'))
    const path = join(folder, 'book.db')
    await prepare(path)
    const scope = Effect.runSync(Scope.make())
    const open = () => Effect.runPromise(Scope.provide(sqliteViewStore({ path }), scope))
    return {
      store: await open(),
      reopen: open,
      close: async () => {
        await Effect.runPromise(Scope.close(scope, Exit.void))
        rmSync(folder, { recursive: true })
      },
    }
  },
})

const fixtures: Readonly<Record<string, ViewStoreFixture>> = {
  'in memory': memory,
  'in a SQLite file of its own': inFile(async () => {}),
  'in the SQLite file of the log': inFile(async (path) => {
    await Effect.runPromise(Effect.scoped(sqliteEventStore({ path })))
  }),
}

describe.each(Object.entries(fixtures))('the view store %s keeps its contract', (_, fixture) => {
  for (const one of viewStoreCases) it(one.name, { tags: [...(one.laws ?? [])] }, () => one.run(fixture))
})

describe('a view store that forgets everything fails every case', () => {
  const fixture: ViewStoreFixture = {
    open: async () => ({ store: noOpViewStore, reopen: async () => noOpViewStore, close: async () => {} }),
  }
  for (const one of viewStoreCases) {
    it(`fails: ${one.name}`, async () => {
      await expect(one.run(fixture)).rejects.toThrow(StoreCaseFailure)
    })
  }
})
