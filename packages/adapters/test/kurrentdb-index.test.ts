import { DatabaseSync } from 'node:sqlite'
import { type EventStoreShape, NO_STREAM } from '@daybook/core/ports'
import { type EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import * as Effect from 'effect/Effect'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startWireServer, type WireServer } from '../../../scripts/testing/kurrentdb/control.ts'
import { ownTenant } from './kurrentdb/fixture.ts'
import { openedAt, outcomeOf } from './kurrentdb/opened.ts'
import { nameOf, plainDriver } from './kurrentdb/plain-driver.ts'
import { readLog } from './store/audit.ts'
import { type Opened, temporaryFolder } from './store/fixtures.ts'
import { noteAppend, tokenOf } from './store/samples.ts'

const run = Effect.runPromise

let server: WireServer
let others: EventStoreDBClient
let url: string
let book: Opened
const folder = temporaryFolder()

beforeAll(async () => {
  server = await startWireServer()
  others = plainDriver(server.url)
})
afterAll(async () => {
  await others.dispose()
  await server.stop()
  folder.remove()
})
let files = 0
const newFile = (): string => {
  files += 1
  return folder.file(`index-${files}.db`)
}
let file: string
beforeEach(async () => {
  url = ownTenant(server.url)
  file = newFile()
  book = await openedAt(url, file)
})
afterEach(() => book.close())

const write = async (store: EventStoreShape, stream: string, size = 1) => {
  const events = await run(store.readStream(stream, { after: -1, limit: 1_000 }))
  const texts = Array.from({ length: size }, (_, n) => `${n}`)
  return outcomeOf(store, noteAppend(store, stream, tokenOf(events), texts))
}

const stranger = () => jsonEvent({ type: 'SomethingElse', data: { of: 'another program' } })

/** Everything that an index holds, in order. */
const contentsOf = (path: string): readonly unknown[] => {
  const db = new DatabaseSync(path, { readOnly: true })
  const tables = ['kurrentdb_log', 'kurrentdb_stream', 'kurrentdb_event', 'kurrentdb_command']
  const contents = tables.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())
  db.close()
  return contents
}

describe('positions', () => {
  it('B1 are 1, 2, 3 … of the tenant’s events, whatever others write between them', { tags: ['B1'] }, async () => {
    const neighbour = await openedAt(ownTenant(server.url))
    for (let n = 0; n < 5; n++) {
      await write(book.store, 'account-a', 2)
      await write(neighbour.store, 'account-a')
      await others.appendToStream('somebody-else', stranger())
    }
    const log = await readLog(book.store)
    expect(log.map(({ position }) => position)).toEqual(log.map((_, index) => index + 1))
    expect(log.length).toBe(10)
    expect((await readLog(neighbour.store)).length).toBe(5)
    await neighbour.close()
  })

  it('an index that is thrown away is made again from the log, equal to the one before', async () => {
    for (let n = 0; n < 6; n++) {
      await write(book.store, `account-${n % 3}`, 1 + (n % 4))
      await others.appendToStream('somebody-else', stranger())
    }
    const log = await readLog(book.store)
    await book.close()
    const anew = newFile()
    book = await openedAt(url, anew)
    expect(await readLog(book.store)).toEqual(log)
    await book.close()
    expect(contentsOf(anew)).toEqual(contentsOf(file))
    book = await openedAt(url, file)
    expect(await readLog(book.store)).toEqual(log)
  })

  it('an index whose file the URL names is kept there, and goes on: the log is not read from its beginning again', async () => {
    const named = newFile()
    const at = `${url}&index=${encodeURIComponent(named)}`
    await write(book.store, 'account-a', 3)
    for (const index of [undefined, newFile()]) await (await openedAt(at, index)).close()
    expect(contentsOf(named)).toEqual(contentsOf(file))
    // What it says of an event that it holds, the log is not asked again.
    const changed = new DatabaseSync(named)
    changed.exec(`UPDATE kurrentdb_event SET committed_at = '2001-01-01T00:00:00.000Z' WHERE ordinal = 1`)
    changed.close()
    await write(book.store, 'account-b')
    const again = await openedAt(at)
    const log = await readLog(again.store)
    expect(log.map(({ position, stream }) => [position, stream])).toEqual(
      (await readLog(book.store)).map(({ position, stream }) => [position, stream]),
    )
    expect(log[0]?.committedAt).toBe('2001-01-01T00:00:00.000Z')
    await again.close()
  })

  it('two processes may carry one index on, and it is the same', async () => {
    const second = await openedAt(url, file)
    for (let n = 0; n < 5; n++)
      await Promise.all([write(book.store, 'account-a', 2), write(second.store, 'account-b', 3)])
    const log = await readLog(second.store)
    expect(log.length).toBe(25)
    await second.close()
    const third = await openedAt(url)
    expect(await readLog(third.store)).toEqual(log)
    await third.close()
  })

  it('an index of another log is refused: the views in its file are another book’s', async () => {
    await write(book.store, 'account-a')
    await expect(openedAt(ownTenant(server.url), file)).rejects.toThrow('views of another log')
  })

  it('an index whose end is not the log’s is made anew', async () => {
    await write(book.store, 'account-a', 3)
    const log = await readLog(book.store)
    await book.close()
    const db = new DatabaseSync(file)
    db.exec(`UPDATE kurrentdb_event SET id = 'another' WHERE ordinal = 3`)
    db.close()
    book = await openedAt(url, file)
    expect(await readLog(book.store)).toEqual(log)
  })

  it('what an index says of an event is held against the log', async () => {
    await write(book.store, 'account-a', 3)
    const db = new DatabaseSync(file)
    db.exec('UPDATE kurrentdb_event SET version = 9 WHERE ordinal = 2')
    db.close()
    const failure = await run(Effect.flip(book.store.readAll({ after: 0, limit: 10 })))
    expect([failure._tag, failure.message]).toEqual(['Integrity', expect.stringContaining('index of positions')])
  })
})

describe('what others do to the streams of a log', () => {
  const refused = async (stream: string): Promise<string> => {
    const failure = await run(Effect.flip(book.store.readStream(stream, { after: -1, limit: 10 })))
    expect(failure._tag).toBe('Integrity')
    const token = { version: 2, headHash: '0'.repeat(64) }
    expect(await outcomeOf(book.store, noteAppend(book.store, stream, token, ['more']))).toBe('Integrity')
    return failure.message
  }

  it.for([
    ['$maxCount', { maxCount: 1 }],
    ['$maxAge', { maxAge: 1 }],
    ['$tb', { truncateBefore: 2 }],
  ] as const)(
    'a stream that its metadata truncates by %s is refused and told; once that is undone it is whole',
    async ([name, metadata]) => {
      await write(book.store, 'account-a', 3)
      const log = await readLog(book.store)
      const stream = nameOf(url, 'account-a')
      await others.setStreamMetadata(stream, metadata)
      expect(await run(book.store.guardFaults)).toEqual([expect.stringContaining(name)])
      expect(await refused('account-a')).toContain(name)
      expect(await write(book.store, 'account-b')).toMatchObject({ repeated: false })
      expect((await readLog(book.store)).slice(0, 3)).toEqual(log)
      await others.setStreamMetadata(stream, {})
      expect(await run(book.store.guardFaults)).toEqual([])
      expect(await write(book.store, 'account-a')).toMatchObject({ lastVersion: 3 })
    },
  )

  it('a stream that was deleted is refused and told, and the log still has its events', async () => {
    await write(book.store, 'account-a', 2)
    await write(book.store, 'account-b', 2)
    const log = await readLog(book.store)
    await others.deleteStream(nameOf(url, 'account-a'), { expectedRevision: 1n })
    await others.tombstoneStream(nameOf(url, 'account-b'))
    expect(await refused('account-a')).toContain('$tb')
    expect(await refused('account-b')).toContain('tombstone')
    expect(await run(book.store.guardFaults)).toHaveLength(2)
    expect(await readLog(book.store)).toEqual(log)
    const anew = await openedAt(url)
    expect(await readLog(anew.store)).toEqual(log)
    expect(await run(anew.store.guardFaults)).toHaveLength(2)
    await anew.close()
  })

  it('an event of another program in a stream takes no position; the stream is refused and told', async () => {
    await write(book.store, 'account-a', 3)
    await others.appendToStream(nameOf(url, 'account-a'), stranger())
    await write(book.store, 'account-b')
    expect(await refused('account-a')).toContain('no Daybook wrote')
    expect((await readLog(book.store)).map(({ position }) => position)).toEqual([1, 2, 3, 4])
  })

  it('a log whose own first stream was deleted is not given another name', async () => {
    await write(book.store, 'account-a')
    await book.close()
    const stream = nameOf(url, 'x').slice(0, -'.x'.length)
    await others.deleteStream(stream, { expectedRevision: 0n })
    await expect(openedAt(url)).rejects.toThrow('names this log was deleted')
    await others.setStreamMetadata(stream, {})
    book = await openedAt(url)
    expect((await readLog(book.store)).length).toBe(1)
  })

  it('more than the server takes at once is a LimitExceeded that says what to raise', async () => {
    const texts = Array.from({ length: 600 }, () => 'x'.repeat(2_000))
    const request = noteAppend(book.store, 'account-a', NO_STREAM, texts)
    const failure = await run(Effect.flip(book.store.append(request)))
    expect([failure._tag, failure.message]).toEqual(['LimitExceeded', expect.stringContaining('MaxAppendSize')])
    expect(await readLog(book.store)).toEqual([])
  })
})

describe('the URL of a log', () => {
  it.for([
    'esdb:/host',
    'esdb://host?tenant=a.b',
    'esdb://host?colour=blue',
    'esdb://user@host',
    'esdb://anna:secret@host:port',
  ])('%s is refused, and no password is repeated', async (text) => {
    const failure = await openedAt(text).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({ _tag: 'Unavailable' })
    expect(JSON.stringify(failure) + String(failure)).not.toContain('secret')
  })
})
