import type { X12Problem, X12Remittance, X12Submission, X12Unsupported } from '@daybook/adapters/x12'
import { findingsOf } from './findings.ts'
import { type ImportProblem, nowhere, type TransactionReport } from './report.ts'

export const problemsOf = (problems: readonly X12Problem[]): readonly ImportProblem[] =>
  problems.map(({ code, severity, message, where, doWhat }) => ({
    code,
    severity,
    message,
    segment: where.segment ?? null,
    doWhat,
  }))

/** What to do about something that is no mistake of the sender's. */
export const reportFault = 'Report the fault with this message, and import the file again with a Daybook that mends it.'

export const faultOf = (what: string, why: string): ImportProblem => ({
  code: 'fault',
  severity: 'error',
  message: `Daybook failed on this ${what}: ${why}`,
  segment: null,
  doWhat: reportFault,
})

/** A transaction of which nothing was used: its problems say why. */
export const unused = (
  kind: string,
  transaction: { readonly controlNumber: string; readonly problems: readonly X12Problem[] },
  outcome: 'rejected' | 'skipped',
): TransactionReport => ({
  kind,
  controlNumber: transaction.controlNumber,
  trace: null,
  payer: null,
  paymentAmount: null,
  claims: 0,
  lines: 0,
  reversals: 0,
  charged: 0,
  paid: 0,
  providerAdjustments: 0,
  outcome,
  heldClaims: 0,
  heldAmount: 0,
  differences: [],
  problems: problemsOf(transaction.problems),
  remittance: null,
  reasons: [],
  held: [],
  findings: findingsOf([]),
  accounts: [],
  split: { claims: nowhere, amount: nowhere },
})

const sum = (amounts: readonly (number | undefined)[]): number =>
  amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0)

/** What came in with a transaction, whatever became of it. */
const broughtBy = (transaction: X12Remittance | X12Submission | X12Unsupported) => {
  const { document } = transaction.kind === 'unsupported' ? {} : transaction
  const claims: readonly { readonly charge?: number | undefined; readonly paid?: number | undefined }[] =
    document?.claims ?? []
  const charged = sum(claims.map(({ charge }) => charge))
  const paid = sum(claims.map(({ paid: amount }) => amount))
  const money = transaction.kind === '835' ? paid : charged
  return {
    claims: claims.length,
    charged,
    paid,
    split: { claims: { ...nowhere, rejected: claims.length }, amount: { ...nowhere, rejected: money } },
  }
}

/**
 * A transaction on which Daybook failed in a way that nobody foresaw. All of it counts as rejected; what was posted of
 * it before stays, and is a duplicate when the file is imported again.
 */
export const failed = (transaction: X12Remittance | X12Submission | X12Unsupported, why: string): TransactionReport => {
  const report = unused(transaction.kind, transaction, 'rejected')
  const problem = faultOf('transaction', `${why}; what was posted of it before stays, and nothing is posted twice`)
  return { ...report, ...broughtBy(transaction), problems: [...report.problems, problem] }
}
