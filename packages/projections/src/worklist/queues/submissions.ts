import type { Day } from '@daybook/core/kernel'
import type { SubmissionEvent, SubmittedClaimHeld } from '@daybook/core/submission'
import type { Kept } from '../queue.ts'
import type { Matter, Work } from '../work.ts'

/** A claim of one of the practice's own files that is not in the books. */
export interface HeldClaim extends Matter {
  readonly key: string
  /** Place in the file. */
  readonly claim: number
  /** CLM01. */
  readonly number: string
  readonly payer: string
  readonly outcome: SubmittedClaimHeld['outcome']
  readonly reasons: readonly { readonly rule: string; readonly reason: string; readonly requiredAction?: string }[]
}

/** What the view keeps of a file of claims: which it is, and what of it is not in the books. */
export interface SubmissionMatters {
  readonly reference: string
  readonly created?: Day
  readonly claims: readonly HeldClaim[]
}

const heldOf = (event: SubmittedClaimHeld): HeldClaim => ({
  key: event.key,
  claim: event.claim,
  number: event.patientControlNumber,
  payer: event.payerName,
  outcome: event.outcome,
  reasons: event.reasons.map(({ rule, reason, requiredAction }) => ({
    rule,
    reason,
    ...(requiredAction ? { requiredAction } : {}),
  })),
  amount: event.amount,
  since: event.effectiveDate,
})

const queue = 'heldClaims'

/** Its claims after one more event. */
export const submissionMattersAfter = (
  matters: SubmissionMatters | undefined,
  event: SubmissionEvent,
): SubmissionMatters | undefined => {
  const claims = (matters?.claims ?? []).filter(({ key }) => key !== event.key)
  if (event.type !== 'SubmittedClaimHeld') return matters && { ...matters, claims }
  const { reference, created } = event
  return { reference, ...(created ? { created } : {}), claims: [...claims, heldOf(event)] }
}

const AGAIN = 'send the claim again, or dismiss it: daybook dismiss'

const workOf = ({ reference, created }: SubmissionMatters, held: HeldClaim): Work<typeof queue> => {
  const { claim, number, payer, outcome, reasons, amount, since } = held
  const file = `file ${reference}${created ? ` of ${created}` : ''}`
  const wanted = [...new Set(reasons.flatMap(({ requiredAction }) => requiredAction ?? []))]
  return {
    queue,
    subject: String(claim),
    amount,
    since,
    reasons: [
      `claim ${number} to ${payer}, place ${claim} of ${file}: ${outcome}, nothing of it is charged`,
      ...reasons.map(({ reason }) => reason),
    ],
    nextAction: [...wanted, AGAIN].join('; '),
    allowed: true,
    blockedBy: [...new Set(reasons.map(({ rule }) => rule))],
  }
}

/** Claims of 837s that were held or rejected, until they are taken or somebody says that they are not to be (decision 0033). */
export const submissionQueues = {
  names: [queue],
  version: 1,
  work: (matters: SubmissionMatters) => matters.claims.map((held) => workOf(matters, held)),
} as const satisfies Kept & { readonly work: (matters: SubmissionMatters) => readonly Work<typeof queue>[] }

export type SubmissionQueue = (typeof submissionQueues)['names'][number]
