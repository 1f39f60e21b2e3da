import type { CommandEntry, CommandRecord, FoldedEvent, Receipt, StoredEvent } from '@daybook/core/ports'

// What SQL stores keep of a log, as their statements give it: rows of columns by their place.

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

/** A command on record, with what its receipt is read again from (design §3.8). */
export type CommandRow = readonly [
  fingerprint: string,
  firstVersion: number,
  lastVersion: number,
  firstPosition: number,
  lastPosition: number,
  headHash: string,
  committedAt: Receipt['committedAt'],
]

/** The record of a command; its receipt is that of a repeated one. */
export const toCommandRecord = (stream: string, commandId: string, row: CommandRow): CommandRecord => {
  const [fingerprint, firstVersion, lastVersion, firstPosition, lastPosition, headHash, committedAt] = row
  const places = { firstVersion, lastVersion, firstPosition, lastPosition }
  return { fingerprint, receipt: { stream, commandId, ...places, headHash, committedAt, repeated: true } }
}

/** The columns of what is on record of a command in the order of `EntryRow`: its events are not looked at. */
export const entryColumns =
  'stream, command_id, fingerprint, first_version, last_version, first_position, last_position'

export type EntryRow = readonly [
  stream: string,
  commandId: string,
  fingerprint: string,
  firstVersion: number,
  lastVersion: number,
  firstPosition: number,
  lastPosition: number,
]

export const toEntry = (row: EntryRow): CommandEntry => ({
  stream: row[0],
  commandId: row[1],
  fingerprint: row[2],
  firstVersion: row[3],
  lastVersion: row[4],
  firstPosition: row[5],
  lastPosition: row[6],
})
