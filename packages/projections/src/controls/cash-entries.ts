import type { AccountEvent } from '@daybook/core/account'
import { accountOfStream, type Day, isPosting } from '@daybook/core/kernel'
import type { RemittanceEvent, RemittanceReceived } from '@daybook/core/remittance'

// What moves cash, event by event: as the report of a day tells it, and as a line of the bank's statement names it.

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

export type CashEvent = AccountEvent | RemittanceEvent

/** One event that moved cash. */
export interface Movement {
  readonly day: Day
  readonly amount: number
  readonly entry: CashEntry
  /** How a line of the bank's statement names it; absent where none can. */
  readonly key?: string
  /** What it is of, in words, without anybody's name. */
  readonly says: string
}

/** How a line of the bank names money of a payment, a refund, an advice. */
export const keyOf = (kind: string, owner: string, of = ''): string => `${kind} ${owner} ${of}`

const entryOf = (event: CashEvent, amount: number, received: RemittanceReceived | undefined): CashEntry => {
  switch (event.type) {
    case 'PatientPaymentPosted': {
      const { depositBatch, tender } = event
      const batch = depositBatch === undefined ? {} : { batch: depositBatch }
      return { kind: 'patients', ...batch, tender, payments: 1, amount }
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

type Named = Pick<Movement, 'key' | 'says'>

const nameOf = (stream: string, event: CashEvent, received: RemittanceReceived | undefined): Named => {
  const account = accountOfStream(stream) ?? ''
  switch (event.type) {
    case 'PatientPaymentPosted': {
      const number = event.externalRef === undefined ? '' : ` ${event.externalRef}`
      const says = `payment of ${event.receivedDate} by ${event.tender}${number}`
      return { key: keyOf('payment', account, event.paymentId), says }
    }
    case 'PaymentReversed':
      // One that corrects says that the money never came: there is so much less of the payment.
      return event.mode === 'correction'
        ? { key: keyOf('payment', account, event.paymentId), says: `payment, taken out as ${event.kind}` }
        : { key: keyOf('reversal', account, event.paymentId), says: `payment taken back: ${event.kind}` }
    case 'WithholdSettled':
      return { key: keyOf('withhold', account, event.withholdId), says: 'withhold that came back' }
    case 'RefundCleared':
      return { key: keyOf('refund', account, event.refundId), says: 'refund that was cashed' }
    default:
      break
  }
  const { remittanceId = '', payerName = '', trace = '' } = received ?? {}
  const of = `${payerName} trace ${trace}`
  switch (event.type) {
    case 'RemittanceOpened':
      return { key: keyOf('remittance', remittanceId), says: of }
    case 'WithholdReturned':
      return { key: keyOf('payerWithhold', remittanceId, String(event.settlement)), says: `withhold of ${of}` }
    case 'PayerRefunded':
    case 'PayerRefundVoided':
      return { key: keyOf('payerRefund', remittanceId, String(event.refund)), says: `refund to ${of}` }
    default:
      return { says: event.type }
  }
}

/** Tells what moved cash, while the log goes by in its order. */
export class Movements {
  readonly #received = new Map<string, RemittanceReceived>()

  /** Undefined: the event moves no cash. */
  of(stream: string, event: CashEvent): Movement | undefined {
    if (event.type === 'RemittanceReceived') this.#received.set(stream, event)
    if (!isPosting(event)) return undefined
    let amount = 0
    for (const entry of event.contra) if (entry.account === 'cash') amount += entry.amount
    if (amount === 0) return undefined
    const received = this.#received.get(stream)
    return {
      day: event.effectiveDate,
      amount,
      entry: entryOf(event, amount, received),
      ...nameOf(stream, event, received),
    }
  }
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

export const sum = (entries: readonly { readonly amount: number }[]): number =>
  entries.reduce((total, { amount }) => total + amount, 0)

/** Entries by day, those that are told as one added up. */
export class CashDays {
  readonly #days = new Map<Day, Map<string, CashEntry>>()

  put(day: Day, entry: CashEntry): void {
    const ofDay = this.#days.get(day) ?? new Map<string, CashEntry>()
    this.#days.set(day, ofDay)
    const place = placeOf(entry)
    ofDay.set(place, together(ofDay.get(place), entry))
  }

  get inOrder(): readonly CashDay[] {
    return [...this.#days]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, entries]): CashDay => {
        const inOrder = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
        return { day, amount: sum(inOrder), entries: inOrder }
      })
  }
}
