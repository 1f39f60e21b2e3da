import type { DatabaseSync } from 'node:sqlite'
import { Integrity, type RecordedCommand, type StoredEvent } from '@daybook/core/ports'
import { hasTable } from './book-schema.ts'
import type { EarlierFormat, EarlierTable } from './earlier-format.ts'
import { firstRow, prepareRows } from './event-rows.ts'
import { format1 } from './format-1.ts'
import { format2 } from './format-2.ts'

// Rows of the log as earlier formats kept them (`format-1.ts`, `format-2.ts`). They are only read, from the tables beside which
// those of now are made.

export const earlierFormats: readonly EarlierFormat[] = [format1, format2]

/** The name of an earlier table as long as it stands beside the one of now. */
export const besideName = ({ format }: EarlierFormat, table: EarlierTable): string => `${table}_${format}`

/** The format whose tables stand beside those of now; undefined where none do. */
export const besideIn = (db: DatabaseSync): EarlierFormat | undefined =>
  earlierFormats.find((earlier) => hasTable(db, besideName(earlier, 'events')))

/** More than a command writes: a page then has at least one whole. */
const EVENTS_AT_ONCE = 2_000

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

export const earlierLog = (db: DatabaseSync, earlier: EarlierFormat): EarlierLog => {
  const name = (table: EarlierTable): string => besideName(earlier, table)
  const { eventsAfter, recordOf } = earlier.rowsIn(db, name)
  const end = prepareRows(
    db,
    `SELECT (SELECT coalesce(max(position), 0) FROM ${name('events')}), (SELECT count(*) FROM ${name('commands')})`,
  )

  const recorded = (run: readonly StoredEvent[]): RecordedCommand => {
    const [first, last] = [run[0] as StoredEvent, run.at(-1) as StoredEvent]
    const [fingerprint = '', ...places] = recordOf(first) ?? []
    const found = [first.version, last.version, first.position, last.position]
    if (places.join() === found.join()) return { fingerprint, events: run }
    const message = `@${first.position} of ${first.stream}: the record of its command does not fit what it wrote`
    throw new Integrity({ message })
  }

  return {
    commandsAfter: (position) => {
      const read = eventsAfter(position, EVENTS_AT_ONCE)
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
