import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { NO_STREAM } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { afterAll, describe, expect, it } from 'vitest'
import { mustBeDurable } from '../src/sqlite/connection.ts'
import { sqliteEventStore, sqliteViewStore } from '../src/sqlite/index.ts'
import { asNobody } from './store/as-nobody.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { noteAppend } from './store/samples.ts'

const folder = temporaryFolder()
chmodSync(folder.file('.'), 0o755)
afterAll(() => {
  for (const name of ['archive', 'stopped']) chmodSync(folder.file(name), 0o755)
  folder.remove()
})

const view = { view: 'tally', version: 1 }

/** A book of two events with a view, still open. */
const book = async (path: string) => {
  const { store, close } = await opened(sqliteEventStore({ path }))
  await Effect.runPromise(store.append(noteAppend(store, 'account-a', NO_STREAM, ['one', 'two'])))
  await Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(sqliteViewStore({ path }), (views) =>
        views.commit({ ...view, from: 0, to: 2, leaf: 'a', put: new Map([['k', '"two"']]) }),
      ),
    ),
  )
  return { store, close }
}

/** Puts files where nobody can write, readable by all. */
const putAway = (name: string, files: readonly (readonly [from: string, to: string])[]): string => {
  const archive = folder.file(name)
  mkdirSync(archive)
  for (const [from, to] of files) {
    copyFileSync(from, join(archive, to))
    chmodSync(join(archive, to), 0o444)
  }
  chmodSync(archive, 0o555)
  return join(archive, 'book.db')
}

const headOf = async (path: string): Promise<number> => {
  const { store, close } = await opened(sqliteEventStore({ path, readOnly: true }))
  const { position } = await Effect.runPromise(store.head)
  await close()
  return position
}

describe('a book that is opened for reading only', () => {
  it('is read in a folder that can not be written, and nothing is made there', async () => {
    const path = folder.file('closed.db')
    await (await book(path)).close()
    const away = putAway('archive', [[path, 'book.db']])
    await asNobody(async () => {
      expect(await headOf(away)).toBe(2)
      const error = await Effect.runPromise(Effect.scoped(Effect.flip(sqliteEventStore({ path: away }))))
      expect(error).toMatchObject({ message: expect.stringContaining('?mode=ro') })
    })
    expect(readdirSync(folder.file('archive'))).toEqual(['book.db'])
  })

  it('is read there with the last commits of a writer that was stopped: those are in the log beside it', async () => {
    const path = folder.file('stopped.db')
    const { close } = await book(path)
    const away = putAway('stopped', [
      [path, 'book.db'],
      [`${path}-wal`, 'book.db-wal'],
    ])
    await close()
    await asNobody(async () => expect(await headOf(away)).toBe(2))
    expect(readdirSync(folder.file('stopped'))).toEqual(['book.db', 'book.db-wal'])
  })

  it('sees what another process writes meanwhile, and keeps it from nothing', async () => {
    const path = folder.file('shared.db')
    const { store, close } = await book(path)
    const reader = await opened(sqliteEventStore({ path, readOnly: true }))
    await Effect.runPromise(store.append(noteAppend(store, 'account-b', NO_STREAM, ['three'])))
    expect(await Effect.runPromise(reader.store.head)).toMatchObject({ position: 3 })
    await reader.close()
    await close()
  })

  it('has the views of the file, and keeps what is added to them to itself', async () => {
    const path = folder.file('views.db')
    await (await book(path)).close()
    const before = readFileSync(path)
    await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const views = yield* sqliteViewStore({ path, readOnly: true })
          expect(yield* views.checkpoint(view)).toEqual({ position: 2, leaf: 'a' })
          expect(yield* views.doc(view, 'k')).toBe('"two"')
          yield* views.commit({ ...view, from: 2, to: 3, leaf: 'b', put: new Map([['k', '"three"']]) })
          expect(yield* views.doc(view, 'k')).toBe('"three"')
        }),
      ),
    )
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('that is not there is told, and not made', async () => {
    const path = folder.file('none.db')
    const error = await Effect.runPromise(Effect.scoped(Effect.flip(sqliteEventStore({ path, readOnly: true }))))
    expect(error).toMatchObject({ _tag: 'Unavailable', message: expect.stringContaining('no such file') })
    expect(existsSync(path)).toBe(false)
  })
})

describe('a book that could not be written durably', () => {
  it('is told before anything is written: SQLite itself would say nothing', () => {
    const path = folder.file('network.db')
    // The locks of file systems without shared memory.
    const db = new DatabaseSync(`file:${path}?vfs=unix-dotfile`)
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    expect(() => mustBeDurable(db, path)).toThrow(/can not be written durably.*local disk/)
    db.close()
    const loose = new DatabaseSync(folder.file('loose.db'))
    loose.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    expect(() => mustBeDurable(loose, path)).toThrow('synchronous 1')
    loose.close()
  })
})
