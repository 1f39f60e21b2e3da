import { z } from 'zod'
import { cents, nonZeroCents, positiveCents } from '../../kernel/cents.ts'
import { classified, code, flag, freeText, text, why } from '../../kernel/classes.ts'
import { event } from '../../kernel/event.ts'
import { adjudicationId, adjustmentId, coverageId, denialId, lineId, visitId } from '../../kernel/ids.ts'

// postings.md row 7: what a payer refused to pay, and how that ended.

/** What a payer will not pay as billed: it stays at the coverage until somebody resolves it. Moves no money. */
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

/** How a denial ended, as a whole or on some lines: by an appeal, another payer, a write-off, the patient. */
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
  /** What of it has ended, where the rest still waits; absent: all of it. */
  lines: z.array(z.strictObject({ lineId, amount: positiveCents })).optional(),
  reason: why(),
})
export interface DenialResolved extends z.infer<typeof denialResolved.schema> {}
