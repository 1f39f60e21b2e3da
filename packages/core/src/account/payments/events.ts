import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { code, oneOf, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { posting } from '../../kernel/effects.ts'
import { event } from '../../kernel/event.ts'
import { layerId, lineId, paymentId, planId, visitId } from '../../kernel/ids.ts'
import { mode } from '../ledger/events.ts'

// postings.md rows 12–15: patient money. It never exceeds an open patient item; the rest is unapplied (errata 3).

/** Money of a payment on one layer, cents. */
export const allocation = z.strictObject({ lineId, layerId, amount: positiveCents })
export interface Allocation extends z.infer<typeof allocation> {}

/** What the money came as; card and ACH may have to settle first (policy `posting.electronicTender`). */
export const tender = oneOf(['cash', 'check', 'card', 'ach', 'moneyOrder', 'other'])
/**
 * Why a payment went back: the bank (`nsf`, `stopPayment`), the cardholder (`chargeback`), or our own mistake
 * (`misposted`, `duplicate`).
 */
export const reversalKind = oneOf(['nsf', 'chargeback', 'stopPayment', 'misposted', 'duplicate'])
/** Who paid. An agency's money goes to what the agency was given first. */
export const paymentSource = oneOf(['guarantor', 'other', 'trustee', 'estate', 'agency'])

/** What the payer said the money is for; wins over the allocation order (15 U.S.C. 1692h, adopted first-party). */
export const designation = z.strictObject({
  visitId: visitId.optional(),
  planId: planId.optional(),
  lines: z.array(lineId).optional(),
})
export interface Designation extends z.infer<typeof designation> {}

const money = {
  paymentId,
  tender,
  source: paymentSource,
  /** Check number, card authorisation: with it, equal payments are one (law E7). */
  externalRef: code(80).optional(),
  /** Day the practice received it: card captured, mail received, bank's lockbox receipt. */
  receivedDate: day,
  depositBatch: code(60).optional(),
  amount: positiveCents,
  designation: designation.optional(),
}

/** `amount` is all received; what is not allocated is unapplied. */
export const patientPaymentPosted = event('PatientPaymentPosted', {
  ...money,
  allocations: z.array(allocation),
  ...posting,
})
export interface PatientPaymentPosted extends z.infer<typeof patientPaymentPosted.schema> {}

/** A card or ACH payment that has not settled: no ledger effect (policy). */
export const paymentCapturePending = event('PaymentCapturePending', {
  ...money,
  /** Shares that the payer directed, kept for the settlement; without an amount, all that is open there by then. */
  directed: z.array(z.strictObject({ lineId, amount: positiveCents.optional() })).optional(),
})
export interface PaymentCapturePending extends z.infer<typeof paymentCapturePending.schema> {}
/** Settled: the `PatientPaymentPosted` of the same decision carries the money. */
export const paymentCaptureSettled = event('PaymentCaptureSettled', { paymentId })
export interface PaymentCaptureSettled extends z.infer<typeof paymentCaptureSettled.schema> {}
/** The card or ACH payment will never settle. Nothing had been posted. */
export const paymentCaptureFailed = event('PaymentCaptureFailed', { paymentId, reason: why() })
export interface PaymentCaptureFailed extends z.infer<typeof paymentCaptureFailed.schema> {}

/** Unapplied money of an earlier payment meets an open item. */
export const unappliedApplied = event('UnappliedApplied', { paymentId, allocations: z.array(allocation), ...posting })
export interface UnappliedApplied extends z.infer<typeof unappliedApplied.schema> {}

/** The exact undoing of allocations: the money is unapplied again, the layers as they were (law E5). */
export const paymentDeallocated = event('PaymentDeallocated', {
  paymentId,
  allocations: z.array(allocation),
  reason: why(),
  ...posting,
})
export interface PaymentDeallocated extends z.infer<typeof paymentDeallocated.schema> {}

/** Returned check, chargeback, stop payment, mis-posted, duplicate. Restores the layers it had consumed (law E6). */
export const paymentReversed = event('PaymentReversed', {
  paymentId,
  amount: positiveCents,
  kind: reversalKind,
  mode,
  released: z.array(allocation),
  reason: why(),
  ...posting,
})
export interface PaymentReversed extends z.infer<typeof paymentReversed.schema> {}

export const paymentEvents = [
  patientPaymentPosted,
  paymentCapturePending,
  paymentCaptureSettled,
  paymentCaptureFailed,
  unappliedApplied,
  paymentDeallocated,
  paymentReversed,
] as const
export type PaymentEvent =
  | PatientPaymentPosted
  | PaymentCapturePending
  | PaymentCaptureSettled
  | PaymentCaptureFailed
  | UnappliedApplied
  | PaymentDeallocated
  | PaymentReversed

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const paymentBrings = {
  PatientPaymentPosted: 'payment',
  PaymentCapturePending: 'payment',
} as const
