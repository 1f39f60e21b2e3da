import type { AccessRecorded } from '@daybook/core/access'
import type { Instant } from '@daybook/core/kernel'
import type { Asking } from '../book/requests.ts'

// What is asked and told of who looked.

/** Which looks. */
export interface AccessesRequest extends Asking {
  /** At this account. */
  readonly account?: string
  readonly person?: string
  /** Of this actor. */
  readonly by?: string
  /** First and last day at the practice, `YYYY-MM-DD`. */
  readonly from?: string
  readonly to?: string
  /** At most so many; 1,000 when not given. */
  readonly limit?: number
  /** The `next` of an earlier part. */
  readonly after?: string
}

/** Somebody looked: who, when, at whom, and what they were shown. */
export interface Access
  extends Pick<AccessRecorded, 'question' | 'roles' | 'purpose' | 'outcome' | 'shown' | 'withheld'> {
  /** Place in the access log. */
  readonly position: number
  readonly at: Instant
  /** Civil day at the practice. */
  readonly on: string
  readonly by: string
  readonly accounts: readonly string[]
  readonly persons: readonly string[]
  readonly remittances: readonly string[]
}
