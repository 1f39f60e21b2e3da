import type { Cents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import type { Of } from '../../kernel/decision.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import type { AccountEvent } from '../events.ts'
import type { Allocation, PatientPaymentPosted } from './events.ts'

/** One patient payment and where its money stands: allocated + unapplied + reversed + refunded = amount (law E1). */
export interface Payment {
  readonly paymentId: PaymentId
  readonly event: PatientPaymentPosted
  readonly receivedOn: Day
  readonly amount: Cents
  /** Net allocation by line and layer, in order of allocation; zero entries are dropped. */
  readonly allocations: readonly Allocation[]
  readonly reversed: number
  readonly refunded: number
}

export interface PaymentState {
  readonly payments: ReadonlyMap<PaymentId, Payment>
  /** Card and ACH money that has not settled, by payment. */
  readonly pending: ReadonlyMap<PaymentId, Of<AccountEvent, 'PaymentCapturePending'>>
  /** Captures that settled or failed: each at most once (law E8). */
  readonly decided: ReadonlySet<PaymentId>
}
export interface PaymentBuilder {
  payments: Map<PaymentId, Payment>
  pending: Map<PaymentId, Of<AccountEvent, 'PaymentCapturePending'>>
  decided: Set<PaymentId>
}

export const initial = (): PaymentBuilder => ({ payments: new Map(), pending: new Map(), decided: new Set() })
export const open = (state: PaymentState): PaymentBuilder => ({
  payments: new Map(state.payments),
  pending: new Map(state.pending),
  decided: new Set(state.decided),
})

const sameTarget = (a: Allocation, b: Allocation): boolean => a.lineId === b.lineId && a.layerId === b.layerId

/** Adds (sign 1) or takes back (sign −1) allocations. */
const merge = (current: readonly Allocation[], changes: readonly Allocation[], sign: 1 | -1): Allocation[] => {
  const merged = current.map((allocation) => ({ ...allocation }))
  for (const change of changes) {
    const at = merged.find((allocation) => sameTarget(allocation, change))
    if (at) at.amount = (at.amount + sign * change.amount) as Cents
    else if (sign === 1) merged.push({ ...change })
  }
  return merged.filter((allocation) => allocation.amount !== 0)
}

const update = (slice: PaymentBuilder, id: PaymentId, change: (payment: Payment) => Payment): void => {
  const payment = slice.payments.get(id)
  if (payment) slice.payments.set(id, change(payment))
}

export const evolve = {
  PatientPaymentPosted: (slice: PaymentBuilder, event: Of<AccountEvent, 'PatientPaymentPosted'>) => {
    slice.pending.delete(event.paymentId)
    slice.payments.set(event.paymentId, {
      paymentId: event.paymentId,
      event,
      receivedOn: event.effectiveDate,
      amount: event.amount,
      allocations: event.allocations,
      reversed: 0,
      refunded: 0,
    })
  },
  PaymentCapturePending: (slice: PaymentBuilder, event: Of<AccountEvent, 'PaymentCapturePending'>) => {
    slice.pending.set(event.paymentId, event)
  },
  PaymentCaptureSettled: (slice: PaymentBuilder, event: Of<AccountEvent, 'PaymentCaptureSettled'>) => {
    slice.pending.delete(event.paymentId)
    slice.decided.add(event.paymentId)
  },
  PaymentCaptureFailed: (slice: PaymentBuilder, event: Of<AccountEvent, 'PaymentCaptureFailed'>) => {
    slice.pending.delete(event.paymentId)
    slice.decided.add(event.paymentId)
  },
  UnappliedApplied: (slice: PaymentBuilder, event: Of<AccountEvent, 'UnappliedApplied'>) => {
    update(slice, event.paymentId, (payment) => ({
      ...payment,
      allocations: merge(payment.allocations, event.allocations, 1),
    }))
  },
  PaymentDeallocated: (slice: PaymentBuilder, event: Of<AccountEvent, 'PaymentDeallocated'>) => {
    update(slice, event.paymentId, (payment) => ({
      ...payment,
      allocations: merge(payment.allocations, event.allocations, -1),
    }))
  },
  PaymentReversed: (slice: PaymentBuilder, event: Of<AccountEvent, 'PaymentReversed'>) => {
    update(slice, event.paymentId, (payment) => ({
      ...payment,
      allocations: merge(payment.allocations, event.released, -1),
      reversed: payment.reversed + event.amount,
    }))
  },
  ChargeVoided: (slice: PaymentBuilder, event: Of<AccountEvent, 'ChargeVoided'>) => {
    for (const payment of slice.payments.values()) {
      const kept = payment.allocations.filter((allocation) => allocation.lineId !== event.lineId)
      if (kept.length !== payment.allocations.length)
        slice.payments.set(payment.paymentId, { ...payment, allocations: kept })
    }
  },
}

/** What of a payment has no item yet: amount − allocated − reversed − refunded. */
export const unappliedOf = (payment: Payment): number =>
  payment.amount -
  payment.reversed -
  payment.refunded -
  payment.allocations.reduce((sum, allocation) => sum + allocation.amount, 0)

/** Unapplied money of the account: its own column in every report, never netted with credits (law E10). */
export const unappliedTotal = (state: PaymentState): number => {
  let total = 0
  for (const payment of state.payments.values()) total += unappliedOf(payment)
  return total
}
