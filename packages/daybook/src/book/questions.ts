import { review } from '@daybook/core/account'
import { shown } from '@daybook/core/kernel'
import { EventStore, type Integrity, Unavailable, ViewStore, type ViewStoreShape } from '@daybook/core/ports'
import { accountContext, provingStreams } from '@daybook/core/service'
import {
  type AgingReport,
  type AgingRowOfReport,
  agingBases,
  agingDimensions,
  agingReport,
} from '@daybook/projections/aging'
import { coverageLabels, coverageName, ownerLabels, payerLabels } from '@daybook/projections/lists'
import { changedRows, type ProjectionError } from '@daybook/projections/runner'
import { queues, type Review, worklist } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import { standsInFor } from './delegations.ts'
import { deskOf } from './desk.ts'
import { type InvalidQuery, invalidQuery } from './errors.ts'
import { agingAsked, questionGiven, worklistAsked } from './given.ts'
import { askedOn, momentsOf, todayOf } from './moments.ts'
import { decided } from './next-actions.ts'
import type { OpenBook } from './open-book.ts'
import type { DaybookShape } from './shape.ts'
import { askedLater } from './statements.ts'
import { type Stores, viewsInMemory } from './stores.ts'
import { sha256 } from './world.ts'

const isBusy = (error: unknown): boolean => error instanceof Unavailable && error.busy === true

/** Gives what reads views its stores. */
export const withStores = <A, E>(
  { events, views }: Stores,
  question: Effect.Effect<A, E, EventStore | ViewStore>,
): Effect.Effect<A, E> => Effect.provideService(Effect.provideService(question, EventStore, events), ViewStore, views)

/**
 * The answer, or what is wrong where the question came to an accident: rows of a view that somebody has changed, if the
 * same question is answered from views that are made of the events; else a fault of Daybook, which stays one.
 */
const orChanged = <A, E>(
  over: (views: ViewStoreShape) => Effect.Effect<A, E>,
  views: ViewStoreShape,
): Effect.Effect<A, E | Integrity> =>
  Effect.catchDefect(over(views), (defect) =>
    Effect.flatMap(Effect.flatMap(viewsInMemory, over), () => changedRows()).pipe(
      Effect.catchDefect(() => Effect.die(defect)),
    ),
  )

/**
 * Gives a view's question the book's stores. While another writer holds the views for longer than it is waited for, the
 * question is answered from views in memory, made from the events: who reads never needs the lock, it only costs time.
 */
export const inBook = <A, E>(
  book: OpenBook,
  question: Effect.Effect<A, E, EventStore | ViewStore>,
): Effect.Effect<A, E | Integrity> => {
  const over = (views: ViewStoreShape): Effect.Effect<A, E> =>
    withStores({ events: provingStreams(book.events, sha256), views }, question)
  return Effect.catch(orChanged(over, book.views), (error) =>
    isBusy(error) ? Effect.flatMap(viewsInMemory, over) : Effect.fail(error),
  )
}

const oneOf = <T extends string>(path: string, value: T, known: readonly T[]): Effect.Effect<T, InvalidQuery> =>
  known.includes(value)
    ? Effect.succeed(value)
    : Effect.fail(invalidQuery(path, `${shown(value)} is not one of ${known.join(', ')}`))

/** The rows of a report with the names of payers and coverages. */
const named = ({
  by,
  rows,
}: AgingReport): Effect.Effect<readonly AgingRowOfReport[], ProjectionError, EventStore | ViewStore> => {
  if (by !== 'payer' && by !== 'coverage') return Effect.succeed(rows)
  const nameOf = ({ value = '', account }: AgingRowOfReport): string =>
    account === undefined ? value : coverageName({ account, coverage: value })
  const labels =
    by === 'payer'
      ? payerLabels([...new Set(rows.flatMap(({ value }) => (value ? [value] : [])))])
      : coverageLabels(
          rows.flatMap(({ value = '', account }) => (account === undefined ? [] : [{ account, coverage: value }])),
        )
  return Effect.map(labels, (names) =>
    rows.map((row) => {
      const label = names.get(nameOf(row))
      return label === undefined ? row : { ...row, label }
    }),
  )
}

export const agingIn = (book: OpenBook): DaybookShape['aging'] =>
  Effect.fn('Daybook.aging')(function* (request = {}) {
    yield* questionGiven(agingAsked, request)
    const basis = yield* oneOf('basis', request.basis ?? 'responsibility', agingBases)
    if (request.by !== undefined) yield* oneOf('by', request.by, agingDimensions)
    const at = yield* momentsOf(book, request)
    const query = {
      asOf: at.asOf,
      knownAtPosition: at.position,
      basis,
      by: request.by,
      countAccounts: request.accounts,
    }
    const report = yield* inBook(book, agingReport(query))
    return { ...report, rows: yield* inBook(book, named(report)), knownAt: at.knownAt }
  })

export const worklistIn = (book: OpenBook): DaybookShape['worklist'] =>
  Effect.fn('Daybook.worklist')(function* (request = {}) {
    yield* questionGiven(worklistAsked, request)
    const { queue, limit, propensity, assignedTo } = request
    const [whole = ''] = queue?.split(':', 1) ?? []
    if (queue !== undefined) yield* oneOf<string>('queue', whole, queues)
    const { policy } = yield* book.refreshPolicy
    const { asOf, now } = yield* askedOn(book, request)
    const { position } = yield* momentsOf(book, request.knownAt === undefined ? {} : { knownAt: request.knownAt })
    const desk = deskOf(book, request)
    const context = accountContext(desk)({
      commandId: 'worklist',
      stream: 'worklist',
      now,
      today: asOf,
      actor: desk.actor,
    })
    const reviewed: Review = (gate, state) => review(gate, state, { ...context, writing: askedLater(state) })
    const query = {
      asOf,
      now,
      localTime: book.desk.service.world.localTime,
      policy,
      review: reviewed,
      ...(request.knownAt === undefined ? {} : { knownAtPosition: position }),
      ...(queue === undefined ? {} : { queue }),
      ...(limit === undefined ? {} : { limit }),
      ...(assignedTo === undefined
        ? {}
        : { assignedTo, standsInFor: yield* standsInFor(book, assignedTo, asOf, position) }),
      ...(propensity === undefined ? {} : { propensity: new Map(Object.entries(propensity)) }),
    }
    const list = yield* inBook(book, worklist(query))
    const owners = yield* inBook(
      book,
      ownerLabels({
        accounts: list.items.flatMap(({ account }) => account ?? []),
        remittances: list.items.flatMap(({ remittance }) => remittance ?? []),
      }),
    )
    const items = list.items.map((item) => {
      const whose = owners.get(item.account ?? item.remittance ?? '')
      return whose === undefined ? item : { ...item, whose }
    })
    // What may be done is asked of now: an earlier day, or what was known earlier, has the words of its lists.
    const isNow = asOf === todayOf(book) && request.knownAt === undefined
    return { ...list, items: isNow ? yield* decided(desk, items, now, request.nextActions) : items }
  })
