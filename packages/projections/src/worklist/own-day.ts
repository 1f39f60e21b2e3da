import type { Day } from '@daybook/core/kernel'
import type { WorkItem } from './item.ts'

/** Something that stands open and is on no list of the day, with the dated reason (law Q6). Amount in cents. */
export interface WaitingItem {
  /** Absent for what is of a remittance. */
  readonly account?: string
  readonly remittance?: string
  readonly person?: string
  readonly submission?: string
  readonly deposit?: string
  readonly queue: string
  readonly subject: string
  readonly amount: number
  readonly reason: string
  /** The first day on which it is on a list; absent: as long as it stands as the reason says. */
  readonly until?: Day
}

/** The day of an account or a remittance: its work, and what waits. */
export interface OwnDay {
  readonly items: readonly WorkItem[]
  readonly waiting: readonly WaitingItem[]
}
