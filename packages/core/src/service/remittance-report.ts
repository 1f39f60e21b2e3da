import * as Effect from 'effect/Effect'
import type { Unit } from '../documents/units.ts'
import type { RuleHit } from '../kernel/decision.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import { conflictDifferences } from '../remittance/conflict.ts'
import type { Difference, RemittanceClaimHeld } from '../remittance/events.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { type Desk, loadRemittance } from './desk.ts'
import { unitsOf } from './open-units.ts'
import { lead } from './run.ts'
import type { ExecuteError } from './service.ts'

/** One reason why a unit is held, as the book keeps it: without the citation, which the rule's page has. */
export type HeldReason = Pick<RuleHit, 'rule' | 'reason' | 'requiredAction'>

export interface HeldUnit {
  readonly claims: readonly number[]
  readonly patientControlNumber: string
  readonly hits: readonly HeldReason[]
  readonly amount: number
  /** The visits that it could be of, and what distinguishes them: its release names one. */
  readonly candidates: NonNullable<RemittanceClaimHeld['candidates']>
}

/**
 * Something that a check found wrong with a claim, or claims that only post together, without holding them; or what
 * could not be read of a claim whose advice is held whole.
 */
export interface ClaimFinding {
  readonly claims: readonly number[]
  readonly patientControlNumber: string
  readonly message: string
}

/** What became of one 835 transaction. Amounts in cents. */
export interface RemittanceReport {
  readonly remittanceId: string
  readonly outcome: 'posted' | 'partial' | 'held' | 'duplicate' | 'skipped' | 'rejected'
  readonly reasons: readonly string[]
  readonly differences: readonly Difference[]
  readonly conflictsWith?: string | undefined
  readonly postedClaims: number
  readonly recordedClaims: number
  /** Numbers of the claims that another import, at the same time or one that was killed, had posted before this one. */
  readonly duplicateClaims: readonly number[]
  readonly held: readonly HeldUnit[]
  /** Of the advice itself. */
  readonly findings: readonly string[]
  readonly claimFindings: readonly ClaimFinding[]
  readonly accounts: readonly string[]
}

/** How much of it an import did itself. */
interface Share {
  /** It opened or held the remittance. */
  readonly judged: boolean
  /** Claims that it found posted. */
  readonly posted: readonly number[]
}

const allOfIt: Share = { judged: true, posted: [] }

/** A remittance as it was seen, as a report; told by an import, only what it did itself is posted. */
export const reportOn = (
  desk: Desk,
  state: RemittanceState,
  share: Share = allOfIt,
): Effect.Effect<RemittanceReport, ExecuteError> =>
  Effect.gen(function* () {
    const other = state.held?.conflictsWith
    const conflict = other === undefined ? [] : conflictDifferences(yield* loadRemittance(desk, other), state)
    return report(state, conflict, share)
  })

/** What stands in the book of a remittance, as a report. */
export const reportOf = (desk: Desk, id: RemittanceId): Effect.Effect<RemittanceReport, ExecuteError> =>
  Effect.flatMap(loadRemittance(desk, id), (state) => reportOn(desk, state))

/** A unit as it is called in reports: its claims and whose they are. */
const nameOf = (unit: Unit) => ({
  claims: unit.claims.map(({ number }) => number),
  patientControlNumber: lead(unit).patientControlNumber,
})

const heldUnits = (units: readonly Unit[], { outcomes }: RemittanceState): readonly HeldUnit[] =>
  units.flatMap((unit): HeldUnit[] => {
    const outcome = outcomes.get(unit.claims[0]?.number ?? 0)
    if (outcome?.kind !== 'held') return []
    const { amount, reasons, candidates = [] } = outcome.event
    return [{ ...nameOf(unit), amount, hits: reasons, candidates }]
  })

const findingsOf = (
  units: readonly Unit[],
  { outcomes }: RemittanceState,
  before: ReadonlySet<number>,
): readonly ClaimFinding[] =>
  units.flatMap((unit) => {
    const name = nameOf(unit)
    const [number = 0] = name.claims
    const outcome = outcomes.get(number)
    if (outcome?.kind !== 'posted' || before.has(number)) return []
    return outcome.event.findings.map((message) => ({ ...name, message }))
  })

/** What could not be read of the claims of an advice that is held whole: it may be why. */
const defectsOf = ({ claims }: RemittanceState): readonly ClaimFinding[] =>
  [...claims.values()].flatMap(({ number, patientControlNumber, defects }) =>
    defects.map((message) => ({ claims: [number], patientControlNumber, message })),
  )

/** An import that neither judged the remittance nor posted or held anything of it has brought what was there. */
const outcomeOf = (
  { standing }: RemittanceState,
  { judged, posted: before }: Share,
  did: { readonly posted: number; readonly held: number },
): RemittanceReport['outcome'] => {
  if (standing === 'held') return judged ? 'held' : 'duplicate'
  if (standing === 'rejected') return 'rejected'
  if (did.held > 0) return 'partial'
  return did.posted === 0 && (before.length > 0 || !judged) ? 'duplicate' : 'posted'
}

const report = (state: RemittanceState, conflict: readonly Difference[], share: Share): RemittanceReport => {
  const units = unitsOf(state, [...state.claims.values()])
  const held = heldUnits(units, state)
  const before = new Set(share.posted)
  const posted = [...state.outcomes].flatMap(([number, outcome]) =>
    outcome.kind === 'posted' && !before.has(number) ? [outcome.event] : [],
  )
  const { standing } = state
  const outcome = outcomeOf(state, share, { posted: posted.length, held: held.length })
  return {
    remittanceId: state.received?.remittanceId ?? '',
    outcome,
    reasons: outcome === 'duplicate' ? [] : (state.held?.reasons ?? []),
    differences:
      outcome === 'duplicate'
        ? []
        : [
            ...(standing === 'held' ? [...(state.held?.differences ?? []), ...conflict] : []),
            ...[...new Set([...state.outcomes.values()].flatMap((o) => (o.kind === 'held' ? [o.event] : [])))].flatMap(
              (event) => event.differences,
            ),
          ],
    conflictsWith: state.held?.conflictsWith,
    postedClaims: posted.filter((event) => event.outcome === 'posted').length,
    recordedClaims: posted.filter((event) => event.outcome === 'recorded').length,
    duplicateClaims: [...before],
    held,
    findings: state.received?.findings ?? [],
    claimFindings: outcome === 'held' ? defectsOf(state) : findingsOf(units, state, before),
    accounts: [...new Set(posted.flatMap(({ accountId }) => accountId ?? []))],
  }
}
