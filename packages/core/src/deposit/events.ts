import { z } from 'zod'
import { nonZeroCents } from '../kernel/cents.ts'
import { classified, code, why } from '../kernel/classes.ts'
import { event, makeCodec } from '../kernel/event.ts'
import { accountId, adjustmentId, depositId, paymentId, refundId, remittanceId } from '../kernel/ids.ts'

// The wire contract: names and fields are the storage format. Change them only with a version and an upcast. One line of the
// bank's statement and what of the books it is made of (reference §1.7 step 8). It moves no money: the books have had it since
// it was received; what is looked at is whether the bank has it too.

const kind = <const K extends string>(name: K) => classified(z.literal(name), 'code')

/**
 * What a line of the statement is made of. `batch`: patients' money of a deposit batch that is on no other line.
 * `payment`: one payment of a patient, a settled draft of a plan too. `remittance`: the payment of an advice (BPR02).
 * `withhold`: what a payer had withheld of an account's visit and has sent; `payerWithhold`: what it had kept beside the claims of an
 * advice and has sent, by its number there. Money
 * that left: `reversal` is what the bank took back of a payment, `refund` a refund that was cashed, `payerRefund` what was
 * sent back to the payer of an advice, by its number there.
 */
export const depositPart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: kind('batch'), batch: code(60) }),
  z.strictObject({ kind: kind('payment'), accountId, paymentId }),
  z.strictObject({ kind: kind('remittance'), remittanceId }),
  z.strictObject({ kind: kind('reversal'), accountId, paymentId }),
  z.strictObject({ kind: kind('refund'), accountId, refundId }),
  z.strictObject({ kind: kind('withhold'), accountId, withholdId: adjustmentId }),
  z.strictObject({ kind: kind('payerWithhold'), remittanceId, settlement: classified(z.int().positive(), 'count') }),
  z.strictObject({ kind: kind('payerRefund'), remittanceId, refund: classified(z.int().positive(), 'count') }),
])
export type DepositPart = z.infer<typeof depositPart>

/** The statement of the bank has this line. It counts from the day that the bank gives it. */
export const depositRecorded = event('DepositRecorded', {
  depositId,
  /** What the bank calls the line: number of the slip, trace of a transfer (CORE reassociation: TRN02), check. */
  reference: code(80),
  /** As the statement has it; below zero where the bank took it. */
  amount: nonZeroCents,
  parts: z.array(depositPart),
})
export interface DepositRecorded extends z.infer<typeof depositRecorded.schema> {}

/** The line was recorded wrongly: it is as if it were not there, until it is recorded again. */
export const depositWithdrawn = event('DepositWithdrawn', { reason: why() })
export interface DepositWithdrawn extends z.infer<typeof depositWithdrawn.schema> {}

/** A person says what a difference between the bank's line and the books is. The last word counts, for so much and no more. */
export const depositExplained = event('DepositExplained', {
  /** Bank less books, cents. */
  difference: nonZeroCents,
  reason: why(),
})
export interface DepositExplained extends z.infer<typeof depositExplained.schema> {}

export type DepositEvent = DepositRecorded | DepositWithdrawn | DepositExplained
export const depositEventDefinitions = [depositRecorded, depositWithdrawn, depositExplained] as const
export const depositCodec = makeCodec<DepositEvent>(depositEventDefinitions)
