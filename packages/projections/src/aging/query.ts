import { type Day, epochDay } from '@daybook/core/kernel'
import { EventStore, type ReadError, ViewStore, type ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { ProjectionError } from '../runner/advance.ts'
import { catchUp } from '../runner/catch-up.ts'
import { documentIn } from '../runner/rows.ts'
import { type AgingBasis, type DatedBasis, UNDATED } from './bases.ts'
import { usualEdges } from './buckets.ts'
import { queriesFor } from './cells.ts'
import { JOURNAL, type JournalDocument, journalOfBlock, readJournal } from './journal.ts'
import { kindOfCode } from './kinds.ts'
import {
  type CountedGroup,
  countedGroups,
  countsFor,
  LATEST,
  type LatestDocument,
  latestOf,
  placeOf,
} from './presence.ts'
import { BOOKS, type BooksDocument, booksBegunBy } from './project.ts'
import { type AgingDimension, type AgingReport, type BeforeTheBooks, newSheet, type Sheet } from './report.ts'
import { type AgingView, agingView } from './view.ts'

export interface AgingQuery {
  readonly asOf: Day
  /** Position that the answer knows the log to; its head when not given, and never beyond it. */
  readonly knownAtPosition?: number | undefined
  readonly basis: AgingBasis
  readonly by?: AgingDimension | undefined
  /** Last days of the buckets but the last; 30, 60, 90, 120 when not given. */
  readonly bucketEdges?: readonly number[] | undefined
  /**
   * Counts the accounts in each bucket. Of the head of the log, from the latest effective day on, by the usual edges, it
   * costs by days as the amounts do; else, as `by` always, by rows known.
   */
  readonly countAccounts?: boolean | undefined
}

/** Documents read at once: each holds the rows of up to a block of the log. */
const JOURNALS_AT_ONCE = 16

/** On the basis of the first statement nothing has a date yet, so any other basis has its rows. */
const anchorOf = (basis: AgingBasis, anchor: number): number => (basis === 'firstStatement' ? UNDATED : anchor)
const datedBasis = (basis: AgingBasis): DatedBasis => (basis === 'firstStatement' ? 'responsibility' : basis)

interface Asked {
  readonly view: AgingView
  readonly asOf: number
  readonly knownAt: number
  readonly basis: AgingBasis
}

/** Adds the rows that the journal has under a prefix, page by page: memory does not grow with them. */
const addJournal = (
  views: ViewStoreShape,
  prefix: string,
  asked: Asked,
  sheet: Sheet,
): Effect.Effect<void, ReadError> =>
  Effect.gen(function* () {
    const { view, asOf, knownAt, basis } = asked
    const dated = datedBasis(basis)
    let after = ''
    for (;;) {
      const page = yield* views.docs(view, { prefix, after, limit: JOURNALS_AT_ONCE })
      for (const { key, body } of page) {
        const journal = yield* documentIn<JournalDocument>(view, key, body)
        for (const { position, day, kind, amount, anchors, attributes } of readJournal(journal)) {
          if (position > knownAt) return
          if (day <= asOf) sheet.add({ anchor: anchorOf(basis, anchors[dated]), kind, amount, attributes })
        }
      }
      const last = page.at(-1)
      if (!last || page.length < JOURNALS_AT_ONCE) return
      after = last.key
    }
  })

/** Adds the cells that make up the answer, and the rows of the block that the position cuts. */
const addCells = (views: ViewStoreShape, asked: Asked, sheet: Sheet): Effect.Effect<void, ReadError> =>
  Effect.gen(function* () {
    const { view, asOf, knownAt, basis } = asked
    const { sums, openBlock } = queriesFor(view.grain, datedBasis(basis), asOf, knownAt)
    for (const query of sums) {
      for (const { z, kind, amount } of yield* views.sum(view, query)) {
        sheet.add({ anchor: anchorOf(basis, z), kind: kindOfCode(kind), amount })
      }
    }
    if (openBlock !== undefined) yield* addJournal(views, journalOfBlock(openBlock), asked, sheet)
  })

type Count = readonly [group: CountedGroup, bucket: number, accounts: number]

/** Accounts in each bucket, by the cells; undefined where those do not tell of this moment. */
const countsInCells = (
  views: ViewStoreShape,
  { view, asOf, knownAt, basis }: Asked,
): Effect.Effect<readonly Count[] | undefined, ReadError> =>
  Effect.gen(function* () {
    // The cells are moved by each commit: they tell of the position that the view stands at before and after.
    const stands = Effect.map(views.checkpoint(view), ({ position }) => position === knownAt)
    if (!(yield* stands)) return undefined
    const body = yield* views.doc(view, LATEST)
    const document = body === undefined ? undefined : yield* documentIn<LatestDocument>(view, LATEST, body)
    if (latestOf(document) > asOf) return undefined
    const counts: Count[] = []
    for (const group of countedGroups) {
      for (const { kind, amount } of yield* views.sum(view, { series: countsFor(basis, group), x: asOf, y: 0 })) {
        const bucket = placeOf(basis, kind)
        if (bucket !== undefined) counts.push([group, bucket, amount])
      }
    }
    return (yield* stands) ? counts : undefined
  })

/** Documents of books read at once. */
const BOOKS_AT_ONCE = 1_000
/** Accounts without an answer that a report names; the rest it counts. */
const NAMED = 10

/** Accounts whose books begin after the day, as known at a position; undefined where there are none. */
const beforeTheBooks = (
  views: ViewStoreShape,
  { view, knownAt }: Pick<Asked, 'view' | 'knownAt'>,
  asOf: Day,
): Effect.Effect<BeforeTheBooks | undefined, ReadError> =>
  Effect.gen(function* () {
    let found: BeforeTheBooks | undefined
    for (let after = booksBegunBy(asOf); ; ) {
      const page = yield* views.docs(view, { prefix: BOOKS, after, limit: BOOKS_AT_ONCE })
      for (const { key, body } of page) {
        const { account, booksBegin, position } = yield* documentIn<BooksDocument>(view, key, body)
        if (position > knownAt) continue
        const { accounts = 0, named = [] } = found ?? {}
        found = {
          accounts: accounts + 1,
          last: booksBegin,
          named: named.length < NAMED ? [...named, { account, booksBegin }] : named,
        }
      }
      const last = page.at(-1)
      if (!last || page.length < BOOKS_AT_ONCE) return found
      after = last.key
    }
  })

/**
 * The aging as of a day, as known at a position (laws K1, K2, C4). It first catches up to the head of the log as seen
 * at its start, so that it sees its caller's own writes. Rows up to a position never change once they are there, so the
 * reads need no transaction. Of accounts whose books begin later than the day it says that they have no answer.
 */
export const agingReport = (
  query: AgingQuery,
  view: AgingView = agingView,
): Effect.Effect<AgingReport, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const head = (yield* (yield* EventStore).head).position
    yield* catchUp(view, { upTo: head })
    const views = yield* ViewStore
    const knownAtPosition = Math.min(query.knownAtPosition ?? head, head)
    const { asOf, basis, by, countAccounts = false } = query
    const asked: Asked = { view, asOf: epochDay(asOf), knownAt: knownAtPosition, basis }
    const usual = query.bucketEdges === undefined || query.bucketEdges.join() === usualEdges.join()
    const counts = !by && countAccounts && usual ? yield* countsInCells(views, asked) : undefined
    const sheet = newSheet({
      asOf: asked.asOf,
      edges: query.bucketEdges ?? usualEdges,
      undated: basis === 'billDate' || basis === 'firstStatement',
      by,
      accounts: counts ? 'counted' : countAccounts ? 'byEntries' : 'none',
    })
    for (const count of counts ?? []) sheet.count(...count)
    yield* by || (countAccounts && !counts) ? addJournal(views, JOURNAL, asked, sheet) : addCells(views, asked, sheet)
    const missing = yield* beforeTheBooks(views, asked, asOf)
    return {
      asOf,
      knownAtPosition,
      basis,
      ...(by ? { by } : {}),
      ...sheet.close(),
      ...(missing ? { beforeTheBooks: missing } : {}),
    }
  })
