import type { DatabaseSync } from 'node:sqlite'
import { Integrity, type RecordedCommand, type StoredEvent } from '@daybook/core/ports'
import { type EventRow, eventColumns, toEvent } from '../stored-rows.ts'
import { firstRow, prepareRows } from './event-rows.ts'

// Rows of the log as format 1 kept them: each with the names of its stream and command, and hashes as text. They are only
// read, from the tables beside which those of now are made.

export const earlierTables = ['events', 'commands'] as const

/** The name of an earlier table as long as it stands beside the one of now. */
export const besideName = (table: (typeof earlierTables)[number]): string => `${table}_1`

/** More than a command writes: a page then has at least one whole. */
const EVENTS_AT_ONCE = 2_000

type Places = readonly [firstVersion: number, lastVersion: number, firstPosition: number, lastPosition: number]

/** Runs of events that one command has written. */
const runsOf = (events: readonly StoredEvent[]): readonly (readonly StoredEvent[])[] => {
  const runs: StoredEvent[][] = []
  for (const event of events) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last?.stream === event.stream && last.commandId === event.commandId) run.push(event)
    else runs.push([event])
  }
  return runs
}

export interface EarlierLog {
  /** Whole commands behind a position, some at a time; none at the end. @throws Integrity where a record does not fit. */
  readonly commandsAfter: (position: number) => readonly RecordedCommand[]
  /** Its last position, and how many commands are on record. */
  readonly end: () => { readonly position: number; readonly records: number }
}

export const earlierLog = (db: DatabaseSync): EarlierLog => {
  const [events, commands] = earlierTables.map(besideName)
  const page = prepareRows(
    db,
    `SELECT ${eventColumns} FROM ${events} WHERE position > ? ORDER BY position LIMIT ${EVENTS_AT_ONCE}`,
  )
  const record = prepareRows(
    db,
    `SELECT fingerprint, first_version, last_version, first_position, last_position
     FROM ${commands} WHERE stream = ? AND command_id = ?`,
  )
  const end = prepareRows(
    db,
    `SELECT (SELECT coalesce(max(position), 0) FROM ${events}), (SELECT count(*) FROM ${commands})`,
  )

  const recorded = (run: readonly StoredEvent[]): RecordedCommand => {
    const [first, last] = [run[0] as StoredEvent, run.at(-1) as StoredEvent]
    const row = firstRow<readonly [string, ...Places]>(record, first.stream, first.commandId)
    const [fingerprint = '', ...places] = row ?? []
    const found = [first.version, last.version, first.position, last.position]
    if (places.join() === found.join()) return { fingerprint, events: run }
    const message = `@${first.position} of ${first.stream}: the record of its command does not fit what it wrote`
    throw new Integrity({ message })
  }

  return {
    commandsAfter: (position) => {
      const rows: unknown = page.all(position)
      const read = (rows as readonly EventRow[]).map(toEvent)
      // The last command of a full page may go on in the next one.
      const runs = runsOf(read)
      return (read.length < EVENTS_AT_ONCE ? runs : runs.slice(0, -1)).map(recorded)
    },
    end: () => {
      const [position, records] = firstRow<readonly [number, number]>(end) ?? [0, 0]
      return { position, records }
    },
  }
}
