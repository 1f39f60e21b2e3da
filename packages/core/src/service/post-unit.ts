import * as Effect from 'effect/Effect'
import type { PostRemittedClaims } from '../account/claims/commands.ts'
import type { Asked } from '../account/claims/identity/asked.ts'
import { isPredetermination, isReversal } from '../documents/claim-status.ts'
import { isNumber, isSameNumber, keptNumber } from '../documents/control-number.ts'
import { identifierOf } from '../documents/patients.ts'
import type { Unit } from '../documents/units.ts'
import { awaitedReversal } from './awaited-reversal.ts'
import { accountStream, type Desk, executeOnRemittance, issueToAccount, loadAccount, refusalOf } from './desk.ts'
import { Overtaken } from './identity/noting.ts'
import { isOpenedMeanwhile, noteBefore, openedOnce, type Seen } from './identity/opening.ts'
import { calledValue, loadPerson, nobody, type Person } from './identity/persons.ts'
import type { Place } from './identity/place.ts'
import { noteFurther, noteOpening, notePayerNumber } from './identity/references.ts'
import { hintNamesakes, hintSamePersons } from './identity/same-person.ts'
import { held, lead, numbers, type Run, type UnitResult } from './run.ts'
import { begunAt, lookingFor, type Sought, seek, unitName } from './seek-unit.ts'
import type { ExecuteError, Outcome } from './service.ts'
import { asUnmatched, isUnopened, overtaken, paidInAdvance, repeated } from './unit-holds.ts'

type Accepted = Extract<Outcome, { readonly ok: true }>

/**
 * A held unit is marked before its account takes it, so that nobody rejects it meanwhile; one that its account would
 * refuse stays as it is. Gives why it does not go ahead, or nothing.
 */
const markRetried = (run: Run, unit: Unit, seen: Seen, command: PostRemittedClaims, commandId: string) =>
  Effect.gen(function* () {
    const { desk, remittanceId, on } = run
    const { place } = seen
    const hits = yield* refusalOf(desk, place.accountId, command, commandId, openedOnce(seen))
    if (hits.some(isOpenedMeanwhile)) return yield* new Overtaken()
    // Held as it is: of a visit that nobody has opened there is nothing new to tell.
    if (hits.some(isUnopened)) return { kind: 'left', unit } as const
    if (hits.length > 0) return held(unit, ...hits)
    const { outcome } = yield* executeOnRemittance(
      desk,
      remittanceId,
      { type: 'RetryRemittanceClaim', on, claims: numbers(unit), ...place },
      `retry:${desk.service.world.uuid()}`,
    )
    return outcome.ok ? undefined : ({ kind: 'left', unit } as const)
  })

/** The account has taken the command before, in a process that was killed. */
const isTaken = ({ desk }: Run, { accountId }: Place, commandId: string) =>
  Effect.map(desk.service.store.findCommand(accountStream(accountId), commandId), (record) => record !== undefined)

/** What the account keeps of findings on a unit that was posted before: a first receipt does not tell them again. */
const findingsOnFile = ({ desk, remittanceId }: Run, unit: Unit, { accountId }: Place) =>
  Effect.map(loadAccount(desk, accountId), ({ claims }) =>
    claims.adjudications
      .by('number', ...unit.claims.map((claim) => keptNumber(claim.patientControlNumber)))
      .flatMap(({ event: { source, findings } }) => {
        if (!('remittanceId' in source) || source.remittanceId !== remittanceId) return []
        return numbers(unit).includes(source.claim) ? findings : []
      }),
  )

/** Types of the events that a command has written, in this process or in another. */
const eventsOf = (
  { desk }: Run,
  { accountId }: Place,
  outcome: Accepted,
): Effect.Effect<readonly string[], ExecuteError> => {
  if ('nothingToDo' in outcome || !outcome.repeated) return Effect.succeed('events' in outcome ? outcome.events : [])
  const { firstVersion, lastVersion } = outcome
  const page = { after: firstVersion - 1, limit: lastVersion - firstVersion + 1 }
  return Effect.map(desk.service.store.readStream(accountStream(accountId), page), (stored) =>
    stored.map(({ type }) => type),
  )
}

/** The unit's person is to be noted: of a visit that it opens, or under an id that is new there. */
const bringsPerson = ({ opens, learns }: Sought): boolean => opens || learns

/** The person with the member id too that the payer has corrected theirs to (NM1 74), for the claims that name it from now on. */
const withCorrectedIds = (desk: Desk, { payer, corrected }: Asked, person: Person) =>
  Effect.gen(function* () {
    const id = corrected && identifierOf(corrected)
    if (!id) return person
    const meant = yield* loadPerson(desk, { payer, patient: { id }, members: [{ payer, id }] })
    const further = meant.ids.filter(({ value }) => !person.ids.some((own) => own.value === value))
    return { ...person, ids: [...person.ids, ...further] }
  })

/**
 * Notes the visit that the unit opens, and its person, unless another one was noted meanwhile; or its further number. And
 * the payer's own numbers, by which a reversal finds it under whatever number and person.
 */
const noting = ({ desk, on, payer }: Run, { claims }: Unit, sought: Sought, isThere = !sought.opens) =>
  Effect.gen(function* () {
    const { asked, place, entries, isOvertaken } = sought
    if (isOvertaken) return yield* new Overtaken()
    const brought = bringsPerson(sought) ? (sought.person ?? (yield* loadPerson(desk, asked))) : nobody
    const person = yield* withCorrectedIds(desk, asked, brought)
    const numbersOfPayer = new Set(
      claims.filter((claim) => !isReversal(claim)).map((claim) => claim.payerControlNumber),
    )
    // A correction may have another number of the visit than the reversal by which it was found.
    const others = claims.flatMap(({ patientControlNumber: number }) =>
      isNumber(number) && !isSameNumber(number, asked.controlNumber) ? [number] : [],
    )
    yield* Effect.all(
      [
        noteOpening(desk, { asked, place, person, on, entries, isThere }),
        ...others.map((number) => noteFurther(desk, number, place, on)),
        ...[...numbersOfPayer].map((number) => notePayerNumber(desk, { payerId: payer.payerId, number }, place, on)),
      ],
      { concurrency: 'unbounded', discard: true },
    )
  })

/** What was posted. `repeated`: in another process, which was killed or is at it too. */
const posted = (run: Run, unit: Unit, sought: Sought, outcome: Accepted) =>
  Effect.gen(function* () {
    const { place, opens } = sought
    const repeated = 'repeated' in outcome && outcome.repeated
    // An import that was killed before its references came first may have left the visit of this unit without them.
    if (repeated && opens) yield* noting(run, unit, sought, true)
    const told = repeated ? yield* findingsOnFile(run, unit, place) : outcome.warnings.map(({ reason }) => reason)
    const findings = [...new Set([...sought.findings, ...told])]
    const events = yield* eventsOf(run, place, outcome)
    // Also where a process that was killed has opened it, and did not come to tell.
    if (events.includes('VisitOpened')) {
      const told = { accountId: place.accountId, patientId: place.patientId, on: run.on }
      const called = calledValue(sought.asked.patient)
      // An advice names no birth day: of whom it alone has brought there is the name.
      yield* events.includes('AccountOpened')
        ? hintNamesakes(run.desk, called === undefined ? {} : { called }, told)
        : hintSamePersons(run.desk, told)
    }
    // A predetermination, or a duplicate: the fact alone, and nothing moves.
    const alone =
      events.length > 0 && events.every((type) => type === 'ClaimAdjudicated' || type === 'PatientCorrectedByPayer')
    const kind = alone || unit.claims.every(isPredetermination) ? ('recorded' as const) : ('posted' as const)
    return { kind, unit, place, findings, repeated }
  })

const attempt = (whole: Run, unit: Unit): Effect.Effect<UnitResult, ExecuteError | Overtaken> =>
  Effect.gen(function* () {
    const run: Run = whole.glance ? { ...whole, desk: whole.glance } : whole
    const { desk, options, payer } = run
    const sought = yield* seek(run, unit)
    if ('kind' in sought) return sought
    const { place, opens, adds, isThere, visits } = sought
    const seen: Seen = { place, isThere, visits, mayOpen: options.openMissing }
    const command: PostRemittedClaims = {
      type: 'PostRemittedClaims',
      on: run.on,
      remittanceId: run.remittanceId,
      payer,
      capitation: run.capitation,
      claims: [...unit.claims],
      // A visit that this very unit opened, before its process was killed: the same command again, not another one.
      visit: opens ? { open: { ...place } } : { known: place.visitId },
    }
    const commandId = `remit:${unitName(run, unit)}`
    const awaited = yield* awaitedReversal(run, unit)
    if (awaited && !(yield* isTaken(run, place, commandId))) return held(unit, awaited)
    const { number, patientControlNumber } = lead(unit)
    // By whom the visit was told is no part of what the command is called by: it stays when the claim is tried again.
    const named = isThere && lookingFor(run, unit).named !== undefined
    const isAs = { ...(adds ? { adds } : {}), ...(named ? { named } : {}) }
    const asIs: PostRemittedClaims = adds || named ? { ...command, visit: { known: place.visitId, ...isAs } } : command
    const again = isTriedAgain(run, unit)
    if (again && !begunAt(run, unit)) {
      const stays = yield* markRetried(run, unit, seen, asIs, commandId)
      if (stays) return stays
    }
    const issued = issueToAccount(desk, place.accountId, asIs, commandId, {
      // Whether its lines joined the visit can not be told once they have: the command is called by what stays.
      given: command,
      cause: { remittanceId: run.remittanceId, claim: String(number) },
      aggregate: openedOnce(seen),
      before: noteBefore(desk, {
        accountId: place.accountId,
        asked: sought.asked,
        noting: noting(run, unit, sought),
        notesMember: bringsPerson(sought),
      }),
    })
    // A claim that is marked for a place is not taken to another: it is held again, and the mark ends.
    const outcome = yield* again ? Effect.catchTag(issued, 'Overtaken', () => Effect.succeed(undefined)) : issued
    if (!outcome) return held(unit, overtaken(patientControlNumber))
    // The unit may be of what was opened meanwhile: it looks again where it belongs, or waits to be marked for it.
    if (!outcome.ok && outcome.hits.some(isOpenedMeanwhile)) {
      return again ? held(unit, overtaken(patientControlNumber)) : yield* new Overtaken()
    }
    // What follows is asked of the store: nothing that is written confirms it.
    return outcome.ok
      ? yield* posted(whole, unit, sought, outcome)
      : held(unit, ...asUnmatched(outcome.hits, patientControlNumber))
  })

/**
 * What a glance concludes counts where the account has taken it: its append, and those of its references, would tell of what
 * came since. A hold nothing confirms: the unit is looked at again, by the store.
 */
const isConfirmed = (result: UnitResult): boolean =>
  (result.kind === 'posted' || result.kind === 'recorded') && result.place !== undefined

/** It is marked before it is posted: for that nothing but the store will do. */
export const isTriedAgain = ({ state }: Run, unit: Unit): boolean =>
  state.outcomes.get(lead(unit).number)?.kind === 'held'

const atAGlance = (run: Run, unit: Unit): Effect.Effect<UnitResult | undefined, ExecuteError> =>
  Effect.map(
    Effect.catchTag(attempt(run, unit), 'Overtaken', () => Effect.succeed(undefined)),
    (result) => (result && isConfirmed(result) ? result : undefined),
  )

/**
 * One unit to its account: find the visit, or open one, and issue one idempotent command. Where others come in its way,
 * again on what they have left.
 */
export const postUnit = (run: Run, unit: Unit): Effect.Effect<UnitResult, ExecuteError> => {
  if (unit.problem === 'repeatedClaim') return Effect.succeed(held(unit, repeated))
  if (unit.claims.some((claim) => isPredetermination(claim) && (claim.paid ?? 0) !== 0)) {
    return Effect.succeed(held(unit, paidInAdvance))
  }
  if (run.glance) {
    const asking = postUnit({ ...run, glance: undefined }, unit)
    if (isTriedAgain(run, unit)) return asking
    return Effect.flatMap(atAGlance(run, unit), (result) => (result ? Effect.succeed(result) : asking))
  }
  return Effect.catchTag(attempt(run, unit), 'Overtaken', () => postUnit(run, unit))
}
