import * as Effect from 'effect/Effect'
import type { AdviceClaim, RemittanceAdvice } from '../documents/advice.ts'
import { contentHash, identityOf, payerIdOf } from '../documents/identity.ts'
import { type Cents, formatCents, sumOf, ZERO } from '../kernel/cents.ts'
import type { Day } from '../kernel/day.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import type { RegistryState } from '../registry/registry.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { earlierUnder, recordPairs, rememberCarried } from './carried.ts'
import { assignReference, type Desk, executeOnRemittance, loadReference, loadRemittance, uuidOf } from './desk.ts'
import { isPosted, postedIn } from './open-units.ts'
import { postRemittance } from './post-remittance.ts'
import { type RemittanceReport, reportOn } from './remittance-report.ts'
import { retryWaitingFor } from './retry-waiting.ts'
import type { RunOptions } from './run.ts'
import type { ExecuteError } from './service.ts'

/** Claims are recorded in events of this size; a claim that is larger has an event of its own (ports `limits`). */
const CHUNK_BYTES = 48_000
/** Chunks of one command, and so of one commit: less than a megabyte. */
const CHUNKS_AT_ONCE = 16
const chunksOf = (claims: readonly AdviceClaim[]): readonly (readonly AdviceClaim[])[] => {
  const chunks: AdviceClaim[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const claim of claims) {
    const size = JSON.stringify(claim).length
    if (bytes + size > CHUNK_BYTES) {
      chunks.push([])
      bytes = 0
    }
    chunks.at(-1)?.push(claim)
    bytes += size
  }
  return chunks
}

const totalsOf = (advice: RemittanceAdvice) => ({
  charged: sumOf(advice.claims, (claim) => claim.charge ?? 0),
  paid: sumOf(advice.claims, (claim) => claim.paid ?? 0),
})

/** B7: no payer pays less than nothing; one that is owed carries it forward. */
const belowZero = (paid: Cents): readonly string[] =>
  paid < 0
    ? [
        `B7: the payment (BPR02) is below zero: ${formatCents(paid)}; a deficit is carried forward by PLB FB, with a payment of 0.00`,
      ]
    : []

/** What is noted with the advice; that another date stands in for BPR16 may have been noted by its reader. */
const receivedFindings = (advice: RemittanceAdvice, read: readonly string[]): readonly string[] => [
  ...(advice.dateSource && advice.dateSource !== 'BPR16' && !read.some((finding) => finding.includes('BPR16'))
    ? [`BPR16 is not a date: "${advice.payment?.dateWritten ?? ''}"; ${advice.dateSource} stands in`]
    : []),
  ...belowZero(advice.payment?.amount ?? ZERO),
  ...(advice.payment?.method === 'NON' && advice.payment.amount !== 0 ? ['NON with a payment amount'] : []),
]

const emptyReport = {
  reasons: [],
  differences: [],
  postedClaims: 0,
  recordedClaims: 0,
  duplicateClaims: [],
  held: [],
  findings: [],
  claimFindings: [],
  accounts: [],
}

/**
 * Stores the advice whole: its totals, then its claims in chunks. Nothing is posted before all of it is stored. Gives the
 * remittance as it is left.
 */
const store = (
  desk: Desk,
  id: RemittanceId,
  advice: RemittanceAdvice,
  hash: string,
  today: Day,
  findings: readonly string[],
): Effect.Effect<RemittanceState, ExecuteError> =>
  Effect.gen(function* () {
    const { payment } = advice
    const chunks = chunksOf(advice.claims)
    let { state } = yield* executeOnRemittance(
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
        findings: [...receivedFindings(advice, findings), ...findings],
        ...(advice.date ? { paymentDate: advice.date } : {}),
        ...(advice.currency ? { currency: advice.currency } : {}),
      },
      `receive:${id}`,
    )
    for (let at = 0; at < chunks.length; at += CHUNKS_AT_ONCE) {
      const some = chunks.slice(at, at + CHUNKS_AT_ONCE).map((claims, index) => ({ chunk: at + index + 1, claims }))
      const recorded = yield* executeOnRemittance(
        desk,
        id,
        { type: 'RecordRemittanceClaims', on: today, chunks: some },
        `chunks:${id}:${at + 1}`,
      )
      state = recorded.state
    }
    return state
  })

/**
 * Judges what is stored, once: opens it, with what the payer's earlier payments have left, or holds it. Says whether
 * this import did it, not another one before or at the same time.
 */
const judge = (
  desk: Desk,
  stored: RemittanceState,
  on: Day,
  conflictsWith: RemittanceId | undefined,
): Effect.Effect<{ readonly state: RemittanceState; readonly judged: boolean }, ExecuteError> =>
  Effect.gen(function* () {
    const { received } = stored
    let state = stored
    let judged = false
    if (!received) return { state, judged }
    if (state.standing === 'receiving') {
      const earlier = yield* earlierUnder(desk, stored)
      const opened = yield* executeOnRemittance(
        desk,
        received.remittanceId,
        {
          type: 'OpenRemittance',
          on,
          ...(conflictsWith ? { conflictsWith } : {}),
          ...(earlier.length > 0 ? { earlier } : {}),
        },
        `open:${received.remittanceId}`,
      )
      judged = 'repeated' in opened.outcome && !opened.outcome.repeated
      state = opened.state
    }
    state = yield* recordPairs(desk, state, on)
    if (state.standing === 'open' || state.standing === 'closed') yield* rememberCarried(desk, state, on)
    return { state, judged }
  })

/** Notes whose payment it is, and gives the remittance that was the first of this identity, this one or another. */
const identify = (
  desk: Desk,
  id: RemittanceId,
  identity: string,
  assigned: RegistryState,
  on: Day,
): Effect.Effect<RemittanceId | undefined, ExecuteError> =>
  Effect.gen(function* () {
    const [known] = assigned
    if (known) return known.target.remittanceId
    const outcome = yield* assignReference(
      desk,
      'remittanceIdentity',
      identity,
      {
        type: 'AssignReference',
        on,
        kind: 'remittanceIdentity',
        target: { remittanceId: id },
        patientKeys: [],
        expectNone: true,
      },
      `remittance:${id}`,
    )
    if (outcome.ok) return id
    const [faster] = yield* loadReference(desk, 'remittanceIdentity', identity)
    return faster?.target.remittanceId
  })

/**
 * Takes in one 835 transaction: identity, storing, judging, posting. The same again is a `duplicate`; the same identity
 * with other content is held as a conflict; an import that was killed goes on where it stopped. Of two at once, each
 * reports as posted what it has posted itself. The remittance is loaded once: each step goes on with what the one before
 * it has left.
 */
export const receiveRemittance = (
  desk: Desk,
  advice: RemittanceAdvice,
  options: RunOptions,
  findings: readonly string[] = [],
): Effect.Effect<RemittanceReport, ExecuteError> =>
  Effect.gen(function* () {
    const { world } = desk.service
    if (!advice.payment) {
      return { ...emptyReport, remittanceId: '', outcome: 'skipped' as const, reasons: ['noPayment'] }
    }
    const hash = contentHash(advice, world.sha256)
    const identity = identityOf(advice, hash)
    const id = uuidOf(world.keyedHash('remittance', `${identity}|${hash}`)) as RemittanceId
    const loaded = yield* loadRemittance(desk, id)
    const before = yield* recordPairs(desk, loaded, loaded.received?.effectiveDate ?? world.dayOf(world.now()))
    const assigned = yield* loadReference(desk, 'remittanceIdentity', identity)
    // Given again on a later day, the commands must be those of the first day: their ids are the same.
    const own = assigned.find(({ target }) => target.remittanceId === id)
    const today = own?.effectiveDate ?? before.received?.effectiveDate ?? world.dayOf(world.now())
    const first = yield* identify(desk, id, identity, assigned, today)
    if (isPosted(before) || before.standing === 'held') {
      yield* retryWaitingFor(desk, before)
      return { ...emptyReport, remittanceId: id, outcome: 'duplicate' as const, duplicateClaims: postedIn(before) }
    }
    const stored = yield* store(desk, id, advice, hash, today, findings)
    const { state, judged } = yield* judge(desk, stored, today, first === id ? undefined : first)
    const posted = yield* postRemittance(desk, state, options)
    return yield* reportOn(desk, posted.state, { judged, posted: posted.before })
  })
