import type { AccountEvent } from '@daybook/core/account'
import { type Day, isPosting } from '@daybook/core/kernel'
import { EventStore, type ReadError, type UnreadableEvent } from '@daybook/core/ports'
import type { RemittanceEvent, RemittanceReceived } from '@daybook/core/remittance'
import * as Effect from 'effect/Effect'
import { eachEvent, moneyTypes } from './log.ts'

export interface CashQuery {
  /** First and last day, by effective date: the day on which patients' money was received, a remittance's payment date. */
  readonly from: Day
  readonly to: Day
  /** Position that the answer knows the log to; its head when not given, and never beyond it. */
  readonly knownAtPosition?: number | undefined
}

/** Patients' money of one batch and tender. Cents. */
export interface PatientCash {
  readonly kind: 'patients'
  /** The deposit batch that the desk named; absent where it named none. */
  readonly batch?: string
  readonly tender: string
  readonly payments: number
  readonly amount: number
}

/** One payer's payment, a deposit of its own. */
export interface PayerCash {
  readonly kind: 'payer'
  readonly remittance: string
  readonly payer: string
  /** TRN02: what the bank's line says. */
  readonly trace: string
  /** BPR04: `ACH`, `CHK` … */
  readonly method: string
  readonly amount: number
}

/**
 * Money that left again, below zero: taken back by the bank or the cardholder, or refunds that were cashed. One to a payer
 * that never reached it stands above zero on the day on which that was recorded.
 */
export interface CashOut {
  readonly kind: 'out'
  /** `nsf`, `chargeback` …, `refund`, or `refundVoided`. */
  readonly how: string
  readonly count: number
  readonly amount: number
}

/** What else moved cash, by the type of its event. */
export interface OtherCash {
  readonly kind: 'other'
  readonly event: string
  readonly count: number
  readonly amount: number
}

export type CashEntry = PatientCash | PayerCash | CashOut | OtherCash

/** What a day brought. Its entries add up to its amount. */
export interface CashDay {
  readonly day: Day
  readonly amount: number
  readonly entries: readonly CashEntry[]
}

/** Patients' money of a deposit batch over all the days: what its slip must say. */
export interface CashBatch {
  /** Absent: money of which no batch was named. */
  readonly batch?: string
  readonly first: Day
  readonly last: Day
  readonly payments: number
  readonly amount: number
}

/** Cash between two days. `opening` and the days add up to `closing`, the control account at the end of the last day. */
export interface CashReport {
  readonly from: Day
  readonly to: Day
  readonly knownAtPosition: number
  readonly opening: number
  readonly received: number
  /** Below zero. */
  readonly out: number
  readonly closing: number
  /** Those on which something moved, in order. */
  readonly days: readonly CashDay[]
  readonly batches: readonly CashBatch[]
}

type BookEvent = AccountEvent | RemittanceEvent
type Received = Pick<RemittanceReceived, 'remittanceId' | 'payerName' | 'trace' | 'method'>

const entryOf = (event: BookEvent, amount: number, received: Received | undefined): CashEntry => {
  switch (event.type) {
    case 'PatientPaymentPosted': {
      const { depositBatch, tender } = event
      return {
        kind: 'patients',
        ...(depositBatch === undefined ? {} : { batch: depositBatch }),
        tender,
        payments: 1,
        amount,
      }
    }
    case 'PaymentReversed':
      return { kind: 'out', how: event.kind, count: 1, amount }
    case 'RefundCleared':
    case 'PayerRefunded':
      return { kind: 'out', how: 'refund', count: 1, amount }
    case 'PayerRefundVoided':
      return { kind: 'out', how: 'refundVoided', count: 1, amount }
    default:
      break
  }
  if (event.type !== 'RemittanceOpened' || !received) return { kind: 'other', event: event.type, count: 1, amount }
  const { remittanceId, payerName, trace, method } = received
  return { kind: 'payer', remittance: remittanceId, payer: payerName, trace, method, amount }
}

/** What is told as one on a day. */
const placeOf = (entry: CashEntry): string => {
  switch (entry.kind) {
    case 'patients':
      return `1 ${entry.batch === undefined ? '1' : `0${entry.batch}`}\n${entry.tender}`
    case 'payer':
      return `2 ${entry.payer}\n${entry.trace}\n${entry.remittance}`
    case 'out':
      return `3 ${entry.how}`
    case 'other':
      return `4 ${entry.event}`
  }
}

const together = (a: CashEntry | undefined, b: CashEntry): CashEntry => {
  if (!a) return b
  const amount = a.amount + b.amount
  if (a.kind === 'patients' && b.kind === 'patients') return { ...a, payments: a.payments + b.payments, amount }
  if ((a.kind === 'out' && b.kind === 'out') || (a.kind === 'other' && b.kind === 'other')) {
    return { ...a, count: a.count + b.count, amount }
  }
  return { ...a, amount }
}

/** Adds up what moved cash, by day, while the log goes by in its order. */
class CashBook {
  readonly #query: CashQuery
  readonly #received = new Map<string, Received>()
  readonly #days = new Map<Day, Map<string, CashEntry>>()
  readonly #batches = new Map<string, CashBatch>()
  #opening = 0
  constructor(query: CashQuery) {
    this.#query = query
  }

  add(stream: string, event: BookEvent): void {
    if (event.type === 'RemittanceReceived') {
      const { remittanceId, payerName, trace, method } = event
      this.#received.set(stream, { remittanceId, payerName, trace, method })
    }
    if (!isPosting(event)) return
    let amount = 0
    for (const entry of event.contra) if (entry.account === 'cash') amount += entry.amount
    const { effectiveDate: day } = event
    if (amount === 0 || day > this.#query.to) return
    if (day < this.#query.from) this.#opening += amount
    else this.#put(day, entryOf(event, amount, this.#received.get(stream)))
  }

  report(knownAtPosition: number): CashReport {
    const days = [...this.#days]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, entries]): CashDay => {
        const inOrder = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
        return { day, amount: sum(inOrder), entries: inOrder }
      })
    const all = days.flatMap(({ entries }) => entries)
    const out = sum(all.filter(({ kind, amount }) => kind === 'out' || amount < 0))
    const total = sum(all)
    const { from, to } = this.#query
    return {
      from,
      to,
      knownAtPosition,
      opening: this.#opening,
      received: total - out,
      out,
      closing: this.#opening + total,
      days,
      batches: [...this.#batches].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, batch]) => batch),
    }
  }

  #put(day: Day, entry: CashEntry): void {
    const ofDay = this.#days.get(day) ?? new Map<string, CashEntry>()
    this.#days.set(day, ofDay)
    const place = placeOf(entry)
    ofDay.set(place, together(ofDay.get(place), entry))
    if (entry.kind === 'patients') this.#addToBatch(day, entry)
  }

  #addToBatch(day: Day, { batch, payments, amount }: PatientCash): void {
    const key = batch === undefined ? '1' : `0${batch}`
    const known = this.#batches.get(key)
    this.#batches.set(key, {
      ...(batch === undefined ? {} : { batch }),
      first: known && known.first < day ? known.first : day,
      last: known && known.last > day ? known.last : day,
      payments: (known?.payments ?? 0) + payments,
      amount: (known?.amount ?? 0) + amount,
    })
  }
}

const sum = (entries: readonly { readonly amount: number }[]): number =>
  entries.reduce((total, { amount }) => total + amount, 0)

/** Received money by day, batch and deposit, as known at a position. Reads the log up to there: it costs by events. */
export const cashReport = (query: CashQuery): Effect.Effect<CashReport, ReadError | UnreadableEvent, EventStore> =>
  Effect.gen(function* () {
    const head = (yield* (yield* EventStore).head).position
    const upTo = Math.min(query.knownAtPosition ?? head, head)
    const book = new CashBook(query)
    yield* eachEvent([...moneyTypes, 'RemittanceReceived'], upTo, (stream, event) => book.add(stream, event))
    return book.report(upTo)
  })
