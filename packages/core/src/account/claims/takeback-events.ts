import { z } from 'zod'
import { nonZeroCents, positiveCents } from '../../kernel/cents.ts'
import { classified, flag, freeText, oneOf, text, why } from '../../kernel/classes.ts'
import { posting } from '../../kernel/effects.ts'
import { event } from '../../kernel/event.ts'
import {
  adjudicationId,
  adjustmentId,
  coverageId,
  lineId,
  payerId,
  refundId,
  remittanceId,
  visitId,
} from '../../kernel/ids.ts'

// postings.md rows 10, 11 and 20: what payers take back of what they decided or paid.

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
  reason: why(),
  ...posting,
})
export interface PayerTakebackPosted extends z.infer<typeof payerTakebackPosted.schema> {}

/** The reversal of a takeback came after all: what was pushed to the claim is undone before it. */
export const payerTakebackUndone = event('PayerTakebackUndone', {
  visitId,
  takebackId: adjustmentId,
  coverageId,
  reason: why(),
  ...posting,
})
export interface PayerTakebackUndone extends z.infer<typeof payerTakebackUndone.schema> {}

/** The payer shows CLP 22 for money that we had sent back (PLB 72). */
export const refundAcknowledged = event(
  'RefundAcknowledged',
  {
    visitId,
    refundId,
    remittanceId,
    /** What the payer shows it under (PLB03-2). */
    reference: text(80).optional(),
    amount: positiveCents,
    ...posting,
  },
  // 1 → 2: it names the reference; an older one speaks of whatever the remittance shows.
  { version: 2, upcasts: [(fields) => fields] },
)
export interface RefundAcknowledged extends z.infer<typeof refundAcknowledged.schema> {}
