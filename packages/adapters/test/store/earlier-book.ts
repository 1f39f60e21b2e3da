import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { EventStoreShape, StoredEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { eventColumns } from '../../src/stored-rows.ts'
import { sha256 } from './sha256.ts'
import { uuidv7 } from './uuid.ts'

// Books of the earlier formats of SQLite: those that were kept (sqlite-log-1.sql, sqlite-log-2.sql), and larger ones in their tables.

export const earlierFormats = [1, 2] as const
export type Format = (typeof earlierFormats)[number]

const [kept1, kept2] = earlierFormats.map((format) =>
  readFileSync(join(import.meta.dirname, `sqlite-log-${format}.sql`), 'utf8'),
) as [string, string]
const kept = { 1: kept1, 2: kept2 }
const emptyBook = (format: Format): string => kept[format].replaceAll(/^INSERT INTO (?!book).*\n/gm, '')

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
export const keptBook = (path: string, format: Format = 1): void => made(path, kept[format])

const typeOf = (position: number): string => ['NoteTaken', 'NoteRead', 'NoteKept'][position % 3] as string

/** Mostly one text for the first event of a command and another one for the rest, as a book has it. */
const metaOf = (n: number, at: number, commandId: string): string => {
  if (n % 4 === 0) return n % 8 === 0 ? '{}' : JSON.stringify({ at })
  return JSON.stringify(at === 0 ? { commandId, rules: [n] } : { commandId })
}

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
        ...{ position, stream, version: (before?.version ?? -1) + 1, type: typeOf(position), schemaVersion: 1 },
        ...{ effectiveDate: '2026-11-20', recordedAt: `2026-11-20T09:00:00.${String(n % 1_000).padStart(3, '0')}Z` },
        committedAt: new Date(Date.UTC(2026, 10, 20, 10) + n * 7).toISOString(),
        ...{ actor: 'anna', commandId, id: uuidv7(), prev: before?.leaf ?? '-', leaf: sha256(`${n} ${at}`) },
        ...{ data: JSON.stringify({ text: `${'x'.repeat(position % 300)} ü` }), meta: metaOf(n, at, commandId) },
      } as StoredEvent
      ends.set(stream, event)
      return event
    })
  })
}

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.replaceAll('-', ''), 'hex')
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const idBytes = (id: string): Uint8Array | string => (uuid.test(id) ? bytesOf(id) : id)

type Insert = (events: readonly StoredEvent[]) => void

/** What puts a command into the tables of a format. */
const inserting: Readonly<Record<Format, (db: DatabaseSync) => Insert>> = {
  1: (db) => {
    const insert = db.prepare(`INSERT INTO events VALUES (${eventColumns.replaceAll(/\w+/g, '?')})`)
    const record = db.prepare('INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?, ?)')
    return (events) => {
      const [first, last] = [events[0] as StoredEvent, events.at(-1) as StoredEvent]
      for (const event of events) insert.run(...eventRow(event))
      const places = [first.version, last.version, first.position, last.position]
      record.run(first.stream, first.commandId, sha256(first.commandId), ...places)
    }
  },
  2: (db) => {
    const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    const record = db.prepare('INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?, ?)')
    const name = db.prepare('INSERT INTO streams(name) VALUES (?)')
    const numbers = new Map<string, number>()
    const numberOf = (stream: string): number => {
      const number = numbers.get(stream) ?? Number(name.run(stream).lastInsertRowid)
      numbers.set(stream, number)
      return number
    }
    return (events) => {
      const [first, last] = [events[0] as StoredEvent, events.at(-1) as StoredEvent]
      const stream = numberOf(first.stream)
      for (const event of events) {
        insert.run(
          ...[event.position, stream, event.version, event.type, event.schemaVersion, event.effectiveDate],
          ...[Date.parse(event.recordedAt), Date.parse(event.committedAt), event.actor],
          ...[idBytes(event.id), bytesOf(event.leaf), event.data, event.meta],
        )
      }
      const places = [first.position, last.position, stream, first.version, last.version]
      record.run(...places, idBytes(first.commandId), bytesOf(sha256(first.commandId)))
    }
  },
}

/** A book of an earlier format that holds these commands; then whatever somebody has done to it. */
export const earlierBook = (
  path: string,
  commands: readonly (readonly StoredEvent[])[],
  { format = 1, change = () => undefined }: { format?: Format; change?: (db: DatabaseSync) => void } = {},
): void =>
  made(path, emptyBook(format), (db) => {
    const insert = inserting[format](db)
    for (const events of commands) insert(events)
    const guards = db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).all()
    for (const { name } of guards) db.exec(`DROP TRIGGER ${String(name)}`)
    change(db)
    for (const { sql } of guards) db.exec(String(sql))
  })

/** A book of format 1 that an older Daybook was making one of format 2 when it was stopped: rows of some commands were made. */
export const halfMade = (path: string, commands: readonly (readonly StoredEvent[])[]): void => {
  const db = new DatabaseSync(path)
  db.exec('BEGIN; DROP TRIGGER book_never_update; DROP TRIGGER book_never_delete')
  for (const table of ['events', 'commands']) {
    for (const change of ['update', 'delete']) db.exec(`DROP TRIGGER ${table}_never_${change}`)
    db.exec(`ALTER TABLE ${table} RENAME TO ${table}_1`)
  }
  // Its guards are made again by whoever opens it.
  const ofThen = kept[2].split(/;\n/).map((sql) => sql.trim())
  for (const sql of ofThen) if (/^CREATE TABLE (streams|events|commands)\(/.test(sql)) db.exec(sql)
  db.exec('UPDATE book SET format = 2')
  const insert = inserting[2](db)
  for (const events of commands) insert(events)
  db.exec('CREATE TABLE migrating(one INTEGER PRIMARY KEY) STRICT; COMMIT')
  db.close()
}

type Sql = (sql: string) => readonly (readonly unknown[])[]

const readAs = {
  1: (all: Sql) => ({
    events: all(`SELECT ${eventColumns} FROM events ORDER BY position`),
    commands: all('SELECT * FROM commands ORDER BY first_position'),
  }),
  2: (all: Sql) => {
    const hex = (column: string) => `iif(typeof(${column}) = 'blob', lower(hex(${column})), ${column})`
    const time = (column: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`
    const id = (column: string) => {
      const parts = [1, 9, 13, 17, 21].map(
        (from, n) => `substr(lower(hex(${column})), ${from}, ${[8, 4, 4, 4, 12][n]})`,
      )
      return `iif(typeof(${column}) = 'blob', ${parts.join(` || '-' || `)}, ${column})`
    }
    return {
      events: all(
        `SELECT e.position, s.name, e.version, type, schema_version, effective_date, ${time('recorded_at')},
          ${time('committed_at')}, actor, ${id('c.command_id')}, ${id('e.id')}, coalesce(
          (SELECT ${hex('leaf')} FROM events before WHERE before.stream = e.stream AND before.version = e.version - 1), '-'),
          ${hex('leaf')}, data, meta
         FROM events e JOIN streams s USING (stream)
          LEFT JOIN commands c ON e.position BETWEEN c.first_position AND c.last_position ORDER BY position`,
      ),
      commands: all(
        `SELECT s.name, ${id('command_id')}, ${hex('fingerprint')}, first_version, last_version, first_position, last_position
         FROM commands JOIN streams s USING (stream) ORDER BY first_position`,
      ),
    }
  },
} satisfies Readonly<Record<Format, unknown>>

/** The format that a file says it has. */
export const formatOf = (path: string): unknown => {
  const db = new DatabaseSync(path, { readOnly: true })
  const format = db.prepare('SELECT format FROM book').get()?.['format']
  db.close()
  return format
}

/** All that an earlier file says of its log, column by column. */
export const earlierRows = (path: string) => {
  const format = formatOf(path) as Format
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const all: Sql = (sql) =>
      db
        .prepare(sql)
        .all()
        .map((row) => Object.values(row))
    return {
      book: all('SELECT tenant, origin FROM book'),
      ...readAs[format](all),
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
