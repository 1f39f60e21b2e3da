import * as Effect from 'effect/Effect'
import { submissionFindings } from '../account/claims/submitting/record-submission.ts'
import { isOriginal, standingOf } from '../account/claims/submitting/submitted-lines.ts'
import { linesOfVisit } from '../account/ledger/visit-lines.ts'
import type { AccountState } from '../account/rooms.ts'
import { payerIdFrom } from '../documents/identity.ts'
import type { ClaimSubmission, SubmittedClaim } from '../documents/submission.ts'
import { canonicalJson } from '../kernel/canonical.ts'
import { clearOf } from '../kernel/classes.ts'
import { type Day, maxDay } from '../kernel/day.ts'
import type { VisitId } from '../kernel/ids.ts'
import { type Desk, executeOnAccount, loadAccount } from './desk.ts'
import type { ExecuteError } from './execute.ts'
import { FAULT, guarded, guardedAccount } from './guarded.ts'
import { retryWaiting } from './post-remittance.ts'
import {
  type ClaimIdentity,
  findVisit,
  type NamedPatient,
  type Place,
  placeForNew,
  rememberPerson,
  rememberVisit,
  type ServiceDays,
} from './references.ts'

/** What became of one claim of an 837. Amounts in cents. */
export interface SubmittedClaimReport {
  readonly controlNumber: string
  readonly outcome: 'posted' | 'submitted' | 'replaced' | 'voided' | 'duplicate' | 'held' | 'rejected' | 'skipped'
  readonly accountId?: string
  readonly charge: number
  readonly lines: number
  readonly problems: readonly string[]
  /** The claim may be right: Daybook could not take it. */
  readonly fault?: true
}

export interface SubmissionReport {
  readonly claims: readonly SubmittedClaimReport[]
}

/** The patient as payers will echo it: the patient's own identifier, else the subscriber's member id. */
const patientOf = (claim: SubmittedClaim): NamedPatient => ({
  id: clearOf(claim.patient.id) ?? clearOf(claim.destination.memberId),
  last: clearOf(claim.patient.last),
  first: clearOf(claim.patient.first),
})

/** X291 is a predetermination: a question, not a claim for payment; its charges are not posted. */
const isPredetermination = (submission: ClaimSubmission): boolean => submission.version.includes('X291')

/**
 * What makes a claim this very claim: its content without its place in the file, and the submission it came with. An
 * import that was killed opens the same visit again; a claim that was voided and is filed anew opens another.
 */
const contentOf = (claim: SubmittedClaim, { created, reference }: ClaimSubmission): string => {
  const { segment: _segment, number: _number, findings: _findings, defects: _defects, ...content } = claim
  return canonicalJson({ content, reference, ...(created ? { created } : {}) })
}

const daysOf = (claim: SubmittedClaim): readonly ServiceDays[] =>
  claim.lines.flatMap((line) => {
    const from = line.serviceFrom ?? claim.statementFrom
    return from === undefined ? [] : [{ from, to: maxDay(from, line.serviceTo ?? claim.statementTo ?? from) }]
  })

/** The visit of the claim that this one replaces or voids by REF F8, whatever control number it has now. */
const replacedVisit = (desk: Desk, { originalReference }: SubmittedClaim, { payerId, patient }: ClaimIdentity) =>
  Effect.gen(function* () {
    const { accountId, patientId } = yield* placeForNew(desk, payerId, patient, '')
    const { claims } = yield* loadAccount(desk, accountId)
    const replaced = [...claims.adjudications.values()].find(
      ({ event: { claimKey } }) => claimKey.payerControlNumber === originalReference && claimKey.payerId === payerId,
    )
    return replaced && { kind: 'found' as const, place: { accountId, patientId, visitId: replaced.event.visitId } }
  })

/** The very claim is on file for the visit: an import of the same file, also where the claim was voided since. */
const isOnFile = (
  { claims, coverage }: AccountState,
  visit: VisitId,
  claim: SubmittedClaim,
  payerId: string,
  on: Day,
) =>
  claims.submissions.some(
    (sent) =>
      sent.visitId === visit &&
      sent.effectiveDate === on &&
      sent.frequency === claim.frequency.slice(0, 2) &&
      sent.sequence === claim.destination.sequence &&
      sent.charge === claim.charge &&
      coverage.coverages.get(sent.coverageId)?.payerId === payerId,
  )

/** The visit of a control number, unless the claim is for other services of other days: the number was used again. */
const visitOf = (desk: Desk, claim: SubmittedClaim, key: ClaimIdentity, on: Day) =>
  Effect.gen(function* () {
    const found = yield* findVisit(desk, key, daysOf(claim))
    if (found.kind !== 'found' && !isOriginal(claim) && claim.originalReference) {
      return (yield* replacedVisit(desk, claim, key)) ?? found
    }
    if (found.kind === 'otherDays') {
      const [place] = found.places
      return place && isOriginal(claim) ? { kind: 'reused' as const, place } : found
    }
    if (found.kind !== 'found') return found
    const { place } = found
    const state = yield* loadAccount(desk, place.accountId)
    const visit = state.registration.visits.get(place.visitId)
    if (!visit || isOnFile(state, place.visitId, claim, key.payerId, on)) return found
    const { kind } = standingOf(visit, linesOfVisit(state.ledger, place.visitId), claim)
    return kind === 'another' ? { kind: 'reused' as const, place } : found
  })

const outcomeOf = (claim: SubmittedClaim, opened: boolean): SubmittedClaimReport['outcome'] => {
  if (opened) return 'posted'
  if (claim.frequency.startsWith('7')) return 'replaced'
  return claim.frequency.startsWith('8') ? 'voided' : 'submitted'
}

const submitClaim = (
  desk: Desk,
  submission: ClaimSubmission,
  claim: SubmittedClaim,
  on: Day,
): Effect.Effect<SubmittedClaimReport, ExecuteError> =>
  Effect.gen(function* () {
    const base = { controlNumber: claim.patientControlNumber, charge: claim.charge, lines: claim.lines.length }
    const patient = patientOf(claim)
    const payerId = payerIdFrom(claim.destination.payerId, claim.destination.payerName)
    const key: ClaimIdentity = { controlNumber: claim.patientControlNumber, patient, payerId, charge: claim.charge }
    const found = yield* visitOf(desk, claim, key, on)
    if (found.kind === 'ambiguous' || found.kind === 'otherDays') {
      return {
        ...base,
        outcome: 'held',
        problems: [`${found.places.length} visits carry this control number for this patient`],
      }
    }
    if (found.kind === 'none' && claim.frequency.startsWith('8')) {
      return { ...base, outcome: 'held', problems: ['it voids a claim that is not on file: there is nothing to void'] }
    }
    const content = desk.service.world.keyedHash('submission', contentOf(claim, submission))
    const known = found.kind === 'found' ? found.place : undefined
    const fresh = yield* placeForNew(desk, payerId, patient, content)
    const place: Place = known ?? (found.kind === 'reused' ? { ...found.place, visitId: fresh.visitId } : fresh)
    const command = {
      type: 'RecordSubmittedClaim',
      on,
      claim,
      visit: known ? { known: place.visitId } : { open: { ...place } },
    }
    const outcome = yield* guarded(
      executeOnAccount(
        desk,
        place.accountId,
        command,
        `claim:${desk.service.world.keyedHash('command', canonicalJson(command)).slice(0, 40)}`,
        { claim: claim.patientControlNumber },
        guardedAccount,
      ),
    )
    if (!outcome.ok) {
      return {
        ...base,
        outcome: 'rejected',
        accountId: place.accountId,
        problems: outcome.hits.map((hit) => hit.reason),
        ...(outcome.hits.some((hit) => hit.rule === FAULT) ? { fault: true } : {}),
      }
    }
    if (!known) {
      yield* rememberVisit(desk, key, place, on)
      yield* rememberPerson(desk, payerId, patient, place, on)
    }
    const repeated = 'nothingToDo' in outcome || outcome.repeated
    // A replacement or late charges may be what an advice waits for, as the first claim is. Also where this very claim
    // had opened the visit and its process was killed before it came here.
    if (!repeated || place.visitId === fresh.visitId) yield* retryWaiting(desk, claim.patientControlNumber)
    return {
      ...base,
      outcome: repeated ? 'duplicate' : outcomeOf(claim, known === undefined),
      accountId: place.accountId,
      problems: submissionFindings(claim),
    }
  })

/** Takes in one 837 transaction, claim by claim; one that is refused does not stop the others. */
export const submitClaims = (
  desk: Desk,
  submission: ClaimSubmission,
): Effect.Effect<SubmissionReport, ExecuteError> => {
  const { world } = desk.service
  const on = submission.created ?? world.dayOf(world.now())
  if (isPredetermination(submission)) {
    return Effect.succeed({
      claims: submission.claims.map((claim) => ({
        controlNumber: claim.patientControlNumber,
        outcome: 'skipped' as const,
        charge: claim.charge,
        lines: claim.lines.length,
        problems: ['a predetermination (X291) is no claim for payment: its charges are not posted'],
      })),
    })
  }
  return Effect.map(
    Effect.forEach(submission.claims, (claim) => submitClaim(desk, submission, claim, on)),
    (claims) => ({ claims }),
  )
}
