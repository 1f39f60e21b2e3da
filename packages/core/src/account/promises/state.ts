import type { Dated } from '../../kernel/dated.ts'
import { amountOn, changedOn } from '../../kernel/dated.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { LineId, PaymentId, PlanId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { PatientPaymentPosted, PaymentReversed } from '../payments/events.ts'
import type { PlanAmended, PlanProposed } from '../plans/events.ts'
import type {
  PromiseBroken,
  PromiseClosed,
  PromiseId,
  PromiseKept,
  PromiseMade,
  PromisePart,
  PromisePartiallyKept,
  PromiseReopened,
} from './events.ts'

/** `kept`, `partlyKept` and `broken` are what postings say; `closed`: nobody waits for it any more. */
export type PromiseStatus = 'open' | 'kept' | 'partlyKept' | 'broken' | 'closed'

/** A part as its time ran out: what was promised by then, and what had come. */
export interface Shortfall {
  readonly number: number
  readonly asked: number
  readonly paid: number
}

/** A promise to pay, and the money that came after it. */
export interface PaymentPromise {
  readonly promiseId: PromiseId
  readonly made: PromiseMade
  readonly status: PromiseStatus
  /** Every standing since it was made, with the day from which it counts; the last is `status`. */
  readonly standings: readonly { readonly from: Day; readonly status: PromiseStatus }[]
  /** What was recorded where it was found broken, or kept in part. */
  readonly shortfall?: Shortfall | undefined
  /** Money posted after it that counts for it, cents, by payment. */
  readonly counted: readonly { readonly paymentId: PaymentId; readonly amount: number }[]
  /** The same, less what went back, by the day from which it counts. */
  readonly received: Dated
}

const ofPromises = {
  where: {
    /** Somebody waits for it, or has to follow it up. */
    watched: ({ status }: PaymentPromise) => status === 'open' || status === 'partlyKept' || status === 'broken',
    /** Postings may change what is said of it. */
    judged: ({ status }: PaymentPromise) => status !== 'closed',
  },
} satisfies Questions<PaymentPromise>

/** All promises of the account, closed ones too. */
export interface PromiseState {
  readonly promises: ReadonlyTable<PromiseId, PaymentPromise, typeof ofPromises>
  /** Lines of plans, for money that is said to be for a plan. */
  readonly planLines: ReadonlyVersionedMap<PlanId, readonly LineId[]>
}
export interface PromiseBuilder {
  promises: Table<PromiseId, PaymentPromise, typeof ofPromises>
  planLines: VersionedMap<PlanId, readonly LineId[]>
}

export const initial = (): PromiseBuilder => ({ promises: new Table(ofPromises), planLines: new VersionedMap() })
export const builderOf = (state: PromiseState): PromiseBuilder => ({
  promises: state.promises.next(),
  planLines: state.planLines.next(),
})

/** The last day on which money for a part is in time. */
export const lastDayOf = ({ made }: PaymentPromise, part: Pick<PromisePart, 'due'>): Day =>
  addDays(part.due, made.graceDays)

const lastDay = (promise: PaymentPromise): Day =>
  promise.made.parts.map((part) => lastDayOf(promise, part)).reduce((a, b) => (a < b ? b : a))

/** The first part by whose last day too little comes, with what is asked and paid by then; none where all is kept. */
export const firstUnmet = (promise: PaymentPromise): (Shortfall & { readonly part: PromisePart }) | undefined => {
  let asked = 0
  for (const part of promise.made.parts) {
    asked += part.amount
    const paid = Math.max(0, amountOn(promise.received, lastDayOf(promise, part)))
    if (paid < asked) return { part, number: part.number, asked, paid }
  }
  return undefined
}

/** How a promise stands on a day by postings and days alone, whatever was recorded of it (PL-06). */
export const judgedOn = (promise: PaymentPromise, on: Day): Exclude<PromiseStatus, 'closed'> => {
  const unmet = firstUnmet(promise)
  if (!unmet) return 'kept'
  if (on <= lastDayOf(promise, unmet.part)) return 'open'
  return isPartly(promise, unmet) ? 'partlyKept' : 'broken'
}

/** Enough has come to count as kept in part. */
export const isPartly = ({ made }: PaymentPromise, { asked, paid }: Pick<Shortfall, 'asked' | 'paid'>): boolean =>
  paid > 0 && paid * 10_000 >= asked * made.partlyFrom

/** The standing that counted on a day, by what was recorded; none before it was made. */
export const standingOn = ({ standings }: PaymentPromise, on: Day): PromiseStatus | undefined =>
  standings.findLast(({ from }) => from <= on)?.status

/** Promises that somebody waits for on a day: neither kept nor ended, and their time has not passed. */
export const openOn = (state: PromiseState, on: Day): readonly PaymentPromise[] =>
  [...state.promises.values()].filter(
    (promise) => standingOn(promise, on) === 'open' && judgedOn(promise, on) === 'open',
  )

const names = (slice: PromiseBuilder, { lines }: PromiseMade, { designation }: PatientPaymentPosted): boolean => {
  if (designation === undefined) return true
  const { lines: named, planId, visitId } = designation
  const isOf = (line: LineId): boolean => lines.some(({ lineId }) => lineId === line)
  if (named !== undefined) return named.some(isOf)
  if (planId !== undefined) return (slice.planLines.get(planId) ?? []).some(isOf)
  return visitId === undefined || lines.some((line) => line.visitId === visitId)
}

const update = (slice: PromiseBuilder, id: PromiseId, change: (promise: PaymentPromise) => PaymentPromise): void => {
  const promise = slice.promises.get(id)
  if (promise) slice.promises.set(id, change(promise))
}

const stands = (promise: PaymentPromise, status: PromiseStatus, from: Day): PaymentPromise => ({
  ...promise,
  status,
  standings: [...promise.standings, { from, status }],
})

const fallsShort =
  (status: 'broken' | 'partlyKept') =>
  (slice: PromiseBuilder, { promiseId, number, asked, paid, effectiveDate }: PromiseBroken | PromisePartiallyKept) =>
    update(slice, promiseId, (promise) => ({
      ...stands(promise, status, effectiveDate),
      shortfall: { number, asked, paid },
    }))

export const evolve = {
  PromiseMade: (slice: PromiseBuilder, event: PromiseMade) => {
    slice.promises.set(event.promiseId, {
      promiseId: event.promiseId,
      made: event,
      status: 'open',
      standings: [{ from: event.effectiveDate, status: 'open' }],
      counted: [],
      received: [],
    })
  },
  PromiseKept: (slice: PromiseBuilder, { promiseId, effectiveDate }: PromiseKept) =>
    update(slice, promiseId, ({ shortfall: _, ...promise }) => stands(promise, 'kept', effectiveDate)),
  PromisePartiallyKept: fallsShort('partlyKept'),
  PromiseBroken: fallsShort('broken'),
  PromiseReopened: (slice: PromiseBuilder, { promiseId, effectiveDate }: PromiseReopened) =>
    update(slice, promiseId, ({ shortfall: _, ...promise }) => stands(promise, 'open', effectiveDate)),
  PromiseClosed: (slice: PromiseBuilder, { promiseId, effectiveDate }: PromiseClosed) =>
    update(slice, promiseId, (promise) => stands(promise, 'closed', effectiveDate)),
  PlanProposed: (slice: PromiseBuilder, { planId, lines }: PlanProposed) => {
    slice.planLines.set(planId, lines)
  },
  PlanAmended: (slice: PromiseBuilder, { planId, lines }: PlanAmended) => {
    slice.planLines.set(planId, lines)
  },
  // What is posted after it and counts from its day on; an agency's money keeps no promise made to us.
  PatientPaymentPosted: (slice: PromiseBuilder, event: PatientPaymentPosted) => {
    if (event.source === 'agency') return
    const { paymentId, amount, effectiveDate: on } = event
    for (const promise of slice.promises.where('judged')) {
      if (on < promise.made.effectiveDate || on > lastDay(promise) || !names(slice, promise.made, event)) continue
      slice.promises.set(promise.promiseId, {
        ...promise,
        counted: [...promise.counted, { paymentId, amount }],
        received: changedOn(promise.received, on, amount),
      })
    }
  },
  PaymentReversed: (slice: PromiseBuilder, { paymentId, amount, effectiveDate: on }: PaymentReversed) => {
    for (const promise of slice.promises.where('judged')) {
      if (!promise.counted.some((counted) => counted.paymentId === paymentId)) continue
      slice.promises.set(promise.promiseId, { ...promise, received: changedOn(promise.received, on, -amount) })
    }
  },
}
