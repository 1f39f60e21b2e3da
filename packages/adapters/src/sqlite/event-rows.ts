import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FoldedEvent, StoredEvent } from '@daybook/core/ports'

/** A prepared statement whose rows come as arrays, which node:sqlite makes faster than objects (notes/storage C2). */
export const prepareRows = (db: DatabaseSync, sql: string): StatementSync => {
  const statement = db.prepare(sql)
  statement.setReturnArrays(true)
  return statement
}

/**
 * What stands after LIMIT where the caller says how many. SQLite plans by a bare parameter's value, and so compiles the
 * statement anew each time one is bound, which costs ten times a read that finds nothing; an expression it takes as it is.
 */
export const rowLimit = 'CAST(? AS INTEGER)'

/** The columns of an event in the order of `EventRow`. */
export const eventColumns =
  'position, stream, version, type, schema_version, effective_date, recorded_at, committed_at, actor, command_id, id, prev, leaf, data, meta'

export type EventRow = readonly [
  position: number,
  stream: string,
  version: number,
  type: string,
  schemaVersion: number,
  effectiveDate: StoredEvent['effectiveDate'],
  recordedAt: StoredEvent['recordedAt'],
  committedAt: StoredEvent['committedAt'],
  actor: string,
  commandId: string,
  id: string,
  prev: string,
  leaf: string,
  data: string,
  meta: string,
]

const toEvent = (row: EventRow): StoredEvent => ({
  position: row[0],
  stream: row[1],
  version: row[2],
  type: row[3],
  schemaVersion: row[4],
  effectiveDate: row[5],
  recordedAt: row[6],
  committedAt: row[7],
  actor: row[8],
  commandId: row[9],
  id: row[10],
  prev: row[11],
  leaf: row[12],
  data: row[13],
  meta: row[14],
})

/** All rows of a statement over `eventColumns`. A page at a time: `iterate()` is slower than pages. */
export const eventsOf = (statement: StatementSync, ...parameters: (string | number)[]): readonly StoredEvent[] => {
  const rows: unknown = statement.all(...parameters)
  return (rows as readonly EventRow[]).map(toEvent)
}

/** The first row of a statement made by `prepareRows`, as the caller knows its columns. */
export const firstRow = <Row extends readonly unknown[]>(
  statement: StatementSync,
  ...parameters: (string | number)[]
): Row | undefined => {
  const row: unknown = statement.get(...parameters)
  return row as Row | undefined
}

/** The columns of an event as a fold needs it, in the order of `FoldedRow`: few, since each text costs its copy. */
export const foldedColumns = 'position, stream, version, type, schema_version, effective_date, data'

type FoldedRow = readonly [
  position: number,
  stream: string,
  version: number,
  type: string,
  schemaVersion: number,
  effectiveDate: StoredEvent['effectiveDate'],
  data: string,
]

/** All rows of a statement over `foldedColumns`. */
export const foldedOf = (statement: StatementSync, ...parameters: (string | number)[]): readonly FoldedEvent[] => {
  const rows: unknown = statement.all(...parameters)
  return (rows as readonly FoldedRow[]).map((row) => ({
    position: row[0],
    stream: row[1],
    version: row[2],
    type: row[3],
    schemaVersion: row[4],
    effectiveDate: row[5],
    data: row[6],
  }))
}
