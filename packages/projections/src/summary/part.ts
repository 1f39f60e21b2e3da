import type { AccountState } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { Money } from './money.ts'

/** What a page about an account is written from. */
export interface Page {
  /** The fold of a prefix: what was known. */
  readonly state: AccountState
  readonly asOf: Day
  /** The dated sums of the same prefix: what was true as of the day. */
  readonly money: Money
}

/** One facet's part of the page. */
export interface SummaryPart {
  /** Sections by their name in JSON. */
  readonly sections?: Readonly<Record<string, (page: Page) => unknown>>
  /** Flags that the facet raises over the whole account, each beside the others. */
  readonly flags?: Readonly<Record<string, (page: Page) => boolean>>
}
