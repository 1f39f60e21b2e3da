import { z } from 'zod'
import { adviceClaim, providerAdjustment } from '../documents/advice.ts'
import { cents, nonZeroCents, positiveCents } from '../kernel/cents.ts'
import { code, reason, text } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { accountId, adjustmentId, patientId, payerId, remittanceId, visitId } from '../kernel/ids.ts'
import { payerRefunded, remittanceClaimHeld, remittanceClaimPosted, withholdReturned } from './events.ts'

export const receiveRemittance = z.strictObject({
  type: z.literal('ReceiveRemittance'),
  /** Day of receipt in the practice's zone: when the facts about the paper count from. */
  on: day,
  remittanceId,
  payerId,
  payerName: text(),
  payeeId: text(),
  payeeName: text(),
  trace: code(50),
  paymentDate: day.optional(),
  amount: cents,
  method: text(3),
  contentHash: code(64),
  claims: z.int().nonnegative(),
  chunks: z.int().nonnegative(),
  charged: cents,
  paid: cents,
  providerAdjustments: z.array(providerAdjustment),
  findings: z.array(text(400)),
  currency: code(3).optional(),
})

const part = z.strictObject({
  chunk: z.int().positive(),
  claims: z.array(adviceClaim),
  providerAdjustments: z.array(providerAdjustment).min(1).optional(),
})

/**
 * Claims of the advice as it came, in chunks of the size of an event, some at a time; and PLB pairs that are too many for
 * its first event.
 */
export const recordRemittanceClaims = z.strictObject({
  type: z.literal('RecordRemittanceClaims'),
  on: day,
  chunks: z
    .array(part.refine(({ claims, providerAdjustments }) => claims.length > 0 || providerAdjustments, 'holds nothing'))
    .min(1),
})

/**
 * What earlier remittances of the payer have left under a PLB reference, cents as in the PLB: what a recoupment or a
 * forwarded balance of this one is judged against.
 */
const earlier = z
  .array(
    z.strictObject({
      code: code(2),
      reference: text(),
      amount: cents,
      /** The part of the reference that tied it to them (clarification 32), where it is not the whole. */
      by: text().optional(),
      /** How the earlier ones called the same claim, where they called it otherwise. */
      also: z.array(text()).optional(),
    }),
  )
  .optional()

/** Judges the whole: opens it for posting, or holds it with every reason. */
export const openRemittance = z.strictObject({
  type: z.literal('OpenRemittance'),
  on: day,
  conflictsWith: remittanceId.optional(),
  earlier,
})

/** Records PLB pairs of an opened advice that its opening left: a command takes some hundred. */
export const recordProviderAdjustments = z.strictObject({
  type: z.literal('RecordProviderAdjustments'),
  on: day,
  /** How many are recorded before. */
  from: z.int().positive(),
  earlier,
})

export const recordClaimOutcomes = z.strictObject({
  type: z.literal('RecordClaimOutcomes'),
  on: day,
  posted: z.array(remittanceClaimPosted.schema.omit({ type: true, effectiveDate: true })),
  held: z.array(remittanceClaimHeld.schema.omit({ type: true, effectiveDate: true })),
})

/** Marks a held unit before it is posted to this account. */
export const retryRemittanceClaim = z.strictObject({
  type: z.literal('RetryRemittanceClaim'),
  on: day,
  claims: z.array(z.int().positive()).min(1),
  accountId,
  patientId,
  visitId,
})

/**
 * A person lets a held transaction through; a difference needs the account that takes it, a payment date that is
 * absent or wrong the right one.
 */
export const releaseRemittance = z.strictObject({
  type: z.literal('ReleaseRemittance'),
  on: day,
  differenceAccount: code(60).optional(),
  paymentDate: day.optional(),
  /** Another advice of this payment, whose cash is in the books or about to be. */
  booked: z.strictObject({ remittanceId, amount: cents, open: z.boolean() }).optional(),
  /** A person says that a second payment came, of the same payer, trace, day and amount. */
  anotherPayment: z.boolean().optional(),
  earlier,
  reason,
})

export const rejectRemittance = z.strictObject({
  type: z.literal('RejectRemittance'),
  on: day,
  reason,
})

/** A person gives up on a held claim: its money leaves clearing for a named control account. */
export const rejectRemittanceClaim = z.strictObject({
  type: z.literal('RejectRemittanceClaim'),
  on: day,
  claim: z.int().positive(),
  differenceAccount: code(60),
  reason,
})

/**
 * Reports that money of the payer that no claim explains was sent back to it: what a release or a rejection had put to
 * `refundsPayable`, and no more.
 */
export const refundPayer = z.strictObject({
  type: z.literal('RefundPayer'),
  on: day,
  /** Absent: all that is to be sent back. Cents. */
  amount: positiveCents.optional(),
  method: payerRefunded.schema.shape.method,
  reference: text(80).optional(),
  reason,
})

/** Reports that such a refund never reached the payer. */
export const voidPayerRefund = z.strictObject({
  type: z.literal('VoidPayerRefund'),
  on: day,
  refund: z.int().positive(),
  reason,
})

/** An account's withhold is ended by what this remittance gave beside its claims: each cent of it once. */
export const nameGivenBack = z.strictObject({
  type: z.literal('NameGivenBack'),
  on: day,
  use: adjustmentId,
  accountId,
  code: code(2),
  amount: nonZeroCents,
})

/** The account has not ended it after all. */
export const freeGivenBack = z.strictObject({ type: z.literal('FreeGivenBack'), on: day, use: adjustmentId })

/**
 * Reports that what the payer withheld beside its claims (PLB E3) is lost. Absent: all of it that stands. Below zero: what it gave
 * beyond what it had withheld.
 */
export const giveUpWithhold = z.strictObject({
  type: z.literal('GiveUpWithhold'),
  on: day,
  amount: nonZeroCents.optional(),
  reason,
})

/**
 * Reports that what the payer withheld beside its claims (PLB E3) came by money of its own. Absent: all of it that stands. Below zero:
 * what had come so did not stay.
 */
export const returnWithhold = z.strictObject({
  type: z.literal('ReturnWithhold'),
  on: day,
  amount: nonZeroCents.optional(),
  by: withholdReturned.schema.shape.by,
  reference: text(80).optional(),
  reason,
})

export const remittanceCommandSchemas = [
  receiveRemittance,
  recordRemittanceClaims,
  openRemittance,
  recordProviderAdjustments,
  recordClaimOutcomes,
  retryRemittanceClaim,
  releaseRemittance,
  rejectRemittance,
  rejectRemittanceClaim,
  refundPayer,
  voidPayerRefund,
  nameGivenBack,
  freeGivenBack,
  giveUpWithhold,
  returnWithhold,
] as const
export const remittanceCommand = z.discriminatedUnion('type', remittanceCommandSchemas)
export type RemittanceCommand = z.output<typeof remittanceCommand>
