import * as Effect from 'effect/Effect'
import { submissionsOf } from '../account/claims/state.ts'
import { isOriginal, relationTo } from '../account/claims/submitting/submitted-lines.ts'
import { linesOfVisit } from '../account/ledger/balances.ts'
import type { AccountState } from '../account/rooms.ts'
import type { SubmittedClaim } from '../documents/submission.ts'
import { type Day, maxDay } from '../kernel/day.ts'
import type { VisitId } from '../kernel/ids.ts'
import { type ClaimIdentity, isOfDays, type Place, type ServiceDays } from './claim-identity.ts'
import { type Desk, loadAccount } from './desk.ts'
import { findVisit } from './find-visit.ts'
import { type Person, placeForNew } from './opening.ts'
import type { ExecuteError } from './service.ts'

/** The visit that a claim of an 837 speaks of. */
export type VisitOfClaim =
  | { readonly kind: 'known'; readonly place: Place }
  /** Its number is noted, for one of these places, and the account has no such visit yet: whoever comes opens it. */
  | { readonly kind: 'begun'; readonly places: readonly Place[] }
  /** The number was used again: the claim opens a visit of its own on the account of these. */
  | { readonly kind: 'reused'; readonly places: readonly [Place, ...Place[]] }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly places: readonly Place[] }

const daysOf = (claim: SubmittedClaim): readonly ServiceDays[] =>
  claim.lines.flatMap((line) => {
    const from = line.serviceFrom ?? claim.statementFrom
    return from === undefined ? [] : [{ from, to: maxDay(from, line.serviceTo ?? claim.statementTo ?? from) }]
  })

/** The visit of the claim that this one replaces or voids by REF F8, whatever control number it has now. */
const replacedVisit = (
  desk: Desk,
  originalReference: string,
  key: ClaimIdentity,
  person: Person,
): Effect.Effect<Place | undefined, ExecuteError> => {
  const { accountId, patientId } = placeForNew(desk, key, person, '')
  return Effect.map(loadAccount(desk, accountId), ({ claims }) => {
    const replaced = claims.adjudications
      .by('number', originalReference)
      .find(
        ({ event: { claimKey } }) =>
          claimKey.payerControlNumber === originalReference && claimKey.payerId === key.payerId,
      )
    return replaced && { accountId, patientId, visitId: replaced.event.visitId }
  })
}

/** The very claim is on file for the visit: an import of the same file, also where the claim was voided since. */
const isOnFile = (
  { claims, coverage }: AccountState,
  visit: VisitId,
  claim: SubmittedClaim,
  payerId: string,
  on: Day,
) =>
  submissionsOf(claims, visit).some(
    (sent) =>
      sent.effectiveDate === on &&
      sent.frequency === claim.frequency.slice(0, 2) &&
      sent.sequence === claim.destination.sequence &&
      sent.charge === claim.charge &&
      coverage.coverages.get(sent.coverageId)?.payerId === payerId,
  )

/**
 * Of several visits under one number, the one that has this very claim on file, for a service of these days: also where
 * the claim was voided since, and filed anew.
 */
const filedAt = (
  desk: Desk,
  places: readonly Place[],
  claim: SubmittedClaim,
  payerId: string,
  on: Day,
): Effect.Effect<Place | undefined, ExecuteError> =>
  Effect.gen(function* () {
    if (places.length < 2) return undefined
    const days = daysOf(claim)
    for (const place of places) {
      const state = yield* loadAccount(desk, place.accountId)
      const served = linesOfVisit(state.ledger, place.visitId).some((charge) => isOfDays(charge, days))
      if (served && isOnFile(state, place.visitId, claim, payerId, on)) return place
    }
    return undefined
  })

/** Of a number that is noted for one place: whether the account has the visit, and the claim is about its services. */
const judged = (state: AccountState, place: Place, claim: SubmittedClaim, payerId: string, on: Day): VisitOfClaim => {
  const visit = state.registration.visits.get(place.visitId)
  if (!visit) return { kind: 'begun', places: [place] }
  if (isOnFile(state, place.visitId, claim, payerId, on)) return { kind: 'known', place }
  const { kind } = relationTo(visit, linesOfVisit(state.ledger, place.visitId), claim)
  return kind === 'another' ? { kind: 'reused', places: [place] } : { kind: 'known', place }
}

/**
 * The visit of a control number, unless the claim is for other services of other days: the number was used again. With
 * it how many assignments of the number were seen. `own` is the visit that this claim would open.
 */
export const visitOf = (
  desk: Desk,
  claim: SubmittedClaim,
  key: ClaimIdentity,
  person: Person,
  on: Day,
  own: VisitId,
): Effect.Effect<{ readonly visit: VisitOfClaim; readonly seen: number }, ExecuteError> =>
  Effect.gen(function* () {
    const { found, places, seen } = yield* findVisit(desk, key, daysOf(claim), own)
    const filed = yield* filedAt(desk, places, claim, key.payerId, on)
    if (filed) return { visit: { kind: 'known', place: filed }, seen }
    if (found.kind === 'found') {
      const { place } = found
      return { visit: judged(yield* loadAccount(desk, place.accountId), place, claim, key.payerId, on), seen }
    }
    const original = isOriginal(claim)
    const replaced =
      !original && claim.originalReference
        ? yield* replacedVisit(desk, claim.originalReference, key, person)
        : undefined
    if (replaced) return { visit: { kind: 'known', place: replaced }, seen }
    if (found.kind === 'none' || found.kind === 'begun') return { visit: found, seen }
    const [first, ...more] = found.places
    if (found.kind === 'otherDays' && first && original)
      return { visit: { kind: 'reused', places: [first, ...more] }, seen }
    return { visit: { kind: 'several', places: found.places }, seen }
  })
