import * as Effect from 'effect/Effect'
import { account } from '../../account/account.ts'
import { type Asked, meet, type Span } from '../../account/claims/identity/asked.ts'
import { chargesOnFile, nameFrom, nameOnFile, numbersOf } from '../../account/claims/identity/on-file.ts'
import type { PatientRegistered } from '../../account/registration/events.ts'
import type { Visit } from '../../account/registration/state.ts'
import type { AccountCommand, AccountEvent, AccountState } from '../../account/rooms.ts'
import { identifierOf, likeness } from '../../documents/patients.ts'
import { clearOf } from '../../kernel/classes.ts'
import type { Day } from '../../kernel/day.ts'
import { type Decision, precondition, type RuleHit, reject } from '../../kernel/decision.ts'
import type { AccountId, PatientId, VisitId } from '../../kernel/ids.ts'
import { accountContext, accountStream, type Desk, loadAccount } from '../desk.ts'
import { issue } from '../execute.ts'
import { eventsOf } from '../first-receipt.ts'
import { freeGivenBack, nameGivenBack } from '../given-back.ts'
import { personHits, toldOfLink } from '../links.ts'
import { remittanceHits } from '../named-remittance.ts'
import { parseTyped } from '../parse-command.ts'
import { representedHits } from '../represented.ts'
import { retryWaiting } from '../retry-waiting.ts'
import { toldOfSending } from '../sending.ts'
import type { ExecuteError, Issued, Outcome } from '../service.ts'
import { vouchedAsKnown } from '../vouched.ts'
import { writingFor } from '../writing.ts'
import { noteAs } from './noting.ts'
import { noteMember } from './payers.ts'
import { calledValue, guarantorValue, nameValue } from './persons.ts'
import { isSamePlace, type Place, placeOf, wholeOf, whoWaits } from './place.ts'
import { loadNumber, noteNumber, notePayerNumber } from './references.ts'
import { hintSamePersons } from './same-person.ts'

// The desk's visits, and balances of an older book, are found like those of imports: their numbers and their people are
// noted before the account has them (clarification 33, decision 0012).

/** A guarantor who is the patient is noted under the name of the account. */
const noteGuarantor = (desk: Desk, accountId: AccountId, { patientId, born, effectiveDate }: PatientRegistered) =>
  Effect.flatMap(loadAccount(desk, accountId), ({ registration: { guarantor } }) => {
    const day = clearOf(born) ?? clearOf(guarantor?.born)
    const value = nameValue({ ...nameFrom(clearOf(guarantor?.name)), born: day as Day | undefined })
    return value === undefined
      ? Effect.void
      : noteAs(desk, guarantorValue(value), { accountId, patientId }, effectiveDate, [])
  })

/** What a decision of the desk makes known: visits under their numbers, people under their payers' ids and their names. */
const notings = (desk: Desk, accountId: AccountId, events: readonly AccountEvent[]) =>
  events.flatMap((event): Effect.Effect<void, ExecuteError>[] => {
    const on = event.effectiveDate
    if (event.type === 'VisitOpened' && event.patientControlNumber) {
      const { visitId, patientId, patientControlNumber: number } = event
      const place = { accountId, patientId, visitId }
      const noting = Effect.flatMap(loadNumber(desk, number), (entries) =>
        noteNumber(desk, number, place, { on, patientKeys: [], ...wholeOf(desk, number) }, entries),
      )
      return [Effect.catchTag(noting, 'Overtaken', () => Effect.void)]
    }
    if (event.type === 'ClaimAdjudicated') {
      const { visitId, claimKey } = event
      const { payerId, payerControlNumber: number } = claimKey
      const noting = Effect.flatMap(loadAccount(desk, accountId), ({ registration: { visits } }) => {
        const patientId = visits.get(visitId)?.patientId
        return patientId === undefined
          ? Effect.void
          : notePayerNumber(desk, { payerId, number }, { accountId, patientId, visitId }, on)
      })
      return [noting]
    }
    if (event.type === 'CoverageAdded') {
      const { patientId } = event
      return [noteMember(desk, event, clearOf(event.memberId) ?? '', { accountId, patientId }, on)]
    }
    if (event.type !== 'PatientRegistered') return []
    const { patientId, last, first, suffix, born } = event
    const name = nameValue({
      last: clearOf(last),
      first: clearOf(first),
      suffix: clearOf(suffix),
      born: clearOf(born) as Day | undefined,
    })
    const called = calledValue({ last: clearOf(last), first: clearOf(first), suffix: clearOf(suffix) })
    const values = [name, called].flatMap((value) => value ?? [])
    if (values.length > 0) return values.map((value) => noteAs(desk, value, { accountId, patientId }, on, []))
    return event.relationshipToGuarantor === 'self' && last === undefined && first === undefined
      ? [noteGuarantor(desk, accountId, event)]
      : []
  })

/** The visits that a decision has opened or charged. */
const touched = (events: readonly AccountEvent[], type: AccountEvent['type'][]): readonly VisitId[] => [
  ...new Set(events.flatMap((event) => (type.includes(event.type) && 'visitId' in event ? (event.visitId ?? []) : []))),
]

const spansOf = (state: AccountState, visit: Visit): readonly Span[] => {
  const days = chargesOnFile(state, visit).flatMap((charge) => charge.days ?? [])
  return days.length > 0 ? days : [{ from: visit.openedOn, to: visit.openedOn }]
}

const sameVisit = (other: Place, number: string): RuleHit => ({
  ...precondition(
    'mayBeSameVisit',
    `visit ${other.visitId} of account ${other.accountId} has the number ${number} too, and is of a patient and a day that may be these`,
    'look whether the visit is on file twice',
  ),
  citation: 'postings.md, clarification 27',
})

/** Other visits of the number that may be this one: the desk names its visit, and is only told. */
const warningsOf = (desk: Desk, accountId: AccountId, state: AccountState, opened: readonly VisitId[]) =>
  Effect.gen(function* () {
    const warnings: RuleHit[] = []
    for (const visitId of opened) {
      const visit = state.registration.visits.get(visitId)
      const number = visit?.patientControlNumber
      if (!visit || !number) continue
      for (const entry of yield* loadNumber(desk, number)) {
        const place = placeOf(entry)
        if (!place || isSamePlace(place, { accountId, patientId: visit.patientId, visitId })) continue
        const others = yield* loadAccount(desk, place.accountId)
        const other = others.registration.visits.get(place.visitId)
        if (!other) continue
        const [one, two] = [nameOnFile(state, visit.patientId), nameOnFile(others, other.patientId)]
        const like = likeness(one, two, { ids: 'none', bothInFile: false, sameClaim: true })
        const meets = spansOf(state, visit).some((span) => spansOf(others, other).some((each) => meet(span, each)))
        if (like.is !== 'other' && meets) warnings.push(sameVisit(place, number))
      }
    }
    return warnings
  })

/**
 * Patients who came on file, or under another id of a payer; and those who come again, to another visit: a hint that was
 * lost with its process is told then.
 */
const peopleOf = (events: readonly AccountEvent[]): readonly PatientId[] => [
  ...new Set(
    events.flatMap((event) =>
      event.type === 'PatientRegistered' || event.type === 'CoverageAdded' || event.type === 'VisitOpened'
        ? [event.patientId]
        : [],
    ),
  ),
]

/** A patient as a claim that waits may name them. */
const personOnFile = (state: AccountState, patientId: PatientId): Pick<Asked, 'patient' | 'members'> => ({
  patient: nameOnFile(state, patientId),
  members: state.coverage.coverages.by('patient', patientId).flatMap(({ payerId, payerName, memberId }) => {
    const id = identifierOf({ id: clearOf(memberId) })
    return id === '' ? [] : [{ payer: { payerId, payerName }, id }]
  }),
})

/** Advices may have waited for what the desk has made: they are posted as an import would. */
const afterwards = (desk: Desk, accountId: AccountId, events: readonly AccountEvent[]) =>
  Effect.gen(function* () {
    const opened = touched(events, ['VisitOpened'])
    const charged = touched(events, ['ChargePosted', 'BalanceBroughtForward'])
    if (opened.length === 0 && charged.length === 0) return []
    const state = yield* loadAccount(desk, accountId)
    const warnings = yield* warningsOf(desk, accountId, state, opened)
    const process = { ...desk, actor: { ...desk.actor, roles: [...new Set([...desk.actor.roles, 'system' as const])] } }
    for (const visitId of charged) {
      const visit = state.registration.visits.get(visitId)
      if (!visit) continue
      const people = whoWaits(desk, personOnFile(state, visit.patientId))
      // Of no number at all, it is what a claim of its patient may wait for that has none either.
      yield* retryWaiting(process, numbersOf(state, visit), people)
    }
    return warnings
  })

/** What a command would be answered, from the account as it stands; nothing is written. */
export const previewOnAccount = (
  desk: Desk,
  accountId: string,
  command: AccountCommand,
  commandId: string,
): Effect.Effect<Decision<AccountEvent>, ExecuteError> =>
  Effect.gen(function* () {
    const state = yield* loadAccount(desk, accountId)
    const writing = yield* writingFor(desk, accountId as AccountId, command)
    const { world } = desk.service
    const now = world.now()
    const stream = accountStream(accountId)
    const context = accountContext(
      desk,
      writing,
    )({ commandId, stream, now, today: world.dayOf(now), actor: desk.actor })
    return account.decide(state, command, context)
  })

/** What the account itself has against a command stands with what speaks against it elsewhere: every reason at once. */
const refusedWith = (
  desk: Desk,
  accountId: AccountId,
  command: AccountCommand,
  commandId: string,
  hits: readonly RuleHit[],
): Effect.Effect<Outcome, ExecuteError> =>
  Effect.map(previewOnAccount(desk, accountId, command, commandId), (own) =>
    reject([...hits, ...(own.ok ? [] : own.hits)] as [RuleHit, ...RuleHit[]]),
  )

/** A command of the desk. What it opens is noted first; what waited for it is posted after it. */
export const executeOnAccount = (
  desk: Desk,
  accountId: string,
  given: unknown,
  commandId: string,
  cause?: Issued['cause'],
): Effect.Effect<Outcome, ExecuteError> =>
  Effect.gen(function* () {
    const id = accountId as AccountId
    const command = yield* parseTyped(account, given)
    yield* vouchedAsKnown(desk.vouchable, command)
    const unfounded = [
      ...(yield* remittanceHits(desk, id, command)),
      ...(yield* representedHits(desk, id, command)),
      ...(yield* personHits(desk, command)),
    ]
    // One that was taken before is answered by its first receipt, whatever has come since (law B3).
    if (unfounded.length > 0 && !(yield* desk.service.store.findCommand(accountStream(id), commandId))) {
      return yield* refusedWith(desk, id, command, commandId, unfounded)
    }
    const named = yield* nameGivenBack(desk, id, command, previewOnAccount(desk, id, command, commandId))
    if (named.hits.length > 0 && !(yield* desk.service.store.findCommand(accountStream(id), commandId))) {
      return yield* refusedWith(desk, id, command, commandId, named.hits)
    }
    let decided: readonly AccountEvent[] = []
    const before = (events: readonly AccountEvent[]) => {
      decided = events
      return Effect.all(notings(desk, id, events), { concurrency: 'unbounded', discard: true })
    }
    const writing = yield* writingFor(desk, id, command)
    const outcome: Outcome = yield* issue(
      desk.service,
      account,
      accountContext(desk, writing),
      accountStream(accountId),
      command,
      { commandId, actor: desk.actor, ...(cause ? { cause } : {}) },
      { given, before },
    )
    if (!outcome.ok) yield* freeGivenBack(desk, named)
    if (outcome.ok) yield* toldOfLink(desk, id, command, commandId)
    if (!outcome.ok || 'nothingToDo' in outcome) return outcome
    const { world } = desk.service
    // Sent again, it may have left something undone, its process killed: whatever has come since, again is safe.
    const events = outcome.repeated ? yield* eventsOf(desk.service.store, outcome) : decided
    for (const patientId of peopleOf(events)) {
      yield* hintSamePersons(desk, { accountId: id, patientId, on: world.dayOf(world.now()) })
    }
    const warnings = [...(yield* afterwards(desk, id, events)), ...(yield* toldOfSending(desk, id, events, commandId))]
    if (outcome.repeated || warnings.length === 0) return outcome
    return { ...outcome, warnings: [...outcome.warnings, ...warnings] }
  })
