import * as Effect from 'effect/Effect'
import { type Asked, askedBySubmission } from '../account/claims/identity/asked.ts'
import { alone } from '../account/claims/identity/judge.ts'
import { identifierOf } from '../documents/patients.ts'
import type { ClaimSubmission, SubmittedClaim } from '../documents/submission.ts'
import type { Desk } from './desk.ts'
import { glancing, readAheadOfClaims } from './glance.ts'
import { companiesOf } from './identity/company.ts'
import { notePayers } from './identity/payers.ts'
import { loadPerson } from './identity/persons.ts'
import { numberValue } from './identity/place.ts'
import { loadNumber } from './identity/references.ts'
import { accountsNamed } from './identity/submitted.ts'
import { lanesOf } from './lanes.ts'
import type { ExecuteError } from './service.ts'
import { type SubmittedClaimReport, submitClaim } from './submit-claim.ts'

export interface SubmissionReport {
  readonly claims: readonly SubmittedClaimReport[]
}

/** How an 837 is to be taken in. */
export interface SubmissionOptions {
  /** Claims in flight; 64 when absent: those of one tick share a commit. What is posted does not depend on it (law P4). */
  readonly concurrency?: number | undefined
  /** Claims that are read ahead together; 64 when absent. Nor on this. */
  readonly batch?: number | undefined
}

/** Enough that a commit costs little a claim, few enough that those who wait for the event loop wait some milliseconds. */
const CONCURRENCY = 64
const BATCH = 64

/** X291 is a predetermination: a question, not a claim for payment; its charges are not posted. */
const isPredetermination = (submission: ClaimSubmission): boolean => submission.version.includes('X291')

/**
 * What a claim has in common with others that must not be taken beside it: its number, its patient under any payer, and
 * the accounts that these name already. A claim that it replaces is looked for on its patient's account, which is one of
 * these or is opened by a claim of this patient.
 */
const sharedBy = (desk: Desk, asked: Asked): Effect.Effect<readonly string[], ExecuteError> =>
  Effect.gen(function* () {
    const numbered = yield* loadNumber(desk, asked.controlNumber)
    const person = yield* loadPerson(desk, asked)
    const number = numberValue(asked.controlNumber)
    const ids = new Set([identifierOf(asked.patient), ...asked.members.map(({ id }) => id)].filter((id) => id !== ''))
    return [
      ...(number === undefined ? [] : [`number:${number}`]),
      ...[...ids].map((id) => `id:${id}`),
      ...(person.name === undefined ? [] : [person.name]),
      ...(person.called === undefined ? [] : [person.called]),
      ...accountsNamed(numbered, person).map((accountId) => `account:${accountId}`),
    ]
  })

const notPosted = (claim: SubmittedClaim): SubmittedClaimReport => ({
  controlNumber: claim.patientControlNumber,
  outcome: 'skipped',
  charge: claim.charge,
  lines: claim.lines.length,
  problems: ['a predetermination (X291) is no claim for payment: its charges are not posted'],
})

/**
 * Takes in one 837 transaction: batch by batch; claims that have a number, a patient or an account in common one after the other, as the
 * file has them, others side by side. One that is refused does not stop the others.
 */
export const submitClaims = (
  desk: Desk,
  submission: ClaimSubmission,
  { concurrency = CONCURRENCY, batch = BATCH }: SubmissionOptions = {},
): Effect.Effect<SubmissionReport, ExecuteError> =>
  Effect.gen(function* () {
    const { claims } = submission
    if (isPredetermination(submission)) return { claims: claims.map(notPosted) }
    const { world } = desk.service
    const on = submission.created ?? world.dayOf(world.now())
    // One by one, so that a large file lets others have their turn.
    const asked = yield* Effect.forEach(claims, (claim) => Effect.sync(() => askedBySubmission(claim)))
    yield* notePayers(
      desk,
      asked.map(({ payer }) => payer),
      on,
    )
    const companies = companiesOf(asked)
    const reports: SubmittedClaimReport[] = []
    for (let from = 0; from < claims.length; from += batch) {
      const some = asked.slice(from, from + batch)
      const glance = glancing(desk)
      yield* readAheadOfClaims(glance, some)
      const shared = yield* Effect.forEach(some, (each) => sharedBy(glance, each), { concurrency })
      const lanes = lanesOf([...some.keys()], (at) => shared[at] ?? [])
      const take = (nth: number, at: Desk) => {
        const place = from + nth
        const claim = claims[place] as SubmittedClaim
        return Effect.map(
          submitClaim(desk, at, submission, claim, on, companies[place] ?? alone),
          ({ report, metAnother }) => {
            reports[place] = report
            return metAnother
          },
        )
      }
      const takeInOrder = (lane: readonly number[]) =>
        Effect.gen(function* () {
          // Where another import is at the same claims, what was read ahead of the next is older than what it has left.
          let at = glance
          for (const nth of lane) if (yield* take(nth, at)) at = desk
        })
      yield* Effect.forEach(lanes, takeInOrder, { concurrency, discard: true })
    }
    return { claims: reports }
  })
