import * as Effect from 'effect/Effect'
import type { ClaimSubmission, SubmittedClaim } from '../account/claims/submission.ts'
import { compareLines } from '../account/claims/submitted-lines.ts'
import { canonicalJson } from '../kernel/canonical.ts'
import { clearOf } from '../kernel/classes.ts'
import type { Day } from '../kernel/day.ts'
import { payerIdFrom } from '../remittance/identity.ts'
import { type Desk, executeOnAccount, loadAccount } from './desk.ts'
import type { ExecuteError } from './execute.ts'
import { retryWaiting } from './post-remittance.ts'
import { findVisit, type NamedPatient, type Place, placeForNew, rememberPerson, rememberVisit } from './references.ts'

/** What became of one claim of an 837. Amounts in cents. */
export interface SubmittedClaimReport {
  readonly controlNumber: string
  readonly outcome: 'posted' | 'submitted' | 'replaced' | 'voided' | 'duplicate' | 'held' | 'rejected' | 'skipped'
  readonly accountId?: string
  readonly charge: number
  readonly lines: number
  readonly problems: readonly string[]
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

/** Content of a claim without its place in the file: an import that was killed opens the same visit again. */
const contentOf = (claim: SubmittedClaim): string => {
  const { segment: _segment, number: _number, findings: _findings, defects: _defects, ...content } = claim
  return canonicalJson(content)
}

/** The visit of a control number, unless none of its services are those of the claim: the number was used again. */
const visitOf = (desk: Desk, claim: SubmittedClaim, patient: NamedPatient, payerId: string, on: Day) =>
  Effect.gen(function* () {
    const found = yield* findVisit(desk, claim.patientControlNumber, patient, payerId, claim.charge)
    if (found.kind !== 'found') return found
    if (claim.frequency.startsWith('7') || claim.frequency.startsWith('8')) return found
    const state = yield* loadAccount(desk, found.place.accountId)
    const charges = (state.ledger.linesByVisit.get(found.place.visitId) ?? []).flatMap(
      (id) => state.ledger.lines.get(id) ?? [],
    )
    const { matched } = compareLines(charges, claim, on)
    const another = charges.length > 0 && claim.lines.length > 0 && matched.every((line) => line === undefined)
    return another ? { kind: 'reused' as const, place: found.place } : found
  })

const outcomeOf = (claim: SubmittedClaim, opened: boolean): SubmittedClaimReport['outcome'] => {
  if (opened) return 'posted'
  if (claim.frequency.startsWith('7')) return 'replaced'
  return claim.frequency.startsWith('8') ? 'voided' : 'submitted'
}

const submitClaim = (desk: Desk, claim: SubmittedClaim, on: Day): Effect.Effect<SubmittedClaimReport, ExecuteError> =>
  Effect.gen(function* () {
    const base = { controlNumber: claim.patientControlNumber, charge: claim.charge, lines: claim.lines.length }
    const patient = patientOf(claim)
    const payerId = payerIdFrom(claim.destination.payerId, claim.destination.payerName)
    const found = yield* visitOf(desk, claim, patient, payerId, on)
    if (found.kind === 'ambiguous') {
      return {
        ...base,
        outcome: 'held',
        problems: [`${found.count} visits carry this control number for this patient`],
      }
    }
    const content = desk.service.world.keyedHash('submission', contentOf(claim))
    const known = found.kind === 'found' ? found.place : undefined
    const fresh = yield* placeForNew(desk, payerId, patient, content)
    const place: Place = known ?? (found.kind === 'reused' ? { ...found.place, visitId: fresh.visitId } : fresh)
    const command = {
      type: 'RecordSubmittedClaim',
      on,
      claim,
      visit: known ? { known: place.visitId } : { open: { ...place } },
    }
    const outcome = yield* executeOnAccount(
      desk,
      place.accountId,
      command,
      `claim:${desk.service.world.keyedHash('command', canonicalJson(command)).slice(0, 40)}`,
      { claim: claim.patientControlNumber },
    )
    if (!outcome.ok) {
      return {
        ...base,
        outcome: 'rejected',
        accountId: place.accountId,
        problems: outcome.hits.map((hit) => hit.reason),
      }
    }
    if (!known) {
      yield* rememberVisit(desk, claim.patientControlNumber, place, patient, payerId, claim.charge, on)
      yield* rememberPerson(desk, payerId, patient, place, on)
    }
    // Also where this very claim had opened the visit and its process was killed before it came here.
    if (place.visitId === fresh.visitId) yield* retryWaiting(desk, claim.patientControlNumber)
    const repeated = 'nothingToDo' in outcome || outcome.repeated
    return {
      ...base,
      outcome: repeated ? 'duplicate' : outcomeOf(claim, known === undefined),
      accountId: place.accountId,
      problems: claim.findings,
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
    Effect.forEach(submission.claims, (claim) => submitClaim(desk, claim, on)),
    (claims) => ({ claims }),
  )
}
