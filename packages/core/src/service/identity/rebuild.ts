import * as Effect from 'effect/Effect'
import { type AccountEvent, accountCodec } from '../../account/rooms.ts'
import { identifierOf } from '../../documents/patients.ts'
import { clearOf } from '../../kernel/classes.ts'
import type { Day } from '../../kernel/day.ts'
import { isUnreadable } from '../../kernel/event.ts'
import type { AccountId, PatientId, VisitId } from '../../kernel/ids.ts'
import type { StoredEvent } from '../../ports/event-store.ts'
import { type Desk, loadReference } from '../desk.ts'
import type { Migration } from '../migrations/migrate.ts'
import type { ExecuteError } from '../service.ts'
import { noteAs } from './noting.ts'
import { idValue, loadPayer, memberValues, notePayer } from './payers.ts'
import { calledValue, nameValue } from './persons.ts'
import { numberValue, type Place, payerNumberValue, wholeOf } from './place.ts'
import { isNotedAt, loadNumber, loadPayerNumber, noteNumber, notePayerNumber } from './references.ts'

// A book that an earlier Daybook wrote has no references of what its desk opened, nor under numbers as they are compared
// now. They are made from its log: again is safe, and so is a kill anywhere.

const EVENTS_AT_ONCE = 500

const telling = ['VisitOpened', 'ClaimSubmitted', 'ClaimAdjudicated', 'PatientRegistered', 'CoverageAdded'] as const

/** Notes a person, and tells whether they were not there yet. */
const notePersonOnce = (
  desk: Desk,
  value: string,
  whose: { readonly accountId: AccountId; readonly patientId: PatientId },
  on: Day,
): Effect.Effect<boolean, ExecuteError> =>
  Effect.flatMap(loadReference(desk, 'person', value), (known) =>
    known.some(({ target }) => target.accountId === whose.accountId && target.patientId === whose.patientId)
      ? Effect.succeed(false)
      : Effect.as(noteAs(desk, value, whose, on, []), true),
  )

/** Notes what one event says, and tells whether it was not there yet. */
const noteOf = (desk: Desk, accountId: AccountId, event: AccountEvent, patients: Map<string, PatientId>) => {
  const on = event.effectiveDate
  const number = (visitId: VisitId, said: string | undefined) => {
    const patientId = patients.get(`${accountId} ${visitId}`)
    if (patientId === undefined || !said || numberValue(said) === undefined) return Effect.succeed(false)
    const place: Place = { accountId, patientId, visitId }
    return Effect.flatMap(loadNumber(desk, said), (entries) =>
      isNotedAt(entries, place)
        ? Effect.succeed(false)
        : Effect.as(
            Effect.catchTag(
              noteNumber(desk, said, place, { on, patientKeys: [], ...wholeOf(desk, said) }, entries),
              'Overtaken',
              () => Effect.void,
            ),
            true,
          ),
    )
  }
  const person = (value: string | undefined, patientId: PatientId) =>
    value === undefined ? Effect.succeed(false) : notePersonOnce(desk, value, { accountId, patientId }, on)
  switch (event.type) {
    case 'VisitOpened':
      patients.set(`${accountId} ${event.visitId}`, event.patientId)
      return number(event.visitId, event.patientControlNumber)
    case 'ClaimSubmitted':
      return number(event.visitId, event.patientControlNumber)
    case 'ClaimAdjudicated':
      return number(event.visitId, event.claimKey.patientControlNumber)
    case 'PatientRegistered': {
      const born = clearOf(event.born) as Day | undefined
      const [last, first, suffix] = [clearOf(event.last), clearOf(event.first), clearOf(event.suffix)]
      return person(nameValue({ last, first, suffix, born }), event.patientId)
    }
    case 'CoverageAdded': {
      const id = identifierOf({ id: clearOf(event.memberId) })
      return person(id === '' ? undefined : idValue(event.payerId, id), event.patientId)
    }
    default:
      return Effect.succeed(false)
  }
}

/** Goes through events of accounts, and counts those of which something was made. */
const eachEvent = (
  desk: Desk,
  tell: Parameters<Migration['run']>[1],
  types: readonly AccountEvent['type'][],
  make: (
    accountId: AccountId,
    event: AccountEvent,
    patients: Map<string, PatientId>,
  ) => Effect.Effect<boolean, ExecuteError>,
): Effect.Effect<number, ExecuteError> =>
  Effect.gen(function* () {
    const { store } = desk.service
    const { position: of } = yield* store.head
    const patients = new Map<string, PatientId>()
    let made = 0
    for (let after = 0; ; ) {
      tell(after, of)
      const page: readonly StoredEvent[] = yield* store.readAll({ after, types, limit: EVENTS_AT_ONCE })
      for (const stored of page) {
        const event = accountCodec.decode(stored)
        if (isUnreadable(event) || !stored.stream.startsWith('account-')) continue
        const accountId = stored.stream.slice('account-'.length) as AccountId
        if (yield* make(accountId, event, patients)) made += 1
      }
      const last = page.at(-1)
      if (!last || page.length < EVENTS_AT_ONCE) return made
      after = last.position
    }
  })

const makeReferences: Migration['run'] = (desk, tell) =>
  eachEvent(desk, tell, telling, (accountId, event, patients) => noteOf(desk, accountId, event, patients))

/** The payers' own numbers of what they have decided. */
const makePayerNumbers: Migration['run'] = (desk, tell) =>
  eachEvent(desk, tell, ['VisitOpened', 'ClaimAdjudicated'], (accountId, event, patients) => {
    if (event.type === 'VisitOpened') patients.set(`${accountId} ${event.visitId}`, event.patientId)
    if (event.type !== 'ClaimAdjudicated') return Effect.succeed(false)
    const { visitId, effectiveDate: on, claimKey } = event
    const { payerId, payerControlNumber: number } = claimKey
    const patientId = patients.get(`${accountId} ${visitId}`)
    if (patientId === undefined) return Effect.succeed(false)
    const place: Place = { accountId, patientId, visitId }
    return Effect.flatMap(loadPayerNumber(desk, payerId, number), (entries) =>
      isNotedAt(entries, place)
        ? Effect.succeed(false)
        : Effect.as(
            notePayerNumber(desk, { payerId, number }, place, on),
            payerNumberValue(payerId, number) !== undefined,
          ),
    )
  })

/** Makes the references to payers' own numbers, by which a reversal finds what it takes back. */
export const payerNumbers: Migration = {
  name: 'payer-numbers',
  what: "references to payers' own numbers",
  run: makePayerNumbers,
}

/** Payers under their names, and the members of all of them: of a claim, one payer's alone were noted. And names alone. */
const makeMembers: Migration['run'] = (desk, tell) =>
  eachEvent(desk, tell, ['CoverageAdded', 'PatientRegistered'], (accountId, event) =>
    Effect.gen(function* () {
      if (event.type === 'PatientRegistered') {
        const { last, first, suffix, patientId, effectiveDate } = event
        const called = calledValue({ last: clearOf(last), first: clearOf(first), suffix: clearOf(suffix) })
        return called !== undefined && (yield* notePersonOnce(desk, called, { accountId, patientId }, effectiveDate))
      }
      if (event.type !== 'CoverageAdded') return false
      const { patientId, effectiveDate: on } = event
      const before = yield* loadPayer(desk, event)
      yield* Effect.catchTag(notePayer(desk, before, on), 'Overtaken', () => Effect.void)
      const payer = yield* loadPayer(desk, event)
      let made = payer.entries.length > before.entries.length
      for (const value of memberValues(payer, clearOf(event.memberId) ?? '')) {
        made = (yield* notePersonOnce(desk, value, { accountId, patientId }, on)) || made
      }
      return made
    }),
  )

/** Makes the references to members of every payer, under whichever id of it. */
export const members: Migration = {
  name: 'members',
  what: "references to payers' members and to names",
  run: makeMembers,
}

/** Makes what references the log of an older book lacks. */
export const references: Migration = {
  name: 'references',
  what: 'references to its people and numbers',
  run: makeReferences,
}
