import * as Effect from 'effect/Effect'
import { accountCodec } from '../account/rooms.ts'
import { normaliseName } from '../documents/identity.ts'
import { isUnreadable } from '../kernel/event.ts'
import type { ReadError } from '../ports/errors.ts'
import type { EventStoreShape, StoredEvent } from '../ports/event-store.ts'
import { remittanceCodec } from '../remittance/events.ts'
import { referenceStream } from './desk.ts'
import type { World } from './service.ts'

const EVENTS_AT_ONCE = 500

/** The events that name a reference in clear which their import has registered, as every Daybook until now wrote them. */
const telling = ['RemittanceReceived', 'ClaimSubmitted'] as const

type Reference = readonly [kind: string, value: string]

const referenceOf = (stored: StoredEvent): Reference | undefined => {
  const codec = stored.type === 'RemittanceReceived' ? remittanceCodec : accountCodec
  const event = codec.decode(stored)
  if (isUnreadable(event)) return undefined
  if (event.type === 'ClaimSubmitted') return ['patientControlNumber', event.patientControlNumber]
  // Without a date of its own the identity had BPR16 as it was written, which the event does not say.
  if (event.type !== 'RemittanceReceived' || event.paymentDate === undefined) return undefined
  const { payerId, trace, paymentDate, amount, payeeId, payeeName, contentHash } = event
  const parts = [payerId, trace.trim(), paymentDate, String(amount), payeeId || normaliseName(payeeName)]
  return ['remittanceIdentity', (amount === 0 ? [...parts, contentHash] : parts).join('|')]
}

/**
 * Whether a secret is the one by which a log's references were made. `proved`: one that an event names is there, or the
 * log has no reference that another secret could miss; `refuted`: some are named, and none of them is there; `untold`:
 * there are references, and no event names one.
 */
export const secretProof = (
  store: EventStoreShape,
  keyedHash: World['keyedHash'],
): Effect.Effect<'proved' | 'refuted' | 'untold', ReadError> =>
  Effect.gen(function* () {
    const [any] = yield* store.streams({ prefix: 'ref-', after: '', limit: 1 })
    if (!any) return 'proved'
    let asked = false
    for (let after = 0; ; ) {
      const page: readonly StoredEvent[] = yield* store.readAll({ after, types: telling, limit: EVENTS_AT_ONCE })
      for (const stored of page) {
        const reference = referenceOf(stored)
        if (!reference) continue
        asked = true
        const stream = referenceStream({ service: { world: { keyedHash } } }, ...reference)
        const [assigned] = yield* store.readStream(stream, { after: -1, limit: 1 })
        if (assigned) return 'proved'
      }
      const last = page.at(-1)
      if (!last || page.length < EVENTS_AT_ONCE) return asked ? 'refuted' : 'untold'
      after = last.position
    }
  })
