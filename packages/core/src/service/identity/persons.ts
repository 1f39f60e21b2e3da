import * as Effect from 'effect/Effect'
import { type Asked, isSamePayer } from '../../account/claims/identity/asked.ts'
import type { Company } from '../../account/claims/identity/judge.ts'
import { comparedIds, namesOnFile } from '../../account/claims/identity/on-file.ts'
import { submissionsOf } from '../../account/claims/state.ts'
import type { AccountState } from '../../account/rooms.ts'
import { normaliseName } from '../../documents/identity.ts'
import { calledOf, identifierOf, likenessOfAny, type NamedPatient, nameAndBirthOf } from '../../documents/patients.ts'
import type { AccountId, PatientId, VisitId } from '../../kernel/ids.ts'
import type { ReferenceAssigned } from '../../registry/events.ts'
import { accountStream, type Desk, loadAccount, loadReference, uuidOf } from '../desk.ts'
import type { ExecuteError } from '../service.ts'
import { type KnownPayer, loadPayer, memberValues } from './payers.ts'
import { type Begun, isMetBy, type Place } from './place.ts'

// Whose account a person has: by the id of a payer, by name and birth day (clarification 26).

/** A person as the registry knows them. */
export interface Person {
  /**
   * The payer's id of them, as it is noted, under the payer's first id and under its own (`memberValues`); empty where the
   * claim names none: such a person is noted by name and birth alone.
   */
  readonly ids: readonly { readonly value: string; readonly entries: readonly ReferenceAssigned[] }[]
  /** The payer that calls them so. */
  readonly payer?: KnownPayer
  /** Name and birth day, as they are noted. */
  readonly name?: string
  /** The name alone, as it is noted: for hints alone. */
  readonly called?: string
  readonly byId: readonly ReferenceAssigned[]
  readonly byName: readonly ReferenceAssigned[]
  /** By the ids of the other payers that the claim names: where to look, not where to open. */
  readonly byOther: readonly ReferenceAssigned[]
}

/** Of whom nothing is to be noted. */
export const nobody: Person = { ids: [], byId: [], byName: [], byOther: [] }

export const nameValue = (patient: NamedPatient): string | undefined => {
  const name = nameAndBirthOf(patient)
  return name && `name|${name}`
}

/** The name alone, as it is noted: an advice names no birth day. */
export const calledValue = (patient: NamedPatient): string | undefined => {
  const name = calledOf(patient)
  return name && `called|${name}`
}

/** The same (`nameValue`) of a guarantor who is a patient and has no other name on file: noted apart, for hints alone. */
export const guarantorValue = (name: string): string => `guarantor|${name}`

const loadMember = (desk: Desk, payer: KnownPayer, id: string) =>
  Effect.forEach(memberValues(payer, id), (value) =>
    Effect.map(loadReference(desk, 'person', value), (entries) => ({ value, entries })),
  )

const entriesOf = (ids: Person['ids']): readonly ReferenceAssigned[] => ids.flatMap(({ entries }) => entries)

export const loadPerson = (
  desk: Desk,
  { payer, patient, members }: Pick<Asked, 'payer' | 'patient' | 'members'>,
): Effect.Effect<Person, ExecuteError> =>
  Effect.gen(function* () {
    const member = identifierOf(patient)
    const name = nameValue(patient)
    const byName = name === undefined ? [] : yield* loadReference(desk, 'person', name)
    const others = members.filter(({ payer: other, id }) => other.payerId !== payer.payerId || id !== member)
    const byOther: ReferenceAssigned[] = []
    for (const { payer: other, id } of others) {
      byOther.push(...entriesOf(yield* loadMember(desk, yield* loadPayer(desk, other), id)))
    }
    const called = calledValue(patient)
    const named = { ...(name === undefined ? {} : { name }), ...(called === undefined ? {} : { called }) }
    if (member === '') return { ids: [], byId: [], byName, byOther, ...named }
    const known = yield* loadPayer(desk, payer)
    const ids = yield* loadMember(desk, known, member)
    return { ids, payer: known, byId: entriesOf(ids), byName, byOther, ...named }
  })

/** The accounts that a person is noted for, those of the payer's id first. */
export const accountsOf = ({ byId, byName, byOther }: Person): readonly AccountId[] => [
  ...new Set([...byId, ...byName, ...byOther].flatMap(({ target }) => target.accountId ?? [])),
]

/** A claim with the patients who are noted under its member id, whichever ids their coverages have. */
export const withNoted = (asked: Asked, { byId }: Person): Asked => ({
  ...asked,
  notedAs: new Set(byId.flatMap(({ target }) => target.patientId ?? [])),
})

/** The visit that a claim never seen opens: `claim` names the claim for good. */
export const visitOfClaim = (desk: Desk, claim: string): VisitId =>
  uuidOf(desk.service.world.keyedHash('visit', claim)) as VisitId

/** Whose account and patient a claim names for good, where nobody is on file. */
const keyOf = ({ ids }: Person, claim: string): string => ids[0]?.value ?? `claim|${claim}`

/** The account that a claim opens. */
const accountOfClaim = (desk: Desk, person: Person, claim: string): AccountId =>
  uuidOf(desk.service.world.keyedHash('account', keyOf(person, claim))) as AccountId

/**
 * How many visits the accounts have on which a claim may open one, before its visit is looked for. What is known of an
 * account will do: where it has more by now, the claim is looked at once more.
 */
export const visitsBefore = (
  desk: Desk,
  person: Person,
  claim: string,
): Effect.Effect<ReadonlyMap<AccountId, number>, ExecuteError> =>
  Effect.gen(function* () {
    const known = (accountId: AccountId) =>
      desk.service.cache.get(accountStream(accountId))?.state as AccountState | undefined
    const own = accountOfClaim(desk, person, claim)
    const counts = new Map([[own, known(own)?.registration.visits.size ?? 0]])
    for (const accountId of accountsOf(person)) {
      const { registration } = known(accountId) ?? (yield* loadAccount(desk, accountId))
      counts.set(accountId, registration.visits.size)
    }
    return counts
  })

/** A patient whom a claim brings. */
export const patientOfClaim = (desk: Desk, { patient }: Asked, person: Person, claim: string): PatientId => {
  const named = normaliseName(`${patient.last ?? ''} ${patient.first ?? ''}`)
  return uuidOf(desk.service.world.keyedHash('patientId', `${keyOf(person, claim)}|${named}`)) as PatientId
}

/** Where a claim opens a visit that another one has noted: of that one's patient, unless it is not said to be theirs. */
export const placeBegun = (desk: Desk, asked: Asked, { place, as }: Begun, person: Person, claim: string): Place =>
  as === 'its' ? place : { ...place, patientId: patientOfClaim(desk, asked, person, claim) }

/** A claim of the patient is on file: their name is the practice's own. */
const isNamedByClaim = ({ registration, claims }: AccountState, patientId: PatientId): boolean =>
  [...registration.visits.values()].some(
    (visit) => visit.patientId === patientId && submissionsOf(claims, visit.visitId).length > 0,
  )

/**
 * The patient of an account whom a claim names, without its number and charge to say so: of a family whose names begin
 * alike the one who is called so.
 */
const patientIn = (state: AccountState, asked: Asked, company: Company): PatientId | undefined => {
  const { givenBeside, idsBeside } = company
  const alike = [...state.registration.patients.keys()].flatMap((patientId) => {
    const ids = comparedIds(state, patientId, asked)
    const bothInFile =
      ids === 'another' &&
      state.coverage.coverages
        .by('patient', patientId)
        .some(({ memberId }) => typeof memberId === 'string' && idsBeside.has(identifierOf({ id: memberId })))
    const bothOurs = asked.paper === 'claim' && isNamedByClaim(state, patientId)
    const beside = { ids, bothInFile, bothOurs, givenBeside, sameClaim: false }
    const like = likenessOfAny(namesOnFile(state, patientId), asked.patient, beside)
    return like.is === 'same' ? [{ patientId, isCalledSo: like.isCalledSo }] : []
  })
  return (alike.find(({ isCalledSo }) => isCalledSo) ?? alike[0])?.patientId
}

/** Two of a family may have one name: whoever is told apart by suffix or birth day is another patient. */
const newPatient = (desk: Desk, state: AccountState, { patient }: Asked, derived: PatientId): PatientId =>
  state.registration.patients.has(derived)
    ? (uuidOf(
        desk.service.world.keyedHash(
          'patientId',
          `${derived}|${normaliseName(patient.suffix ?? '')}|${patient.born ?? ''}`,
        ),
      ) as PatientId)
    : derived

/** An account that is noted, and that nobody has opened yet. */
const isUnopened = (desk: Desk, accountId: AccountId): Effect.Effect<boolean, ExecuteError> =>
  Effect.map(loadAccount(desk, accountId), ({ registration }) => registration.account === undefined)

/**
 * Where another claim is about to open the account of somebody of this name and birth day, or was killed: two claims of one
 * payer, or of one service, meet there, and the one that comes second looks again (decision 0012).
 */
export const begunByName = (desk: Desk, asked: Asked, { byName }: Person) =>
  Effect.gen(function* () {
    const [first] = byName
    const { accountId, patientId } = first?.target ?? {}
    if (!first || !accountId || !patientId || !(yield* isUnopened(desk, accountId))) return undefined
    return isMetBy(desk, first, asked) ? { accountId, patientId } : undefined
  })

/** Whether the payer of a claim is one of a patient's on file. */
const isInsuredBy = (state: AccountState, patientId: PatientId, { payer }: Asked): boolean =>
  state.coverage.coverages.by('patient', patientId).some((coverage) => isSamePayer(coverage, payer))

/**
 * Where a claim opens a visit: on the account of its patient and payer, else on one of its own (clarifications 13, 26).
 * A family shares a member id: its account is one, its patients are told apart by name. The same person with another
 * payer keeps another account: two accounts are never made one without being asked. Ids derive from the book's secret,
 * so that a process that was killed opens the same account again.
 */
export const placeForNew = (
  desk: Desk,
  claimed: Asked,
  person: Person,
  claim: string,
  company: Company,
): Effect.Effect<{ readonly place: Place; readonly isNewAccount: boolean }, ExecuteError> =>
  Effect.gen(function* () {
    const asked = withNoted(claimed, person)
    const visitId = visitOfClaim(desk, claim)
    const derived = patientOfClaim(desk, asked, person, claim)
    const families = [...new Set(person.byId.flatMap(({ target }) => target.accountId ?? []))]
    const [family] = families
    const isElsewhere = person.byName.some(({ target }) => target.accountId !== family)
    const isLost = family !== undefined && isElsewhere && (yield* isUnopened(desk, family))
    const familyOf = isLost ? undefined : family
    const begun = familyOf === undefined ? yield* begunByName(desk, asked, person) : undefined
    if (begun) return { place: { ...begun, visitId }, isNewAccount: false }
    // With several accounts under one id, the patient's own; else the first that had it.
    for (const accountId of families.length > 1 ? families : []) {
      const patientId = patientIn(yield* loadAccount(desk, accountId), asked, company)
      if (patientId) return { place: { accountId, patientId, visitId }, isNewAccount: false }
    }
    for (const { target } of person.byName) {
      if (familyOf !== undefined || !target.accountId) continue
      const state = yield* loadAccount(desk, target.accountId)
      const patientId = patientIn(state, asked, company)
      if (patientId && isInsuredBy(state, patientId, asked)) {
        return { place: { accountId: target.accountId, patientId, visitId }, isNewAccount: false }
      }
    }
    if (familyOf !== undefined) {
      const state = yield* loadAccount(desk, familyOf)
      const patientId = patientIn(state, asked, company) ?? newPatient(desk, state, asked, derived)
      return { place: { accountId: familyOf, patientId, visitId }, isNewAccount: false }
    }
    const accountId = accountOfClaim(desk, person, claim)
    return { place: { accountId, patientId: derived, visitId }, isNewAccount: true }
  })
