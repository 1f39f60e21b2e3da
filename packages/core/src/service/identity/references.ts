import * as Effect from 'effect/Effect'
import type { Asked } from '../../account/claims/identity/asked.ts'
import type { Day } from '../../kernel/day.ts'
import type { ReferenceAssigned } from '../../registry/events.ts'
import type { AssignReference } from '../../registry/registry.ts'
import { assignReference, type Desk, loadReference, presumeUnassigned, seenReference } from '../desk.ts'
import type { ExecuteError } from '../service.ts'
import { noteAs, noteFirst, noteName, Overtaken, once } from './noting.ts'
import { notePayer } from './payers.ts'
import { nobody, type Person } from './persons.ts'
import {
  isSamePlace,
  noted,
  numberValue,
  type Place,
  patientKeys,
  payerNumberValue,
  placeOf,
  wholeOf,
} from './place.ts'

// A visit is noted under its number, and its person under theirs, before its account opens it (decision 0012); and under
// every further number before a claim of that number is posted to it.

export const isNotedAt = (entries: readonly ReferenceAssigned[], place: Place): boolean =>
  entries.some((entry) => {
    const known = placeOf(entry)
    return known !== undefined && isSamePlace(known, place)
  })

/** Names what is noted of a place under one reference. Ids of visits are the desk's own: two accounts may share one. */
const notedAs = ({ accountId, visitId }: Place): string => `visit:${accountId}:${visitId}`

/**
 * Notes a visit under a number, unless it is. `seen`: how many assignments of the number whoever opens the visit has
 * seen; fails where there are more by now, since another may have opened it.
 */
export const noteNumber = (
  desk: Desk,
  number: string,
  place: Place,
  of: Omit<AssignReference, 'type' | 'kind' | 'target' | 'expectNone'>,
  entries: readonly ReferenceAssigned[],
  seen?: number,
): Effect.Effect<void, ExecuteError | Overtaken> => {
  const value = numberValue(number)
  if (value === undefined || isNotedAt(entries, place)) return Effect.void
  const command = {
    type: 'AssignReference',
    kind: 'patientControlNumber',
    target: { ...place },
    expectNone: false,
    ...of,
  } as const
  return Effect.flatMap(
    once(assignReference(desk, 'patientControlNumber', value, command, notedAs(place), seen)),
    (outcome) => (outcome?.ok === false ? Effect.fail(new Overtaken()) : Effect.void),
  )
}

/** A payer's number that visits beyond these have too names none of them. */
const VISITS_OF_A_NUMBER = 16

/** Notes a visit under the payer's own number of a claim, before the account has that decision. */
export const notePayerNumber = (
  desk: Desk,
  { payerId, number }: { readonly payerId: string; readonly number: string },
  place: Place,
  on: Day,
): Effect.Effect<void, ExecuteError> => {
  const value = payerNumberValue(payerId, number)
  if (value === undefined) return Effect.void
  const command: AssignReference = {
    type: 'AssignReference',
    on,
    kind: 'payerClaim',
    target: { ...place },
    patientKeys: [],
    expectNone: false,
  }
  presumeUnassigned(desk, 'payerClaim', value)
  return Effect.asVoid(once(assignReference(desk, 'payerClaim', value, command, notedAs(place), VISITS_OF_A_NUMBER)))
}

/** The visits that are noted under a payer's own number of a claim. */
export const loadPayerNumber = (
  desk: Desk,
  payerId: string,
  number: string,
): Effect.Effect<readonly ReferenceAssigned[], ExecuteError> => {
  const value = payerNumberValue(payerId, number)
  return value === undefined ? Effect.succeed([]) : loadReference(desk, 'payerClaim', value)
}

/** A visit that is about to be opened, or to get another number, by a claim. */
export interface Noting {
  readonly asked: Asked
  readonly place: Place
  readonly person: Person
  readonly on: Day
  /** What was seen of the number. */
  readonly entries: readonly ReferenceAssigned[]
  /** The visit is noted whatever came since: it is there. */
  readonly isThere?: boolean
}

/** Notes who is called so, most likely the first. */
const noteCalled = (desk: Desk, value: string, place: Place, on: Day): Effect.Effect<void, ExecuteError> => {
  presumeUnassigned(desk, 'person', value)
  return noteAs(desk, value, place, on, [])
}

/**
 * Notes the visit and its person, side by side, so that they share a commit; what stands already is left. A visit that
 * its account has opened has both, and nobody need ask for them.
 */
export const noteOpening = (
  desk: Desk,
  { asked, place, person, on, entries, isThere = false }: Noting,
): Effect.Effect<void, ExecuteError | Overtaken> => {
  const keys = patientKeys(desk, asked)
  const of = {
    on,
    patientKeys: [...keys],
    ...(asked.charge === undefined ? {} : { charge: asked.charge }),
    ...noted(desk, asked),
  }
  const isKnown = (known: readonly ReferenceAssigned[]) =>
    known.some(({ target }) => target.accountId === place.accountId && target.patientId === place.patientId)
  const isAt = (known: readonly ReferenceAssigned[]) => known.some(({ target }) => target.accountId === place.accountId)
  const noting = Effect.all(
    [
      noteNumber(desk, asked.controlNumber, place, of, entries, isThere ? undefined : entries.length),
      ...person.ids.map(({ value, entries: known }) =>
        known.length === 0
          ? noteFirst(desk, value, place, { on, keys, isThere })
          : // A further account of theirs is noted too: what names them by their id alone looks on all of them.
            isAt(known)
            ? Effect.void
            : noteAs(desk, value, place, on, keys),
      ),
      person.name === undefined || isKnown(person.byName)
        ? Effect.void
        : noteName(
            desk,
            person.name,
            place,
            { on, patientKeys: [...keys], ...('services' in of ? { services: of.services } : {}) },
            isThere ? undefined : person.byName.length,
          ),
      person.called === undefined || isKnown(seenReference(desk, 'person', person.called))
        ? Effect.void
        : noteCalled(desk, person.called, place, on),
    ],
    { concurrency: 'unbounded', discard: true },
  )
  // The payer first, where its name is new: whoever knows it by another id then finds the same account for this member.
  return person.payer ? Effect.andThen(notePayer(desk, person.payer, on), noting) : noting
}

/** Whom a claim brings to be noted: of a visit on file nobody, unless it was not its member id that said whose it is. */
export const personOf = (person: Person, isThere: boolean, learns: boolean): Person =>
  !isThere || learns ? person : nobody

/** What is noted under a number, whomever it is of; nothing where it is no number. */
export const loadNumber = (desk: Desk, number: string): Effect.Effect<readonly ReferenceAssigned[], ExecuteError> => {
  const value = numberValue(number)
  return value === undefined ? Effect.succeed([]) : loadReference(desk, 'patientControlNumber', value)
}

/** Notes a visit that is there under one more number, unless it is. */
export const noteFurther = (
  desk: Desk,
  number: string,
  place: Place,
  on: Day,
): Effect.Effect<void, ExecuteError | Overtaken> =>
  Effect.flatMap(loadNumber(desk, number), (entries) =>
    noteNumber(desk, number, place, { on, patientKeys: [], ...wholeOf(desk, number) }, entries),
  )
