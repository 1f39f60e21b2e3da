import {
  type Listing,
  listAccounts,
  listPayments,
  listPlans,
  listRemittances,
  type RemittancesWanted,
} from '@daybook/projections/lists'
import * as Effect from 'effect/Effect'
import type { Listed } from './answers.ts'
import { accountsAsked, paymentsAsked, plansAsked, questionGiven, remittancesAsked } from './given.ts'
import type { ListRequest } from './list-requests.ts'
import { dayAsked, todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import { inBook } from './questions.ts'
import type { DaybookShape } from './shape.ts'
import { isThere } from './there.ts'

/** Rows where the caller names no number. */
const USUAL = 50

const pageOf = (book: OpenBook, { limit = USUAL, after }: ListRequest) => ({
  asOf: todayOf(book),
  limit,
  ...(after === undefined ? {} : { after }),
})

const listedAs = <Row>({ position, rows, next }: Listing<Row>): Listed<Row> => ({
  position,
  items: rows,
  ...(next === undefined ? {} : { next }),
})

/** The days of a request, read. */
const daysOf = (book: OpenBook, asked: { readonly from?: string; readonly to?: string }) =>
  Effect.gen(function* () {
    const { from, to } = asked
    return {
      ...(from === undefined ? {} : { from: yield* dayAsked(book, 'from', from) }),
      ...(to === undefined ? {} : { to: yield* dayAsked(book, 'to', to) }),
    }
  })

export const accountsIn = (book: OpenBook): DaybookShape['accounts'] =>
  Effect.fn('Daybook.accounts')(function* (request = {}) {
    yield* questionGiven(accountsAsked, request)
    const { search, exact = false } = request
    const query = { ...pageOf(book, request), exact, ...(search === undefined ? {} : { search }) }
    return listedAs(yield* inBook(book, listAccounts(query)))
  })

export const paymentsIn = (book: OpenBook): DaybookShape['payments'] =>
  Effect.fn('Daybook.payments')(function* (request = {}) {
    yield* questionGiven(paymentsAsked, request)
    const { account } = request
    yield* isThere(book, account)
    const days = yield* daysOf(book, request)
    const query = { ...pageOf(book, request), ...days, ...(account === undefined ? {} : { account }) }
    return listedAs(yield* inBook(book, listPayments(query)))
  })

export const plansIn = (book: OpenBook): DaybookShape['plans'] =>
  Effect.fn('Daybook.plans')(function* (request = {}) {
    yield* questionGiven(plansAsked, request)
    const { account, status } = request
    yield* isThere(book, account)
    const query = {
      ...pageOf(book, request),
      ...(account === undefined ? {} : { account }),
      ...(status === undefined ? {} : { status }),
    }
    return listedAs(yield* inBook(book, listPlans(query)))
  })

export const remittancesIn = (book: OpenBook): DaybookShape['remittances'] =>
  Effect.fn('Daybook.remittances')(function* (request = {}) {
    yield* questionGiven(remittancesAsked, request)
    const wanted: RemittancesWanted = request.standing ?? 'all'
    const query = { ...pageOf(book, request), ...(yield* daysOf(book, request)), wanted }
    return listedAs(yield* inBook(book, listRemittances(query)))
  })
