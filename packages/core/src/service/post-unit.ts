import * as Effect from 'effect/Effect'
import type { PostRemittedClaims } from '../account/claims/commands.ts'
import type { AdviceClaim } from '../documents/advice.ts'
import { isPredetermination, isReversal } from '../documents/claim-status.ts'
import type { Unit } from '../documents/units.ts'
import { maxDay } from '../kernel/day.ts'
import { awaitedReversal } from './awaited-reversal.ts'
import type { ClaimIdentity, Place, ServiceDays } from './claim-identity.ts'
import { accountStream, executeOnRemittance, issueToAccount, loadAccount, presumeNew, refusalOf } from './desk.ts'
import { type Found, findVisit, type Search } from './find-visit.ts'
import {
  loadPerson,
  noteBefore,
  noteOpening,
  Overtaken,
  openedOnce,
  type Person,
  placeForNew,
  visitOfClaim,
} from './opening.ts'
import { held, lead, numbers, patientOfClaim, type Run, type UnitResult } from './run.ts'
import type { ExecuteError, Outcome } from './service.ts'
import { asUnmatched, isUnopened, overtaken, paidInAdvance, repeated, unmatched } from './unit-holds.ts'

const daysOf = (claim: AdviceClaim): readonly ServiceDays[] => {
  const days = [{ serviceFrom: claim.statementFrom, serviceTo: claim.statementTo }, ...claim.lines]
  return days.flatMap(({ serviceFrom, serviceTo }) => {
    const from = serviceFrom ?? serviceTo
    return from === undefined ? [] : [{ from, to: maxDay(from, serviceTo ?? from) }]
  })
}

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
const markRetried = (run: Run, unit: Unit, place: Place, command: PostRemittedClaims, commandId: string) =>
  Effect.gen(function* () {
    const { desk, remittanceId, on, options } = run
    const aggregate = openedOnce(place, options.openMissing)
    const hits = yield* refusalOf(desk, place.accountId, command, commandId, aggregate)
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

/** Whose claim a unit is, and where it goes. */
interface Sought {
  readonly key: ClaimIdentity
  readonly days: readonly ServiceDays[]
  readonly place: Place
  /** The unit opens its visit, or did so in a process that was killed. */
  readonly opens: boolean
  /** What the number names; absent where a process that was killed had begun the unit at `place`. */
  readonly search?: Search | undefined
  readonly person?: Person | undefined
}

/** The places that a number names, the one that was found or those among which nothing tells. */
const placesOf = (found: Found): readonly Place[] =>
  found.kind === 'none' ? [] : found.kind === 'found' ? [found.place] : found.places

/** Why a unit goes nowhere whose number tells no place, or nothing. */
const unplaced = ({ options }: Run, unit: Unit, found: Found): UnitResult | undefined => {
  if (found.kind === 'found') return undefined
  if (unit.claims.every(isPredetermination)) {
    return { kind: 'recorded', unit, findings: ['predetermination: no ledger event'], repeated: false }
  }
  const { patientControlNumber } = lead(unit)
  if (found.kind === 'ambiguous' || found.kind === 'otherDays') {
    return held(unit, unmatched(found.places.length, patientControlNumber))
  }
  const opens = options.openMissing || unit.claims.some(isReversal)
  return found.kind === 'none' && !opens ? held(unit, unmatched(0, patientControlNumber)) : undefined
}

/** Names a unit for good, and with it the visit that it opens. */
const unitName = (run: Run, unit: Unit): string => `${run.remittanceId}:${lead(unit).number}`

const seek = (run: Run, unit: Unit): Effect.Effect<Sought | UnitResult, ExecuteError> =>
  Effect.gen(function* () {
    const { desk, payer } = run
    const claim = lead(unit)
    const { patientControlNumber: controlNumber, charge } = claim
    const key: ClaimIdentity = { controlNumber, patient: patientOfClaim(claim), payerId: payer.payerId, charge }
    const days = daysOf(claim)
    const name = unitName(run, unit)
    const own = visitOfClaim(desk, name)
    const begun = begunAt(run, unit)
    if (begun) return { key, days, place: begun, opens: begun.visitId === own }
    const search = yield* findVisit(desk, key, days, own)
    const nowhere = unplaced(run, unit, search.found)
    if (nowhere) return nowhere
    const places = placesOf(search.found)
    const place = places.find(({ visitId }) => visitId === own) ?? places[0]
    if (place) return { key, days, place, opens: place.visitId === own, search }
    const person = yield* loadPerson(desk, key)
    const fresh = placeForNew(desk, key, person, name)
    if (!person.assigned) presumeNew(desk, fresh.accountId)
    return { key, days, place: fresh, opens: true, search, person }
  })

/** Notes the visit that the unit opens, and its person, unless another one was noted meanwhile. */
const noting = ({ desk, on }: Run, { key, days, place, search, person }: Sought) =>
  Effect.gen(function* () {
    const { found, seen } = search ?? (yield* findVisit(desk, key, days, place.visitId))
    const noted = placesOf(found).some(({ visitId }) => visitId === place.visitId)
    if (!noted && found.kind !== 'none') return yield* new Overtaken()
    const known = person ?? (yield* loadPerson(desk, key))
    yield* noteOpening(desk, { key, place, person: known, on, noted, seen })
  })

/** What was posted. `repeated`: in another process, which was killed or is at it too. */
const posted = (run: Run, unit: Unit, { key, place, opens, person }: Sought, outcome: Accepted) =>
  Effect.gen(function* () {
    const { desk, on } = run
    const repeated = 'repeated' in outcome && outcome.repeated
    // An import that was killed before its references came first may have left the visit of this unit without them.
    if (repeated && opens) {
      const known = person ?? (yield* loadPerson(desk, key))
      yield* noteOpening(desk, { key, place, person: known, on, noted: false })
    }
    const findings = repeated ? yield* findingsOnFile(run, unit, place) : outcome.warnings.map(({ reason }) => reason)
    const events = yield* eventsOf(run, place, outcome)
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
    const { place, opens } = sought
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
    const again = run.state.outcomes.get(number)?.kind === 'held'
    if (again && !begunAt(run, unit)) {
      const stays = yield* markRetried(run, unit, place, command, commandId)
      if (stays) return stays
    }
    const issued = issueToAccount(desk, place.accountId, command, commandId, {
      cause: { remittanceId: run.remittanceId, claim: String(number) },
      aggregate: openedOnce(place, options.openMissing),
      before: noteBefore(noting(run, sought)),
    })
    // A claim that is marked for a place is not taken to another: it is held again, and the mark ends.
    const outcome = yield* again ? Effect.catchTag(issued, 'Overtaken', () => Effect.succeed(undefined)) : issued
    if (!outcome) return held(unit, overtaken(patientControlNumber))
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
