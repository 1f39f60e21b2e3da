import * as Effect from 'effect/Effect'
import type { RuleHit } from '../kernel/decision.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import { conflictDifferences } from '../remittance/conflict.ts'
import type { Difference } from '../remittance/events.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { postingUnits } from '../remittance/units.ts'
import type { Desk } from './desk.ts'
import type { ExecuteError } from './execute.ts'
import { loadRemittance } from './post-remittance.ts'
import { lead } from './unit-posting.ts'

export interface HeldUnit {
  readonly claims: readonly number[]
  readonly patientControlNumber: string
  readonly hits: readonly RuleHit[]
  readonly amount: number
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
  readonly held: readonly HeldUnit[]
  readonly findings: readonly string[]
  readonly accounts: readonly string[]
}

/** What stands in the book of a remittance, as a report. */
export const reportOf = (desk: Desk, id: RemittanceId): Effect.Effect<RemittanceReport, ExecuteError> =>
  Effect.gen(function* () {
    const state = yield* loadRemittance(desk, id)
    const other = state.held?.conflictsWith
    const conflict = other === undefined ? [] : conflictDifferences(yield* loadRemittance(desk, other), state)
    return report(id, state, conflict)
  })

const report = (id: RemittanceId, state: RemittanceState, conflict: readonly Difference[]): RemittanceReport => {
  const units = postingUnits([...state.claims.values()])
  const held = units.flatMap((unit): HeldUnit[] => {
    const outcome = state.outcomes.get(unit.claims[0]?.number ?? 0)
    if (outcome?.kind !== 'held') return []
    const { event } = outcome
    return [
      {
        claims: event.claims,
        patientControlNumber: lead(unit).patientControlNumber,
        amount: event.amount,
        hits: event.reasons.map((reason) => ({ ...reason, citation: '', jurisdiction: '' })),
      },
    ]
  })
  const posted = [...state.outcomes.values()].filter((outcome) => outcome.kind === 'posted')
  const accounts = new Set(
    posted.flatMap((outcome) => (outcome.kind === 'posted' ? (outcome.event.accountId ?? []) : [])),
  )
  const { standing } = state
  return {
    remittanceId: id,
    outcome:
      standing === 'held' ? 'held' : standing === 'rejected' ? 'rejected' : held.length > 0 ? 'partial' : 'posted',
    reasons: state.held?.reasons ?? [],
    differences: [
      ...(standing === 'held' ? [...(state.held?.differences ?? []), ...conflict] : []),
      ...[...new Set([...state.outcomes.values()].flatMap((o) => (o.kind === 'held' ? [o.event] : [])))].flatMap(
        (event) => event.differences,
      ),
    ],
    conflictsWith: state.held?.conflictsWith,
    postedClaims: posted.filter((o) => o.kind === 'posted' && o.event.outcome === 'posted').length,
    recordedClaims: posted.filter((o) => o.kind === 'posted' && o.event.outcome === 'recorded').length,
    held,
    findings: state.received?.findings ?? [],
    accounts: [...accounts],
  }
}
