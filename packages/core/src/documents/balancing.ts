import { addCents, type Cents, subtractCents, sumOf, toCents, ZERO } from '../kernel/cents.ts'
import type { AdviceClaim, RemittanceAdvice } from './advice.ts'
import { isLaterPayer, isReversal } from './claim-status.ts'

/**
 * AR-02: the 835 balancing rules of reference §1.6, as corrected by errata 6 and 7. B6 holds the transaction; B1, B2 and
 * B4 hold the claim; B3 follows from them and is reported for explanation; B5 is a finding.
 */
export interface Imbalance {
  readonly rule: 'B1' | 'B2' | 'B3' | 'B4' | 'B5' | 'B6'
  readonly holds: boolean
  /** Line number, for B1. */
  readonly line?: number
  /** Stated minus computed, cents. */
  readonly amount: Cents
}

const casTotal = (adjustments: AdviceClaim['adjustments']): Cents =>
  sumOf(adjustments, (adjustment) => adjustment.amount)

/** B1–B5 of one claim; empty when it balances. A claim without CLP03 or CLP04 is held for its defects, not here. */
export const claimImbalances = (claim: AdviceClaim): readonly Imbalance[] => {
  const { charge, paid } = claim
  if (charge === undefined || paid === undefined) return []
  const found: Imbalance[] = []
  const claimCas = casTotal(claim.adjustments)
  const lineCas = sumOf(claim.lines, (line) => casTotal(line.adjustments))
  for (const line of claim.lines) {
    const off = subtractCents(line.charge, addCents(line.paid, casTotal(line.adjustments)))
    if (off !== 0) found.push({ rule: 'B1', holds: true, line: line.number, amount: off })
  }
  const b2 = toCents(charge - paid - claimCas - lineCas)
  if (b2 !== 0) found.push({ rule: 'B2', holds: true, amount: b2 })
  if (claim.lines.length > 0) {
    const b3 = subtractCents(
      charge,
      sumOf(claim.lines, (line) => line.charge),
    )
    if (b3 !== 0) found.push({ rule: 'B3', holds: false, amount: b3 })
    const b4 = toCents(paid - sumOf(claim.lines, (line) => line.paid) + claimCas)
    if (b4 !== 0) found.push({ rule: 'B4', holds: true, amount: b4 })
  }
  const b5 = statedResponsibilityOff(claim)
  if (b5 !== 0) found.push({ rule: 'B5', holds: false, amount: b5 })
  return found
}

/** B5: CLP05 against Σ PR; absent or zero is tolerated on reversals and by later payers. */
const statedResponsibilityOff = (claim: AdviceClaim): Cents => {
  const stated = claim.patientResponsibility
  if (stated === undefined) return ZERO
  if (stated === 0 && (isLaterPayer(claim.status) || isReversal(claim))) return ZERO
  const all = [...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)]
  return subtractCents(
    stated,
    sumOf(all, (adjustment) => (adjustment.group === 'PR' ? adjustment.amount : 0)),
  )
}

/** B6: BPR02 against Σ CLP04 − Σ PLB, positive PLB reducing the payment. Stated minus computed. */
export const transactionImbalance = (advice: RemittanceAdvice): Cents =>
  toCents(
    (advice.payment?.amount ?? 0) -
      sumOf(advice.claims, (claim) => claim.paid ?? 0) +
      sumOf(advice.providerAdjustments, (adjustment) => adjustment.amount),
  )

/**
 * What adjustments come to by reason code, as a text to compare: group letters and zero amounts are ignored
 * (clarification 4). A reversal is compared with the sign −1.
 */
export const amountsByReason = (
  adjustments: readonly { readonly carc: string; readonly amount: Cents }[],
  sign: 1 | -1,
): string => {
  const totals = new Map<string, number>()
  for (const { carc, amount } of adjustments) totals.set(carc, (totals.get(carc) ?? 0) + sign * amount)
  return [...totals]
    .filter(([, amount]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([carc, amount]) => `${carc}:${amount}`)
    .join(' ')
}
