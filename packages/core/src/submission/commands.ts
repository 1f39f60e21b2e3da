import { z } from 'zod'
import { reason } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { submittedClaimHeld, submittedClaimTaken } from './events.ts'

const { type: _held, effectiveDate: _from, ...held } = submittedClaimHeld.schema.shape
const { key, accountId, visitId } = submittedClaimTaken.schema.shape

/** Reports that a claim of a file was not taken, and why. Reported before, it is nothing new, whatever became of it. */
export const holdSubmittedClaim = z.strictObject({ type: z.literal('HoldSubmittedClaim'), on: day, ...held })
export type HoldSubmittedClaim = z.output<typeof holdSubmittedClaim>

/** Reports that a claim that was held is in the books. One that is not held is nothing new. */
export const takeSubmittedClaim = z.strictObject({
  type: z.literal('TakeSubmittedClaim'),
  on: day,
  key,
  accountId,
  visitId,
})

/** A person decides that a held claim is not to be taken. Refused where no claim of this place in the file is held. */
export const dismissSubmittedClaim = z.strictObject({
  type: z.literal('DismissSubmittedClaim'),
  on: day,
  claim: submittedClaimHeld.schema.shape.claim,
  reason,
})

export const submissionCommand = z.discriminatedUnion('type', [
  holdSubmittedClaim,
  takeSubmittedClaim,
  dismissSubmittedClaim,
])
export type SubmissionCommand = z.output<typeof submissionCommand>
