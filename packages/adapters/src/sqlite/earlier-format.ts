import type { DatabaseSync } from 'node:sqlite'
import type { StoredEvent } from '@daybook/core/ports'

export type EarlierTable = 'streams' | 'events' | 'commands'

/** Of a command: the versions and positions that its record names. */
export type Places = readonly [firstVersion: number, lastVersion: number, firstPosition: number, lastPosition: number]

/** How an earlier format kept a log. */
export interface EarlierFormat {
  readonly format: number
  readonly tables: readonly EarlierTable[]
  /** Reads of its tables, as long as they have these names. */
  readonly rowsIn: (
    db: DatabaseSync,
    name: (table: EarlierTable) => string,
  ) => {
    readonly eventsAfter: (position: number, limit: number) => readonly StoredEvent[]
    /** What is on record of the command whose first event this is. */
    readonly recordOf: (first: StoredEvent) => readonly [fingerprint: string, ...Places] | undefined
  }
}
