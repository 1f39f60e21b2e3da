import { type Day, epochDay } from '@daybook/core/kernel'
import { EventStore, type Unavailable, ViewStore, type ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { catchUp, type ProjectionError } from '../runner/catch-up.ts'
import { type AgingBasis, type DatedBasis, UNDATED } from './bases.ts'
import { usualEdges } from './buckets.ts'
import { queriesFor } from './cells.ts'
import { JOURNAL, type JournalDocument, journalOfBlock, readJournal } from './journal.ts'
import { kindOf, kindOfCode } from './kinds.ts'
import { BOOKS, type BooksDocument } from './project.ts'
import {
  type AgingDimension,
  type AgingReport,
  type BeforeTheBooks,
  type Entry,
  type Layout,
  tabulate,
} from './report.ts'
import { type AgingView, agingView } from './view.ts'

export interface AgingQuery {
  readonly asOf: Day
  /** Position that the answer knows the log to; its head when not given, and never beyond it. */
  readonly knownAtPosition?: number | undefined
  readonly basis: AgingBasis
  readonly by?: AgingDimension | undefined
  /** Last days of the buckets but the last; 30, 60, 90, 120 when not given. */
  readonly bucketEdges?: readonly number[] | undefined
  /** Counts the accounts in each bucket. Like `by`, it costs by rows known, not by days and anchors. */
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

const fromJournal = (
  views: ViewStoreShape,
  prefix: string,
  { view, asOf, knownAt, basis }: Asked,
): Effect.Effect<readonly Entry[], Unavailable> =>
  Effect.gen(function* () {
    const dated = datedBasis(basis)
    const entries: Entry[] = []
    let after = ''
    for (;;) {
      const page = yield* views.docs(view, { prefix, after, limit: JOURNALS_AT_ONCE })
      for (const { body } of page) {
        for (const { position, day, kind, amount, anchors, attributes } of readJournal(
          JSON.parse(body) as JournalDocument,
        )) {
          if (position > knownAt) return entries
          if (day <= asOf) entries.push({ anchor: anchorOf(basis, anchors[dated]), kind, amount, attributes })
        }
      }
      const last = page.at(-1)
      if (!last || page.length < JOURNALS_AT_ONCE) return entries
      after = last.key
    }
  })

const fromCells = (views: ViewStoreShape, asked: Asked): Effect.Effect<readonly Entry[], Unavailable> =>
  Effect.gen(function* () {
    const { view, asOf, knownAt, basis } = asked
    const { sums, openBlock } = queriesFor(view.grain, datedBasis(basis), asOf, knownAt)
    const entries: Entry[] = []
    for (const query of sums) {
      for (const { z, kind, amount } of yield* views.sum(view, query)) {
        entries.push({ anchor: anchorOf(basis, z), kind: kindOfCode(kind), amount })
      }
    }
    if (openBlock === undefined) return entries
    const open = yield* fromJournal(views, journalOfBlock(openBlock), asked)
    return [...entries, ...open]
  })

/** A line that nobody has charged yet has no day of service. */
const isUndated = ({ anchor, kind }: Entry): boolean => anchor === UNDATED && kindOf(kind).standing !== 'unapplied'

/** The first day of the books as known at a position; undefined where no balance was brought forward. */
const booksBegin = (
  views: ViewStoreShape,
  { view, knownAt }: Pick<Asked, 'view' | 'knownAt'>,
): Effect.Effect<Day | undefined, Unavailable> =>
  Effect.map(views.doc(view, BOOKS), (body) => {
    if (body === undefined) return undefined
    const { begins } = JSON.parse(body) as BooksDocument
    return begins.findLast(([position]) => position <= knownAt)?.[1]
  })

/**
 * The aging as of a day, as known at a position (laws K1, K2, C4). It first catches up to the head of the log as seen
 * at its start, so that it sees its caller's own writes. Rows up to a position never change once they are there, so the
 * reads need no transaction.
 */
export const agingReport = (
  query: AgingQuery,
  view: AgingView = agingView,
): Effect.Effect<AgingReport | BeforeTheBooks, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const head = (yield* (yield* EventStore).head).position
    yield* catchUp(view, { upTo: head })
    const views = yield* ViewStore
    const knownAtPosition = Math.min(query.knownAtPosition ?? head, head)
    const { asOf, basis, by, countAccounts = false } = query
    const begins = yield* booksBegin(views, { view, knownAt: knownAtPosition })
    if (begins !== undefined && asOf < begins) {
      return { asOf, knownAtPosition, basis, beforeTheBooks: { booksBegin: begins } }
    }
    const asked: Asked = { view, asOf: epochDay(asOf), knownAt: knownAtPosition, basis }
    const entries = yield* by || countAccounts ? fromJournal(views, JOURNAL, asked) : fromCells(views, asked)
    const layout: Layout = {
      asOf: asked.asOf,
      edges: query.bucketEdges ?? usualEdges,
      undated: basis === 'billDate' || basis === 'firstStatement' || entries.some(isUndated),
      by,
      countAccounts,
    }
    return { asOf, knownAtPosition, basis, ...(by ? { by } : {}), ...tabulate(entries, layout) }
  })
