import * as Data from 'effect/Data'
import * as Effect from 'effect/Effect'
import type { account } from '../account/account.ts'
import type { AccountCommand, AccountEvent, AccountState } from '../account/rooms.ts'
import type { Day } from '../kernel/day.ts'
import type { AccountId, PatientId, VisitId } from '../kernel/ids.ts'
import type { CommandMismatch } from '../ports/errors.ts'
import type { ReferenceAssigned } from '../registry/events.ts'
import {
  type ClaimIdentity,
  identifierOf,
  type NamedPatient,
  nameOf,
  type Place,
  patientKeys,
} from './claim-identity.ts'
import { assignReference, type Desk, loadReference, uuidOf } from './desk.ts'
import { guardedAccount } from './guarded.ts'
import type { ExecuteError, Outcome } from './service.ts'

// A visit is noted under its number, and its person under theirs, before its account opens it (decision 0012).

/** A patient at a payer, by identifier, and whose account that person has. */
export interface Person {
  /** Absent where the claim names no identifier: such a patient is not noted. */
  readonly value?: string
  readonly assigned?: ReferenceAssigned | undefined
}

export const loadPerson = (
  desk: Desk,
  { payerId, patient }: Pick<ClaimIdentity, 'payerId' | 'patient'>,
): Effect.Effect<Person, ExecuteError> => {
  const id = identifierOf(patient)
  if (id === '') return Effect.succeed({})
  const value = `${payerId}|${id}`
  return Effect.map(loadReference(desk, 'person', value), (assigned) => ({ value, assigned: assigned.at(-1) }))
}

/** The visit that a claim never seen opens: `claim` names the claim for good. */
export const visitOfClaim = (desk: Desk, claim: string): VisitId =>
  uuidOf(desk.service.world.keyedHash('visit', claim)) as VisitId

/**
 * One account for each patient identifier and payer, else one a claim (clarification 13). Ids derive from the book's
 * secret, so that a process that was killed opens the same account again.
 */
export const placeForNew = (
  desk: Desk,
  { payerId, patient }: { readonly payerId: string; readonly patient: NamedPatient },
  { value = '', assigned }: Person,
  claim: string,
): Place => {
  const { keyedHash } = desk.service.world
  const person = value === '' ? `claim|${claim}` : value
  const fresh: Place = {
    accountId: uuidOf(keyedHash('account', person)) as AccountId,
    patientId: uuidOf(keyedHash('patientId', `${person}|${nameOf(patient)}`)) as PatientId,
    visitId: visitOfClaim(desk, claim),
  }
  if (!assigned?.target.accountId) return fresh
  // A family shares a member id: its account is one, its patients are told apart by name.
  const names = patientKeys(desk, patient, payerId).filter((key) => key.startsWith('name:'))
  const samePatient = names.length === 0 || names.some((key) => assigned.patientKeys.includes(key))
  return {
    ...fresh,
    accountId: assigned.target.accountId,
    ...(samePatient && assigned.target.patientId ? { patientId: assigned.target.patientId } : {}),
  }
}

/** Since its number was looked up, another visit was noted under it: whoever was to open one looks again. */
export class Overtaken extends Data.TaggedError('Overtaken')<object> {}

/** A visit that is about to be opened by its claim. */
export interface Opening {
  readonly key: ClaimIdentity
  readonly place: Place
  readonly person: Person
  readonly on: Day
  /** The visit is among the assignments of its number: whoever noted it has not opened it yet, or was killed. */
  readonly noted: boolean
  /** How many assignments of its number were seen; absent where the visit is to be noted whatever came since. */
  readonly seen?: number | undefined
}

/** The command's id names what is noted. Used before for another command, it says that this stands, in other words. */
const once = <E extends { readonly _tag: string }>(assigning: Effect.Effect<Outcome, E | CommandMismatch>) =>
  Effect.catchTag(assigning, 'CommandMismatch', () => Effect.succeed(undefined))

const noteVisit = (desk: Desk, { key, place, on, seen }: Opening): Effect.Effect<void, ExecuteError | Overtaken> =>
  Effect.flatMap(
    once(
      assignReference(
        desk,
        'patientControlNumber',
        key.controlNumber,
        {
          type: 'AssignReference',
          on,
          kind: 'patientControlNumber',
          target: { ...place },
          patientKeys: [...patientKeys(desk, key.patient, key.payerId)],
          ...(key.charge === undefined ? {} : { charge: key.charge }),
          expectNone: false,
        },
        `visit:${place.visitId}`,
        seen,
      ),
    ),
    (outcome) => (outcome?.ok === false ? Effect.fail(new Overtaken()) : Effect.void),
  )

/** First come first kept: what another claim has noted of the person stays, also one that opens the same visit. */
const notePerson = (desk: Desk, { key, place, on }: Opening, value: string) =>
  once(
    assignReference(
      desk,
      'person',
      value,
      {
        type: 'AssignReference',
        on,
        kind: 'person',
        target: { accountId: place.accountId, patientId: place.patientId },
        patientKeys: [...patientKeys(desk, key.patient, key.payerId)],
        expectNone: true,
      },
      `person:${place.visitId}`,
    ),
  )

/**
 * Notes the visit and its person, side by side, so that they share a commit; what stands already is left. A visit that
 * its account has opened has both, and nobody need ask for them.
 */
export const noteOpening = (desk: Desk, opening: Opening): Effect.Effect<void, ExecuteError | Overtaken> => {
  const { value, assigned } = opening.person
  return Effect.all(
    [
      opening.noted ? Effect.void : noteVisit(desk, opening),
      value === undefined || assigned ? Effect.void : notePerson(desk, opening, value),
    ],
    { concurrency: 2, discard: true },
  )
}

/** For `Task.before` of a claim: what must be noted where its decision opens the visit. */
export const noteBefore =
  <F>(noting: Effect.Effect<void, F>) =>
  (events: readonly AccountEvent[]): Effect.Effect<void, F> =>
    events.some(({ type }) => type === 'VisitOpened') ? noting : Effect.void

const visitIn = (
  { registration }: AccountState,
  command: AccountCommand,
  { place, mayOpen }: { readonly place: Place; readonly mayOpen: boolean },
): AccountCommand => {
  if (command.type !== 'RecordSubmittedClaim' && command.type !== 'PostRemittedClaims') return command
  if (registration.visits.has(place.visitId)) return { ...command, visit: { known: place.visitId } }
  return mayOpen ? { ...command, visit: { open: { ...place } } } : command
}

/**
 * The account as a claim finds it: of all claims that come for a noted visit, the first opens it and the others find it
 * open, however their commands call it.
 */
export const openedOnce = (place: Place, mayOpen: boolean): typeof account => ({
  ...guardedAccount,
  decide: (state, command, context) =>
    guardedAccount.decide(state, visitIn(state, command, { place, mayOpen }), context),
})
