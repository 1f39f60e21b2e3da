import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FoldedEvent, StoredEvent } from '@daybook/core/ports'
import { firstRow, prepareRows } from './event-rows.ts'
import { type Packed, unpackHash, unpackId, unpackingInstants } from './packed.ts'

// The rows of a log and what is read of them. A row does not repeat what others say: its stream has a number, its command
// is the one on record whose positions it is within, and the leaf before it stands with the event before it.

/** The columns of an event in the order of `EventRow`. */
export const eventColumns =
  'position, stream, version, type, schema_version, effective_date, recorded_at, committed_at, actor, id, leaf, data, meta'

type EventRow = readonly [
  position: number,
  stream: number,
  version: number,
  type: string,
  schemaVersion: number,
  effectiveDate: StoredEvent['effectiveDate'],
  recordedAt: Packed,
  committedAt: Packed,
  actor: string,
  id: Packed,
  leaf: Packed,
  data: string,
  meta: string,
]

/** The columns of an event as a fold needs it, in the order of `FoldedRow`: few, since each text costs its copy. */
export const foldedColumns = 'position, stream, version, type, schema_version, effective_date, data'

type FoldedRow = readonly [
  position: number,
  stream: number,
  version: number,
  type: string,
  schemaVersion: number,
  effectiveDate: StoredEvent['effectiveDate'],
  data: string,
]

/** Names of streams that are remembered. */
const REMEMBERED_NAMES = 20_000

/** The names of streams by their numbers, read again as soon as another connection has committed anything. */
export const streamNames = (db: DatabaseSync) => {
  const find = prepareRows(db, 'SELECT name FROM streams WHERE stream = ?')
  const dataVersion = prepareRows(db, 'PRAGMA data_version')
  const names = new Map<number, string>()
  let seen: number | undefined
  return {
    /** Once before each page. */
    begin: (): void => {
      const now = firstRow<readonly [number]>(dataVersion)?.[0]
      if (now !== seen || names.size >= REMEMBERED_NAMES) names.clear()
      seen = now
    },
    /** Of a stream that has no name any more a text that is no stream's. */
    of: (stream: number): string => {
      const known = names.get(stream)
      if (known !== undefined) return known
      const name = firstRow<readonly [string]>(find, stream)?.[0]
      if (name === undefined) return `#${stream}`
      names.set(stream, name)
      return name
    },
  }
}

type CommandPlaces = readonly [firstPosition: number, lastPosition: number, commandId: Packed]

/** Nothing is on record of an event's command. */
const NO_COMMAND = ''
/** The event before it is not there: no leaf has this name. */
const NO_LEAF = ''

/** What makes events of rows, given in order of position or of version. */
export const eventMaker = (db: DatabaseSync) => {
  const names = streamNames(db)
  const leafOf = prepareRows(db, 'SELECT leaf FROM events WHERE stream = ? AND version = ?')
  const commandOf = prepareRows(
    db,
    `SELECT first_position, last_position, command_id FROM commands WHERE first_position <= ?
     ORDER BY first_position DESC LIMIT 1`,
  )
  const [recordedAt, committedAt] = [unpackingInstants(), unpackingInstants()]

  const leafAt = (stream: number, version: number): string => {
    const row = firstRow<readonly [Packed]>(leafOf, stream, version)
    return row ? unpackHash(row[0]) : NO_LEAF
  }

  const eventsOf = (rows: readonly EventRow[]): readonly StoredEvent[] => {
    const ends = new Map<number, Pick<StoredEvent, 'version' | 'leaf'>>()
    let command = { first: 1, last: 0, id: NO_COMMAND }
    const commandAt = (position: number): string => {
      if (position >= command.first && position <= command.last) return command.id
      const row = firstRow<CommandPlaces>(commandOf, position)
      if (!row || position > row[1]) return NO_COMMAND
      command = { first: row[0], last: row[1], id: unpackId(row[2]) }
      return command.id
    }
    const prevOf = (stream: number, version: number): string => {
      if (version === 0) return '-'
      const end = ends.get(stream)
      return end?.version === version - 1 ? end.leaf : leafAt(stream, version - 1)
    }
    return rows.map((row): StoredEvent => {
      const [position, stream, version] = row
      const leaf = unpackHash(row[10])
      const prev = prevOf(stream, version)
      ends.set(stream, { version, leaf })
      return {
        position,
        stream: names.of(stream),
        version,
        type: row[3],
        schemaVersion: row[4],
        effectiveDate: row[5],
        recordedAt: recordedAt(row[6]),
        committedAt: committedAt(row[7]),
        actor: row[8],
        commandId: commandAt(position),
        id: unpackId(row[9]),
        prev,
        leaf,
        data: row[11],
        meta: row[12],
      }
    })
  }

  const foldedOf = (rows: readonly FoldedRow[]): readonly FoldedEvent[] =>
    rows.map((row) => ({
      position: row[0],
      stream: names.of(row[1]),
      version: row[2],
      type: row[3],
      schemaVersion: row[4],
      effectiveDate: row[5],
      data: row[6],
    }))

  const rowsOf = <Row>(statement: StatementSync, parameters: readonly (string | number)[]): readonly Row[] => {
    names.begin()
    const rows: unknown = statement.all(...parameters)
    return rows as readonly Row[]
  }
  return {
    /** All rows of a statement over `eventColumns`. A page at a time: `iterate()` is slower than pages. */
    events: (statement: StatementSync, ...parameters: (string | number)[]) => eventsOf(rowsOf(statement, parameters)),
    /** The same over `foldedColumns`. */
    folded: (statement: StatementSync, ...parameters: (string | number)[]) => foldedOf(rowsOf(statement, parameters)),
  }
}

export type EventMaker = ReturnType<typeof eventMaker>
