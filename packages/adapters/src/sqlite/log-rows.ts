import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FoldedEvent, StoredEvent } from '@daybook/core/ports'
import { firstRow, prepareRows } from './event-rows.ts'
import { asText, hashIn, idIn, type Packed, unpackingInstants } from './packed.ts'

// The rows of a log and what is read of them. A row does not repeat what others say: its stream has a number, its command
// is the one on record whose positions it is within, and the leaf before it stands with the event before it.

/** The columns of an event in the order of `EventRow`. */
export const eventColumns =
  'position, stream, version, type, schema_version, effective_date, recorded_at, committed_at, actor, id, leaf, data, meta'

/** What is read of an event, in the order of `EventRow`: its columns, and the command on record that its position is within. */
export const readColumns = `${eventColumns.replace('id, leaf', `${asText('id')}, ${asText('leaf')}`)},
  (SELECT iif(last_position >= events.position, ${asText('command_id')}, NULL) FROM commands
   WHERE first_position <= events.position ORDER BY first_position DESC LIMIT 1)`

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
  id: string,
  leaf: string,
  data: string,
  meta: string,
  commandId: string | null,
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

/** Nothing is on record of an event's command. */
const NO_COMMAND = ''
/** The event before it is not there: no leaf has this name. */
const NO_LEAF = ''

/** What makes events of rows, given in order of position or of version. */
export const eventMaker = (db: DatabaseSync) => {
  const names = streamNames(db)
  const leafOf = prepareRows(db, `SELECT ${asText('leaf')} FROM events WHERE stream = ? AND version = ?`)
  const [recordedAt, committedAt] = [unpackingInstants(), unpackingInstants()]

  const leafAt = (stream: number, version: number): string => {
    const row = firstRow<readonly [string]>(leafOf, stream, version)
    return row ? hashIn(row[0]) : NO_LEAF
  }

  const eventsOf = (rows: readonly EventRow[]): readonly StoredEvent[] => {
    const ends = new Map<number, Pick<StoredEvent, 'version' | 'leaf'>>()
    const prevOf = (stream: number, version: number): string => {
      if (version === 0) return '-'
      const end = ends.get(stream)
      return end?.version === version - 1 ? end.leaf : leafAt(stream, version - 1)
    }
    return rows.map((row): StoredEvent => {
      const [position, stream, version] = row
      const leaf = hashIn(row[10])
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
        commandId: row[13] === null ? NO_COMMAND : idIn(row[13]),
        id: idIn(row[9]),
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
    /** All rows of a statement over `readColumns`. A page at a time: `iterate()` is slower than pages. */
    events: (statement: StatementSync, ...parameters: (string | number)[]) => eventsOf(rowsOf(statement, parameters)),
    /** The same over `foldedColumns`. */
    folded: (statement: StatementSync, ...parameters: (string | number)[]) => foldedOf(rowsOf(statement, parameters)),
  }
}

export type EventMaker = ReturnType<typeof eventMaker>
