import * as Effect from 'effect/Effect'
import type { AdviceClaim, ProviderAdjustment, RemittanceAdvice } from '../documents/advice.ts'
import { payerIdOf } from '../documents/identity.ts'
import { type Cents, formatCents, sumOf, ZERO } from '../kernel/cents.ts'
import type { Day } from '../kernel/day.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import { LimitExceeded } from '../ports/errors.ts'
import { limits } from '../ports/event-store.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { type Desk, executeOnRemittance } from './desk.ts'
import type { ExecuteError } from './service.ts'

/** Claims are recorded in events of this size; a claim that is larger has an event of its own (ports `limits`). */
const CHUNK_BYTES = 48_000
/** Chunks of one command, and so of one commit: less than a megabyte. */
const CHUNKS_AT_ONCE = 16
/** What an event has besides what it says: its names, its salt, its cause. */
const ENVELOPE_BYTES = 4_096
const MOST_BYTES = limits.eventBytes - ENVELOPE_BYTES

/** An advice as it is to be stored. */
export interface Storing {
  readonly advice: RemittanceAdvice
  readonly hash: string
  readonly today: Day
  /** What its reader has noted. */
  readonly findings: readonly string[]
}

/** Bytes of UTF-8. JSON writes half a character as an escape, so a surrogate is one of a pair: two bytes each. */
const bytesOf = (text: string): number => {
  let bytes = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3
  }
  return bytes
}

/** A UTF-16 unit is at most three bytes of UTF-8: most texts need no count. */
const isTooLong = (text: string): boolean => text.length * 3 > MOST_BYTES && bytesOf(text) > MOST_BYTES

/** Members of a list in parts of the size of an event, in their order; and the first that no event holds. */
const inParts = <T>(members: readonly T[]): { readonly parts: readonly (readonly T[])[]; readonly over?: T } => {
  const parts: T[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const member of members) {
    const text = JSON.stringify(member)
    if (isTooLong(text)) return { parts, over: member }
    if (bytes + text.length > CHUNK_BYTES) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)?.push(member)
    bytes += text.length
  }
  return { parts }
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

/** What is said of a payment at its beginning, its provider adjustments apart. */
const headingOf = ({ advice, hash, today, findings }: Storing) => ({
  type: 'ReceiveRemittance',
  on: today,
  payerId: payerIdOf(advice),
  payerName: advice.payer.name,
  payeeId: advice.payee.id ?? '',
  payeeName: advice.payee.name,
  trace: advice.payment?.trace,
  amount: advice.payment?.amount,
  method: advice.payment?.method,
  contentHash: hash,
  claims: advice.claims.length,
  ...totalsOf(advice),
  findings: [...receivedFindings(advice, findings), ...findings],
  ...(advice.date ? { paymentDate: advice.date } : {}),
  ...(advice.currency ? { currency: advice.currency } : {}),
})

/** A part of what an advice says, as it is recorded. */
interface Part {
  readonly claims: readonly AdviceClaim[]
  readonly providerAdjustments?: readonly ProviderAdjustment[]
}

/** An advice in the parts in which it is stored. */
export interface Divided {
  /** Provider adjustments of the first event: all, or none where they are too many for it and follow behind the claims. */
  readonly first: readonly ProviderAdjustment[]
  readonly parts: readonly Part[]
}

const tooLarge = (what: string): LimitExceeded => {
  const message = `${what}: more than the ${limits.eventBytes} bytes of an event; nothing of this remittance was taken in`
  return new LimitExceeded({ limit: 'eventBytes', message })
}

/**
 * By the advice alone, so that an import that was killed finds each part again. Fails where no event holds what can not be
 * taken apart: before anything of the payment is written, its identity with it.
 */
export const divide = (storing: Storing): Effect.Effect<Divided, LimitExceeded> =>
  Effect.suspend((): Effect.Effect<Divided, LimitExceeded> => {
    const { claims, providerAdjustments } = storing.advice
    const heading = JSON.stringify(headingOf(storing))
    if (isTooLong(heading)) return Effect.fail(tooLarge(`the ${storing.findings.length} findings on this payment`))
    const { parts, over } = inParts(claims)
    if (over) return Effect.fail(tooLarge(`claim ${over.patientControlNumber} with its ${over.lines.length} lines`))
    const ofClaims = parts.map((some): Part => ({ claims: some }))
    if (!isTooLong(heading + JSON.stringify(providerAdjustments))) {
      return Effect.succeed({ first: providerAdjustments, parts: ofClaims })
    }
    const ofPairs = inParts(providerAdjustments).parts.map((some): Part => ({ claims: [], providerAdjustments: some }))
    return Effect.succeed({ first: [], parts: [...ofClaims, ...ofPairs] })
  })

/**
 * Stores the advice whole: its totals, then its claims in chunks, and provider adjustments that are too many for the
 * first event. Nothing is posted before all of it is stored. Gives the remittance as it is left.
 */
export const storeRemittance = (
  desk: Desk,
  id: RemittanceId,
  storing: Storing,
  { first, parts }: Divided,
): Effect.Effect<RemittanceState, ExecuteError> =>
  Effect.gen(function* () {
    let { state } = yield* executeOnRemittance(
      desk,
      id,
      { ...headingOf(storing), remittanceId: id, chunks: parts.length, providerAdjustments: first },
      `receive:${id}`,
    )
    for (let at = 0; at < parts.length; at += CHUNKS_AT_ONCE) {
      const some = parts.slice(at, at + CHUNKS_AT_ONCE).map((part, index) => ({ chunk: at + index + 1, ...part }))
      const recorded = yield* executeOnRemittance(
        desk,
        id,
        { type: 'RecordRemittanceClaims', on: storing.today, chunks: some },
        `chunks:${id}:${at + 1}`,
      )
      state = recorded.state
    }
    return state
  })
