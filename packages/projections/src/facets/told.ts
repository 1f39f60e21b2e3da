import type { AccountEvent } from '@daybook/core/account'
import type { FacetExplanation } from '../explanation/telling.ts'
import type { Words } from '../history/tell.ts'
import type { SummaryPart } from '../summary/part.ts'
import type { Kept } from '../worklist/queue.ts'
import type { None } from './none.ts'

/** What is told of a facet, and where. What has nothing to tell in a view says why. */
export interface Told {
  /** Its events as sentences of the history. */
  readonly words: Partial<Words<AccountEvent>>
  /** Its work, for the worklist. */
  readonly queues: Kept | None
  /** Its sections and flags on the page about an account. */
  readonly summary: SummaryPart | None
  /** What its events say of why a balance is what it is. */
  readonly explanation: FacetExplanation | None
}
