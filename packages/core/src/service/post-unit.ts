import * as Effect from 'effect/Effect'
import type { PostRemittedClaims } from '../account/claims/commands.ts'
import type { AdviceClaim } from '../documents/advice.ts'
import { isPredetermination, isReversal } from '../documents/claim-status.ts'
import type { Unit } from '../documents/units.ts'
import { maxDay } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import { awaitedReversal } from './awaited-reversal.ts'
import type { ClaimIdentity, Place, ServiceDays } from './claim-identity.ts'
import { accountStream, executeOnRemittance, issueToAccount, loadAccount, presumeNew, refusalOf } from './desk.ts'
import { type Found, findVisit, type Search } from './find-visit.ts'
import {
  loadPerson,
  note,
  noteBefore,
  Overtaken,
  openedOnce,
  type Person,
  placeForNew,
  visitOfClaim,
} from './opening.ts'
import { held, lead, numbers, patientOfClaim, type Run, type UnitResult } from './run.ts'
import type { ExecuteError } from './service.ts'
import { overtaken, paidInAdvance, repeated, unmatched } from './unit-holds.ts'

const daysOf = (claim: AdviceClaim): readonly ServiceDays[] => {
  const days = [{ serviceFrom: claim.statementFrom, serviceTo: claim.statementTo }, ...claim.lines]
  return days.flatMap(({ serviceFrom, serviceTo }) => {
    const from = serviceFrom ?? serviceTo
    return from === undefined ? [] : [{ from, to: maxDay(from, serviceTo ?? from) }]
  })
}

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

/** Whose claim a unit is, and where its visit is found. */
interface Sought {
  readonly key: ClaimIdentity
  readonly days: readonly ServiceDays[]
  readonly place: Place
  /** What the number names; absent where a process that was killed had begun the unit at `place`. */
  readonly search?: Search | undefined
  readonly person?: Person | undefined
}

/** Notes the visit that the unit opens, and its person, unless another one was noted meanwhile. */
const noting = ({ desk, on }: Run, { key, days, place, search, person }: Sought) =>
  Effect.gen(function* () {
    const { found, seen } = search ?? (yield* findVisit(desk, key, days))
    const noted = placesOf(found).some(({ visitId }) => visitId === place.visitId)
    if (!noted && found.kind !== 'none') return yield* new Overtaken()
    const known = person ?? (yield* loadPerson(desk, key))
    yield* note(desk, { key, place, person: known, on, noted, seen })
  })

const placesOf = (found: Found): readonly Place[] =>
  found.kind === 'none' ? [] : found.kind === 'found' ? [found.place] : found.places

/** Why a unit is held whose number tells no place, or nothing. */
const unplaced = ({ options }: Run, unit: Unit, found: Found): RuleHit | undefined => {
  const { patientControlNumber } = lead(unit)
  if (found.kind === 'ambiguous' || found.kind === 'otherDays') {
    return unmatched(found.places.length, patientControlNumber)
  }
  const opens = options.openMissing || unit.claims.some(isReversal)
  return found.kind === 'none' && !opens ? unmatched(0, patientControlNumber) : undefined
}

const attempt = (run: Run, unit: Unit): Effect.Effect<UnitResult, ExecuteError | Overtaken> =>
  Effect.gen(function* () {
    const { desk, options, payer } = run
    const claim = lead(unit)
    const patient = patientOfClaim(claim)
    const { patientControlNumber: controlNumber, charge } = claim
    const key: ClaimIdentity = { controlNumber, patient, payerId: payer.payerId, charge }
    const days = daysOf(claim)
    const begun = begunAt(run, unit)
    const search = begun ? undefined : yield* findVisit(desk, key, days)
    const found: Found = begun ? { kind: 'found', place: begun } : (search?.found ?? { kind: 'none' })
    const predetermination = unit.claims.every(isPredetermination)
    if (found.kind !== 'found' && predetermination)
      return { kind: 'recorded', unit, findings: ['predetermination: no ledger event'], repeated: false }
    const homeless = unplaced(run, unit, found)
    if (homeless) return held(unit, homeless)
    const name = `${run.remittanceId}:${claim.number}`
    const own = visitOfClaim(desk, name)
    const person = found.kind === 'none' ? yield* loadPerson(desk, key) : undefined
    const places = placesOf(found)
    const place =
      places.find(({ visitId }) => visitId === own) ?? places[0] ?? placeForNew(desk, key, person ?? {}, name)
    if (person && !person.assigned) presumeNew(desk, place.accountId)
    // A visit that this very unit opened, before its process was killed: the same command again, not another one.
    const opens = found.kind === 'none' || place.visitId === own
    const command: PostRemittedClaims = {
      type: 'PostRemittedClaims',
      on: run.on,
      remittanceId: run.remittanceId,
      payer,
      capitation: run.capitation,
      claims: [...unit.claims],
      visit: opens ? { open: { ...place } } : { known: place.visitId },
    }
    const commandId = `remit:${name}`
    const aggregate = openedOnce(place, options.openMissing)
    const awaited = yield* awaitedReversal(run, unit)
    if (awaited && !(yield* isTaken(run, place, commandId))) return held(unit, awaited)
    const again = run.state.outcomes.get(claim.number)?.kind === 'held'
    if (again && !begun) {
      const stays = yield* markRetried(run, unit, place, command, commandId)
      if (stays) return stays
    }
    const sought: Sought = { key, days, place, search, person }
    const issued = issueToAccount(desk, place.accountId, command, commandId, {
      cause: { remittanceId: run.remittanceId, claim: String(claim.number) },
      aggregate,
      before: noteBefore(noting(run, sought)),
    })
    // A claim that is marked for a place is not taken to another: it is held again, and the mark ends.
    const outcome = yield* again ? Effect.catchTag(issued, 'Overtaken', () => Effect.succeed(undefined)) : issued
    if (!outcome) return held(unit, overtaken(controlNumber))
    if (!outcome.ok) return held(unit, ...outcome.hits)
    const before = 'repeated' in outcome && outcome.repeated
    // An import that was killed before its references came first may have left the visit of this unit without them.
    if (before && opens) {
      const known = person ?? (yield* loadPerson(desk, key))
      yield* note(desk, { key, place, person: known, on: run.on, noted: false })
    }
    const findings = before ? yield* findingsOnFile(run, unit, place) : outcome.warnings.map(({ reason }) => reason)
    const alone = 'events' in outcome && outcome.events.every((type) => type === 'ClaimAdjudicated')
    return { kind: predetermination || alone ? 'recorded' : 'posted', unit, place, findings, repeated: before }
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
