import * as Effect from 'effect/Effect'
import { linesOfVisit } from '../account/ledger/balances.ts'
import type { VisitId } from '../kernel/ids.ts'
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
 * Of several visits under one number, those that are noted only give way to those that are open: what a claim is about
 * must not hang on an import that was killed before it opened its visit. That import's own visit, `own`, stands.
 */
const thatStand = <E extends { readonly place: Place }>(
  desk: Desk,
  noted: readonly E[],
  own: VisitId | undefined,
): Effect.Effect<readonly E[], ExecuteError> =>
  Effect.gen(function* () {
    if (noted.length < 2) return noted
    const open: E[] = []
    const stand: E[] = []
    for (const entry of noted) {
      const { registration } = yield* loadAccount(desk, entry.place.accountId)
      const isOpen = registration.visits.has(entry.place.visitId)
      if (isOpen) open.push(entry)
      if (isOpen || entry.place.visitId === own) stand.push(entry)
    }
    return open.length > 0 ? stand : noted
  })

/**
 * Whose is this claim? CLP01 / CLM01 alone is no key, practices use numbers again: the patient must agree, then the
 * charge, then the days of service; a number that one visit alone carries is taken when its charge agrees. `own` is the
 * visit that this very claim has opened, or would open.
 */
export const findVisit = (
  desk: Desk,
  { controlNumber, patient, payerId, charge }: ClaimIdentity,
  days: readonly ServiceDays[],
  own: VisitId | undefined,
): Effect.Effect<Search, ExecuteError> =>
  Effect.gen(function* () {
    const assigned = yield* loadReference(desk, 'patientControlNumber', controlNumber)
    const seen = assigned.length
    const keys = patientKeys(desk, patient, payerId)
    const known = assigned.flatMap((entry) => {
      const place = placeOf(entry)
      return place
        ? [{ place, charge: entry.charge, samePatient: samePerson(entry.patientKeys, keys, entry.charge === charge) }]
        : []
    })
    const same = known.filter((entry) => entry.samePatient)
    const places = same.map((entry) => entry.place)
    const standing = yield* thatStand(desk, same, own)
    const sameCharge = standing.filter((entry) => entry.charge === charge)
    const candidates = (sameCharge.length > 0 ? sameCharge : standing).map((entry) => entry.place)
    const [only] = candidates
    if (only && candidates.length === 1) return { found: { kind: 'found', place: only }, places, seen }
    if (only) return { found: yield* amongDays(desk, candidates, days), places, seen }
    const [single] = known
    const taken = single && known.length === 1 && keys.length === 0 && single.charge === charge
    return { found: taken ? { kind: 'found', place: single.place } : { kind: 'none' }, places, seen }
  })
