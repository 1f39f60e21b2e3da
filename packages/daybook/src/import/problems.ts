import type { X12Problem } from '@daybook/adapters/x12'
import { type ImportProblem, nowhere, type TransactionReport } from './report.ts'

export const problemsOf = (problems: readonly X12Problem[]): readonly ImportProblem[] =>
  problems.map(({ code, severity, message, where, doWhat }) => ({
    code,
    severity,
    message,
    segment: where.segment ?? null,
    doWhat,
  }))

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
  accounts: [],
  split: { claims: nowhere, amount: nowhere },
})
