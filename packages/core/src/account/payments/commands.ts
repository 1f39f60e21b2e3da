import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { code, reason } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { paymentId } from '../../kernel/ids.ts'
import { lineShare } from '../ledger/commands.ts'
import { mode } from '../ledger/events.ts'
import { designation, paymentSource, reversalKind, tender } from './events.ts'

// What the desk may ask about patient money. The wire contract of the command line and the API.

/** Money received on day `on`: card captured, mail received, bank's lockbox receipt; never the deposit day. */
export const postPayment = z.strictObject({
  type: z.literal('PostPayment'),
  on: day,
  payment: paymentId.optional(),
  amount: positiveCents,
  tender,
  source: paymentSource.optional(),
  externalRef: code(80).optional(),
  depositBatch: code(60).optional(),
  designation: designation.optional(),
  /** Where exactly it goes; without it, by the order of reference §1.8. */
  allocations: z.array(lineShare).min(1).optional(),
})

/** The card or ACH payment settled on day `on`. */
export const settlePayment = z.strictObject({ type: z.literal('SettlePayment'), on: day, payment: paymentId })

/** The card or ACH payment will never settle: declined, returned or cancelled, as the processor said on day `on`. */
export const failPayment = z.strictObject({ type: z.literal('FailPayment'), on: day, payment: paymentId, reason })

/** Unapplied money of a payment meets open items: the named lines, else by the order of reference §1.8. */
export const applyUnapplied = z.strictObject({
  type: z.literal('ApplyUnapplied'),
  payment: paymentId,
  allocations: z.array(lineShare).min(1).optional(),
})

/** Takes a payment off its items, or off the named lines; it is unapplied again, as if it had never been applied. */
export const deallocatePayment = z.strictObject({
  type: z.literal('DeallocatePayment'),
  payment: paymentId,
  lines: z.array(lineShare).min(1).optional(),
  reason,
})

/**
 * The money went back, or was never ours. Without `mode` the kind says which: returned and disputed money is economic,
 * dated `on`; misposted and duplicate money is a correction, dated as the payment.
 */
export const reversePayment = z.strictObject({
  type: z.literal('ReversePayment'),
  on: day,
  payment: paymentId,
  amount: positiveCents.optional(),
  kind: reversalKind,
  mode: mode.optional(),
  reason,
})

export const paymentCommands = [
  postPayment,
  settlePayment,
  failPayment,
  applyUnapplied,
  deallocatePayment,
  reversePayment,
] as const
export type PaymentCommand = z.output<(typeof paymentCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const paymentAsksOrReports: { readonly [Type in PaymentCommand['type']]: 'asks' | 'reports' } = {
  ApplyUnapplied: 'asks',
  DeallocatePayment: 'asks',
  FailPayment: 'reports',
  PostPayment: 'reports',
  ReversePayment: 'reports',
  SettlePayment: 'reports',
}
