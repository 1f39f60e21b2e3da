import * as Effect from 'effect/Effect'
import { isPredetermination, isReversal } from '../documents/claim-status.ts'
import { followsReversal, type Unit } from '../documents/units.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import { countsFrom } from '../remittance/state.ts'
import { loadReference, loadRemittance } from './desk.ts'
import { waitingUnder } from './identity/place.ts'
import { lead, type Run } from './run.ts'
import type { ExecuteError } from './service.ts'

const awaits = (remittanceId: string, claim: number): RuleHit =>
  precondition(
    'R',
    `it follows a reversal that waits for its original (remittance ${remittanceId}, claim ${claim})`,
    'import the remittance that paid it first, or reject that reversal; then release this claim',
  )

/**
 * A decision whose reversal waits for its original waits too, though they came in two advices (law L2, clarification 4):
 * posted as a first decision, it would keep out the original, and the reversal for good. Gives why the unit must wait,
 * or nothing. A person who rejects the reversal lets the decision go.
 */
export const awaitedReversal = (
  { desk, remittanceId, payer, on }: Run,
  unit: Unit,
): Effect.Effect<RuleHit | undefined, ExecuteError> =>
  Effect.gen(function* () {
    if (unit.claims.some((claim) => isReversal(claim) || isPredetermination(claim))) return undefined
    const waiting = yield* loadReference(desk, 'heldClaim', waitingUnder(lead(unit).patientControlNumber))
    for (const id of new Set(waiting.flatMap(({ target }) => target.remittanceId ?? []))) {
      if (id === remittanceId) continue
      const state = yield* loadRemittance(desk, id)
      const reversedOn = countsFrom(state)
      if (state.received?.payerId !== payer.payerId || reversedOn === undefined) continue
      for (const [number, outcome] of state.outcomes) {
        const reversal = state.claims.get(number)
        if (outcome.kind !== 'held' || !reversal) continue
        const dated = { claim: reversal, on: reversedOn }
        if (unit.claims.some((claim) => followsReversal({ claim, on }, dated))) return awaits(id, number)
      }
    }
    return undefined
  })
