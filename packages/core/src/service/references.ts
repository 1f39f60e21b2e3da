import * as Effect from 'effect/Effect'
import { linesOfVisit } from '../account/ledger/visit-lines.ts'
import { normaliseName } from '../documents/identity.ts'
import type { Day } from '../kernel/day.ts'
import type { AccountId, PatientId, VisitId } from '../kernel/ids.ts'
import type { ReferenceAssigned } from '../registry/events.ts'
import { assignReference, type Desk, loadAccount, loadReference, uuidOf } from './desk.ts'
import type { ExecuteError } from './execute.ts'

/** A patient as an 835 or 837 names one, and how one is recognised again. */
export interface NamedPatient {
  readonly id?: string | undefined
  readonly last?: string | undefined
  readonly first?: string | undefined
}

/** Where a claim belongs. */
export interface Place {
  readonly accountId: AccountId
  readonly patientId: PatientId
  readonly visitId: VisitId
}

/**
 * Keyed hashes by which a patient is recognised: identifier and name, each where present, and the payer whose
 * identifier it is.
 */
export const patientKeys = (desk: Desk, patient: NamedPatient, payerId: string): readonly string[] => {
  const known = computedKeys.get(patient)
  if (known?.desk === desk && known.payerId === payerId) return known.keys
  const keys = computeKeys(desk, patient, payerId)
  computedKeys.set(patient, { desk, payerId, keys })
  return keys
}

/** One claim asks for the same keys several times: to find its visit, and to remember it. */
const computedKeys = new WeakMap<NamedPatient, { desk: Desk; payerId: string; keys: readonly string[] }>()

const computeKeys = (desk: Desk, patient: NamedPatient, payerId: string): readonly string[] => {
  const { keyedHash } = desk.service.world
  const short = (kind: string, value: string) => `${kind}:${keyedHash(kind, value).slice(0, 40)}`
  const name = normaliseName(`${patient.last ?? ''} ${patient.first ?? ''}`)
  const id = patient.id?.trim().toUpperCase() ?? ''
  return [
    ...(id === '' ? [] : [short('id', id), short('payer', payerId)]),
    ...(name === '' ? [] : [short('name', name)]),
  ]
}

/**
 * Whether two sets of keys speak of one person: the same identifier; else the same name and charge, unless the same
 * payer gave them different identifiers.
 */
const samePerson = (known: readonly string[], asked: readonly string[], sameCharge: boolean): boolean => {
  const shared = (kind: string) => asked.some((key) => key.startsWith(kind) && known.includes(key))
  if (shared('id:')) return true
  const bothNumbered = [known, asked].every((keys) => keys.some((key) => key.startsWith('id:')))
  if (!bothNumbered) return shared('name:')
  return shared('name:') && sameCharge && !shared('payer:')
}

/** What a claim of an 835 or 837 says of whose it is (postings.md, claim and charge identity). */
export interface ClaimIdentity {
  /** CLP01 or CLM01. */
  readonly controlNumber: string
  readonly patient: NamedPatient
  readonly payerId: string
  /** CLP03 or CLM02, in cents. */
  readonly charge: number | undefined
}

/** Civil days of a service, both included. */
export interface ServiceDays {
  readonly from: Day
  readonly to: Day
}

export type Found =
  | { readonly kind: 'found'; readonly place: Place }
  | { readonly kind: 'none' }
  /** Several visits of this patient carry the number, and more than one was on the days of the claim. */
  | { readonly kind: 'ambiguous'; readonly places: readonly Place[] }
  /** Several visits of this patient carry the number, and none of them was on the days of the claim. */
  | { readonly kind: 'otherDays'; readonly places: readonly Place[] }

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
    for (const place of places) {
      const charges = linesOfVisit((yield* loadAccount(desk, place.accountId)).ledger, place.visitId)
      const shared = charges.some(
        ({ voided, dosFrom, dosTo }) => !voided && days.some(({ from, to }) => dosFrom <= to && from <= dosTo),
      )
      if (shared) served.push(place)
    }
    const [only] = served
    if (!only) return { kind: 'otherDays', places }
    return served.length === 1 ? { kind: 'found', place: only } : { kind: 'ambiguous', places: served }
  })

/**
 * Whose is this claim? CLP01 / CLM01 alone is no key, practices use numbers again: the patient must agree, then the
 * charge, then the days of service; a number that one visit alone carries is taken when its charge agrees.
 */
export const findVisit = (
  desk: Desk,
  { controlNumber, patient, payerId, charge }: ClaimIdentity,
  days: readonly ServiceDays[],
): Effect.Effect<Found, ExecuteError> =>
  Effect.flatMap(loadReference(desk, 'patientControlNumber', controlNumber), (assigned) => {
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
    const [only] = candidates
    if (only && candidates.length === 1) return Effect.succeed<Found>({ kind: 'found', place: only.place })
    if (only) {
      return amongDays(
        desk,
        candidates.map((entry) => entry.place),
        days,
      )
    }
    const [single] = known
    return Effect.succeed<Found>(
      single && known.length === 1 && keys.length === 0 && single.charge === charge
        ? { kind: 'found', place: single.place }
        : { kind: 'none' },
    )
  })

/** Remembers that a control number names this visit. */
export const rememberVisit = (
  desk: Desk,
  { controlNumber, patient, payerId, charge }: ClaimIdentity,
  place: Place,
  on: Day,
) =>
  assignReference(
    desk,
    'patientControlNumber',
    controlNumber,
    {
      type: 'AssignReference',
      on,
      kind: 'patientControlNumber',
      target: { ...place },
      patientKeys: [...patientKeys(desk, patient, payerId)],
      ...(charge === undefined ? {} : { charge }),
      expectNone: false,
    },
    `visit:${place.visitId}`,
  )

/** The visit that a claim never seen opens: `claim` names the claim for good. */
export const visitOfClaim = (desk: Desk, claim: string): VisitId =>
  uuidOf(desk.service.world.keyedHash('visit', claim)) as VisitId

/**
 * One account for each patient identifier and payer, else one a claim (clarification 13). Ids derive from the book's
 * secret, so that a process that was killed opens the same account again.
 */
export const placeForNew = (
  desk: Desk,
  payerId: string,
  patient: NamedPatient,
  claim: string,
): Effect.Effect<Place, ExecuteError> => {
  const { keyedHash } = desk.service.world
  const person = patient.id?.trim() ? `${payerId}|${patient.id.trim().toUpperCase()}` : `claim|${claim}`
  const name = normaliseName(`${patient.last ?? ''} ${patient.first ?? ''}`)
  const fresh: Place = {
    accountId: uuidOf(keyedHash('account', person)) as AccountId,
    patientId: uuidOf(keyedHash('patientId', `${person}|${name}`)) as PatientId,
    visitId: visitOfClaim(desk, claim),
  }
  return Effect.map(loadReference(desk, 'person', person), (assigned): Place => {
    const known = assigned.at(-1)
    if (!known?.target.accountId) return fresh
    // A family shares a member id: its account is one, its patients are told apart by name.
    const names = patientKeys(desk, patient, payerId).filter((key) => key.startsWith('name:'))
    const samePatient = names.length === 0 || names.some((key) => known.patientKeys.includes(key))
    return {
      ...fresh,
      accountId: known.target.accountId,
      ...(samePatient && known.target.patientId ? { patientId: known.target.patientId } : {}),
    }
  })
}

/** Remembers whose account a person's is, first come first kept. */
export const rememberPerson = (desk: Desk, payerId: string, patient: NamedPatient, place: Place, on: Day) => {
  const id = patient.id?.trim()
  if (!id) return Effect.void
  return assignReference(
    desk,
    'person',
    `${payerId}|${id.toUpperCase()}`,
    {
      type: 'AssignReference',
      on,
      kind: 'person',
      target: { accountId: place.accountId, patientId: place.patientId },
      patientKeys: [...patientKeys(desk, patient, payerId)],
      expectNone: true,
    },
    `person:${place.visitId}`,
  )
}
