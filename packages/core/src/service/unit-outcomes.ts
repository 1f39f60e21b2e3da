import * as Effect from 'effect/Effect'
import { askedByAdvice } from '../account/claims/identity/asked.ts'
import type { AdviceClaim } from '../documents/advice.ts'
import { isNumber, isSameNumber } from '../documents/control-number.ts'
import type { Unit } from '../documents/units.ts'
import { sumOf } from '../kernel/cents.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { assignReference, executeOnRemittance } from './desk.ts'
import { waitingUnder, whoWaits } from './identity/place.ts'
import { lead, numbers, type Run, type UnitResult } from './run.ts'
import type { ExecuteError } from './service.ts'

const paidOf = (unit: Unit): number => sumOf(unit.claims, (claim) => claim.paid ?? 0)

/** Rules that judge the advice alone: no other document lifts such a hold. */
const ofItself: ReadonlySet<string> = new Set(['defect', 'B1', 'B2', 'B4', 'predetermination'])

/**
 * Held for want of a visit, of an original, of the reversal between two decisions, of an earlier payer's word: noted
 * under its control number, or with its patient where it has none, to be tried again when more of that claim has arrived.
 */
const noteWaiting = (run: Run, result: UnitResult): Effect.Effect<void, ExecuteError> => {
  if (result.kind !== 'held' || result.hits.every((hit) => ofItself.has(hit.rule))) return Effect.void
  const claim = lead(result.unit)
  // A reversal and its correction may have two numbers of one visit: either may be what comes.
  const others = result.unit.claims.filter(
    (one) => isNumber(one.patientControlNumber) && !isSameNumber(one.patientControlNumber, claim.patientControlNumber),
  )
  return Effect.forEach([claim, ...others], (one) => noteWaitingAs(run, one), { discard: true })
}

const noteWaitingAs = (run: Run, claim: AdviceClaim): Effect.Effect<void, ExecuteError> => {
  const isNumbered = isNumber(claim.patientControlNumber)
  return Effect.asVoid(
    assignReference(
      run.desk,
      'heldClaim',
      waitingUnder(claim.patientControlNumber),
      {
        type: 'AssignReference',
        on: run.on,
        kind: 'heldClaim',
        target: { remittanceId: run.remittanceId },
        patientKeys: isNumbered ? [] : [...whoWaits(run.desk, askedByAdvice(claim, run.payer))],
        expectNone: false,
      },
      `held:${run.remittanceId}:${claim.number}${isNumbered ? '' : ':patient'}`,
    ),
  )
}

const recordOutcomes = (
  run: Run,
  results: readonly UnitResult[],
): Effect.Effect<RemittanceState | undefined, ExecuteError> => {
  if (results.length === 0) return Effect.succeed(undefined)
  const posted = results.flatMap((result) =>
    result.kind === 'held' || result.kind === 'left'
      ? []
      : [
          {
            claims: numbers(result.unit),
            outcome: result.kind,
            amount: paidOf(result.unit),
            findings: result.findings,
            ...(result.place ? { accountId: result.place.accountId, visitId: result.place.visitId } : {}),
          },
        ],
  )
  const heldUnits = results.flatMap((result) =>
    result.kind === 'held'
      ? [
          {
            claims: numbers(result.unit),
            amount: paidOf(result.unit),
            ...(result.candidates?.length ? { candidates: result.candidates } : {}),
            reasons: result.hits.map(({ rule, reason, requiredAction }) => ({
              rule,
              reason: reason.slice(0, 400),
              ...(requiredAction ? { requiredAction: requiredAction.slice(0, 200) } : {}),
            })),
            differences: result.hits.flatMap(({ rule, amount }) =>
              amount === undefined
                ? []
                : [{ level: 'claim' as const, reference: lead(result.unit).patientControlNumber, rule, amount }],
            ),
          },
        ]
      : [],
  )
  return Effect.map(
    executeOnRemittance(
      run.desk,
      run.remittanceId,
      { type: 'RecordClaimOutcomes', on: run.on, posted, held: heldUnits },
      `outcomes:${run.desk.service.world.uuid()}`,
    ),
    ({ state }) => state,
  )
}

/**
 * Notes what waits, then records: an outcome that is recorded is never tried again by itself. Gives the remittance as
 * it is left, or nothing where there was nothing to record.
 */
export const finish = (
  run: Run,
  results: readonly UnitResult[],
): Effect.Effect<RemittanceState | undefined, ExecuteError> =>
  Effect.andThen(
    Effect.forEach(results, (result) => noteWaiting(run, result), { discard: true }),
    recordOutcomes(run, results),
  )
