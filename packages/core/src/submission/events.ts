import { z } from 'zod'
import { cents } from '../kernel/cents.ts'
import { code, count, freeText, oneOf, text } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { event, makeCodec } from '../kernel/event.ts'
import { accountId, submissionId, visitId } from '../kernel/ids.ts'

// The wire contract: names and fields are the storage format. Change them only with a version and an upcast. A claim of
// one of the practice's own 837 transactions that was not taken into the books, and what became of it: each has its own stream.

/** Names a claim for good, by a keyed hash of what it says and of the file that it came in. */
const key = () => code(64)

/** A claim of an 837 is not in the books: nothing of it is charged until it is taken, or a person says that it is not to be. */
export const submittedClaimHeld = event('SubmittedClaimHeld', {
  submissionId,
  /** BHT03 and BHT04 of the file: by which whoever made it finds it again. */
  reference: text(50),
  created: day.optional(),
  key: key(),
  /** 1-based place in the file. */
  claim: count(),
  /** CLM01. */
  patientControlNumber: text(50),
  /** CLM05-3: 1 original, 5 late charges, 7 replacement, 8 void. */
  frequency: text(2),
  /** SBR01: P primary, S secondary, T tertiary. */
  sequence: text(1),
  payerName: text(80),
  /** CLM02, cents. */
  amount: cents,
  /** Keyed hash of what its lines say: the same claim, sent once more, has it too. */
  content: code(64),
  /** Keyed hashes of the patient: member id, name. */
  patientKeys: z.array(code(64)),
  outcome: oneOf(['held', 'rejected']),
  reasons: z.array(z.strictObject({ rule: code(60), reason: text(400), requiredAction: text(200).optional() })).min(1),
  /** The visits that it could be of, and what distinguishes them. */
  candidates: z.array(z.strictObject({ accountId, visitId, why: text(400) })).optional(),
})
export interface SubmittedClaimHeld extends z.infer<typeof submittedClaimHeld.schema> {}

/** The claim, or one that says the same and was sent later, is in the books. */
export const submittedClaimTaken = event('SubmittedClaimTaken', { key: key(), accountId, visitId })
export interface SubmittedClaimTaken extends z.infer<typeof submittedClaimTaken.schema> {}

/** A person says that the claim is not to be taken: sent in error, answered otherwise, or none of ours. */
export const submittedClaimDismissed = event('SubmittedClaimDismissed', {
  key: key(),
  claim: count(),
  reason: freeText(),
})
export interface SubmittedClaimDismissed extends z.infer<typeof submittedClaimDismissed.schema> {}

export type SubmissionEvent = SubmittedClaimHeld | SubmittedClaimTaken | SubmittedClaimDismissed
export const submissionEventDefinitions = [submittedClaimHeld, submittedClaimTaken, submittedClaimDismissed] as const
export const submissionCodec = makeCodec<SubmissionEvent>(submissionEventDefinitions)
