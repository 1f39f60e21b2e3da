import type { X12Submission } from '@daybook/adapters/x12'
import type { ClaimSubmission } from '@daybook/core/account'
import {
  type Desk,
  type ExecuteError,
  type SubmissionReport,
  type SubmittedClaimReport,
  submitClaims,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { findingsOf } from './findings.ts'
import { problemsOf, reportFault, unused } from './problems.ts'
import {
  addSplits,
  type ImportProblem,
  nowhere,
  type TransactionOutcome,
  type TransactionReport,
  type Where,
} from './report.ts'

const where: Readonly<Record<SubmittedClaimReport['outcome'], Where>> = {
  posted: 'posted',
  submitted: 'posted',
  replaced: 'posted',
  voided: 'posted',
  duplicate: 'duplicate',
  held: 'held',
  rejected: 'rejected',
  skipped: 'skipped',
}

const outcomeOf = (claims: readonly SubmittedClaimReport[]): TransactionOutcome => {
  const found = new Set(claims.map(({ outcome }) => where[outcome]))
  const [only] = found
  if (only !== undefined && found.size === 1) return only
  if (claims.length === 0) return 'skipped'
  return found.has('held') || found.has('rejected') ? 'partial' : 'posted'
}

const payersOf = (submission: ClaimSubmission): string | null => {
  const names = [...new Set(submission.claims.map(({ destination }) => destination.payerName))]
  if (names.length < 2) return names[0] ?? null
  return `${names[0]} and ${names.length - 1} more`
}

const refusals = (claims: readonly SubmittedClaimReport[]): readonly ImportProblem[] =>
  claims
    .filter(({ outcome }) => outcome === 'rejected')
    .map(({ controlNumber, problems, fault }) => ({
      code: fault ? 'fault' : 'claimRejected',
      severity: 'error',
      message: `claim ${controlNumber}: ${problems.join('; ')}`,
      segment: null,
      doWhat: fault ? reportFault : 'Correct the claim and submit it again.',
    }))

/** A claim that was read and rightly not posted: without its reason a zero in the report would look like a loss. */
const skips = (claims: readonly SubmittedClaimReport[]): readonly ImportProblem[] =>
  claims
    .filter(({ outcome }) => outcome === 'skipped')
    .map(({ controlNumber, problems }) => ({
      code: 'claimSkipped',
      severity: 'finding',
      message: `claim ${controlNumber}: ${problems.join('; ')}`,
      segment: null,
      doWhat: 'Nothing, until the claim itself is sent.',
    }))

const told = (
  transaction: X12Submission,
  submission: ClaimSubmission,
  { claims }: SubmissionReport,
): TransactionReport => {
  const counts = claims.reduce((split, one) => addSplits(split, { ...nowhere, [where[one.outcome]]: 1 }), nowhere)
  const amounts = claims.reduce(
    (split, one) => addSplits(split, { ...nowhere, [where[one.outcome]]: one.charge }),
    nowhere,
  )
  return {
    kind: '837',
    controlNumber: transaction.controlNumber,
    trace: submission.reference === '' ? null : submission.reference,
    payer: payersOf(submission),
    paymentAmount: null,
    claims: claims.length,
    lines: submission.claims.reduce((sum, claim) => sum + claim.lines.length, 0),
    reversals: claims.filter(({ outcome }) => outcome === 'voided').length,
    charged: submission.claims.reduce((sum, claim) => sum + claim.charge, 0),
    paid: 0,
    providerAdjustments: 0,
    outcome: outcomeOf(claims),
    heldClaims: counts.held,
    heldAmount: amounts.held,
    differences: [],
    problems: [...problemsOf(transaction.problems), ...refusals(claims), ...skips(claims)],
    remittance: null,
    reasons: [],
    held: claims.flatMap((one, at) =>
      one.outcome === 'held'
        ? [
            {
              claims: [at + 1],
              patientControlNumber: one.controlNumber,
              amount: one.charge,
              reasons: one.problems.map((reason) => ({ rule: one.heldBy ?? 'match', reason })),
            },
          ]
        : [],
    ),
    findings: findingsOf(
      claims.flatMap(({ outcome, controlNumber, problems }, at) =>
        where[outcome] === 'posted'
          ? problems.map((message) => ({
              message,
              place: { claims: [at + 1], patientControlNumber: controlNumber },
            }))
          : [],
      ),
    ),
    accounts: [...new Set(claims.flatMap(({ accountId }) => accountId ?? []))],
    split: { claims: counts, amount: amounts },
  }
}

/** Takes in one 837 transaction, claim by claim, and tells what became of it. */
export const takeSubmission = (
  desk: Desk,
  transaction: X12Submission,
): Effect.Effect<TransactionReport, ExecuteError> => {
  const { document } = transaction
  if (!document) return Effect.succeed(unused('837', transaction, 'rejected'))
  return Effect.map(submitClaims(desk, document), (report) => told(transaction, document, report))
}
