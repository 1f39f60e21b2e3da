import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { StoredEvent } from '@daybook/core/ports'

/** The raw statement: the columns and keys of an event as our rows have them, node:sqlite, durable, nothing else. */
export interface RawLog {
  readonly begin: () => void
  readonly commit: () => void
  readonly insert: (event: Omit<StoredEvent, 'position'>) => void
  /** Events in a transaction of their own. */
  readonly write: (events: readonly StoredEvent[]) => void
  /** The whole stream, parsed; how many. */
  readonly read: (stream: string) => number
  readonly close: () => void
}

export const rawLog = (path: string): RawLog => {
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
    PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE streams(stream INTEGER PRIMARY KEY, name ANY NOT NULL UNIQUE) STRICT;
    CREATE TABLE types(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE events(
      position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, version INTEGER NOT NULL, type_number INTEGER NOT NULL,
      schema_version INTEGER NOT NULL, effective_date TEXT NOT NULL, recorded_at ANY NOT NULL,
      committed_at ANY NOT NULL, actor TEXT NOT NULL, id ANY NOT NULL UNIQUE, leaf ANY NOT NULL,
      data TEXT NOT NULL, meta TEXT, UNIQUE (stream, version)
    ) STRICT`)
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const insertStream = db.prepare('INSERT INTO streams(name) VALUES (?)')
  const insert = db.prepare(`INSERT INTO events VALUES (${Array.from({ length: 13 }, () => '?').join()})`)
  const select = db.prepare(
    'SELECT data FROM events WHERE stream = (SELECT stream FROM streams WHERE name = ?) ORDER BY version',
  )
  select.setReturnArrays(true)
  const numbering = (insertName: StatementSync): ((name: string) => number) => {
    const numbers = new Map<string, number>()
    return (name) => {
      const number = numbers.get(name) ?? Number(insertName.run(name).lastInsertRowid)
      numbers.set(name, number)
      return number
    }
  }
  const [streamOf, typeOf] = [numbering(insertStream), numbering(db.prepare('INSERT INTO types(name) VALUES (?)'))]
  let position = 0
  const add: RawLog['insert'] = (event) => {
    position += 1
    insert.run(
      position,
      streamOf(event.stream),
      event.version,
      typeOf(event.type),
      event.schemaVersion,
      event.effectiveDate,
      Date.parse(event.recordedAt),
      Date.parse(event.committedAt),
      event.actor,
      Buffer.from(event.id.replaceAll('-', ''), 'hex'),
      Buffer.from(event.leaf, 'hex'),
      event.data,
      event.meta,
    )
  }
  return {
    begin: () => begin.run(),
    commit: () => commit.run(),
    insert: add,
    write: (events) => {
      begin.run()
      for (const event of events) add(event)
      commit.run()
    },
    read: (stream) => {
      const rows = select.all(stream) as unknown as readonly (readonly unknown[])[]
      for (const row of rows) JSON.parse(String(row[0]))
      return rows.length
    },
    close: () => db.close(),
  }
}

/** Claims that a writer who groups them would put into one transaction. */
export const CLAIMS_A_TRANSACTION = 64

/** The events of so many claims, as such a writer would commit them. */
export const inTransactions = (events: readonly StoredEvent[], claims: number): readonly (readonly StoredEvent[])[] => {
  const size = Math.ceil((events.length * CLAIMS_A_TRANSACTION) / claims)
  return Array.from({ length: Math.ceil(events.length / size) }, (_, n) => events.slice(n * size, (n + 1) * size))
}
