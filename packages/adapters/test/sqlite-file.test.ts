import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { NO_STREAM } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { afterAll, describe, expect, it } from 'vitest'
import { openConnection } from '../src/sqlite/connection.ts'
import { storeError } from '../src/sqlite/errors.ts'
import { type SqliteEventStoreOptions, sqliteEventStore } from '../src/sqlite/index.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { noteAppend } from './store/samples.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

/** A Daybook file with so many events, closed. */
const written = async (name: string, events: number): Promise<string> => {
  const path = folder.file(name)
  const { store, close } = await opened(sqliteEventStore({ path, tenant: 'north' }))
  const texts = Array.from({ length: 20 }, (_, n) => `${n} ${'x'.repeat(500)}`)
  for (let n = 0; n < events; n += 20) {
    await Effect.runPromise(store.append(noteAppend(store, `account-${n}`, NO_STREAM, texts)))
  }
  await close()
  return path
}

const openingFails = (options: SqliteEventStoreOptions) =>
  Effect.runPromise(Effect.scoped(Effect.flip(sqliteEventStore(options))))

const sqlError = (path: string, readOnly: boolean, sql: string): unknown => {
  const db = new DatabaseSync(path, { readOnly })
  try {
    db.exec(sql)
  } catch (cause) {
    return cause
  } finally {
    db.close()
  }
  return undefined
}

describe('a Daybook file', () => {
  it('is written durably by every connection: WAL and synchronous FULL', async () => {
    const path = await written('durable.db', 20)
    for (let opening = 0; opening < 2; opening++) {
      const db = openConnection({ path })
      expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
      expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
      db.close()
    }
  })

  it('refuses to change or delete what stands in it, whoever asks', async () => {
    const path = await written('append-only.db', 20)
    for (const table of ['events', 'commands', 'book']) {
      const column = { events: 'actor', commands: 'fingerprint', book: 'origin' }[table]
      expect(String(sqlError(path, false, `UPDATE ${table} SET ${column} = 'mallory'`))).toContain('never changed')
      expect(String(sqlError(path, false, `DELETE FROM ${table}`))).toContain('never changed')
    }
  })

  it('trust-11 is read and written by its owner alone, with the files that SQLite puts beside it', async () => {
    const path = folder.file('own.db')
    const { close } = await opened(sqliteEventStore({ path }))
    const rights = () => ['', '-wal', '-shm'].map((end) => (statSync(`${path}${end}`).mode & 0o777).toString(8))
    expect(rights()).toEqual(['600', '600', '600'])
    for (const end of ['', '-wal', '-shm']) chmodSync(`${path}${end}`, 0o644)
    const again = await opened(sqliteEventStore({ path }))
    expect(rights()).toEqual(['600', '600', '600'])
    for (const end of ['', '-wal', '-shm']) chmodSync(`${path}${end}`, 0o664)
    const shared = await opened(sqliteEventStore({ path }))
    expect(rights()).toEqual(['660', '660', '660'])
    for (const one of [shared, again]) await one.close()
    await close()
  })

  it('trust-12 a pipe in its place is refused at once', { timeout: 30_000 }, async () => {
    const path = folder.file('pipe.db')
    execFileSync('mkfifo', [path])
    expect(await openingFails({ path })).toMatchObject({ message: expect.stringContaining('no regular file') })
  })

  it('trust-12 links that lead to each other, and a name that is too long, are refused in words', async () => {
    const ring = folder.file('ring.db')
    symlinkSync(ring, ring)
    for (const path of [ring, folder.file('x'.repeat(300))]) {
      for (const readOnly of [false, true]) {
        const error = await openingFails({ path, readOnly })
        expect(error).toMatchObject({ _tag: 'Unavailable', message: expect.stringContaining('can not be looked at') })
      }
    }
  })

  it.each(['-wal', '-shm', '-journal'])(
    'trust-12 a pipe in place of %s of a book is refused at once',
    { timeout: 30_000 },
    async (end) => {
      const path = await written(`piped${end}.db`, 20)
      rmSync(`${path}${end}`, { force: true })
      execFileSync('mkfifo', [`${path}${end}`])
      for (const readOnly of [false, true]) {
        const error = await openingFails({ path, readOnly })
        expect(error).toMatchObject({
          _tag: 'Unavailable',
          message: expect.stringContaining(`${end} can not be opened`),
        })
      }
    },
  )

  it('is of one tenant: another name is Integrity', async () => {
    const path = await written('tenant.db', 20)
    const error = await openingFails({ path, tenant: 'south' })
    expect(error).toMatchObject({ _tag: 'Integrity', message: expect.stringMatching(/tenant north, not of south/) })
    const { store, close } = await opened(sqliteEventStore({ path }))
    expect(store.tenant).toBe('north')
    await close()
  })

  it('can be opened for reading only, and is then not written', async () => {
    const path = await written('audit.db', 20)
    const { store, close } = await opened(sqliteEventStore({ path, readOnly: true }))
    expect(await Effect.runPromise(store.head)).toMatchObject({ position: 20 })
    const error = await Effect.runPromise(Effect.flip(store.append(noteAppend(store, 'account-z', NO_STREAM, ['no']))))
    expect(error).toMatchObject({ _tag: 'ReadOnly', retry: 'never' })
    await close()
    const missing = await openingFails({ path: folder.file('missing.db'), readOnly: true })
    expect(missing._tag).toBe('Unavailable')
  })
})

describe('what is not a Daybook file', () => {
  it('a text file is Integrity, and stays as it is', async () => {
    const path = folder.file('letter.txt')
    writeFileSync(path, 'Dear Sir or Madam, '.repeat(500))
    const before = readFileSync(path, 'utf8')
    const error = await openingFails({ path })
    expect(error).toMatchObject({ _tag: 'Integrity', message: expect.stringContaining('not a Daybook file') })
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  it('a SQLite database of something else is Integrity, and stays as it is', async () => {
    const path = folder.file('other.db')
    expect(sqlError(path, false, 'CREATE TABLE contacts(name TEXT)')).toBeUndefined()
    const before = readFileSync(path)
    const error = await openingFails({ path })
    expect(error).toMatchObject({ _tag: 'Integrity', message: expect.stringContaining('not a Daybook file') })
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('a file of a newer format is Integrity that says so', async () => {
    const path = await written('newer.db', 20)
    expect(sqlError(path, false, 'DROP TRIGGER book_never_update; UPDATE book SET format = 4')).toBeUndefined()
    const error = await openingFails({ path })
    expect(error).toMatchObject({ _tag: 'Integrity', message: expect.stringContaining('newer Daybook (format 4') })
  })

  it('a directory that does not exist, or a path that is one, is Unavailable', async () => {
    const missing = await openingFails({ path: folder.file('no/such/book.db') })
    expect(missing).toMatchObject({ _tag: 'Unavailable', message: expect.stringMatching(/no\/such does not exist/) })
    const directory = await openingFails({ path: folder.file('.') })
    expect(directory._tag).toBe('Unavailable')
  })

  it('a damaged file is Integrity when it is read, and never a wrong answer', async () => {
    const path = await written('damaged.db', 200)
    const file = openSync(path, 'r+')
    for (let page = 12; page < Math.floor(statSync(path).size / 4096); page++) {
      writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096)
    }
    closeSync(file)
    const { store, close } = await opened(sqliteEventStore({ path, readOnly: true }))
    const error = await Effect.runPromise(Effect.flip(store.readAll({ after: 0, limit: 1_000 })))
    expect(error).toMatchObject({ _tag: 'Integrity', message: expect.stringContaining('damaged') })
    await close()
  })
})

describe('errors of SQLite become errors of the store', () => {
  it('a full disk is Unavailable', async () => {
    const path = await written('full.db', 20)
    const cause = sqlError(
      path,
      false,
      `PRAGMA max_page_count = 1; CREATE TABLE large(x TEXT); INSERT INTO large VALUES (hex(zeroblob(99999)))`,
    )
    expect(storeError(cause, path)).toMatchObject({ _tag: 'Unavailable', message: expect.stringContaining('full') })
  })

  it('a file that may not be written is ReadOnly', async () => {
    const path = await written('read-only.db', 20)
    const cause = sqlError(path, true, 'CREATE TABLE x(y)')
    expect(storeError(cause, path)._tag).toBe('ReadOnly')
  })

  it('what is not an error of SQLite is a defect and stays one', () => {
    expect(() => storeError(new TypeError('ours'), 'book.db')).toThrow('ours')
  })
})
