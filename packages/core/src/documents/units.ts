import type { Day } from '../kernel/day.ts'
import type { AdviceClaim, AdviceLine } from './advice.ts'
import { correctedOfAdvice, patientOfAdvice } from './advice-patient.ts'
import { amountsByReason } from './balancing.ts'
import { isReversal } from './claim-status.ts'
import { foldedNumber, isSameNumber, stemOf } from './control-number.ts'
import { identifierOf, likeness, type NamedPatient } from './patients.ts'

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

/** How a claim names its patient: as it was sent, and as the payer has them (NM1 74). */
const namedIn = (claim: AdviceClaim): readonly NamedPatient[] => {
  const corrected = correctedOfAdvice(claim)
  return [patientOfAdvice(claim), ...(corrected ? [corrected] : [])]
}

/** Two claims of one payer name one patient (clarification 26); a payer may have given another id in between. */
const isSamePatient = (a: AdviceClaim, b: AdviceClaim): boolean =>
  namedIn(a).some((one) => namedIn(b).some((two) => isNamedSo(one, two, isReversal(a) !== isReversal(b))))

const isNamedSo = (one: NamedPatient, two: NamedPatient, isReversed: boolean): boolean => {
  const [id, other] = [identifierOf(one), identifierOf(two)]
  const ids = id === '' || other === '' ? 'none' : id === other ? 'equal' : 'another'
  return likeness(one, two, { ids, bothInFile: !isReversed, sameClaim: true }).is === 'same'
}

/** What a reversal and its correction must share within one payer: the number, 25, and the patient, 26 (clarification 4). */
const isFamily = (a: AdviceClaim, b: AdviceClaim): boolean =>
  (isSameNumber(a.patientControlNumber, b.patientControlNumber) ||
    foldedNumber(a.patientControlNumber) === foldedNumber(b.patientControlNumber)) &&
  isSamePatient(a, b)

const refersTo = (a: AdviceClaim, b: AdviceClaim): boolean =>
  (a.originalReference !== undefined && a.originalReference !== '' && a.originalReference === b.payerControlNumber) ||
  (b.originalReference !== undefined && b.originalReference !== '' && b.originalReference === a.payerControlNumber)

const daysOf = (claim: AdviceClaim, line?: AdviceLine): readonly [Day, Day] | undefined => {
  const from = line?.serviceFrom ?? line?.serviceTo ?? claim.statementFrom ?? claim.statementTo
  const to = (line?.serviceFrom ?? line?.serviceTo) ? (line?.serviceTo ?? from) : (claim.statementTo ?? from)
  return from && to ? [from, to] : undefined
}

const meet = (a: readonly [Day, Day] | undefined, b: readonly [Day, Day] | undefined): boolean =>
  !a || !b || (a[0] <= b[1] && b[0] <= a[1])

/** A line of both: code, charge and days; without lines, the charge and the days. */
const shareALine = (a: AdviceClaim, b: AdviceClaim): boolean => {
  if (a.lines.length === 0 || b.lines.length === 0) return a.charge === b.charge && meet(daysOf(a), daysOf(b))
  const codeOf = ({ submitted, adjudicated }: AdviceLine) => (submitted ?? adjudicated).code
  return a.lines.some((one) =>
    b.lines.some(
      (two) => codeOf(one) === codeOf(two) && one.charge === two.charge && meet(daysOf(a, one), daysOf(b, two)),
    ),
  )
}

/** One decision twice: of one number of the payer, and of a line in common (clarification 25); else they are parts. */
const isRepeat = (a: AdviceClaim, b: AdviceClaim): boolean =>
  a.payerControlNumber === b.payerControlNumber && shareALine(a, b)

/** A day of both: a practice may give one number to visits of many days (clarification 25). */
const mayBeOfOneDay = (a: AdviceClaim, b: AdviceClaim): boolean => {
  const spansOf = (claim: AdviceClaim) =>
    claim.lines.length > 0 ? claim.lines.map((line) => daysOf(claim, line)) : [daysOf(claim)]
  return spansOf(a).some((one) => spansOf(b).some((two) => meet(one, two)))
}

/** A service of both: code and days, whatever it was charged; one without lines has any of its days. */
const shareAService = (a: AdviceClaim, b: AdviceClaim): boolean => {
  if (a.lines.length === 0 || b.lines.length === 0) return meet(daysOf(a), daysOf(b))
  const codeOf = ({ submitted, adjudicated }: AdviceLine) => (submitted ?? adjudicated).code
  return a.lines.some((one) =>
    b.lines.some((two) => codeOf(one) === codeOf(two) && meet(daysOf(a, one), daysOf(b, two))),
  )
}

/**
 * A claim of other services and another total than what is taken back corrects nothing of it, though the advice has one of each
 * under one number: the claim was voided, and another one was sent.
 */
const isOfOtherServices = (a: AdviceClaim, b: AdviceClaim): boolean =>
  !shareAService(a, b) && Math.abs(a.charge ?? 0) !== Math.abs(b.charge ?? 0)

/** The payer's own numbers by which claims name each other: CLP07 and REF F8. */
export const payersNumbers = ({ payerControlNumber, originalReference = '' }: AdviceClaim): readonly string[] =>
  [payerControlNumber.trim(), originalReference.trim()].filter((number) => number !== '')

/**
 * Numbers of one visit's set agree (clarification 25): a claim that was replaced under a new number is taken back under the
 * old one. What the payer ties by its own number, of one patient and one service, is one unit, whatever its control numbers.
 */
const acrossNumbers = (units: readonly Unit[], mayJoin: MayJoin): readonly Unit[] => {
  const alone = units.flatMap(({ claims, problem }) => (claims.length === 1 && !problem ? claims : []))
  const reversals = alone.filter(isReversal)
  if (reversals.length === 0) return units
  const decisions = new Map<string, Set<AdviceClaim>>()
  for (const claim of alone.filter((one) => !isReversal(one))) {
    for (const number of payersNumbers(claim)) decisions.set(number, (decisions.get(number) ?? new Set()).add(claim))
  }
  const joined = new Map<AdviceClaim, Unit>()
  for (const reversal of reversals) {
    const named = new Set(payersNumbers(reversal).flatMap((number) => [...(decisions.get(number) ?? [])]))
    const corrections = [...named].filter(
      (claim) =>
        !joined.has(claim) &&
        (claim.payerControlNumber === reversal.payerControlNumber || refersTo(claim, reversal)) &&
        isSamePatient(claim, reversal) &&
        shareAService(claim, reversal) &&
        mayJoin(claim, reversal),
    )
    if (corrections.length === 0) continue
    const claims = [reversal, ...corrections.sort((a, b) => a.number - b.number)]
    const unit: Unit = repeats(claims) ? { claims, problem: 'repeatedClaim' } : { claims }
    for (const claim of claims) joined.set(claim, unit)
  }
  const unitOf = (unit: Unit): Unit => (unit.claims[0] && joined.get(unit.claims[0])) ?? unit
  return [...new Set(units.map(unitOf))]
}

/** Whether two claims may still be one unit: what was posted alone is none any more. */
type MayJoin = (a: AdviceClaim, b: AdviceClaim) => boolean

/**
 * Groups the claims of one transaction into units (clarification 4): a reversal and a correction are one when payer,
 * number and patient agree and CLP07 agrees, or REF F8 of one names CLP07 of the other, or the family holds exactly one
 * of each, of one day and not of wholly other services. Everything else stands alone; one decision twice without a reversal
 * between is a `repeatedClaim`.
 */
export const postingUnits = (claims: readonly AdviceClaim[], mayJoin: MayJoin = () => true): readonly Unit[] => {
  const families = new Map<string, AdviceClaim[][]>()
  for (const claim of claims) {
    const stem = stemOf(claim.patientControlNumber)
    const ofStem = families.get(stem) ?? []
    if (ofStem.length === 0) families.set(stem, ofStem)
    const own = ofStem.find(([first]) => first !== undefined && isFamily(first, claim))
    if (own) own.push(claim)
    else ofStem.push([claim])
  }
  const units = acrossNumbers([...families.values()].flat().flatMap(unitsOfFamily), mayJoin)
  return units.toSorted((a, b) => firstNumber(a) - firstNumber(b))
}

const firstNumber = (unit: Unit): number => Math.min(...unit.claims.map((claim) => claim.number))

/** Two decisions of one claim with no reversal between them, in the order of the advice (clarification 10). */
const repeats = (claims: readonly AdviceClaim[]): boolean => {
  let decided: AdviceClaim[] = []
  return claims
    .toSorted((a, b) => a.number - b.number)
    .some((claim) => {
      if (isReversal(claim)) {
        decided = []
        return false
      }
      const seen = decided.some((other) => isRepeat(other, claim))
      decided.push(claim)
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
          (reversals.length === 1 &&
            others.length === 1 &&
            mayBeOfOneDay(claim, reversal) &&
            !isOfOtherServices(claim, reversal))),
    )
    for (const correction of corrections) taken.add(correction)
    const unit = [reversal, ...corrections]
    units.push(repeats(unit) ? { claims: unit, problem: 'repeatedClaim' } : { claims: unit })
  }
  const alone: AdviceClaim[][] = []
  for (const claim of others) {
    if (taken.has(claim)) continue
    const list = alone.find((same) => same.some((other) => isRepeat(other, claim)))
    if (list) list.push(claim)
    else alone.push([claim])
  }
  for (const list of alone) {
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
  isFamily(decision.claim, reversal.claim) &&
  (decision.claim.payerControlNumber === reversal.claim.payerControlNumber ||
    refersTo(decision.claim, reversal.claim)) &&
  decision.on >= reversal.on &&
  !takesBack(reversal.claim, decision.claim)
