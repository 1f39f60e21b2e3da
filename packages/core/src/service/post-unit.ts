import * as Effect from 'effect/Effect'
import type { PostRemittedClaims } from '../account/claims/commands.ts'
import { alone } from '../account/claims/identity/judge.ts'
import { isPredetermination, isReversal } from '../documents/claim-status.ts'
import { isNumber, isSameNumber } from '../documents/control-number.ts'
import type { Unit } from '../documents/units.ts'
import { awaitedReversal } from './awaited-reversal.ts'
import {
  accountStream,
  type Desk,
  executeOnRemittance,
  issueToAccount,
  loadAccount,
  presumeNew,
  refusalOf,
} from './desk.ts'
import { Overtaken } from './identity/noting.ts'
import { isOpenedMeanwhile, noteBefore, openedOnce, type Seen } from './identity/opening.ts'
import { calledValue, loadPerson, nobody, visitOfClaim } from './identity/persons.ts'
import type { Place } from './identity/place.ts'
import { isNotedAt, noteFurther, noteOpening, notePayerNumber } from './identity/references.ts'
import { type LocatedUnit, type Looking, locateUnit } from './identity/remitted.ts'
import { hintNamesakes, hintSamePersons } from './identity/same-person.ts'
import { toldOf } from './identity/search.ts'
import { held, lead, numbers, type Run, type UnitResult } from './run.ts'
import type { ExecuteError, Outcome } from './service.ts'
import { asUnmatched, isUnopened, overtaken, paidInAdvance, repeated } from './unit-holds.ts'

type Accepted = Extract<Outcome, { readonly ok: true }>

/** Where a process that was killed began to post a held unit: there it goes on, wherever its claim belongs today. */
const begunAt = (run: Run, unit: Unit): Place | undefined => {
  const outcome = run.state.outcomes.get(unit.claims[0]?.number ?? 0)
  if (outcome?.kind !== 'held' || !outcome.retried) return undefined
  const { accountId, patientId, visitId } = outcome.retried
  return { accountId, patientId, visitId }
}

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
      .by('number', ...unit.claims.map((claim) => claim.patientControlNumber))
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

/** Names a unit for good, and with it the visit that it opens. */
const unitName = (run: Run, unit: Unit): string => `${run.remittanceId}:${lead(unit).number}`

/** Where a unit goes, and how it is called there. */
interface Sought extends Omit<LocatedUnit, 'visit'> {
  readonly place: Place
  /** The unit opens its visit, or did so in a process that was killed. */
  readonly opens: boolean
  /** Its lines join the visit (clarification 30). */
  readonly adds: boolean
  readonly findings: readonly string[]
  /** The visit was there, and is that of the unit. */
  readonly isThere: boolean
  /** The member id of the unit is new there. */
  readonly learns: boolean
  /** How many visits its account had when it was looked for. */
  readonly visits?: number | undefined
  /** Tried again, it was to open its visit, and meanwhile another visit is it. */
  readonly isOvertaken?: boolean
}

/** Whether a unit would go to another visit than its own. */
const belongsElsewhere = (desk: Desk, unit: Unit, looking: Looking) =>
  Effect.map(locateUnit(desk, unit, looking), ({ visit }) => {
    if (visit.kind === 'none') return false
    return visit.kind !== 'opens' || visit.place.visitId !== looking.own
  })

const lookingFor = (run: Run, unit: Unit): Looking => {
  const { desk, payer, options, companies } = run
  const name = unitName(run, unit)
  const { number } = lead(unit)
  return {
    payer,
    company: companies.get(unit.claims.find(isReversal)?.number ?? number) ?? alone,
    name,
    own: visitOfClaim(desk, name),
    openMissing: options.openMissing,
    named: unit.claims.map((claim) => options.visits?.get(claim.number)).find((visit) => visit !== undefined),
  }
}

const seek = (run: Run, unit: Unit): Effect.Effect<Sought | UnitResult, ExecuteError> =>
  Effect.gen(function* () {
    const { desk } = run
    const looking = lookingFor(run, unit)
    const begun = begunAt(run, unit)
    const located = yield* locateUnit(desk, unit, begun ? { ...looking, named: begun.visitId } : looking)
    const { visit, ...of } = located
    if (begun) {
      const opens = begun.visitId === looking.own
      const isOvertaken = opens && !isNotedAt(of.entries, begun) && (yield* belongsElsewhere(desk, unit, looking))
      return {
        ...of,
        place: begun,
        opens,
        adds: false,
        isOvertaken,
        isThere: visit.kind === 'known' || !opens,
        learns: visit.kind === 'known' && visit.learns,
        findings: visit.kind === 'known' ? visit.findings : [],
      }
    }
    if (visit.kind === 'held') return { ...held(unit, visit.hit), candidates: visit.candidates.map(toldOf) }
    if (visit.kind === 'none') {
      if (!unit.claims.every(isPredetermination)) return held(unit, visit.hit)
      return { kind: 'recorded', unit, findings: ['predetermination: no ledger event'], repeated: false }
    }
    const { place, findings } = visit
    if (visit.kind === 'opens' && unit.claims.every(isPredetermination)) {
      return { kind: 'recorded', unit, findings: ['predetermination: no ledger event'], repeated: false }
    }
    if (visit.kind === 'opens' && visit.isNewAccount) presumeNew(desk, place.accountId)
    return {
      ...of,
      place,
      opens: place.visitId === looking.own,
      adds: visit.kind === 'part',
      isThere: visit.kind !== 'opens',
      learns: visit.kind === 'known' && visit.learns,
      visits: visit.kind === 'opens' ? visit.visits : undefined,
      findings,
    }
  })

/** The unit's person is to be noted: of a visit that it opens, or under an id that is new there. */
const bringsPerson = ({ opens, learns }: Sought): boolean => opens || learns

/**
 * Notes the visit that the unit opens, and its person, unless another one was noted meanwhile; or its further number. And
 * the payer's own numbers, by which a reversal finds it under whatever number and person.
 */
const noting = ({ desk, on, payer }: Run, { claims }: Unit, sought: Sought, isThere = !sought.opens) =>
  Effect.gen(function* () {
    const { asked, place, entries, isOvertaken } = sought
    if (isOvertaken) return yield* new Overtaken()
    const person = bringsPerson(sought) ? (sought.person ?? (yield* loadPerson(desk, asked))) : nobody
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
    const alone = events.length > 0 && events.every((type) => type === 'ClaimAdjudicated')
    const kind = alone || unit.claims.every(isPredetermination) ? ('recorded' as const) : ('posted' as const)
    return { kind, unit, place, findings, repeated }
  })

const attempt = (run: Run, unit: Unit): Effect.Effect<UnitResult, ExecuteError | Overtaken> =>
  Effect.gen(function* () {
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
    const again = run.state.outcomes.get(number)?.kind === 'held'
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
    return outcome.ok
      ? yield* posted(run, unit, sought, outcome)
      : held(unit, ...asUnmatched(outcome.hits, patientControlNumber))
  })

/**
 * One unit to its account: find the visit, or open one, and issue one idempotent command. Where others come in its way,
 * again on what they have left.
 */
export const postUnit = (run: Run, unit: Unit): Effect.Effect<UnitResult, ExecuteError> => {
  if (unit.problem === 'repeatedClaim') return Effect.succeed(held(unit, repeated))
  if (unit.claims.some((claim) => isPredetermination(claim) && (claim.paid ?? 0) !== 0)) {
    return Effect.succeed(held(unit, paidInAdvance))
  }
  return Effect.catchTag(attempt(run, unit), 'Overtaken', () => postUnit(run, unit))
}
