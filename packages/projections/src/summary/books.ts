import type { AccountState } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'

/** Said of an account whose balances were brought forward: of a day before its books begin there are no figures. */
export interface BeforeTheBooks {
  readonly beforeTheBooks: { readonly booksBegin: Day }
}

/** An answer with figures. */
export interface FromTheBooks {
  readonly beforeTheBooks?: undefined
}

/** Whether the account has no answer for the day; a zero would say that nothing was owed. */
export const beforeTheBooks = ({ ledger: { booksBegin } }: AccountState, asOf: Day): BeforeTheBooks | undefined =>
  booksBegin !== undefined && asOf < booksBegin ? { beforeTheBooks: { booksBegin } } : undefined
