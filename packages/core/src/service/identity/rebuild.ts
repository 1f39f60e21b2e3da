import * as Effect from 'effect/Effect'
import { type AccountEvent, accountCodec } from '../../account/rooms.ts'
import { identifierOf } from '../../documents/patients.ts'
import { clearOf } from '../../kernel/classes.ts'
import type { Day } from '../../kernel/day.ts'
import { isUnreadable } from '../../kernel/event.ts'
import type { AccountId, PatientId, VisitId } from '../../kernel/ids.ts'
import type { StoredEvent } from '../../ports/event-store.ts'
import type { AssignReference } from '../../registry/registry.ts'
import { assignReference, type Desk, loadReference } from '../desk.ts'
import type { ExecuteError } from '../service.ts'
import { idValue, nameValue } from './persons.ts'
import { numberValue, type Place, wholeOf } from './place.ts'
import { isNotedAt, loadNumber, noteAs, noteNumber } from './references.ts'

// A book that an earlier Daybook wrote has no references of what its desk opened, nor under numbers as they are compared
// now. They are made from its log, once: again is safe, and so is a kill anywhere.

const EVENTS_AT_ONCE = 500
/** A log of fewer events is looked through again by the next process: that costs less than an event that says it was. */
const WORTH_A_MARK = 10_000
const MARK = 'references 2'

const telling = ['VisitOpened', 'ClaimSubmitted', 'ClaimAdjudicated', 'PatientRegistered', 'CoverageAdded'] as const

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
  const person = (value: string | undefined, patientId: PatientId, expectNone: boolean) =>
    value === undefined
      ? Effect.succeed(false)
      : Effect.flatMap(loadReference(desk, 'person', value), (known) =>
          (expectNone && known.length > 0) ||
          known.some(({ target }) => target.accountId === accountId && target.patientId === patientId)
            ? Effect.succeed(false)
            : Effect.as(noteAs(desk, value, { accountId, patientId }, on, [], expectNone), true),
        )
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
      return person(nameValue({ last, first, suffix, born }), event.patientId, false)
    }
    case 'CoverageAdded': {
      const id = identifierOf({ id: clearOf(event.memberId) })
      return person(id === '' ? undefined : idValue(event.payerId, id), event.patientId, true)
    }
    default:
      return Effect.succeed(false)
  }
}

/** Makes what references the log of an older book lacks. Gives how many there were. */
export const rebuildReferences = (desk: Desk): Effect.Effect<number, ExecuteError> =>
  Effect.gen(function* () {
    if ((yield* loadReference(desk, 'rebuilt', MARK)).length > 0) return 0
    const { store, world } = desk.service
    const { position } = yield* store.head
    const patients = new Map<string, PatientId>()
    let made = 0
    for (let after = 0; ; ) {
      const page: readonly StoredEvent[] = yield* store.readAll({ after, types: telling, limit: EVENTS_AT_ONCE })
      for (const stored of page) {
        const event = accountCodec.decode(stored)
        if (isUnreadable(event) || !stored.stream.startsWith('account-')) continue
        const accountId = stored.stream.slice('account-'.length) as AccountId
        if (yield* noteOf(desk, accountId, event, patients)) made += 1
      }
      const last = page.at(-1)
      if (!last || page.length < EVENTS_AT_ONCE) break
      after = last.position
    }
    if (made > 0 || position >= WORTH_A_MARK) {
      const on = world.dayOf(world.now())
      const mark: AssignReference = {
        type: 'AssignReference',
        on,
        kind: 'rebuilt',
        target: {},
        patientKeys: [],
        expectNone: true,
      }
      yield* Effect.catchTag(assignReference(desk, 'rebuilt', MARK, mark, MARK), 'CommandMismatch', () => Effect.void)
    }
    return made
  })
