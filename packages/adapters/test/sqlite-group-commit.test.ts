import { DatabaseSync } from 'node:sqlite'
import { NO_STREAM } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Fiber from 'effect/Fiber'
import * as Scope from 'effect/Scope'
import { afterAll, describe, expect, it } from 'vitest'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { noteAppend } from './store/samples.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
let files = 0
const freshFile = (): string => folder.file(`group-${++files}.db`)
const wholeLog = { after: 0, limit: 10_000 }

describe('group commit', () => {
  it('64 concurrent appends share one commit, sequential ones have one each', async () => {
    const { store, close } = await opened(sqliteEventStore({ path: freshFile() }))
    const appends = Array.from({ length: 64 }, (_, n) => noteAppend(store, `account-${n}`, NO_STREAM, ['hello']))
    await Promise.all(appends.map((append) => Effect.runPromise(store.append(append))))
    expect(store.commits()).toBe(1)
    for (let n = 0; n < 5; n++) await Effect.runPromise(store.append(noteAppend(store, `a-${n}`, NO_STREAM, ['hello'])))
    expect(store.commits()).toBe(6)
    await close()
  })

  it('64 handlers that append on and on share their commits too', async () => {
    const { store, close } = await opened(sqliteEventStore({ path: freshFile() }))
    const handler = async (stream: string): Promise<void> => {
      let token = NO_STREAM
      for (let n = 0; n < 10; n++) {
        const receipt = await Effect.runPromise(store.append(noteAppend(store, stream, token, [`${n}`])))
        token = { version: receipt.lastVersion, headHash: receipt.headHash }
      }
    }
    await Promise.all(Array.from({ length: 64 }, (_, n) => handler(`account-${n}`)))
    expect(await Effect.runPromise(store.head)).toMatchObject({ position: 640 })
    expect(store.commits()).toBeLessThanOrEqual(20)
    await close()
  })

  it('B2 B4 B8 each member has its own verdict, and one that breaks does not spoil the others', {
    tags: ['B2', 'B4', 'B8'],
  }, async () => {
    const { store, close } = await opened(sqliteEventStore({ path: freshFile() }))
    const first = noteAppend(store, 'account-a', NO_STREAM, ['first'])
    await Effect.runPromise(store.append(first))
    const idTaken = noteAppend(store, 'account-b', NO_STREAM, ['one', 'two'])
    const members = {
      good: noteAppend(store, 'account-c', NO_STREAM, ['good']),
      repeated: first,
      mismatch: { ...noteAppend(store, 'account-a', NO_STREAM, ['other']), commandId: first.commandId },
      stale: noteAppend(store, 'account-a', NO_STREAM, ['stale']),
      idTaken: {
        ...idTaken,
        events: idTaken.events.map((event, n) => (n === 1 ? { ...event, id: first.events[0]?.id ?? '' } : event)),
      },
      raceWon: noteAppend(store, 'account-d', NO_STREAM, ['won']),
      raceLost: noteAppend(store, 'account-d', NO_STREAM, ['lost']),
      lastGood: noteAppend(store, 'account-e', NO_STREAM, ['a', 'b']),
    }
    const verdict = Effect.match({
      onSuccess: ({ repeated }: { repeated: boolean }) => (repeated ? 'repeated' : 'written'),
      onFailure: ({ _tag }: { _tag: string }) => _tag,
    })
    const entries = Object.entries(members).map(async ([name, append]) => [
      name,
      await Effect.runPromise(verdict(store.append(append))),
    ])
    expect(Object.fromEntries(await Promise.all(entries))).toEqual({
      good: 'written',
      repeated: 'repeated',
      mismatch: 'CommandMismatch',
      stale: 'Conflict',
      idTaken: 'Integrity',
      raceWon: 'written',
      raceLost: 'Conflict',
      lastGood: 'written',
    })
    const log = await Effect.runPromise(store.readAll(wholeLog))
    expect(log.map(({ position, stream, version }) => `${position} ${stream} ${version}`)).toEqual([
      '1 account-a 0',
      '2 account-c 0',
      '3 account-d 0',
      '4 account-e 0',
      '5 account-e 1',
    ])
    expect(await Effect.runPromise(store.findCommand('account-b', idTaken.commandId))).toBeUndefined()
    await close()
  })

  it('an append given up before its tick is not written', async () => {
    const { store, close } = await opened(sqliteEventStore({ path: freshFile() }))
    const dropped = Effect.runFork(store.append(noteAppend(store, 'account-a', NO_STREAM, ['dropped'])))
    await Effect.runPromise(Fiber.interrupt(dropped))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await Effect.runPromise(store.head)).toEqual({ position: 0 })
    await close()
  })

  it('closing writes what waits, and then answers that the store is closed', async () => {
    const path = freshFile()
    const { store, close } = await opened(sqliteEventStore({ path }))
    const appends = Array.from({ length: 300 }, (_, n) => noteAppend(store, `account-${n}`, NO_STREAM, ['late']))
    const answers = appends.map((append) => Effect.runPromise(store.append(append)))
    await close()
    expect((await Promise.all(answers)).length).toBe(300)
    const after = noteAppend(store, 'account-z', NO_STREAM, ['too late'])
    for (const effect of [store.append(after), store.head, store.readAll(wholeLog)]) {
      const error = await Effect.runPromise(
        Effect.flip(Effect.asVoid<unknown, { _tag: string; message: string }, never>(effect)),
      )
      expect(error).toMatchObject({ _tag: 'Unavailable', message: expect.stringContaining('closed') })
    }
    const again = await opened(sqliteEventStore({ path }))
    expect(await Effect.runPromise(again.store.head)).toMatchObject({ position: 300 })
    await again.close()
  })

  it('B3 one that breaks, and whose caller closes the store at once, spoils none that was written with it', {
    tags: ['B3'],
  }, async () => {
    const path = freshFile()
    const scope = await Effect.runPromise(Scope.make())
    const store = await Effect.runPromise(Scope.provide(sqliteEventStore({ path }), scope))
    const first = noteAppend(store, 'account-a', NO_STREAM, ['first'])
    await Effect.runPromise(store.append(first))
    const broken = noteAppend(store, 'account-b', NO_STREAM, ['one'])
    const idTaken = { ...broken, events: broken.events.map((event) => ({ ...event, id: first.events[0]?.id ?? '' })) }
    const good = ['account-c', 'account-d'].map((stream) => noteAppend(store, stream, NO_STREAM, ['good']))
    const closing = Effect.tapError(store.append(idTaken), () => Scope.close(scope, Exit.void))
    const [bad, ...others] = await Promise.all(
      [closing, ...good.map((append) => store.append(append))].map((append) => Effect.runPromiseExit(append)),
    )
    expect(bad).toMatchObject({ _tag: 'Failure' })
    expect(others.map(({ _tag }) => _tag)).toEqual(['Success', 'Success'])
    const again = await opened(sqliteEventStore({ path }))
    expect(await Effect.runPromise(again.store.head)).toMatchObject({ position: 3 })
    await again.close()
  })

  it('a file that another connection holds is Unavailable at once for all that wait, and free again later', async () => {
    const path = freshFile()
    const busyTimeout = 1_000
    const { store, close } = await opened(sqliteEventStore({ path, busyTimeout }))
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const appends = Array.from({ length: 8 }, (_, n) => noteAppend(store, `account-${n}`, NO_STREAM, ['waiting']))
    const began = performance.now()
    const exits = await Promise.all(appends.map((append) => Effect.runPromiseExit(store.append(append))))
    expect(performance.now() - began).toBeLessThan(busyTimeout * appends.length)
    expect(exits.every(Exit.isFailure)).toBe(true)
    const error = await Effect.runPromise(Effect.flip(store.append(appends[0] ?? expect.fail())))
    expect(error).toMatchObject({ _tag: 'Unavailable', retry: 'safe', message: expect.stringContaining('busy') })
    other.exec('ROLLBACK')
    other.close()
    await Promise.all(appends.map((append) => Effect.runPromise(store.append(append))))
    expect(await Effect.runPromise(store.head)).toMatchObject({ position: 8 })
    await close()
  })
})
