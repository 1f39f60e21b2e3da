import type { Cents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import type { Effect, Stage } from '../../kernel/effects.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { RefundIssued, RefundVoided } from '../credits/events.ts'
import type { ChargeVoided } from '../ledger/events.ts'
import type {
  Allocation,
  PatientPaymentPosted,
  PaymentCaptureFailed,
  PaymentCapturePending,
  PaymentCaptureSettled,
  PaymentDeallocated,
  PaymentReversed,
  UnappliedApplied,
} from './events.ts'

/** Money of a payment on a layer, and the stage in which it found the amount. */
export interface AppliedPart extends Allocation {
  readonly stage: Stage
}

/** One patient payment and where its money stands: allocated + unapplied + reversed + refunded = amount (law E1). */
export interface Payment {
  readonly paymentId: PaymentId
  readonly event: PatientPaymentPosted
  readonly receivedOn: Day
  readonly amount: Cents
  /** In order of allocation; what was taken back is gone. */
  readonly allocations: readonly AppliedPart[]
  readonly reversed: number
  readonly refunded: number
}

/** What of a payment has no item yet: amount − allocated − reversed − refunded. */
export const unappliedOf = (payment: Payment): number =>
  payment.amount -
  payment.reversed -
  payment.refunded -
  payment.allocations.reduce((sum, allocation) => sum + allocation.amount, 0)

/** What equal money has in common, with or without an external reference (law E7). */
export const moneyKey = (money: {
  readonly tender: PatientPaymentPosted['tender']
  readonly amount: number
  readonly receivedDate: Day
}): string => `${money.receivedDate} ${money.tender} ${money.amount}`

const ofPayments = {
  where: {
    unapplied: (payment: Payment) => unappliedOf(payment) > 0,
    overspent: (payment: Payment) => unappliedOf(payment) < 0,
  },
  by: {
    /** Lines on which it has money now. */
    line: (payment: Payment) => payment.allocations.map(({ lineId }) => lineId),
    /** The visit that the payer named. */
    visit: (payment: Payment) => payment.event.designation?.visitId,
    money: (payment: Payment) => moneyKey(payment.event),
  },
  sum: { unapplied: unappliedOf },
  last: {
    /** The day on which money came of which something has stayed. */
    received: (payment: Payment) => (payment.reversed < payment.amount ? payment.receivedOn : undefined),
  },
} satisfies Questions<Payment>

/** All patient money of the account. */
export interface PaymentState {
  readonly payments: ReadonlyTable<PaymentId, Payment, typeof ofPayments>
  /** Card and ACH money that has not settled, by payment. */
  readonly pending: ReadonlyVersionedMap<PaymentId, PaymentCapturePending>
  /** Captures that have ended: each at most once (law E8). */
  readonly decided: ReadonlyVersionedMap<PaymentId, 'settled' | 'failed'>
}
export interface PaymentBuilder {
  payments: Table<PaymentId, Payment, typeof ofPayments>
  pending: VersionedMap<PaymentId, PaymentCapturePending>
  decided: VersionedMap<PaymentId, 'settled' | 'failed'>
}

export const initial = (): PaymentBuilder => ({
  payments: new Table(ofPayments),
  pending: new VersionedMap(),
  decided: new VersionedMap(),
})
export const builderOf = (state: PaymentState): PaymentBuilder => ({
  payments: state.payments.next(),
  pending: state.pending.next(),
  decided: state.decided.next(),
})

/** What an event takes off the patient's layers, as parts of the payment. */
const partsOf = (effects: readonly Effect[]): readonly AppliedPart[] =>
  effects.map(({ lineId, layerId, stage, amount }) => ({ lineId, layerId, stage, amount: -amount as Cents }))

const add = (payment: Payment, parts: readonly AppliedPart[]): Payment => ({
  ...payment,
  allocations: [...payment.allocations, ...parts],
})

/** Takes money off layers, the newest part first. */
const takeBack = (
  payment: Payment,
  back: readonly { readonly layerId: string; readonly amount: number }[],
): Payment => {
  const wanted = new Map<string, number>()
  for (const { layerId, amount } of back) wanted.set(layerId, (wanted.get(layerId) ?? 0) + amount)
  const kept = payment.allocations.toReversed().flatMap((part) => {
    const taken = Math.min(part.amount, wanted.get(part.layerId) ?? 0)
    wanted.set(part.layerId, (wanted.get(part.layerId) ?? 0) - taken)
    return part.amount === taken ? [] : { ...part, amount: (part.amount - taken) as Cents }
  })
  return { ...payment, allocations: kept.reverse() }
}

const update = (slice: PaymentBuilder, id: PaymentId, change: (payment: Payment) => Payment): void => {
  const payment = slice.payments.get(id)
  if (payment) slice.payments.set(id, change(payment))
}

export const evolve = {
  PatientPaymentPosted: (slice: PaymentBuilder, event: PatientPaymentPosted) => {
    slice.pending.delete(event.paymentId)
    slice.payments.set(event.paymentId, {
      paymentId: event.paymentId,
      event,
      receivedOn: event.effectiveDate,
      amount: event.amount,
      allocations: partsOf(event.effects),
      reversed: 0,
      refunded: 0,
    })
  },
  PaymentCapturePending: (slice: PaymentBuilder, event: PaymentCapturePending) => {
    slice.pending.set(event.paymentId, event)
  },
  PaymentCaptureSettled: (slice: PaymentBuilder, event: PaymentCaptureSettled) => {
    slice.pending.delete(event.paymentId)
    slice.decided.set(event.paymentId, 'settled')
  },
  PaymentCaptureFailed: (slice: PaymentBuilder, event: PaymentCaptureFailed) => {
    slice.pending.delete(event.paymentId)
    slice.decided.set(event.paymentId, 'failed')
  },
  UnappliedApplied: (slice: PaymentBuilder, event: UnappliedApplied) => {
    update(slice, event.paymentId, (payment) => add(payment, partsOf(event.effects)))
  },
  PaymentDeallocated: (slice: PaymentBuilder, event: PaymentDeallocated) => {
    update(slice, event.paymentId, (payment) => takeBack(payment, event.allocations))
  },
  PaymentReversed: (slice: PaymentBuilder, event: PaymentReversed) => {
    update(slice, event.paymentId, (payment) => ({
      ...takeBack(payment, event.released),
      reversed: payment.reversed + event.amount,
    }))
  },
  RefundIssued: (slice: PaymentBuilder, event: RefundIssued) => {
    for (const source of event.of) {
      if (!('paymentId' in source)) continue
      const { layerId, amount } = source
      update(slice, source.paymentId, (payment) => ({
        ...(layerId === undefined ? payment : takeBack(payment, [{ layerId, amount }])),
        refunded: payment.refunded + amount,
      }))
    }
  },
  RefundVoided: (slice: PaymentBuilder, event: RefundVoided) => {
    for (const source of event.of) {
      if (!('paymentId' in source)) continue
      const { layerId, lineId, amount } = source
      const onLayer = layerId !== undefined && lineId !== undefined ? [{ lineId, layerId, amount }] : []
      update(slice, source.paymentId, (payment) => ({
        ...add(
          payment,
          onLayer.map((part) => ({ ...part, stage: 'active' })),
        ),
        refunded: payment.refunded - amount,
      }))
    }
  },
  ChargeVoided: (slice: PaymentBuilder, event: ChargeVoided) => {
    for (const payment of slice.payments.by('line', event.lineId)) {
      const kept = payment.allocations.filter((allocation) => allocation.lineId !== event.lineId)
      if (kept.length !== payment.allocations.length)
        slice.payments.set(payment.paymentId, { ...payment, allocations: kept })
    }
  },
}

/** What can still go back or be refunded of a payment. */
export const remainingOf = (payment: Payment): number => payment.amount - payment.reversed - payment.refunded

/** Unapplied money of the account: its own column in every report, never netted with credits (law E10). */
export const unappliedTotal = (state: PaymentState): number => state.payments.sum('unapplied')
