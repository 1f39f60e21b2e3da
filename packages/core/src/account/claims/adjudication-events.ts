import { z } from 'zod'
import { cents, nonZeroCents } from '../../kernel/cents.ts'
import { classified, code, flag, freeText, oneOf, text } from '../../kernel/classes.ts'
import { posting } from '../../kernel/effects.ts'
import { event } from '../../kernel/event.ts'
import { adjudicationId, coverageId, lineId, payerId, remittanceId, visitId } from '../../kernel/ids.ts'
import { dimensions } from '../ledger/events.ts'

// postings.md rows 3–6: what a payer decided about a claim, and the money that follows at once.

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
  /** Zero amounts, and those of a duplicate: kept, post nothing. */
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
  matchedBy: oneOf([
    'lineControlNumber',
    'codeModifiersChargeDate',
    'codeCharge',
    'units',
    'opened',
    'claimLevel',
    'broughtForward',
  ]),
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
  /** CLP06, where it says another kind of coverage than the one on file (AR-06). */
  filingIndicator: code(2).optional(),
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
