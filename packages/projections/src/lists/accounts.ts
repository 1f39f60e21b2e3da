import type { Day } from '@daybook/core/kernel'
import type { EventStore, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { ProjectionError } from '../runner/index.ts'
import type { BeforeTheBooks } from '../summary/books.ts'
import type { Totals } from '../summary/money.ts'
import type { AccountStanding } from '../summary/summary.ts'
import { type AccountListed, type FoundBy, wordsOf } from './documents.ts'
import { type Listing, type ListPage, listBy, type Reading, readLists } from './page.ts'
import { wordIn, wordKey, wordsFrom } from './view.ts'
import { wordsAsked } from './words.ts'

/** An account in a list: who it is, by what it is known, and how it stands. Amounts in cents. */
export interface AccountRow extends Omit<AccountListed, 'kind'> {
  readonly openedOn: Day
  /** Absent on a day before its books. */
  readonly totals?: Totals
  readonly standing?: AccountStanding
  readonly beforeTheBooks?: BeforeTheBooks['beforeTheBooks']
  /** By what it was found, where something was looked for. */
  readonly foundBy: readonly FoundBy[]
}

/** Which accounts: with every one of these words, as a whole or by its beginning. */
export interface AccountsQuery extends ListPage {
  readonly asOf: Day
  readonly search?: string
  /** Words must be whole. */
  readonly exact?: boolean
}

/** By what each word is found; nothing where one of them is not there. */
const foundBy = (doc: AccountListed, asked: readonly string[], exact: boolean): readonly FoundBy[] | undefined => {
  const words = [...wordsOf(doc)]
  const found = new Set<FoundBy>()
  for (const one of asked) {
    const here = words.filter(([word]) => (exact ? word === one : word.startsWith(one)))
    if (here.length === 0) return undefined
    for (const [, by] of here) found.add(by)
  }
  return [...found]
}

const rowOf = (
  reading: Reading,
  { kind: _kind, ...listed }: AccountListed,
  by: readonly FoundBy[],
): Effect.Effect<AccountRow, ProjectionError> =>
  Effect.map(reading.summaryOf(listed.account), (summary) => ({
    ...listed,
    openedOn: summary.openedOn,
    ...(summary.beforeTheBooks
      ? { beforeTheBooks: summary.beforeTheBooks }
      : { totals: summary.totals, standing: summary.standing }),
    foundBy: by,
  }))

/** The word that tells most: the longest, so that few accounts are looked at. */
const telling = (words: readonly string[]): string =>
  words.reduce((longest, word) => (word.length > longest.length ? word : longest), '')

/**
 * Accounts by the name of their guarantors; or those with all words of `search` (names, birth days, member ids, claim
 * numbers, ids), whole words before longer ones. Sees the caller's own writes.
 */
export const listAccounts = ({
  asOf,
  search,
  exact = false,
  ...page
}: AccountsQuery): Effect.Effect<Listing<AccountRow>, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const reading = yield* readLists(asOf)
    const asked = search === undefined ? [] : wordsAsked(search)
    if (search !== undefined && asked.length === 0) return { position: reading.position, rows: [] }
    const first = telling(asked)
    const prefix = asked.length === 0 ? 'name ' : exact ? wordKey(first) : wordsFrom(first)
    return yield* listBy(reading, { ...page, prefix }, (key, { account }) =>
      Effect.gen(function* () {
        const listed = yield* reading.document<AccountListed>(`account-${account}`)
        const by = listed && foundBy(listed, asked, exact)
        if (!listed || !by) return undefined
        // An account with several words that begin so is told at the first of them.
        const own = [...wordsOf(listed).keys()].filter((word) => word.startsWith(first)).sort()
        if (asked.length > 0 && !exact && own[0] !== wordIn(key).word) return undefined
        return yield* rowOf(reading, listed, by)
      }),
    )
  })
