import { DatabaseSync } from 'node:sqlite'
import type { StoredEvent } from '@daybook/core/ports'

/** The raw statement: the columns and keys of an event, node:sqlite, durable, nothing else. */
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
    CREATE TABLE events(
      position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL,
      schema_version INTEGER NOT NULL, effective_date TEXT NOT NULL, recorded_at TEXT NOT NULL,
      committed_at TEXT NOT NULL, actor TEXT NOT NULL, command_id TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
      prev TEXT NOT NULL, leaf TEXT NOT NULL, data TEXT NOT NULL, meta TEXT NOT NULL, UNIQUE (stream, version)
    ) STRICT`)
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const insert = db.prepare(`INSERT INTO events VALUES (${Array.from({ length: 15 }, () => '?').join()})`)
  const select = db.prepare('SELECT * FROM events WHERE stream = ? ORDER BY version')
  select.setReturnArrays(true)
  let position = 0
  const add: RawLog['insert'] = (event) => {
    position += 1
    insert.run(
      position,
      event.stream,
      event.version,
      event.type,
      event.schemaVersion,
      event.effectiveDate,
      event.recordedAt,
      event.committedAt,
      event.actor,
      event.commandId,
      event.id,
      event.prev,
      event.leaf,
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
      for (const row of rows) JSON.parse(String(row[13]))
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
