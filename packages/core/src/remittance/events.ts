import { z } from 'zod'
import { adviceClaim, providerAdjustment } from '../documents/advice.ts'
import { cents, nonZeroCents, positiveCents } from '../kernel/cents.ts'
import { classified, code, flag, freeText, oneOf, text } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { posting } from '../kernel/effects.ts'
import { event, makeCodec } from '../kernel/event.ts'
import { accountId, adjustmentId, patientId, payerId, remittanceId, visitId } from '../kernel/ids.ts'

// The remittance stream of postings.md: one payment of one payer, and what became of each of its claims.

const number = () => classified(z.int().positive(), 'count')

/** A figure that does not add up, at the level where it does not. */
export const difference = z.strictObject({
  level: oneOf(['transaction', 'claim', 'line']),
  /** `transaction`, a patient control number, or `<number>/<line>`. */
  reference: text(120),
  /** Rule: B1, B2, B4, B6, N, conflict; `defect` where the figure itself can not be read (amount 0). */
  rule: code(20),
  amount: cents,
})
export interface Difference extends z.infer<typeof difference> {}

/** The payment's identity and totals; its claims follow in chunks, and nothing is posted before all are stored. */
export const remittanceReceived = event('RemittanceReceived', {
  remittanceId,
  payerId,
  payerName: text(),
  payeeId: text(),
  payeeName: text(),
  /** TRN02. */
  trace: code(50),
  /** BPR16 or its stand-in. Absent: the transaction is held. */
  paymentDate: day.optional(),
  /** BPR02. */
  amount: cents,
  /** BPR04. */
  method: text(3),
  /** SHA-256 of the typed document without positions and control numbers: what makes a copy a copy. */
  contentHash: code(64),
  claims: classified(z.int().nonnegative(), 'count'),
  chunks: classified(z.int().nonnegative(), 'count'),
  charged: cents,
  paid: cents,
  providerAdjustments: z.array(providerAdjustment),
  /** Checks that failed without holding anything (B10, NON with money, a date that stood in). */
  findings: z.array(text(400)),
  currency: code(3).optional(),
})
export interface RemittanceReceived extends z.infer<typeof remittanceReceived.schema> {}

/** A part of the claims, as read. Chunked, because an event has a size limit and an advice may have 10,000 claims. */
export const remittanceClaimsRecorded = event('RemittanceClaimsRecorded', {
  chunk: number(),
  claims: z.array(adviceClaim),
  /** PLB pairs, in their order, where there are more of them than the first event of the remittance holds. */
  providerAdjustments: z.array(providerAdjustment).optional(),
})
export interface RemittanceClaimsRecorded extends z.infer<typeof remittanceClaimsRecorded.schema> {}

/** Nothing of it is posted until a person decides. */
export const remittanceHeld = event('RemittanceHeld', {
  /** `tooFarAhead`: the payment date is beyond policy's `posting.futureDays` (ledger.tooFarAhead). */
  reasons: z.array(oneOf(['outOfBalance', 'conflict', 'noDate', 'tooFarAhead', 'currency'])).min(1),
  differences: z.array(difference),
  /** The remittance of the same identity that was there first. */
  conflictsWith: remittanceId.optional(),
})
export interface RemittanceHeld extends z.infer<typeof remittanceHeld.schema> {}

/** A person lets it through, the difference going to a named control account. */
export const remittanceReleased = event('RemittanceReleased', {
  differenceAccount: code(60).optional(),
  /** The day that its postings count from, where the advice names none or a wrong one. */
  paymentDate: day.optional(),
  /** A person has said that a second payment came, though another advice of the same one is in the books. */
  anotherPayment: flag().optional(),
  reason: freeText(),
})
export interface RemittanceReleased extends z.infer<typeof remittanceReleased.schema> {}

/** A person refuses it: it never reaches the ledger. */
export const remittanceRejected = event('RemittanceRejected', { reason: freeText() })
export interface RemittanceRejected extends z.infer<typeof remittanceRejected.schema> {}

/** Dr cash BPR02, Dr Σ PLB by account, Cr payerClearing Σ CLP04: balanced exactly when B6 holds. */
export const remittanceOpened = event('RemittanceOpened', { ...posting })
export interface RemittanceOpened extends z.infer<typeof remittanceOpened.schema> {}

/** One PLB pair and the control account it went to with the opening. */
export const providerAdjustmentRecorded = event('ProviderAdjustmentRecorded', {
  payerId,
  code: code(2),
  reference: text(),
  amount: cents,
  account: code(120),
  /**
   * Set where somebody has to look, or to wait (errata 1, clarification 16): the payer took money that no earlier
   * entry of this reference explains; it still has money to take; it collects a deficit that it never announced.
   */
  /** The part of the reference that tied it to earlier ones, where it is not the whole (clarification 32). */
  tiedBy: text().optional(),
  /** How earlier payments called the same claim, where they called it otherwise. */
  alsoNamed: z.array(text()).optional(),
  exception: oneOf(['recoupmentWithoutReversal', 'recoupmentOutstanding', 'forwardBalanceWithoutOrigin']).optional(),
})
export interface ProviderAdjustmentRecorded extends z.infer<typeof providerAdjustmentRecorded.schema> {}

/** The payer's takings and givings under one reference are even: an earlier exception of that reference is closed. */
export const recoupmentMatched = event('RecoupmentMatched', {
  payerId,
  /** PLB03-2: the payer's control number of the claim, or its own reference. */
  reference: text(),
  amount: cents,
})
export interface RecoupmentMatched extends z.infer<typeof recoupmentMatched.schema> {}

const claimNumbers = z.array(number()).min(1)

/** A unit of claims reached an account. `amount` is its Σ CLP04. `recorded`: a predetermination, a duplicate; no money. */
export const remittanceClaimPosted = event('RemittanceClaimPosted', {
  claims: claimNumbers,
  outcome: oneOf(['posted', 'recorded']),
  accountId: accountId.optional(),
  visitId: visitId.optional(),
  amount: cents,
  findings: z.array(text(400)),
})
export interface RemittanceClaimPosted extends z.infer<typeof remittanceClaimPosted.schema> {}

/** A unit that does not balance or match: held alone, its money stays in clearing. */
export const remittanceClaimHeld = event('RemittanceClaimHeld', {
  claims: claimNumbers,
  reasons: z.array(z.strictObject({ rule: code(60), reason: text(400), requiredAction: text(200).optional() })).min(1),
  differences: z.array(difference),
  amount: cents,
  /** The visits that it could be of, and what distinguishes them: its release names one (clarification 27). */
  candidates: z.array(z.strictObject({ accountId, visitId, why: text(400) })).optional(),
})
export interface RemittanceClaimHeld extends z.infer<typeof remittanceClaimHeld.schema> {}

/**
 * A held unit is about to be posted to this account. Until its outcome is recorded nobody can reject it: a process that
 * is killed in between may have posted it already, and its money would leave clearing twice.
 */
export const remittanceClaimRetried = event('RemittanceClaimRetried', {
  claims: claimNumbers,
  accountId,
  patientId,
  visitId,
})
export interface RemittanceClaimRetried extends z.infer<typeof remittanceClaimRetried.schema> {}

/** A person gives up on a held unit: its money leaves clearing for a named account. */
export const remittanceClaimRejected = event('RemittanceClaimRejected', {
  claims: claimNumbers,
  amount: cents,
  reason: freeText(),
  ...posting,
})
export interface RemittanceClaimRejected extends z.infer<typeof remittanceClaimRejected.schema> {}

/**
 * Money of the payer that no claim explains, and that a release or a rejection had put to `refundsPayable`, went back to it.
 * `refund` counts those of the remittance from 1.
 */
export const payerRefunded = event('PayerRefunded', {
  refund: number(),
  amount: positiveCents,
  method: oneOf(['check', 'ach', 'other']),
  /** Number of the check, or the trace of the payment. */
  reference: text(80).optional(),
  reason: freeText(),
  ...posting,
})
export interface PayerRefunded extends z.infer<typeof payerRefunded.schema> {}

/** A refund to the payer never reached it: the money is to be sent back as before. */
export const payerRefundVoided = event('PayerRefundVoided', {
  refund: number(),
  amount: positiveCents,
  reason: freeText(),
  ...posting,
})
export interface PayerRefundVoided extends z.infer<typeof payerRefundVoided.schema> {}

/**
 * What the payer gave back beside its claims, or took there, ends what it had withheld of a visit of this account: noted before the
 * account says so, so that each cent of it is named once. Above zero: it came back. Moves no money: the account's event does.
 */
export const givenBackNamed = event('GivenBackNamed', {
  /** The settlement of the account that names it. */
  use: adjustmentId,
  accountId,
  /** PLB03-1. */
  code: code(2),
  amount: nonZeroCents,
})
export interface GivenBackNamed extends z.infer<typeof givenBackNamed.schema> {}

/** The account did not take it after all. */
export const givenBackFreed = event('GivenBackFreed', { use: adjustmentId })
export interface GivenBackFreed extends z.infer<typeof givenBackFreed.schema> {}

/** What the payer withheld beside its claims (PLB E3) never comes: it is a discount after all. Below zero: it gave more. */
export const withholdGivenUp = event('WithholdGivenUp', { amount: nonZeroCents, reason: freeText(), ...posting })
export interface WithholdGivenUp extends z.infer<typeof withholdGivenUp.schema> {}

/**
 * What the payer withheld beside its claims (PLB E3) came by money of its own: a check, a transfer. Below zero: what had come so did not
 * stay, or was recorded wrongly. `settlement` counts those of the remittance from 1: the bank's statement names it so.
 */
export const withholdReturned = event('WithholdReturned', {
  settlement: number(),
  amount: nonZeroCents,
  by: oneOf(['check', 'ach', 'other']),
  /** Number of the check, or the trace of the payment. */
  reference: text(80).optional(),
  reason: freeText(),
  ...posting,
})
export interface WithholdReturned extends z.infer<typeof withholdReturned.schema> {}

/** Nothing of it is left in clearing. */
export const remittanceClosed = event('RemittanceClosed', {})
export interface RemittanceClosed extends z.infer<typeof remittanceClosed.schema> {}

export type RemittanceEvent =
  | RemittanceReceived
  | RemittanceClaimsRecorded
  | RemittanceHeld
  | RemittanceReleased
  | RemittanceRejected
  | RemittanceOpened
  | ProviderAdjustmentRecorded
  | RecoupmentMatched
  | RemittanceClaimPosted
  | RemittanceClaimHeld
  | RemittanceClaimRetried
  | RemittanceClaimRejected
  | PayerRefunded
  | PayerRefundVoided
  | GivenBackNamed
  | GivenBackFreed
  | WithholdGivenUp
  | WithholdReturned
  | RemittanceClosed

export const remittanceEventDefinitions = [
  remittanceReceived,
  remittanceClaimsRecorded,
  remittanceHeld,
  remittanceReleased,
  remittanceRejected,
  remittanceOpened,
  providerAdjustmentRecorded,
  recoupmentMatched,
  remittanceClaimPosted,
  remittanceClaimHeld,
  remittanceClaimRetried,
  remittanceClaimRejected,
  payerRefunded,
  payerRefundVoided,
  givenBackNamed,
  givenBackFreed,
  withholdGivenUp,
  withholdReturned,
  remittanceClosed,
] as const

export const remittanceCodec = makeCodec<RemittanceEvent>(remittanceEventDefinitions)
