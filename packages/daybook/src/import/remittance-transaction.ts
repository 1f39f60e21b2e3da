import type { X12Remittance } from '@daybook/adapters/x12'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { type Desk, type ExecuteError, type RemittanceReport, receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { problemsOf, unused } from './problems.ts'
import { nowhere, type Split, type TransactionReport } from './report.ts'

const sum = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((total, item) => total + amount(item), 0)

const figuresOf = ({ claims, providerAdjustments, payment }: RemittanceAdvice) => ({
  paymentAmount: payment?.amount ?? null,
  claims: claims.length,
  lines: sum(claims, (claim) => claim.lines.length),
  reversals: claims.filter((claim) => claim.status === '22').length,
  charged: sum(claims, (claim) => claim.charge ?? 0),
  paid: sum(claims, (claim) => claim.paid ?? 0),
  providerAdjustments: sum(providerAdjustments, (adjustment) => adjustment.amount),
})

type Figures = ReturnType<typeof figuresOf>

/** Law L5: what of the transaction is where. A transaction that is held whole holds all its claims. */
const splitOf = (
  { outcome, held }: RemittanceReport,
  figures: Figures,
): { readonly claims: Split; readonly amount: Split } => {
  if (outcome !== 'posted' && outcome !== 'partial') {
    return { claims: { ...nowhere, [outcome]: figures.claims }, amount: { ...nowhere, [outcome]: figures.paid } }
  }
  const heldClaims = sum(held, ({ claims }) => claims.length)
  const heldAmount = sum(held, ({ amount }) => amount)
  return {
    claims: { ...nowhere, posted: figures.claims - heldClaims, held: heldClaims },
    amount: { ...nowhere, posted: figures.paid - heldAmount, held: heldAmount },
  }
}

const told = (transaction: X12Remittance, advice: RemittanceAdvice, report: RemittanceReport): TransactionReport => {
  const figures = figuresOf(advice)
  const split = splitOf(report, figures)
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
    problems: problemsOf(transaction.problems),
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
    told(transaction, document, report),
  )
}
