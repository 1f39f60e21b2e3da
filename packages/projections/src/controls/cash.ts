import type { Day } from '@daybook/core/kernel'
import { EventStore, type ReadError, type UnreadableEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { BankBook, type BankLine, type BankReport } from './bank.ts'
import { type CashDay, CashDays, type Movement, Movements, type PatientCash, sum } from './cash-entries.ts'
import { eachEvent, eachOfDeposits, moneyTypes } from './log.ts'

export interface CashQuery {
  /** First and last day, by effective date: the day on which patients' money was received, a remittance's payment date. */
  readonly from: Day
  readonly to: Day
  /** Position that the answer knows the log to; its head when not given, and never beyond it. */
  readonly knownAtPosition?: number | undefined
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
  /** The lines of the bank's statement, and what of the books is on none. */
  readonly bank: BankReport
}

/** Adds up what moved cash, by day, while the log goes by in its order. */
class CashBook {
  readonly #query: CashQuery
  readonly #days = new CashDays()
  readonly #batches = new Map<string, CashBatch>()
  #opening = 0
  constructor(query: CashQuery) {
    this.#query = query
  }

  add({ day, amount, entry }: Movement): void {
    if (day > this.#query.to) return
    if (day < this.#query.from) {
      this.#opening += amount
      return
    }
    this.#days.put(day, entry)
    if (entry.kind === 'patients') this.#addToBatch(day, entry)
  }

  report(knownAtPosition: number): Omit<CashReport, 'bank'> {
    const days = this.#days.inOrder
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

/**
 * Received money by day, batch and deposit, held against the bank's statement, as known at a position. Reads the log up to
 * there: it costs by events.
 */
export const cashReport = (query: CashQuery): Effect.Effect<CashReport, ReadError | UnreadableEvent, EventStore> =>
  Effect.gen(function* () {
    const head = (yield* (yield* EventStore).head).position
    const upTo = Math.min(query.knownAtPosition ?? head, head)
    const bank = new BankBook(query)
    yield* eachOfDeposits(upTo, (stream, event) => bank.record(stream, event))
    const movements = new Movements()
    const book = new CashBook(query)
    yield* eachEvent([...moneyTypes, 'RemittanceReceived'], upTo, (stream, event) => {
      const movement = movements.of(stream, event)
      if (!movement) return
      book.add(movement)
      bank.add(movement)
    })
    return { ...book.report(upTo), bank: bank.report() }
  })

/**
 * Lines of the bank's statement that differ from the books as of a day, and whose difference nobody has explained by then, as known
 * at a position. Reads the log up to there where there is any line at all.
 */
export const bankDifferences = (
  asOf: Day,
  upTo: number,
): Effect.Effect<readonly BankLine[], ReadError | UnreadableEvent, EventStore> =>
  Effect.gen(function* () {
    const bank = new BankBook({ from: asOf, to: asOf })
    let lines = 0
    yield* eachOfDeposits(upTo, (stream, event) => {
      if (event.effectiveDate > asOf) return
      lines += 1
      bank.record(stream, event)
    })
    if (lines === 0) return []
    const movements = new Movements()
    yield* eachEvent([...moneyTypes, 'RemittanceReceived'], upTo, (stream, event) => {
      const movement = movements.of(stream, event)
      if (movement) bank.add(movement)
    })
    return bank.report().lines.filter(({ unexplained }) => unexplained !== 0)
  })
