import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { NO_STREAM } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { afterAll, describe, expect, it } from 'vitest'
import { sqliteEventStore, sqliteViewStore } from '../src/sqlite/index.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { noteAppend } from './store/samples.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

/** Another process in the midst of its transaction. */
const held = (path: string): (() => void) => {
  const other = new DatabaseSync(path)
  other.exec('BEGIN IMMEDIATE')
  return () => {
    other.exec('ROLLBACK')
    other.close()
  }
}

/** Lets go of the file once this process has had its turns: with the event loop held, it never would. */
const letGoAfter = async (turns: number, letGo: () => void): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await setTimeout(10)
  letGo()
}

const view = { view: 'tally', version: 1 }

describe('while another process writes', () => {
  it('appends wait with the event loop free, in their order, and share a commit when the file is free', async () => {
    const path = folder.file('appends.db')
    const { store, close } = await opened(sqliteEventStore({ path }))
    const letGo = held(path)
    const appends = Array.from({ length: 8 }, (_, n) => noteAppend(store, `account-${n}`, NO_STREAM, ['waiting']))
    const receipts = Promise.all(appends.map((append) => Effect.runPromise(store.append(append))))
    await letGoAfter(10, letGo)
    expect((await receipts).map(({ lastPosition }) => lastPosition)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(store.commits()).toBe(1)
    await close()
  })

  it('a close writes what waits', async () => {
    const path = folder.file('closing.db')
    const { store, close } = await opened(sqliteEventStore({ path }))
    const letGo = held(path)
    const receipt = Effect.runPromise(store.append(noteAppend(store, 'account-1', NO_STREAM, ['waiting'])))
    await letGoAfter(5, letGo)
    await close()
    expect(await receipt).toMatchObject({ lastPosition: 1 })
  })

  it('an append that is given up while it waits is not written', async () => {
    const path = folder.file('given-up.db')
    const { store, close } = await opened(sqliteEventStore({ path }))
    const letGo = held(path)
    const append = store.append(noteAppend(store, 'account-1', NO_STREAM, ['given up']))
    await expect(Effect.runPromise(Effect.timeout(append, 30))).rejects.toThrow()
    letGo()
    await Effect.runPromise(store.append(noteAppend(store, 'account-2', NO_STREAM, ['kept'])))
    expect(await Effect.runPromise(store.head)).toMatchObject({ position: 1 })
    await close()
  })

  it('a change of a view waits with the event loop free', async () => {
    const path = folder.file('views.db')
    const changed = Effect.gen(function* () {
      const views = yield* sqliteViewStore({ path })
      const letGo = held(path)
      const change = { ...view, from: 0, to: 2, leaf: 'a', put: new Map([['k', '"two"']]) }
      const letting = Effect.promise(() => letGoAfter(10, letGo))
      yield* Effect.all([views.commit(change), letting], { concurrency: 2 })
      return yield* views.checkpoint(view)
    })
    expect(await Effect.runPromise(Effect.scoped(changed))).toEqual({ position: 2, leaf: 'a' })
  })
})
