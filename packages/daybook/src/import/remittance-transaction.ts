import type { X12Remittance } from '@daybook/adapters/x12'
import { isReversal, type RemittanceAdvice } from '@daybook/core/remittance'
import { type Desk, type ExecuteError, FAULT, type RemittanceReport, receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { findingsOf, type ImportFinding } from './findings.ts'
import { problemsOf, reportFault, unused } from './problems.ts'
import { type ImportProblem, nowhere, type Split, type TransactionReport } from './report.ts'

const sum = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((total, item) => total + amount(item), 0)

const figuresOf = ({ claims, providerAdjustments, payment }: RemittanceAdvice) => ({
  paymentAmount: payment?.amount ?? null,
  claims: claims.length,
  lines: sum(claims, (claim) => claim.lines.length),
  reversals: claims.filter(isReversal).length,
  charged: sum(claims, (claim) => claim.charge ?? 0),
  paid: sum(claims, (claim) => claim.paid ?? 0),
  providerAdjustments: sum(providerAdjustments, (adjustment) => adjustment.amount),
})

type Figures = ReturnType<typeof figuresOf>

/**
 * Law L5: what of the transaction is where. A transaction that is held whole holds all its claims; a claim that another
 * import of the same advice has posted is a duplicate to this one.
 */
const splitOf = (
  { outcome, held, duplicateClaims }: RemittanceReport,
  { claims }: RemittanceAdvice,
  figures: Figures,
): { readonly claims: Split; readonly amount: Split } => {
  if (outcome !== 'posted' && outcome !== 'partial') {
    return { claims: { ...nowhere, [outcome]: figures.claims }, amount: { ...nowhere, [outcome]: figures.paid } }
  }
  const heldClaims = sum(held, ({ claims }) => claims.length)
  const heldAmount = sum(held, ({ amount }) => amount)
  const before = new Set(duplicateClaims)
  const duplicate = sum(
    claims.filter(({ number }) => before.has(number)),
    ({ paid }) => paid ?? 0,
  )
  return {
    claims: { ...nowhere, posted: figures.claims - heldClaims - before.size, held: heldClaims, duplicate: before.size },
    amount: { ...nowhere, posted: figures.paid - heldAmount - duplicate, held: heldAmount, duplicate },
  }
}

/** Those that came with the reading of the transaction are told as its problems. */
const ofTheAdvice = ({ findings }: RemittanceReport, read: readonly string[]): readonly ImportFinding[] =>
  findings.filter((message) => !read.includes(message)).map((message) => ({ message, place: null }))

/** Claims that are held because Daybook could not take them are no matter for the payer, and not to be overlooked. */
const faultsOf = ({ held }: RemittanceReport): readonly ImportProblem[] =>
  held.flatMap(({ patientControlNumber, hits }) =>
    hits
      .filter(({ rule }) => rule === FAULT)
      .map(({ reason }) => ({
        code: FAULT,
        severity: 'error',
        message: `claim ${patientControlNumber}: ${reason}`,
        segment: null,
        doWhat: reportFault,
      })),
  )

const told = (
  transaction: X12Remittance,
  advice: RemittanceAdvice,
  report: RemittanceReport,
  read: readonly string[],
): TransactionReport => {
  const figures = figuresOf(advice)
  const split = splitOf(report, advice, figures)
  return {
    kind: '835',
    controlNumber: transaction.controlNumber,
    trace: advice.payment?.trace ?? null,
    payer: advice.payer.name,
    ...figures,
    outcome: report.outcome,
    heldClaims: split.claims.held,
    heldAmount: split.amount.held,
    differences: report.differences.map(({ level, reference, amount, rule }) => ({ level, reference, amount, rule })),
    problems: [...problemsOf(transaction.problems), ...faultsOf(report)],
    remittance: report.remittanceId === '' ? null : report.remittanceId,
    reasons: report.reasons,
    held: report.held.map(({ claims, patientControlNumber, amount, hits }) => ({
      claims,
      patientControlNumber,
      amount,
      reasons: hits.map(({ rule, reason, requiredAction }) => ({
        rule,
        reason,
        ...(requiredAction ? { requiredAction } : {}),
      })),
    })),
    findings: findingsOf([
      ...ofTheAdvice(report, read),
      ...report.claimFindings.map(({ message, ...place }) => ({ message, place })),
    ]),
    accounts: report.accounts,
    split,
  }
}

/** Takes in one 835 transaction and tells what became of it. */
export const takeRemittance = (
  desk: Desk,
  transaction: X12Remittance,
  openMissing: boolean,
): Effect.Effect<TransactionReport, ExecuteError> => {
  const { document, problems } = transaction
  if (!document) return Effect.succeed(unused('835', transaction, 'rejected'))
  const findings = problems.map(({ code, message }) => `${code}: ${message}`.slice(0, 400))
  return Effect.map(receiveRemittance(desk, document, { openMissing }, findings), (report) =>
    told(transaction, document, report, findings),
  )
}
