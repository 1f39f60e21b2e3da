import { formatCents, type Of } from '@daybook/core/kernel'
import type { SubmissionEvent } from '@daybook/core/submission'
import { listed } from '../tell.ts'

/** A sentence for what becomes of a claim of an 837 that was not taken: all of it, or it does not compile. */
type SubmissionWords = { readonly [K in SubmissionEvent['type']]: (event: Of<SubmissionEvent, K>) => string }

const frequencyWords: Readonly<Record<string, string>> = {
  '5': 'late charges',
  '7': 'a replacement',
  '8': 'a void',
}

export const submissionWords: SubmissionWords = {
  SubmittedClaimHeld: (event) => {
    const { claim, reference, created, patientControlNumber, payerName, amount, frequency, reasons, candidates } = event
    const kind = frequencyWords[frequency]
    const of = (candidates ?? []).map(({ accountId, why }) => `account ${accountId} (${why})`)
    return (
      `${event.outcome === 'held' ? 'Held' : 'Rejected'}, nothing of it is charged: claim ${patientControlNumber} to ` +
      `${payerName}${kind ? `, ${kind},` : ''} of ${formatCents(amount)}, place ${claim} of file ${reference}` +
      `${created ? ` of ${created}` : ''}: ${reasons.map(({ reason, rule }) => `${reason} (${rule})`).join('; ')}` +
      `${of.length > 0 ? `; it could be of ${listed(of)}` : ''}`
    )
  },
  SubmittedClaimTaken: ({ accountId }) =>
    `Taken: it, or one that says the same, is in the books of account ${accountId}`,
  SubmittedClaimDismissed: ({ claim }) => `Dismissed: claim ${claim} of its file is not to be taken`,
}
