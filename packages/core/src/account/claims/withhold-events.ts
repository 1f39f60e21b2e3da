import { z } from 'zod'
import { nonZeroCents } from '../../kernel/cents.ts'
import { code, oneOf, text, why } from '../../kernel/classes.ts'
import { posting } from '../../kernel/effects.ts'
import { event } from '../../kernel/event.ts'
import { adjustmentId, coverageId, remittanceId, visitId } from '../../kernel/ids.ts'

// postings.md row 5: what a payer withholds (CARC 104, 105, 144) is a receivable from the payer, no write-off. It ends when the
// payer settles: it comes back, or it is lost.

/** How a withhold ended. */
export const withholdOutcome = z.union([
  /** Money of its own: a check, a transfer. */
  z.strictObject({
    returned: oneOf(['check', 'ach', 'other']),
    reference: text(80).optional(),
    depositBatch: code(60).optional(),
  }),
  /** Inside the payment of an advice, beside its claims (PLB, by its code). */
  z.strictObject({ remittanceId, code: code(2) }),
  /** The payer keeps it: it is a discount after all. */
  z.strictObject({ lost: oneOf(['settlement', 'contractEnded', 'notClaimed', 'other']) }),
])

/**
 * What a payer had withheld of a visit has come back, or never will. Below zero: the payer has taken back the decision by
 * which it had withheld, and what had come back goes with it.
 */
export const withholdSettled = event('WithholdSettled', {
  visitId,
  coverageId,
  /** Names it, for the line of the bank that has it. */
  withholdId: adjustmentId,
  amount: nonZeroCents,
  outcome: withholdOutcome,
  reason: why(),
  ...posting,
})
export interface WithholdSettled extends z.infer<typeof withholdSettled.schema> {}
