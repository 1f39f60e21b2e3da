import { z } from 'zod'
import { cents, nonZeroCents, positiveCents } from '../../kernel/cents.ts'
import { classified, code, flag, freeText, oneOf } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { posting } from '../../kernel/effects.ts'
import { event } from '../../kernel/event.ts'
import {
  adjudicationId,
  adjustmentId,
  coverageId,
  denialId,
  lineId,
  payerId,
  refundId,
  remittanceId,
  visitId,
  workItemId,
} from '../../kernel/ids.ts'
import { dimensions } from '../ledger/events.ts'

// postings.md rows 3–7, 10, 11: what payers decided, and its undoing.

const text = (max: number) => classified(z.string().max(max), 'code')

/**
 * Identity of a payer's claim: CLP01 alone is no key, providers reuse it (clarification 10). The patient stands in it
 * as a keyed hash, so that the key says nothing about the person.
 */
export const claimKey = z.strictObject({
  payerId,
  patientControlNumber: code(50),
  payerControlNumber: text(50),
  patientKey: code(64),
})
export interface ClaimKey extends z.infer<typeof claimKey> {}

/** A claim went to a payer: an 837 with SBR01 and frequency. Charges post once per (visit, line), claims do not. */
export const claimSubmitted = event('ClaimSubmitted', {
  visitId,
  coverageId,
  patientControlNumber: code(50),
  /** CLM05-3: 1 original, 7 replacement, 8 void. */
  frequency: text(2),
  sequence: code(1),
  charge: cents,
  lines: z.array(lineId),
  /** AMT*F5 and 2320 AMT*D: statements, not cash; a work item where they differ from the book. */
  statedPatientPaid: cents.optional(),
  statedPriorPaid: cents.optional(),
  findings: z.array(text(400)),
})
export interface ClaimSubmitted extends z.infer<typeof claimSubmitted.schema> {}

/** What becomes of one adjustment: a row of the disposition table (`dispositions.ts`). */
export const disposition = oneOf([
  'contractual',
  'capitated',
  'withheld',
  'priorPayer',
  'transfer',
  'denial',
  'pending',
  'regulatory',
  /** Patient responsibility on a denial reason code: denial for the queue, amount held (clarification 8). */
  'held',
  /** Zero amounts: kept, post nothing. */
  'none',
])
export type Disposition = z.infer<typeof disposition>

export const adjudicatedAdjustment = z.strictObject({
  group: code(2),
  carc: code(5),
  amount: cents,
  quantity: classified(z.string().max(30), 'count').optional(),
  disposition,
  category: code(20).optional(),
  /** Spread from claim level by rule S, not reported on the line. */
  derived: flag().optional(),
})
export interface AdjudicatedAdjustment extends z.infer<typeof adjudicatedAdjustment> {}

export const adjudicatedLine = z.strictObject({
  lineId,
  /** Rung of the matching ladder (rule M) that found the line. */
  matchedBy: oneOf(['lineControlNumber', 'codeModifiersChargeDate', 'codeCharge', 'units', 'opened', 'claimLevel']),
  charge: cents,
  paid: cents,
  submittedCode: code(48).optional(),
  adjudicatedCode: code(48).optional(),
  unitsSubmitted: classified(z.string().max(30), 'count').optional(),
  unitsPaid: classified(z.string().max(30), 'count').optional(),
  allowed: cents.optional(),
  adjustments: z.array(adjudicatedAdjustment),
  remarks: z.array(code(10)),
  /** True where paid or adjustments were spread from claim level (rule S). */
  derived: flag(),
})
export interface AdjudicatedLine extends z.infer<typeof adjudicatedLine> {}

/** What a payer decided about a claim. Always written, paid or not; moves no money itself. */
export const claimAdjudicated = event('ClaimAdjudicated', {
  visitId,
  adjudicationId,
  claimKey,
  coverageId,
  /** The remittance and the claim's place in it, or the paper it was keyed from. */
  source: z.union([
    z.strictObject({ remittanceId, claim: classified(z.int().positive(), 'count') }),
    z.strictObject({ manual: freeText() }),
  ]),
  /** CLP02. */
  status: code(2),
  chargeTotal: cents,
  paidTotal: cents,
  /** CLP05, as stated. */
  patientResponsibility: cents.optional(),
  forwardedTo: text(80).optional(),
  remarks: z.array(code(10)),
  lines: z.array(adjudicatedLine),
  /** The adjudication that this one corrects. */
  supersedes: adjudicationId.optional(),
  predetermination: flag(),
  interest: cents.optional(),
  patientPaid: cents.optional(),
  /** Rule ids and words: checks of reference §1.5 and §1.6 that failed without holding the claim. */
  findings: z.array(text(400)),
  ...dimensions,
})
export interface ClaimAdjudicated extends z.infer<typeof claimAdjudicated.schema> {}

const signedLine = z.strictObject({ lineId, amount: nonZeroCents })

/** Payer cash by line; the lines sum to CLP04 (errata 6). */
export const insurancePaymentPosted = event('InsurancePaymentPosted', {
  visitId,
  adjudicationId,
  coverageId,
  lines: z.array(signedLine),
  ...dimensions,
  ...posting,
})
export interface InsurancePaymentPosted extends z.infer<typeof insurancePaymentPosted.schema> {}

/** Fee-schedule, capitation, sequestration and withheld reductions, signed. `reported` is the payer's figure (rule N). */
export const contractualAdjustmentPosted = event('ContractualAdjustmentPosted', {
  visitId,
  adjudicationId,
  coverageId,
  lines: z.array(z.strictObject({ lineId, group: code(2), carc: code(5), amount: nonZeroCents, reported: cents })),
  ...dimensions,
  ...posting,
})
export interface ContractualAdjustmentPosted extends z.infer<typeof contractualAdjustmentPosted.schema> {}

/** OA-23 with no adjudication of the earlier payer on file: reduces the line, unverified until that payer is heard. */
export const priorPayerSettled = event('PriorPayerSettled', {
  visitId,
  adjudicationId,
  coverageId,
  lines: z.array(signedLine),
  ...posting,
})
export interface PriorPayerSettled extends z.infer<typeof priorPayerSettled.schema> {}

/** The earlier payer's own adjudication arrived: its stand-in is undone first (clarification 6). */
export const priorPayerSettlementUndone = event('PriorPayerSettlementUndone', {
  visitId,
  /** The adjudication whose `PriorPayerSettled` is undone. */
  adjudicationId,
  coverageId,
  lines: z.array(signedLine),
  ...posting,
})
export interface PriorPayerSettlementUndone extends z.infer<typeof priorPayerSettlementUndone.schema> {}

export const denialRecorded = event('DenialRecorded', {
  visitId,
  denialId,
  adjudicationId,
  coverageId,
  /** Queue of reference §10.7. */
  category: code(20),
  lines: z.array(
    z.strictObject({ lineId, group: code(2), carc: code(5), remarks: z.array(code(10)), amount: nonZeroCents }),
  ),
  /** 133, 257, 277: the payer has not decided; a diary, not an appeal. */
  pending: flag(),
  /** Clarification 8: the amount is carried by the `ResponsibilityHeld` of the same denial id and counts 0 here. */
  amountHeld: flag(),
  /** 0 where nobody will pay it (clarification 11). */
  expected: cents.optional(),
})
export interface DenialRecorded extends z.infer<typeof denialRecorded.schema> {}

export const denialResolved = event('DenialResolved', {
  visitId,
  denialId,
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: classified(z.literal('appealWon'), 'code'), reference: text(80) }),
    z.strictObject({ kind: classified(z.literal('rebilledNext'), 'code'), coverageId }),
    z.strictObject({ kind: classified(z.literal('writtenOff'), 'code'), adjustmentId, avoidable: flag() }),
    z.strictObject({ kind: classified(z.literal('movedToPatient'), 'code'), evidence: freeText() }),
    /** The payer reversed or replaced the adjudication. */
    z.strictObject({ kind: classified(z.literal('superseded'), 'code') }),
    z.strictObject({ kind: classified(z.literal('voided'), 'code') }),
  ]),
  reason: freeText(),
})
export interface DenialResolved extends z.infer<typeof denialResolved.schema> {}

/** The exact negation of an adjudication's postings (rule R), and what could not simply be taken back. */
export const adjudicationReversed = event('AdjudicationReversed', {
  visitId,
  adjudicationId,
  coverageId,
  source: z.union([
    z.strictObject({ remittanceId, claim: classified(z.int().positive(), 'count') }),
    z.strictObject({ manual: freeText() }),
  ]),
  /** No correction has come yet: credits are provisional, no refund clock, no statement for the touched items. */
  pending: flag(),
  /** Amounts that had moved on: paid by the patient, written off, placed. */
  residual: z.array(
    z.strictObject({
      lineId,
      amount: nonZeroCents,
      cause: oneOf(['paidByPatient', 'writtenOff', 'movedToNext', 'placed']),
    }),
  ),
  ...posting,
})
export interface AdjudicationReversed extends z.infer<typeof adjudicationReversed.schema> {}

/** A recoupment with no CLP 22, pushed to the claim by a person or a named policy (errata 1). */
export const payerTakebackPosted = event('PayerTakebackPosted', {
  visitId,
  /** Names the takeback, so that a later CLP 22 can undo it. */
  takebackId: adjustmentId,
  coverageId,
  lines: z.array(z.strictObject({ lineId, amount: positiveCents })),
  recoupment: z.strictObject({ payerId, payerControlNumber: text(80), remittanceId }),
  reason: freeText(),
  ...posting,
})
export interface PayerTakebackPosted extends z.infer<typeof payerTakebackPosted.schema> {}

export const payerTakebackUndone = event('PayerTakebackUndone', {
  visitId,
  takebackId: adjustmentId,
  coverageId,
  reason: freeText(),
  ...posting,
})
export interface PayerTakebackUndone extends z.infer<typeof payerTakebackUndone.schema> {}

/** The payer shows CLP 22 for money that we had sent back (PLB 72). */
export const refundAcknowledged = event('RefundAcknowledged', {
  visitId,
  refundId,
  remittanceId,
  amount: positiveCents,
  ...posting,
})
export interface RefundAcknowledged extends z.infer<typeof refundAcknowledged.schema> {}

/** A recoupment deadline, a figure that only a person can judge. `code` names the kind of work. */
export const claimWorkItemRaised = event('ClaimWorkItemRaised', {
  visitId,
  workItemId,
  code: code(60),
  adjudicationId: adjudicationId.optional(),
  coverageId: coverageId.optional(),
  amount: cents.optional(),
  due: day.optional(),
  message: text(400),
})
export interface ClaimWorkItemRaised extends z.infer<typeof claimWorkItemRaised.schema> {}

/** Somebody has dealt with it, or what it waited for has come. */
export const claimWorkItemResolved = event('ClaimWorkItemResolved', { visitId, workItemId, reason: freeText() })
export interface ClaimWorkItemResolved extends z.infer<typeof claimWorkItemResolved.schema> {}

export const claimEvents = [
  claimSubmitted,
  claimAdjudicated,
  insurancePaymentPosted,
  contractualAdjustmentPosted,
  priorPayerSettled,
  priorPayerSettlementUndone,
  denialRecorded,
  denialResolved,
  adjudicationReversed,
  payerTakebackPosted,
  payerTakebackUndone,
  refundAcknowledged,
  claimWorkItemRaised,
  claimWorkItemResolved,
] as const
export type ClaimEvent =
  | ClaimSubmitted
  | ClaimAdjudicated
  | InsurancePaymentPosted
  | ContractualAdjustmentPosted
  | PriorPayerSettled
  | PriorPayerSettlementUndone
  | DenialRecorded
  | DenialResolved
  | AdjudicationReversed
  | PayerTakebackPosted
  | PayerTakebackUndone
  | RefundAcknowledged
  | ClaimWorkItemRaised
  | ClaimWorkItemResolved
