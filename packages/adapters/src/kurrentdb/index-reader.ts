import type { DatabaseSync } from 'node:sqlite'
import type {
  CommandEntry,
  CommandRecord,
  EventStoreShape,
  Head,
  LogPage,
  StoredEvent,
  Token,
} from '@daybook/core/ports'
import { NO_STREAM } from '@daybook/core/ports'
import { firstRow, prepareRows, rowLimit } from '../sqlite/event-rows.ts'
import { type CommandRow, type EntryRow, toCommandRecord, toEntry } from '../stored-rows.ts'
import type { Position } from './driver.ts'
import type { Place } from './record.ts'

type Instant = StoredEvent['committedAt']

/** What the index knows of a stream. */
export interface KnownStream extends Token {
  readonly closed: boolean
  /** Why nothing of it is read or written, in words. */
  readonly fault?: string
}
const unknown: KnownStream = { ...NO_STREAM, closed: false }

/** Where an event of the log stands, and which it must be. */
export interface IndexedEvent extends Place {
  readonly type: string
  readonly id: string
  /** In the server's log. */
  readonly place: bigint
}

export interface KnownCommand extends CommandRecord {
  readonly writer: string
}

type EventRow = readonly [number, string, Instant, string, number, string, string]
const indexedOf = ([position, place, committedAt, stream, version, type, id]: EventRow): IndexedEvent => ({
  ...{ position, committedAt, stream, version, type, id },
  place: BigInt(place),
})

type KnownRow = readonly [...CommandRow, writer: string]

const eventColumns = 'e.ordinal, e.log_position, e.committed_at, s.name, e.version, e.type, e.id'
const ofEvents = 'kurrentdb_event e JOIN kurrentdb_stream s ON s.id = e.stream'

/** What the index answers by itself. How far it has been carried on is its caller's business. */
export const indexReader = (db: DatabaseSync) => {
  const log = prepareRows(db, 'SELECT origin, adopting FROM kurrentdb_log')
  const mark = prepareRows(db, 'SELECT commit_position, prepare_position FROM kurrentdb_log')
  const head = prepareRows(db, 'SELECT ordinal, committed_at FROM kurrentdb_event ORDER BY ordinal DESC LIMIT 1')
  const stream = prepareRows(db, 'SELECT version, leaf, closed, truncated, fault FROM kurrentdb_stream WHERE name = ?')
  const eventId = prepareRows(db, 'SELECT ordinal FROM kurrentdb_event WHERE id = ?')
  const committedAt = prepareRows(db, 'SELECT committed_at FROM kurrentdb_event WHERE ordinal = ?')
  const page = prepareRows(
    db,
    `SELECT ${eventColumns} FROM ${ofEvents} WHERE e.ordinal > ? AND e.ordinal <= ? ORDER BY e.ordinal LIMIT ${rowLimit}`,
  )
  const pageOfTypes = prepareRows(
    db,
    `SELECT ${eventColumns} FROM ${ofEvents} WHERE e.ordinal > ? AND e.ordinal <= ?
     AND e.type IN (SELECT value FROM json_each(?)) ORDER BY e.ordinal LIMIT ${rowLimit}`,
  )
  const ofStream = prepareRows(
    db,
    `SELECT ${eventColumns} FROM ${ofEvents} WHERE s.name = ? AND e.version > ? ORDER BY e.version LIMIT ${rowLimit}`,
  )
  const command = prepareRows(
    db,
    `SELECT c.fingerprint, c.first_version, c.last_version, c.first_position, c.last_position, c.leaf, e.committed_at, c.writer
     FROM kurrentdb_command c JOIN kurrentdb_stream s ON s.id = c.stream JOIN kurrentdb_event e ON e.ordinal = c.last_position
     WHERE s.name = ? AND c.command_id = ?`,
  )
  const commands = prepareRows(
    db,
    `SELECT s.name, c.command_id, c.fingerprint, c.first_version, c.last_version, c.first_position, c.last_position
     FROM kurrentdb_command c JOIN kurrentdb_stream s ON s.id = c.stream
     WHERE (c.command_id, s.name) > (?, ?) ORDER BY c.command_id, s.name LIMIT ${rowLimit}`,
  )
  const names = prepareRows(
    db,
    `SELECT name, version, closed FROM kurrentdb_stream
     WHERE name > ?1 AND name >= ?2 AND name < ?3 AND version >= 0 ORDER BY name LIMIT CAST(?4 AS INTEGER)`,
  )
  const faults = prepareRows(
    db,
    'SELECT name, truncated, fault FROM kurrentdb_stream WHERE truncated IS NOT NULL OR fault IS NOT NULL ORDER BY name',
  )

  const headPosition = (): number => firstRow<readonly [number]>(head)?.[0] ?? 0

  return {
    /** How far the server's log has been read. */
    mark: (): Position | undefined => {
      const row = firstRow<readonly [string, string]>(mark)
      return row?.[0] ? { commit: BigInt(row[0]), prepare: BigInt(row[1]) } : undefined
    },
    /** The name of the log, and whether it is taking the one of that name over. */
    log: (): { readonly origin: string; readonly begun: boolean } => {
      const [origin, adopting] = firstRow<readonly [string, number]>(log) ?? ['', 0]
      return { origin, begun: adopting === 1 }
    },
    head: (): Head => {
      const row = firstRow<readonly [number, Instant]>(head)
      return row ? { position: row[0], committedAt: row[1] } : { position: 0 }
    },
    last: (): IndexedEvent | undefined => {
      const rows: unknown = page.all(headPosition() - 1, Number.MAX_SAFE_INTEGER, 1)
      const [row] = rows as readonly EventRow[]
      return row && indexedOf(row)
    },
    stream: (name: string): KnownStream => {
      const row = firstRow<readonly [number, string, number, string | null, string | null]>(stream, name)
      if (!row) return unknown
      const fault = row[4] ?? row[3]
      return { version: row[0], headHash: row[1], closed: row[2] === 1, ...(fault === null ? {} : { fault }) }
    },
    hasEvent: (id: string): boolean => firstRow(eventId, id) !== undefined,
    /** Rows of the log in order of position. */
    page: ({ after, upTo = Number.MAX_SAFE_INTEGER, types, limit }: LogPage): readonly IndexedEvent[] => {
      const rows: unknown = types
        ? pageOfTypes.all(after, upTo, JSON.stringify(types), limit)
        : page.all(after, upTo, limit)
      return (rows as readonly EventRow[]).map(indexedOf)
    },
    pageOfStream: (name: string, after: number, limit: number): readonly IndexedEvent[] => {
      const rows: unknown = ofStream.all(name, after, limit)
      return (rows as readonly EventRow[]).map(indexedOf)
    },
    command: (name: string, commandId: string): KnownCommand | undefined => {
      const row = firstRow<KnownRow>(command, name, commandId)
      if (!row) return undefined
      const [fingerprint, firstVersion, lastVersion, firstPosition, lastPosition, leaf, at, writer] = row
      const known = [fingerprint, firstVersion, lastVersion, firstPosition, lastPosition, leaf, at] as const
      return { ...toCommandRecord(name, commandId, known), writer }
    },
    commands: ({ after, limit }: Parameters<EventStoreShape['commands']>[0]): readonly CommandEntry[] => {
      const rows: unknown = commands.all(after?.commandId ?? '', after?.stream ?? '', limit)
      return (rows as readonly EntryRow[]).map(toEntry)
    },
    streams: ({ prefix, after, limit }: Parameters<EventStoreShape['streams']>[0]) => {
      const rows: unknown = names.all(after, prefix, `${prefix}\u{10ffff}`, limit)
      return (rows as readonly (readonly [string, number, number])[]).map(([name, version, closed]) => ({
        ...{ stream: name, version, closed: closed === 1 },
      }))
    },
    positionAt: (t: string): number => {
      let low = 0
      let high = headPosition()
      while (low < high) {
        const middle = Math.ceil((low + high) / 2)
        if ((firstRow<readonly [string]>(committedAt, middle)?.[0] ?? '') <= t) low = middle
        else high = middle - 1
      }
      return low
    },
    faults: (): readonly string[] => {
      const rows: unknown = faults.all()
      return (rows as readonly (readonly [string, string | null, string | null])[]).flatMap(([name, ...says]) =>
        says.flatMap((words) => (words === null ? [] : [`${name} ${words}`])),
      )
    },
  }
}
export type IndexReader = ReturnType<typeof indexReader>
