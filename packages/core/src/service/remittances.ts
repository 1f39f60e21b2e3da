import * as Effect from 'effect/Effect'
import type { AdviceClaim, RemittanceAdvice } from '../documents/advice.ts'
import { contentHash, identityOf, payerIdOf } from '../documents/identity.ts'
import { type Cents, formatCents, sumOf, ZERO } from '../kernel/cents.ts'
import type { Day } from '../kernel/day.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import { earlierUnder, rememberCarried } from './carried.ts'
import { assignReference, type Desk, executeOnRemittance, loadReference, loadRemittance, uuidOf } from './desk.ts'
import type { ExecuteError } from './execute.ts'
import { isPosted, postedIn, postRemittance, retryWaitingFor } from './post-remittance.ts'
import type { PostingOptions } from './posting.ts'
import { type RemittanceReport, reportOf } from './remittance-report.ts'

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
        findings: [...receivedFindings(advice, findings), ...findings],
        ...(advice.date ? { paymentDate: advice.date } : {}),
        ...(advice.currency ? { currency: advice.currency } : {}),
      },
      `receive:${id}`,
    )
    for (let at = 0; at < chunks.length; at += CHUNKS_AT_ONCE) {
      const some = chunks.slice(at, at + CHUNKS_AT_ONCE).map((claims, index) => ({ chunk: at + index + 1, claims }))
      yield* executeOnRemittance(
        desk,
        id,
        { type: 'RecordRemittanceClaims', on: today, chunks: some },
        `chunks:${id}:${at + 1}`,
      )
    }
  })

/**
 * Judges what is stored, once: opens it, with what the payer's earlier payments have left, or holds it. True where this
 * import did it, not another one before or at the same time.
 */
const open = (desk: Desk, id: RemittanceId, on: Day, conflictsWith: RemittanceId | undefined) =>
  Effect.gen(function* () {
    const { received, standing } = yield* loadRemittance(desk, id)
    if (!received) return false
    let own = false
    if (standing === 'receiving') {
      const earlier = yield* earlierUnder(desk, received)
      const outcome = yield* executeOnRemittance(
        desk,
        id,
        {
          type: 'OpenRemittance',
          on,
          ...(conflictsWith ? { conflictsWith } : {}),
          ...(earlier.length > 0 ? { earlier } : {}),
        },
        `open:${id}`,
      )
      own = 'repeated' in outcome && !outcome.repeated
    }
    const after = yield* loadRemittance(desk, id)
    if (after.standing === 'open' || after.standing === 'closed') yield* rememberCarried(desk, received, on)
    return own
  })

/**
 * Takes in one 835 transaction: identity, storing, judging, posting. The same again is a `duplicate`; the same identity
 * with other content is held as a conflict; an import that was killed goes on where it stopped. Of two at once, each
 * reports as posted what it has posted itself.
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
    const hash = contentHash(advice, world.sha256)
    const identity = identityOf(advice, hash)
    const id = uuidOf(world.keyedHash('remittance', `${identity}|${hash}`)) as RemittanceId
    const before = yield* loadRemittance(desk, id)
    const assigned = yield* loadReference(desk, 'remittanceIdentity', identity)
    // Given again on a later day, the commands must be those of the first day: their ids are the same.
    const own = assigned.find(({ target }) => target.remittanceId === id)
    const today = own?.effectiveDate ?? before.received?.effectiveDate ?? world.dayOf(world.now())
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
    if (isPosted(before) || before.standing === 'held') {
      yield* retryWaitingFor(desk, id)
      return { ...emptyReport, remittanceId: id, outcome: 'duplicate' as const, duplicateClaims: postedIn(before) }
    }
    yield* store(desk, id, advice, hash, today, findings)
    const judged = yield* open(desk, id, today, conflictsWith)
    const posted = yield* postRemittance(desk, id, options)
    return yield* reportOf(desk, id, { judged, posted })
  })
