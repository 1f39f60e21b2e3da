import * as Effect from 'effect/Effect'
import { linesOfVisit } from '../account/ledger/balances.ts'
import type { ReferenceAssigned } from '../registry/events.ts'
import {
  type ClaimIdentity,
  isOfDays,
  type Place,
  patientKeys,
  type ServiceDays,
  samePerson,
} from './claim-identity.ts'
import { type Desk, loadAccount, loadReference } from './desk.ts'
import type { ExecuteError } from './service.ts'

/** The places that a control number names for the patient of a claim. */
export type Found =
  /** The number is noted for this visit. That its account has opened it, the account alone can tell (`opening.ts`). */
  | { readonly kind: 'found'; readonly place: Place }
  | { readonly kind: 'none' }
  /** Several visits of this patient carry the number, and more than one was on the days of the claim. */
  | { readonly kind: 'ambiguous'; readonly places: readonly Place[] }
  /** Several visits of this patient carry the number, and none of them was on the days of the claim. */
  | { readonly kind: 'otherDays'; readonly places: readonly Place[] }
  /** Likewise, and some of them are noted only: whoever noted them has not opened them yet, or was killed. */
  | { readonly kind: 'begun'; readonly places: readonly Place[] }

/** What was found, and among what. */
export interface Search {
  readonly found: Found
  /** Every place that the number names for this patient. */
  readonly places: readonly Place[]
  /** Assignments of the number, to whomever. */
  readonly seen: number
}

const placeOf = ({ target }: ReferenceAssigned): Place | undefined =>
  target.accountId && target.patientId && target.visitId
    ? { accountId: target.accountId, patientId: target.patientId, visitId: target.visitId }
    : undefined

/** Of several visits under one number, those with a charge on a day of the claim. */
const amongDays = (
  desk: Desk,
  places: readonly Place[],
  days: readonly ServiceDays[],
): Effect.Effect<Found, ExecuteError> =>
  Effect.gen(function* () {
    const served: Place[] = []
    const begun: Place[] = []
    for (const place of places) {
      const { registration, ledger } = yield* loadAccount(desk, place.accountId)
      if (!registration.visits.has(place.visitId)) begun.push(place)
      const charges = linesOfVisit(ledger, place.visitId)
      if (charges.some((charge) => !charge.voided && isOfDays(charge, days))) served.push(place)
    }
    const [only] = served
    if (only) return served.length === 1 ? { kind: 'found', place: only } : { kind: 'ambiguous', places: served }
    return begun.length > 0 ? { kind: 'begun', places: begun } : { kind: 'otherDays', places }
  })

/**
 * Whose is this claim? CLP01 / CLM01 alone is no key, practices use numbers again: the patient must agree, then the
 * charge, then the days of service; a number that one visit alone carries is taken when its charge agrees.
 */
export const findVisit = (
  desk: Desk,
  { controlNumber, patient, payerId, charge }: ClaimIdentity,
  days: readonly ServiceDays[],
): Effect.Effect<Search, ExecuteError> =>
  Effect.flatMap(loadReference(desk, 'patientControlNumber', controlNumber), (assigned) => {
    const seen = assigned.length
    const keys = patientKeys(desk, patient, payerId)
    const known = assigned.flatMap((entry) => {
      const place = placeOf(entry)
      return place
        ? [{ place, charge: entry.charge, samePatient: samePerson(entry.patientKeys, keys, entry.charge === charge) }]
        : []
    })
    const same = known.filter((entry) => entry.samePatient)
    const sameCharge = same.filter((entry) => entry.charge === charge)
    const candidates = sameCharge.length > 0 ? sameCharge : same
    const places = same.map((entry) => entry.place)
    const search = (found: Found): Search => ({ found, places, seen })
    const [only] = candidates
    if (only && candidates.length === 1) return Effect.succeed(search({ kind: 'found', place: only.place }))
    if (only) {
      const asked = candidates.map((entry) => entry.place)
      return Effect.map(amongDays(desk, asked, days), search)
    }
    const [single] = known
    const taken = single && known.length === 1 && keys.length === 0 && single.charge === charge
    return Effect.succeed(search(taken ? { kind: 'found', place: single.place } : { kind: 'none' }))
  })
