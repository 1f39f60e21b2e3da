import type { Day } from '../kernel/day.ts'
import type { AdviceClaim } from './advice.ts'
import { amountsByReason } from './balancing.ts'
import { isReversal } from './claim-status.ts'
import { patientOf } from './identity.ts'

/**
 * A posting unit: all claims of one payer claim in one remittance, reversals first. One command, one atomic set of
 * events; credits are judged at its end only.
 */
export interface Unit {
  /** Reversals (CLP02 22) first, then the others, each in the order of the advice. */
  readonly claims: readonly AdviceClaim[]
  /** Set where the unit can not be told apart: two CLPs of one key and no reversal between (clarification 10). */
  readonly problem?: 'repeatedClaim'
}

/** CLP01 and the patient, within one payer: what a reversal and its correction must share (clarification 4). */
const family = (claim: AdviceClaim): string => `${claim.patientControlNumber}|${patientOf(claim)}`
const exactKey = (claim: AdviceClaim): string => `${family(claim)}|${claim.payerControlNumber}`

const refersTo = (a: AdviceClaim, b: AdviceClaim): boolean =>
  (a.originalReference !== undefined && a.originalReference !== '' && a.originalReference === b.payerControlNumber) ||
  (b.originalReference !== undefined && b.originalReference !== '' && b.originalReference === a.payerControlNumber)

/**
 * Groups the claims of one transaction into units (clarification 4): a reversal and a correction are one when payer,
 * CLP01 and patient agree and CLP07 agrees, or REF F8 of one names CLP07 of the other, or the family holds exactly one
 * of each. Everything else stands alone; equal keys without a reversal between are a `repeatedClaim`.
 */
export const postingUnits = (claims: readonly AdviceClaim[]): readonly Unit[] => {
  const families = new Map<string, AdviceClaim[]>()
  for (const claim of claims) {
    const list = families.get(family(claim))
    if (list) list.push(claim)
    else families.set(family(claim), [claim])
  }
  const units = [...families.values()].flatMap(unitsOfFamily)
  return units.sort((a, b) => firstNumber(a) - firstNumber(b))
}

const firstNumber = (unit: Unit): number => Math.min(...unit.claims.map((claim) => claim.number))

/** Two decisions of one key with no reversal between them, in the order of the advice (clarification 10). */
const repeats = (claims: readonly AdviceClaim[]): boolean => {
  const decided = new Set<string>()
  return claims
    .toSorted((a, b) => a.number - b.number)
    .some((claim) => {
      if (isReversal(claim)) {
        decided.clear()
        return false
      }
      const seen = decided.has(exactKey(claim))
      decided.add(exactKey(claim))
      return seen
    })
}

const unitsOfFamily = (claims: readonly AdviceClaim[]): readonly Unit[] => {
  const reversals = claims.filter(isReversal)
  const others = claims.filter((claim) => !isReversal(claim))
  const taken = new Set<AdviceClaim>()
  const units: Unit[] = []
  for (const reversal of reversals) {
    const corrections = others.filter(
      (claim) =>
        !taken.has(claim) &&
        (claim.payerControlNumber === reversal.payerControlNumber ||
          refersTo(claim, reversal) ||
          (reversals.length === 1 && others.length === 1)),
    )
    for (const correction of corrections) taken.add(correction)
    const unit = [reversal, ...corrections]
    units.push(repeats(unit) ? { claims: unit, problem: 'repeatedClaim' } : { claims: unit })
  }
  const alone = new Map<string, AdviceClaim[]>()
  for (const claim of others) {
    if (taken.has(claim)) continue
    const list = alone.get(exactKey(claim))
    if (list) list.push(claim)
    else alone.set(exactKey(claim), [claim])
  }
  for (const list of alone.values()) {
    units.push(list.length > 1 ? { claims: list, problem: 'repeatedClaim' } : { claims: list })
  }
  return units
}

const everyAdjustment = (claim: AdviceClaim) => [
  ...claim.adjustments,
  ...claim.lines.flatMap((line) => line.adjustments),
]

/** True where a reversal takes back exactly what this claim says: this is its original. */
const takesBack = (reversal: AdviceClaim, claim: AdviceClaim): boolean =>
  (reversal.paid ?? 0) + (claim.paid ?? 0) === 0 &&
  amountsByReason(everyAdjustment(reversal), -1) === amountsByReason(everyAdjustment(claim), 1)

/** A claim and the day from which its advice counts. */
export interface DatedClaim {
  readonly claim: AdviceClaim
  readonly on: Day
}

/**
 * Whether a decision follows a reversal that another advice brought (of the same payer): it decides the claim that was
 * taken back anew. It is no earlier than the reversal, and not the original itself.
 */
export const followsReversal = (decision: DatedClaim, reversal: DatedClaim): boolean =>
  isReversal(reversal.claim) &&
  !isReversal(decision.claim) &&
  family(decision.claim) === family(reversal.claim) &&
  (decision.claim.payerControlNumber === reversal.claim.payerControlNumber ||
    refersTo(decision.claim, reversal.claim)) &&
  decision.on >= reversal.on &&
  !takesBack(reversal.claim, decision.claim)
