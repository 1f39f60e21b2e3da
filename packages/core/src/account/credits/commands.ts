import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { reason } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { creditId, paymentId, refundId } from '../../kernel/ids.ts'
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

export const creditCommands = [approveRefund, issueRefund, clearRefund, voidRefund] as const
export type CreditCommand = z.output<(typeof creditCommands)[number]>
