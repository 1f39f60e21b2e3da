import type { Asked } from '../../account/claims/identity/asked.ts'
import type { Company } from '../../account/claims/identity/judge.ts'
import { numbersOf } from '../../account/claims/identity/on-file.ts'
import { submissionsOf } from '../../account/claims/state.ts'
import { contentOf } from '../../account/claims/submitting/sent.ts'
import { frequencyOf } from '../../account/claims/submitting/submitted-lines.ts'
import { isNumber, isSameNumber } from '../../documents/control-number.ts'
import type { SubmittedClaim } from '../../documents/submission.ts'
import type { Day } from '../../kernel/day.ts'
import type { RuleHit } from '../../kernel/decision.ts'
import type { Desk } from '../desk.ts'
import type { Place } from './place.ts'
import type { Candidate } from './search.ts'

// What can be said of where a claim of an 837 goes.

/** The visit that a claim of an 837 speaks of (clarifications 27–29). */
export type VisitOfClaim =
  | {
      readonly kind: 'known'
      readonly place: Place
      readonly findings: readonly string[]
      /** Every number that the visit has had: what waits may have any of them. */
      readonly numbers: readonly string[]
      /** The member id of the claim is new there: it was the name that said whose it is. */
      readonly learns: boolean
    }
  /** The claim opens it: its own, or one that is noted for this claim and that nobody has opened yet. */
  | {
      readonly kind: 'opens'
      readonly place: Place
      readonly isNewAccount: boolean
      readonly findings: readonly string[]
      /** How many visits its account had when it was looked for. */
      readonly visits?: number
    }
  | {
      readonly kind: 'held'
      readonly hit: RuleHit
      readonly candidates: readonly Candidate[]
      /** What came later has answered it: there is nothing for a person to decide. */
      readonly isAnswered?: true
    }

/** A claim of an 837 as it comes: when, in which company, and under which name for good. */
export interface Coming {
  readonly claim: SubmittedClaim
  readonly on: Day
  readonly company: Company
  readonly content: string
  /** Keyed hash of the file that it comes in. */
  readonly file: string
}

export const ofPatient = ({ patient }: Candidate): boolean => patient.is === 'same'
export const known = ({ place, findings, state, visit, patient }: Candidate): VisitOfClaim => ({
  kind: 'known',
  place,
  findings,
  numbers: numbersOf(state, visit),
  learns: patient.is === 'same' && patient.by !== 'id',
})

/** The only one of some, if there is. */
export const onlyOne = (some: readonly Candidate[]): Candidate | undefined => (some.length === 1 ? some[0] : undefined)

export const heldAs = (hit: RuleHit, candidates: readonly Candidate[]): VisitOfClaim => ({
  kind: 'held',
  hit,
  candidates,
})

/** The very claim is on file for the visit: an import of the same file, also where the claim was voided since. */
export const isOnFile = (
  desk: Desk,
  { state: { claims, coverage }, place, visit, served, voided, wasOnDay }: Candidate,
  { claim, on }: Coming,
  asked: Asked,
) =>
  // A void needs none of the services that it took out.
  (served || voided || frequencyOf(claim) === '8' || (visit.openedFrom === 'remittance' && wasOnDay)) &&
  submissionsOf(claims, place.visitId).some(
    (sent) =>
      sent.effectiveDate === on &&
      sent.frequency === claim.frequency.slice(0, 2) &&
      sent.sequence === claim.destination.sequence &&
      sent.charge === claim.charge &&
      (sent.content === undefined || sent.content === contentOf(claim, desk.service.world)) &&
      (isSameNumber(sent.patientControlNumber, claim.patientControlNumber) ||
        (!isNumber(sent.patientControlNumber) && !isNumber(claim.patientControlNumber))) &&
      coverage.coverages.get(sent.coverageId)?.payerId === asked.payer.payerId,
  )
