import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { EventStoreShape, StoredEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { eventColumns } from '../../src/stored-rows.ts'
import { sha256 } from './sha256.ts'
import { uuidv7 } from './uuid.ts'

// Books of the earlier format of SQLite: the one that was kept (sqlite-log-1.sql), and larger ones in its tables.

const kept = readFileSync(join(import.meta.dirname, 'sqlite-log-1.sql'), 'utf8')
const tables = kept.slice(0, kept.indexOf('INSERT INTO events'))

type Row = readonly (string | number)[]
const eventRow = (event: StoredEvent): Row => [
  ...[event.position, event.stream, event.version, event.type, event.schemaVersion, event.effectiveDate],
  ...[event.recordedAt, event.committedAt, event.actor, event.commandId, event.id, event.prev, event.leaf],
  ...[event.data, event.meta],
]

const made = (path: string, sql: string, work: (db: DatabaseSync) => void = () => undefined): void => {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA application_id = ${0x44_61_79_62}; BEGIN; ${sql}`)
  work(db)
  db.exec('COMMIT')
  db.close()
}

/** The book that was kept, as an older Daybook left it. */
export const keptBook = (path: string): void => made(path, kept)

/** Commands of so many events each, on streams in turn. Their hashes are of nothing: stores look at none. */
export const commandsOf = (sizes: readonly number[], streams: number): readonly (readonly StoredEvent[])[] => {
  const ends = new Map<string, StoredEvent>()
  let position = 0
  return sizes.map((size, n) => {
    const stream = n % streams === 1 ? `ref-${sha256(`${n % streams}`)}` : `account-${n % streams}`
    const commandId = n % 3 === 0 ? uuidv7() : `post:${uuidv7()}:${n}`
    return Array.from({ length: size }, (_, at): StoredEvent => {
      const before = ends.get(stream)
      position += 1
      const event = {
        ...{ position, stream, version: (before?.version ?? -1) + 1, type: 'NoteTaken', schemaVersion: 1 },
        ...{ effectiveDate: '2026-11-20', recordedAt: `2026-11-20T09:00:00.${String(n % 1_000).padStart(3, '0')}Z` },
        committedAt: new Date(Date.UTC(2026, 10, 20, 10) + n * 7).toISOString(),
        ...{ actor: 'anna', commandId, id: uuidv7(), prev: before?.leaf ?? '-', leaf: sha256(`${n} ${at}`) },
        ...{ data: JSON.stringify({ text: `${'x'.repeat(position % 300)} ü` }), meta: '{}' },
      } as StoredEvent
      ends.set(stream, event)
      return event
    })
  })
}

/** A book of the earlier format that holds these commands; then whatever somebody has done to it. */
export const earlierBook = (
  path: string,
  commands: readonly (readonly StoredEvent[])[],
  change: (db: DatabaseSync) => void = () => undefined,
): void =>
  made(path, tables, (db) => {
    const insert = db.prepare(`INSERT INTO events VALUES (${eventColumns.replaceAll(/\w+/g, '?')})`)
    const record = db.prepare('INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?, ?)')
    for (const events of commands) {
      const [first, last] = [events[0] as StoredEvent, events.at(-1) as StoredEvent]
      for (const event of events) insert.run(...eventRow(event))
      const places = [first.version, last.version, first.position, last.position]
      record.run(first.stream, first.commandId, sha256(first.commandId), ...places)
    }
    const guards = db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).all()
    for (const { name } of guards) db.exec(`DROP TRIGGER ${String(name)}`)
    change(db)
    for (const { sql } of guards) db.exec(String(sql))
  })

/** All that an earlier file says of its log, column by column. */
export const earlierRows = (path: string) => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const all = (sql: string) =>
      db
        .prepare(sql)
        .all()
        .map((row) => Object.values(row))
    return {
      book: all('SELECT tenant, origin FROM book'),
      events: all(`SELECT ${eventColumns} FROM events ORDER BY position`),
      commands: all('SELECT * FROM commands ORDER BY first_position'),
      secret: all('SELECT value FROM secret_check'),
    }
  } finally {
    db.close()
  }
}

const PAGE = 1_000

/** The same of a store, by what it answers. */
export const rowsOf = async (store: EventStoreShape): Promise<ReturnType<typeof earlierRows>> => {
  const events: StoredEvent[] = []
  for (let page: readonly StoredEvent[] = []; ; ) {
    page = await Effect.runPromise(store.readAll({ after: events.length, limit: PAGE }))
    events.push(...page)
    if (page.length < PAGE) break
  }
  const commands = await Effect.runPromise(store.commands({ limit: 10_000 }))
  const value = await Effect.runPromise(store.secretCheck)
  return {
    book: [[store.tenant, store.origin]],
    events: events.map((event) => [...eventRow(event)]),
    commands: commands.map((one) => [
      ...[one.stream, one.commandId, one.fingerprint],
      ...[one.firstVersion, one.lastVersion, one.firstPosition, one.lastPosition],
    ]),
    secret: value === undefined ? [] : [[value]],
  }
}
