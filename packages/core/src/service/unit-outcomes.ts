import * as Effect from 'effect/Effect'
import type { Unit } from '../documents/units.ts'
import { sumOf } from '../kernel/cents.ts'
import { assignReference, executeOnRemittance } from './desk.ts'
import type { ExecuteError } from './execute.ts'
import { lead, numbers, type Posting, type UnitResult } from './posting.ts'

const paidOf = (unit: Unit): number => sumOf(unit.claims, (claim) => claim.paid ?? 0)

/** Rules that judge the advice alone: no other document lifts such a hold. */
const ofItself: ReadonlySet<string> = new Set(['defect', 'B1', 'B2', 'B4', 'predetermination'])

/**
 * Held for want of a visit, of an original, of the reversal between two decisions, of an earlier payer's word: noted
 * under its control number, to be tried again when more of that claim has arrived.
 */
const noteWaiting = (posting: Posting, result: UnitResult): Effect.Effect<void, ExecuteError> => {
  if (result.kind !== 'held' || result.hits.every((hit) => ofItself.has(hit.rule))) return Effect.void
  const claim = lead(result.unit)
  return Effect.asVoid(
    assignReference(
      posting.desk,
      'heldClaim',
      claim.patientControlNumber,
      {
        type: 'AssignReference',
        on: posting.on,
        kind: 'heldClaim',
        target: { remittanceId: posting.remittanceId },
        patientKeys: [],
        expectNone: false,
      },
      `held:${posting.remittanceId}:${claim.number}`,
    ),
  )
}

const recordOutcomes = (posting: Posting, results: readonly UnitResult[]): Effect.Effect<void, ExecuteError> => {
  if (results.length === 0) return Effect.void
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
  return Effect.asVoid(
    executeOnRemittance(
      posting.desk,
      posting.remittanceId,
      { type: 'RecordClaimOutcomes', on: posting.on, posted, held: heldUnits },
      `outcomes:${posting.desk.service.world.uuid()}`,
    ),
  )
}

/** Notes what waits, then records: an outcome that is recorded is never tried again by itself. */
export const finish = (posting: Posting, results: readonly UnitResult[]): Effect.Effect<void, ExecuteError> =>
  Effect.andThen(
    Effect.forEach(results, (result) => noteWaiting(posting, result), { discard: true }),
    recordOutcomes(posting, results),
  )
