import * as Effect from 'effect/Effect'
import { canonicalJson } from '../kernel/canonical.ts'
import { sumOf } from '../kernel/cents.ts'
import type { Day } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import type { AdviceClaim, RemittanceAdvice } from '../remittance/advice.ts'
import type { Difference } from '../remittance/events.ts'
import { contentHash, identityOf, payerIdOf } from '../remittance/identity.ts'
import { paysCapitation } from '../remittance/provider-adjustments.ts'
import { remittance } from '../remittance/remittance.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { postingUnits, type Unit } from '../remittance/units.ts'
import {
  assignReference,
  type Desk,
  executeOnAccount,
  executeOnRemittance,
  loadReference,
  remittanceStream,
  uuidOf,
} from './desk.ts'
import { type ExecuteError, load } from './execute.ts'
import { findVisit, type NamedPatient, type Place, placeForNew, rememberPerson, rememberVisit } from './references.ts'

/** How a remittance is to be posted. */
export interface PostingOptions {
  /** Open accounts for claims never seen (clarification 13). */
  readonly openMissing: boolean
}

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

/** Claims of one event: an event has at most 64 KiB (ports `limits`). */
const CHUNK_BYTES = 48_000
/** Units whose outcomes are recorded together, and units in flight. */
const BATCH = 64
const CONCURRENCY = 32

const clear = (leaf: unknown): string | undefined => (typeof leaf === 'string' && leaf !== '' ? leaf : undefined)
const patientOfClaim = (claim: AdviceClaim): NamedPatient => ({
  id: clear(claim.patient.id),
  last: clear(claim.patient.last),
  first: clear(claim.patient.first),
})

const chunksOf = (claims: readonly AdviceClaim[]): readonly (readonly AdviceClaim[])[] => {
  const chunks: AdviceClaim[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const claim of claims) {
    const size = canonicalJson(claim).length
    if (bytes + size > CHUNK_BYTES) {
      chunks.push([])
      bytes = 0
    }
    chunks.at(-1)?.push(claim)
    bytes += size
  }
  return chunks
}

const lead = (unit: Unit): AdviceClaim =>
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

type UnitResult =
  | {
      readonly kind: 'posted' | 'recorded'
      readonly unit: Unit
      readonly place?: Place
      readonly findings: readonly string[]
    }
  | { readonly kind: 'held'; readonly unit: Unit; readonly hits: readonly RuleHit[] }

const held = (unit: Unit, ...hits: RuleHit[]): UnitResult => ({ kind: 'held', unit, hits })

/** What the process needs to know of the remittance while it posts. */
interface Posting {
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
        visit: found.kind === 'found' ? { known: place.visitId } : { open: { ...place } },
      },
      `remit:${name}`,
      { remittanceId: posting.remittanceId, claim: String(claim.number) },
    )
    if (!outcome.ok) return held(unit, ...outcome.hits)
    if (found.kind === 'none') {
      yield* rememberVisit(desk, claim.patientControlNumber, place, patient, payer.payerId, claim.charge, posting.on)
      yield* rememberPerson(desk, payer.payerId, patient, place, posting.on)
    }
    return { kind: predetermination ? 'recorded' : 'posted', unit, place, findings: [] }
  })

/** Held for want of an original or a visit: noted under its control number, to be tried again when that arrives. */
const noteWaiting = (posting: Posting, result: UnitResult): Effect.Effect<void, ExecuteError> => {
  if (result.kind !== 'held' || !result.hits.some((hit) => hit.rule === 'R' || hit.rule === 'match')) return Effect.void
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

/** Posts units: those of one patient in order, others side by side; outcomes are recorded batch by batch. */
const postUnits = (posting: Posting, units: readonly Unit[]): Effect.Effect<readonly UnitResult[], ExecuteError> =>
  Effect.gen(function* () {
    const results: UnitResult[] = []
    for (let at = 0; at < units.length; at += BATCH) {
      const lanes = new Map<string, Unit[]>()
      for (const unit of units.slice(at, at + BATCH)) {
        const patient = patientOfClaim(lead(unit))
        const lane = patient.id ?? `${patient.last ?? ''}|${patient.first ?? ''}`
        const list = lanes.get(lane)
        if (list) list.push(unit)
        else lanes.set(lane, [unit])
      }
      const batch = yield* Effect.forEach(
        [...lanes.values()],
        (lane) => Effect.forEach(lane, (unit) => postUnit(posting, unit)),
        { concurrency: CONCURRENCY },
      )
      const done = batch.flat()
      yield* recordOutcomes(posting, done)
      yield* Effect.forEach(done, (result) => noteWaiting(posting, result), { discard: true })
      results.push(...done)
    }
    return results
  })

const loadRemittance = (desk: Desk, id: string): Effect.Effect<RemittanceState, ExecuteError> =>
  Effect.map(load(desk.service, remittance, remittanceStream(id)), (loaded) => loaded.state)

const postingOf = (
  desk: Desk,
  id: RemittanceId,
  state: RemittanceState,
  options: PostingOptions,
): Posting | undefined => {
  const { received } = state
  const on = (received?.paymentDate ?? state.released?.paymentDate) as Day | undefined
  if (!received || on === undefined) return undefined
  return {
    desk,
    remittanceId: id,
    payer: { payerId: received.payerId, payerName: received.payerName },
    on,
    capitation: paysCapitation(received.providerAdjustments),
    options,
  }
}

/** Units of which nothing was recorded yet, or that are held when `again` asks for them. */
const openUnits = (state: RemittanceState, again: boolean): readonly Unit[] =>
  postingUnits([...state.claims.values()].sort((a, b) => a.number - b.number)).filter((unit) => {
    const outcome = state.outcomes.get(unit.claims[0]?.number ?? 0)
    return outcome === undefined || (again && outcome.kind === 'held')
  })

/** Posts what is open of a remittance; after a crash it goes on where it stopped. Then what had waited for it. */
export const postRemittance = (
  desk: Desk,
  id: RemittanceId,
  options: PostingOptions,
  again = false,
): Effect.Effect<readonly UnitResult[], ExecuteError> =>
  Effect.gen(function* () {
    const state = yield* loadRemittance(desk, id)
    const posting = postingOf(desk, id, state, options)
    if (!posting || state.standing !== 'open') return []
    const results = yield* postUnits(posting, openUnits(state, again))
    for (const result of results) {
      if (result.kind === 'posted' && !again) yield* retryWaiting(desk, lead(result.unit).patientControlNumber, id)
    }
    return results
  })

/** A reversal before its original, an advice before its claim: tried again now that the other has arrived (law L2). */
export const retryWaiting = (desk: Desk, controlNumber: string, except?: string): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const waiting = yield* loadReference(desk, 'heldClaim', controlNumber)
    const ids = new Set(waiting.flatMap(({ target }) => target.remittanceId ?? []))
    for (const id of ids) {
      if (id !== except) yield* postRemittance(desk, id, { openMissing: false }, true)
    }
  })

const totalsOf = (advice: RemittanceAdvice) => ({
  charged: sumOf(advice.claims, (claim) => claim.charge ?? 0),
  paid: sumOf(advice.claims, (claim) => claim.paid ?? 0),
})

const receivedFindings = (advice: RemittanceAdvice): readonly string[] => [
  ...(advice.dateSource && advice.dateSource !== 'BPR16'
    ? [`BPR16 is not a date: "${advice.payment?.dateWritten ?? ''}"; ${advice.dateSource} stands in`]
    : []),
  ...(advice.payment?.method === 'NON' && advice.payment.amount !== 0 ? ['NON with a payment amount'] : []),
]

const emptyReport = {
  reasons: [],
  differences: [],
  postedClaims: 0,
  recordedClaims: 0,
  held: [],
  findings: [],
  accounts: [],
}

/** Stores the advice whole: its totals, then its claims in chunks. Nothing is posted before all of it is stored. */
const store = (
  desk: Desk,
  id: RemittanceId,
  advice: RemittanceAdvice,
  hash: string,
  today: Day,
  findings: readonly string[],
) =>
  Effect.gen(function* () {
    const { payment } = advice
    const chunks = chunksOf(advice.claims)
    yield* executeOnRemittance(
      desk,
      id,
      {
        type: 'ReceiveRemittance',
        on: today,
        remittanceId: id,
        payerId: payerIdOf(advice),
        payerName: advice.payer.name,
        payeeId: advice.payee.id ?? '',
        payeeName: advice.payee.name,
        trace: payment?.trace,
        amount: payment?.amount,
        method: payment?.method,
        contentHash: hash,
        claims: advice.claims.length,
        chunks: chunks.length,
        ...totalsOf(advice),
        providerAdjustments: advice.providerAdjustments,
        findings: [...receivedFindings(advice), ...findings],
        ...(advice.date ? { paymentDate: advice.date } : {}),
        ...(advice.currency ? { currency: advice.currency } : {}),
      },
      `receive:${id}`,
    )
    for (const [at, claims] of chunks.entries()) {
      yield* executeOnRemittance(
        desk,
        id,
        { type: 'RecordRemittanceClaims', on: today, chunk: at + 1, claims },
        `chunk:${id}:${at + 1}`,
      )
    }
  })

/**
 * Takes in one 835 transaction: identity, storing, judging, posting. The same again is a `duplicate`; the same identity
 * with other content is held as a conflict; an import that was killed goes on where it stopped.
 */
export const receiveRemittance = (
  desk: Desk,
  advice: RemittanceAdvice,
  options: PostingOptions,
  findings: readonly string[] = [],
): Effect.Effect<RemittanceReport, ExecuteError> =>
  Effect.gen(function* () {
    const { world } = desk.service
    if (!advice.payment) {
      return { ...emptyReport, remittanceId: '', outcome: 'skipped' as const, reasons: ['noPayment'] }
    }
    const today = world.dayOf(world.now())
    const hash = contentHash(advice, world.sha256)
    const identity = identityOf(advice, hash)
    const id = uuidOf(world.keyedHash('remittance', `${identity}|${hash}`)) as RemittanceId
    yield* assignReference(
      desk,
      'remittanceIdentity',
      identity,
      {
        type: 'AssignReference',
        on: today,
        kind: 'remittanceIdentity',
        target: { remittanceId: id },
        patientKeys: [],
        expectNone: true,
      },
      `remittance:${id}`,
    )
    const [first] = yield* loadReference(desk, 'remittanceIdentity', identity)
    const conflictsWith = first?.target.remittanceId !== id ? first?.target.remittanceId : undefined
    const before = yield* loadRemittance(desk, id)
    const known =
      before.received !== undefined && before.standing !== 'receiving' && openUnits(before, false).length === 0
    if (known || before.standing === 'held') {
      return { ...emptyReport, remittanceId: id, outcome: 'duplicate' as const }
    }
    yield* store(desk, id, advice, hash, today, findings)
    yield* executeOnRemittance(
      desk,
      id,
      { type: 'OpenRemittance', on: today, ...(conflictsWith ? { conflictsWith } : {}) },
      `open:${id}`,
    )
    yield* postRemittance(desk, id, options)
    return yield* reportOf(desk, id)
  })

/** What stands in the book of a remittance, as a report. */
export const reportOf = (desk: Desk, id: RemittanceId): Effect.Effect<RemittanceReport, ExecuteError> =>
  Effect.map(loadRemittance(desk, id), (state): RemittanceReport => {
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
        ...(standing === 'held' ? (state.held?.differences ?? []) : []),
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
  })
