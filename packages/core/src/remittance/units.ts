import type { AdviceClaim } from './advice.ts'
import { patientOf } from './identity.ts'

/**
 * A posting unit: all claims of one payer claim in one remittance, reversals first. One command, one atomic set of
 * events; credits are judged at its end only.
 */
export interface Unit {
  /** Reversals (CLP02 22) first, then the others, each in the order of the advice. */
  readonly claims: readonly AdviceClaim[]
  /** Set where the unit can not be told apart: two CLPs of one key, neither a reversal (clarification 10). */
  readonly problem?: 'repeatedClaim'
}

const isReversal = (claim: AdviceClaim): boolean => claim.status === '22'

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
    units.push({ claims: [reversal, ...corrections] })
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
