import type { Day } from '../../kernel/day.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { WorkItemAssigned, WorkItemSnoozed, WorkItemUnassigned } from './events.ts'

/** All work of the account, all of a queue, or one piece of it. */
export interface Piece {
  readonly queue?: string | undefined
  readonly subject?: string | undefined
}

/** Pieces are told apart by this. */
export const pieceKey = ({ queue = '', subject = '' }: Piece): string => `${queue} ${subject}`

export interface Assignment extends Piece {
  readonly to: string
  readonly on: Day
}

export interface Snooze extends Piece {
  readonly queue: string
  /** Why stands in the log, and is told by the history. */
  readonly until: Day
}

export interface WorkState {
  readonly assigned: ReadonlyVersionedMap<string, Assignment>
  readonly snoozed: ReadonlyVersionedMap<string, Snooze>
}
export interface WorkBuilder {
  assigned: VersionedMap<string, Assignment>
  snoozed: VersionedMap<string, Snooze>
}

export const initial = (): WorkBuilder => ({ assigned: new VersionedMap(), snoozed: new VersionedMap() })
export const builderOf = (state: WorkState): WorkBuilder => ({
  assigned: state.assigned.next(),
  snoozed: state.snoozed.next(),
})

export const evolve = {
  WorkItemAssigned: (slice: WorkBuilder, { queue, subject, to, effectiveDate }: WorkItemAssigned) => {
    slice.assigned.set(pieceKey({ queue, subject }), { queue, subject, to, on: effectiveDate })
  },
  WorkItemUnassigned: (slice: WorkBuilder, piece: WorkItemUnassigned) => {
    slice.assigned.delete(pieceKey(piece))
  },
  WorkItemSnoozed: (slice: WorkBuilder, { queue, subject, until }: WorkItemSnoozed) => {
    slice.snoozed.set(pieceKey({ queue, subject }), { queue, subject, until })
  },
}
