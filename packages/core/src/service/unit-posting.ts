import * as Effect from 'effect/Effect'
import { sumOf } from '../kernel/cents.ts'
import type { Day } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import type { AdviceClaim } from '../remittance/advice.ts'
import type { Unit } from '../remittance/units.ts'
import { assignReference, type Desk, executeOnAccount, executeOnRemittance, presumeNew } from './desk.ts'
import type { ExecuteError } from './execute.ts'
import {
  findVisit,
  type NamedPatient,
  type Place,
  placeForNew,
  rememberPerson,
  rememberVisit,
  visitOfClaim,
} from './references.ts'

/** How a remittance is to be posted. */
export interface PostingOptions {
  /** Open accounts for claims never seen (clarification 13). */
  readonly openMissing: boolean
  /** Units whose outcomes are recorded together; 256 when absent. What is posted does not depend on it (law P4). */
  readonly batch?: number | undefined
  /** Units in flight; 256 when absent: those of one tick share a commit. */
  readonly concurrency?: number | undefined
}

const BATCH = 256
const CONCURRENCY = 256

const clear = (leaf: unknown): string | undefined => (typeof leaf === 'string' && leaf !== '' ? leaf : undefined)
const patientOfClaim = (claim: AdviceClaim): NamedPatient => ({
  id: clear(claim.patient.id),
  last: clear(claim.patient.last),
  first: clear(claim.patient.first),
})

/** The claim that speaks for a unit: the first that is no reversal. */
export const lead = (unit: Unit): AdviceClaim =>
  (unit.claims.find((claim) => claim.status !== '22') ?? unit.claims[0]) as AdviceClaim
const numbers = (unit: Unit): readonly number[] => unit.claims.map((claim) => claim.number)
const paidOf = (unit: Unit): number => sumOf(unit.claims, (claim) => claim.paid ?? 0)

const repeated: RuleHit = {
  rule: 'repeatedClaim',
  reason: 'the advice holds this claim twice, and neither is a reversal',
  citation: 'postings.md, clarification 10',
  jurisdiction: 'daybook',
  requiredAction: 'ask the payer which one counts; reject the claim or post it by hand',
}

const unmatched = (count: number, controlNumber: string): RuleHit => ({
  rule: 'match',
  reason:
    count === 0
      ? `no visit carries the control number ${controlNumber} for this patient`
      : `${count} visits carry the control number ${controlNumber} for this patient`,
  citation: 'postings.md, claim and charge identity',
  jurisdiction: 'daybook',
  requiredAction: 'import the claim (837) or open the account, then release the claim; or import with --open-missing',
})

export type UnitResult =
  | {
      readonly kind: 'posted' | 'recorded'
      readonly unit: Unit
      readonly place?: Place
      readonly findings: readonly string[]
    }
  | { readonly kind: 'held'; readonly unit: Unit; readonly hits: readonly RuleHit[] }

const held = (unit: Unit, ...hits: RuleHit[]): UnitResult => ({ kind: 'held', unit, hits })

/** What the process needs to know of the remittance while it posts. */
export interface Posting {
  readonly desk: Desk
  readonly remittanceId: RemittanceId
  readonly payer: { readonly payerId: string; readonly payerName: string }
  readonly on: Day
  readonly capitation: boolean
  readonly options: PostingOptions
}

/** One unit to its account: find the visit, or open one, and issue one idempotent command. */
const postUnit = (posting: Posting, unit: Unit): Effect.Effect<UnitResult, ExecuteError> =>
  Effect.gen(function* () {
    const { desk, options, payer } = posting
    if (unit.problem === 'repeatedClaim') return held(unit, repeated)
    const claim = lead(unit)
    const patient = patientOfClaim(claim)
    const found = yield* findVisit(desk, claim.patientControlNumber, patient, payer.payerId, claim.charge)
    const predetermination = unit.claims.every((each) => each.status === '25')
    const reversal = unit.claims.some((each) => each.status === '22')
    if (found.kind !== 'found' && predetermination)
      return { kind: 'recorded', unit, findings: ['predetermination: no ledger event'] }
    if (found.kind === 'ambiguous') return held(unit, unmatched(found.count, claim.patientControlNumber))
    if (found.kind === 'none' && !options.openMissing && !reversal) {
      return held(unit, unmatched(0, claim.patientControlNumber))
    }
    const name = `${posting.remittanceId}:${claim.number}`
    const place = found.kind === 'found' ? found.place : yield* placeForNew(desk, payer.payerId, patient, name)
    if (found.kind === 'none') presumeNew(desk, place.accountId)
    // A visit that this very unit opened, before its process was killed: the same command again, not another one.
    const opens = found.kind === 'none' || place.visitId === visitOfClaim(desk, name)
    const outcome = yield* executeOnAccount(
      desk,
      place.accountId,
      {
        type: 'PostRemittedClaims',
        on: posting.on,
        remittanceId: posting.remittanceId,
        payer,
        capitation: posting.capitation,
        claims: unit.claims,
        visit: opens ? { open: { ...place } } : { known: place.visitId },
      },
      `remit:${name}`,
      { remittanceId: posting.remittanceId, claim: String(claim.number) },
    )
    if (!outcome.ok) return held(unit, ...outcome.hits)
    if (opens) {
      yield* Effect.all(
        [
          rememberVisit(desk, claim.patientControlNumber, place, patient, payer.payerId, claim.charge, posting.on),
          rememberPerson(desk, payer.payerId, patient, place, posting.on),
        ],
        { concurrency: 2, discard: true },
      )
    }
    return { kind: predetermination ? 'recorded' : 'posted', unit, place, findings: [] }
  })

/** Rules that judge the advice alone: no other document lifts such a hold. */
const ofItself: ReadonlySet<string> = new Set(['defect', 'B1', 'B2', 'B4'])

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
    result.kind === 'held'
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

/** Posts units: those of one patient in order, others side by side. */
const postBatch = (posting: Posting, units: readonly Unit[]): Effect.Effect<readonly UnitResult[], ExecuteError> => {
  const lanes = new Map<string, Unit[]>()
  for (const unit of units) {
    const patient = patientOfClaim(lead(unit))
    const lane = patient.id ?? `${patient.last ?? ''}|${patient.first ?? ''}`
    const list = lanes.get(lane)
    if (list) list.push(unit)
    else lanes.set(lane, [unit])
  }
  const { concurrency = CONCURRENCY } = posting.options
  return Effect.map(
    Effect.forEach([...lanes.values()], (lane) => Effect.forEach(lane, (unit) => postUnit(posting, unit)), {
      concurrency,
    }),
    (results) => results.flat(),
  )
}

/** Notes what waits, then records: an outcome that is recorded is never tried again by itself. */
const finish = (posting: Posting, results: readonly UnitResult[]): Effect.Effect<void, ExecuteError> =>
  Effect.andThen(
    Effect.forEach(results, (result) => noteWaiting(posting, result), { discard: true }),
    recordOutcomes(posting, results),
  )

/** Posts units batch by batch; the outcomes of each are recorded beside the next, in the same commits. */
export const postUnits = (
  posting: Posting,
  units: readonly Unit[],
): Effect.Effect<readonly UnitResult[], ExecuteError> =>
  Effect.gen(function* () {
    const { batch: size = BATCH } = posting.options
    const results: UnitResult[] = []
    let before: readonly UnitResult[] = []
    for (let at = 0; at < units.length; at += size) {
      const [posted] = yield* Effect.all([postBatch(posting, units.slice(at, at + size)), finish(posting, before)], {
        concurrency: 2,
      })
      results.push(...posted)
      before = posted
    }
    yield* finish(posting, before)
    return results
  })
