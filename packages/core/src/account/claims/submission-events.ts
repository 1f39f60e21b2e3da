import { z } from 'zod'
import { cents } from '../../kernel/cents.ts'
import { classified, code, text } from '../../kernel/classes.ts'
import { event } from '../../kernel/event.ts'
import { coverageId, lineId, visitId } from '../../kernel/ids.ts'

// What went to payers: the claims of 837s.

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
  /** Keyed hash of what its lines say (code, modifiers, units, charge, days), in any order: whether a claim is this one again. */
  content: code(64).optional(),
  /** Of a void: its file (keyed hash) and its place there. What stands before it in that file was sent before it. */
  sentIn: z.strictObject({ file: code(64), place: classified(z.int().positive(), 'count') }).optional(),
  /** AMT*F5 and 2320 AMT*D: statements, not cash; a work item where they differ from the book. */
  statedPatientPaid: cents.optional(),
  statedPriorPaid: cents.optional(),
  findings: z.array(text(400)),
})
export interface ClaimSubmitted extends z.infer<typeof claimSubmitted.schema> {}
