import type { FoldedEvent, StoredEvent } from '@daybook/core/ports'

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

export const toEvent = (row: EventRow): StoredEvent => ({
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

/** The columns of an event as a fold needs it, in the order of `FoldedRow`: few, since each text costs its copy. */
export const foldedColumns = 'position, stream, version, type, schema_version, effective_date, data'

export type FoldedRow = readonly [
  position: number,
  stream: string,
  version: number,
  type: string,
  schemaVersion: number,
  effectiveDate: StoredEvent['effectiveDate'],
  data: string,
]

export const toFolded = (row: FoldedRow): FoldedEvent => ({
  position: row[0],
  stream: row[1],
  version: row[2],
  type: row[3],
  schemaVersion: row[4],
  effectiveDate: row[5],
  data: row[6],
})
