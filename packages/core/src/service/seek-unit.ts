import * as Effect from 'effect/Effect'
import { alone } from '../account/claims/identity/judge.ts'
import { isPredetermination, isReversal } from '../documents/claim-status.ts'
import type { Unit } from '../documents/units.ts'
import { type Desk, presumeNew } from './desk.ts'
import type { Looking } from './identity/looking.ts'
import { visitOfClaim } from './identity/persons.ts'
import type { Place } from './identity/place.ts'
import { isNotedAt } from './identity/references.ts'
import { type LocatedUnit, locateUnit } from './identity/remitted.ts'
import { toldOf } from './identity/search.ts'
import { held, lead, type Run, type UnitResult } from './run.ts'
import type { ExecuteError } from './service.ts'

// Where one unit of an 835 goes: the visit that is its, or that it opens; or why it goes nowhere.

/** Where a process that was killed began to post a held unit: there it goes on, wherever its claim belongs today. */
export const begunAt = (run: Run, unit: Unit): Place | undefined => {
  const outcome = run.state.outcomes.get(unit.claims[0]?.number ?? 0)
  if (outcome?.kind !== 'held' || !outcome.retried) return undefined
  const { accountId, patientId, visitId } = outcome.retried
  return { accountId, patientId, visitId }
}

/** Names a unit for good, and with it the visit that it opens. */
export const unitName = (run: Run, unit: Unit): string => `${run.remittanceId}:${lead(unit).number}`

/** Where a unit goes, and how it is called there. */
export interface Sought extends Omit<LocatedUnit, 'visit'> {
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

export const lookingFor = (run: Run, unit: Unit): Looking => {
  const { desk, payer, options, companies } = run
  const name = unitName(run, unit)
  const { number } = lead(unit)
  return {
    payer,
    remittanceId: run.remittanceId,
    company: companies.get(unit.claims.find(isReversal)?.number ?? number) ?? alone,
    name,
    own: visitOfClaim(desk, name),
    openMissing: options.openMissing,
    named: unit.claims.map((claim) => options.visits?.get(claim.number)).find((visit) => visit !== undefined),
  }
}

export const seek = (run: Run, unit: Unit): Effect.Effect<Sought | UnitResult, ExecuteError> =>
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
