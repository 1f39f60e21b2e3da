import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { reason } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { coverageId, creditId, lineId, paymentId, refundId } from '../../kernel/ids.ts'
import { payee, refundMethod } from './events.ts'

// What the desk may ask about credits and refunds. The wire contract of the command line and the API.

/**
 * Somebody may be paid back: of a credit that stands, or of the unapplied money of a payment. Without an amount, all of
 * it. Another payee or way than the money came from needs an `override` that says why (law G2).
 */
export const approveRefund = z.strictObject({
  type: z.literal('ApproveRefund'),
  on: day,
  refund: refundId.optional(),
  credit: creditId.optional(),
  payment: paymentId.optional(),
  amount: positiveCents.optional(),
  payee,
  method: refundMethod,
  reason,
  override: reason.optional(),
})

/** The check is written or the card credited. */
export const issueRefund = z.strictObject({ type: z.literal('IssueRefund'), on: day, refund: refundId })
/** The bank paid it. */
export const clearRefund = z.strictObject({ type: z.literal('ClearRefund'), on: day, refund: refundId })
/** Never issued, never cashed, or stopped: the credit stands again. */
export const voidRefund = z.strictObject({ type: z.literal('VoidRefund'), on: day, refund: refundId, reason })

/**
 * Asks to use a credit for another item of the same owner: the patient's for what the patient owes, a payer's for what one
 * of its coverages owes (`coverage`; absent: the credit's own). Without an amount, as much as is open there.
 */
export const moveCredit = z.strictObject({
  type: z.literal('MoveCredit'),
  on: day,
  credit: creditId,
  to: z.strictObject({ line: lineId, coverage: coverageId.optional() }),
  amount: positiveCents.optional(),
  reason,
})

export const creditCommands = [approveRefund, issueRefund, clearRefund, voidRefund, moveCredit] as const
export type CreditCommand = z.output<(typeof creditCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const creditAsksOrReports: { readonly [Type in CreditCommand['type']]: 'asks' | 'reports' } = {
  ApproveRefund: 'asks',
  ClearRefund: 'reports',
  IssueRefund: 'reports',
  MoveCredit: 'asks',
  VoidRefund: 'reports',
}
