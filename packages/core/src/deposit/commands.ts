import { z } from 'zod'
import { nonZeroCents } from '../kernel/cents.ts'
import { code, reason } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { accountId, adjustmentId, depositId, paymentId, refundId, remittanceId } from '../kernel/ids.ts'

/** A line has some hundred parts at most: more payments than that have a batch. */
const MOST_PARTS = 500

const part = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('batch'), batch: code(60) }),
  z.strictObject({ kind: z.literal('payment'), account: accountId, payment: paymentId }),
  z.strictObject({ kind: z.literal('remittance'), remittance: remittanceId }),
  z.strictObject({ kind: z.literal('reversal'), account: accountId, payment: paymentId }),
  z.strictObject({ kind: z.literal('refund'), account: accountId, refund: refundId }),
  z.strictObject({ kind: z.literal('withhold'), account: accountId, withhold: adjustmentId }),
  z.strictObject({ kind: z.literal('payerWithhold'), remittance: remittanceId, settlement: z.int().positive() }),
  z.strictObject({ kind: z.literal('payerRefund'), remittance: remittanceId, refund: z.int().positive() }),
])
export type GivenPart = z.output<typeof part>

/**
 * Reports a line of the bank's statement, `on` the day that the bank gives it, with what of the books is in it. Day,
 * reference and amount make the line: said again it is the same one. Of two lines that agree in all three, `deposit` names
 * the second.
 */
export const recordDeposit = z.strictObject({
  type: z.literal('RecordDeposit'),
  on: day,
  deposit: depositId.optional(),
  reference: code(80),
  amount: nonZeroCents,
  parts: z.array(part).max(MOST_PARTS),
})

/** Reports that a line was recorded wrongly. */
export const withdrawDeposit = z.strictObject({
  type: z.literal('WithdrawDeposit'),
  on: day,
  deposit: depositId,
  reason,
})

/** Reports what a difference is: a fee that the bank kept, a check that is short. Cents, bank less books. */
export const explainDeposit = z.strictObject({
  type: z.literal('ExplainDeposit'),
  on: day,
  deposit: depositId,
  difference: nonZeroCents,
  reason,
})

export const depositCommandSchemas = [recordDeposit, withdrawDeposit, explainDeposit] as const
export const depositCommand = z.discriminatedUnion('type', depositCommandSchemas)
export type DepositCommand = z.output<typeof depositCommand>
export type DepositCommandInput = z.input<typeof depositCommand>
