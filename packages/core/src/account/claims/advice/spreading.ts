import type { AdviceAdjustment, AdviceClaim } from '../../../documents/advice.ts'
import { addCents, type Cents, splitCents, subtractCents, sumOf, ZERO } from '../../../kernel/cents.ts'

/** A line of an advice after rule S: what the payer paid on it and how it explained the rest, Σ paid = CLP04. */
export interface SpreadLine {
  /** Place in the advice; absent where the claim had no lines and this is a charge line on file. */
  readonly number?: number
  readonly charge: Cents
  readonly paid: Cents
  readonly adjustments: readonly (AdviceAdjustment & { readonly derived?: true })[]
  readonly derived: boolean
}

const magnitudes = (amounts: readonly Cents[]): readonly number[] => amounts.map(Math.abs)
const weightsOf = (lines: readonly { readonly charge: Cents; readonly paid: Cents }[]): readonly number[] => {
  const byPaid = magnitudes(lines.map((line) => line.paid))
  return sumOf(byPaid, (weight) => weight) === 0 ? magnitudes(lines.map((line) => line.charge)) : byPaid
}

/**
 * Rule S with lines: each claim-level triple is split on its own, by SVC03 as reported (by SVC02 where nothing was
 * paid), largest remainder, ties to the earlier line; a line's paid is SVC03 less its shares (clarification 21).
 */
export const spreadOverLines = (claim: AdviceClaim): readonly SpreadLine[] => {
  const weights = weightsOf(claim.lines)
  const shares = claim.adjustments.map((adjustment) => splitCents(adjustment.amount, weights))
  return claim.lines.map((line, index) => {
    const derived = claim.adjustments.flatMap((adjustment, at) => {
      const amount = shares[at]?.[index] ?? ZERO
      return amount === 0 ? [] : [{ ...adjustment, amount, derived: true as const }]
    })
    return {
      number: line.number,
      charge: line.charge,
      paid: subtractCents(
        line.paid,
        sumOf(derived, (adjustment) => adjustment.amount),
      ),
      adjustments: [...line.adjustments, ...derived],
      derived: derived.length > 0,
    }
  })
}

/**
 * Rule S without lines: CLP04 and each triple are spread over the claim's charges on file, by charge. Each charge line
 * must still satisfy charge = paid + ΣCAS, so the component with the largest total takes each line's residual.
 */
export const spreadOverCharges = (claim: AdviceClaim, charges: readonly Cents[]): readonly SpreadLine[] => {
  const paid = claim.paid ?? ZERO
  const weights = magnitudes(charges)
  const components = [paid, ...claim.adjustments.map((adjustment) => adjustment.amount)]
  const largest = components.reduce(
    (best, amount, at) => (Math.abs(amount) > Math.abs(components[best] ?? 0) ? at : best),
    0,
  )
  const shares = components.map((amount) => splitCents(amount, weights))
  return charges.map((charge, index) => {
    const line = shares.map((share) => share[index] ?? ZERO)
    const residual = subtractCents(
      charge,
      sumOf(line, (amount) => amount),
    )
    line[largest] = addCents(line[largest] ?? ZERO, residual)
    const adjustments = claim.adjustments.map((adjustment, at) => ({
      ...adjustment,
      amount: line[at + 1] ?? ZERO,
      derived: true as const,
    }))
    return { charge, paid: line[0] ?? ZERO, adjustments, derived: true }
  })
}
