import * as Effect from 'effect/Effect'
import { account } from '../account/account.ts'
import { submissionFindings } from '../account/claims/submitting/record-submission.ts'
import { payerIdFrom } from '../documents/identity.ts'
import type { ClaimSubmission, SubmittedClaim } from '../documents/submission.ts'
import { canonicalJson } from '../kernel/canonical.ts'
import { clearOf } from '../kernel/classes.ts'
import type { Day } from '../kernel/day.ts'
import type { ClaimIdentity, NamedPatient, Place } from './claim-identity.ts'
import { type Desk, issueToAccount, presumeNew } from './desk.ts'
import { FAULT, guarded } from './guarded.ts'
import {
  loadPerson,
  noteBefore,
  noteOpening,
  type Opening,
  Overtaken,
  openedOnce,
  placeForNew,
  visitOfClaim,
} from './opening.ts'
import { parseCommand } from './parse-command.ts'
import { retryWaiting } from './retry-waiting.ts'
import type { ExecuteError, Outcome } from './service.ts'
import { type VisitOfClaim, visitOf } from './submitted-visit.ts'

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

/** The patient as payers will echo it: the patient's own identifier, else the subscriber's member id. */
const patientOf = (claim: SubmittedClaim): NamedPatient => ({
  id: clearOf(claim.patient.id) ?? clearOf(claim.destination.memberId),
  last: clearOf(claim.patient.last),
  first: clearOf(claim.patient.first),
})

/** What a claim of an 837 says of whose it is. */
export const identityOf = (claim: SubmittedClaim): ClaimIdentity => ({
  controlNumber: claim.patientControlNumber,
  patient: patientOf(claim),
  payerId: payerIdFrom(claim.destination.payerId, claim.destination.payerName),
  charge: claim.charge,
})

/**
 * What makes a claim this very claim: its content without its place in the file, and the submission it came with. An
 * import that was killed opens the same visit again; a claim that was voided and is filed anew opens another.
 */
const contentOf = (claim: SubmittedClaim, { created, reference }: ClaimSubmission): string => {
  const { segment: _segment, number: _number, findings: _findings, defects: _defects, ...content } = claim
  return canonicalJson({ content, reference, ...(created ? { created } : {}) })
}

/** Why a claim is held, which is to say that nothing of it is written; or nothing. */
const heldFor = (visit: VisitOfClaim, claim: SubmittedClaim): string | undefined => {
  if (visit.kind === 'several') return `${visit.places.length} visits carry this control number for this patient`
  const onFile = visit.kind === 'known' || visit.kind === 'reused'
  return !onFile && claim.frequency.startsWith('8')
    ? 'it voids a claim that is not on file: there is nothing to void'
    : undefined
}

const outcomeOf = (claim: SubmittedClaim, opened: boolean): SubmittedClaimReport['outcome'] => {
  if (opened) return 'posted'
  if (claim.frequency.startsWith('7')) return 'replaced'
  return claim.frequency.startsWith('8') ? 'voided' : 'submitted'
}

/** Where a claim goes. */
const placeOf = (desk: Desk, visit: VisitOfClaim, fresh: Place, content: string): Place => {
  if (visit.kind === 'known') return visit.place
  if (visit.kind === 'begun')
    return visit.places.find(({ visitId }) => visitId === fresh.visitId) ?? (visit.places[0] as Place)
  if (visit.kind !== 'reused') return fresh
  const { places } = visit
  let { visitId } = fresh
  // Noted by this claim, and opened by one of other days that came first: this claim takes another one.
  for (let next = 2; places.some((place) => place.visitId === visitId); next += 1) {
    visitId = visitOfClaim(desk, `${content}|${next}`)
  }
  return { ...places[0], visitId }
}

/** One claim of a submission, and what is known of whose it is. */
interface Submitting {
  readonly desk: Desk
  readonly claim: SubmittedClaim
  readonly on: Day
  readonly key: ClaimIdentity
  /** Names the claim for good. */
  readonly content: string
}

const issueClaim = (
  { desk, claim, on }: Submitting,
  kind: VisitOfClaim['kind'],
  opening: Opening,
): Effect.Effect<Outcome, ExecuteError | Overtaken> => {
  const { place, person } = opening
  const visit = kind === 'known' ? { known: place.visitId } : { open: { ...place } }
  const command = { type: 'RecordSubmittedClaim', on, claim, visit }
  if (kind === 'none' && !person.assigned) presumeNew(desk, place.accountId)
  const hash = desk.service.world.keyedHash('command', canonicalJson(command))
  return guarded(
    Effect.flatMap(parseCommand(account, command), (parsed) =>
      issueToAccount(desk, place.accountId, parsed, `claim:${hash.slice(0, 40)}`, {
        given: command,
        cause: { claim: claim.patientControlNumber },
        aggregate: openedOnce(place, false),
        before: noteBefore(noteOpening(desk, opening)),
      }),
    ),
  )
}

/** The visit was opened meanwhile, by a claim for other services: this one looks again where it belongs. */
const isOvertaken = (outcome: Outcome, kind: VisitOfClaim['kind']): boolean =>
  !outcome.ok && kind !== 'known' && outcome.hits.some(({ rule }) => rule === 'match')

const submit = (of: Submitting): Effect.Effect<SubmittedClaimReport, ExecuteError | Overtaken> =>
  Effect.gen(function* () {
    const { desk, claim, on, key, content } = of
    const base = { controlNumber: claim.patientControlNumber, charge: claim.charge, lines: claim.lines.length }
    const person = yield* loadPerson(desk, key)
    const { visit, seen } = yield* visitOf(desk, claim, key, person, on, visitOfClaim(desk, content))
    const why = heldFor(visit, claim)
    if (why !== undefined) return { ...base, outcome: 'held', problems: [why] }
    const fresh = placeForNew(desk, key, person, content)
    const place = placeOf(desk, visit, fresh, content)
    const noted = visit.kind === 'known' || visit.kind === 'begun'
    const opening: Opening = { key, place, person, on, noted, seen }
    const outcome = yield* issueClaim(of, visit.kind, opening)
    if (isOvertaken(outcome, visit.kind)) return yield* new Overtaken()
    if (!outcome.ok) {
      return {
        ...base,
        outcome: 'rejected',
        accountId: place.accountId,
        problems: outcome.hits.map((hit) => hit.reason),
        ...(outcome.hits.some((hit) => hit.rule === FAULT) ? { fault: true } : {}),
      }
    }
    const repeated = 'nothingToDo' in outcome || outcome.repeated
    // An import that was killed before its references came first may have left the visit of this claim without them.
    if (repeated && place.visitId === fresh.visitId) yield* noteOpening(desk, { ...opening, seen: undefined })
    // A replacement or late charges may be what an advice waits for, as the first claim is. Also where the claim was
    // taken before: its process may have been killed before it came here.
    yield* retryWaiting(desk, claim.patientControlNumber)
    return {
      ...base,
      outcome: repeated ? 'duplicate' : outcomeOf(claim, visit.kind !== 'known'),
      accountId: place.accountId,
      problems: submissionFindings(claim),
    }
  })

/** Takes in one claim of an 837; where others come in its way, again on what they have left. */
export const submitClaim = (
  desk: Desk,
  submission: ClaimSubmission,
  claim: SubmittedClaim,
  on: Day,
): Effect.Effect<SubmittedClaimReport, ExecuteError> => {
  const content = desk.service.world.keyedHash('submission', contentOf(claim, submission))
  const attempt: Effect.Effect<SubmittedClaimReport, ExecuteError> = Effect.suspend(() =>
    Effect.catchTag(submit({ desk, claim, on, key: identityOf(claim), content }), 'Overtaken', () => attempt),
  )
  return attempt
}
