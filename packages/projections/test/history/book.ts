import { type AccountEvent, accountCodec } from '@daybook/core/account'
import type { Day, Instant } from '@daybook/core/kernel'
import type { StoredEvent } from '@daybook/core/ports'
import { type ReadBack, readBack } from '../../src/history/index.ts'

/** How an event of a test was recorded: what its envelope says. */
export interface Envelope {
  readonly recordedAt?: Instant
  readonly committedAt?: Instant
  readonly actor?: string
  readonly meta?: object
}

/** Envelopes as a store gives them back; the payload went through the codec, which refuses what is no such event. */
export const stored = (events: readonly AccountEvent[], envelope: Envelope = {}): readonly StoredEvent[] =>
  events.map((event, index) => {
    const { schemaVersion, payload } = accountCodec.encode(event)
    const at = envelope.recordedAt ?? (`${event.effectiveDate}T15:00:00.000Z` as Instant)
    return {
      id: `e${index + 1}`,
      type: event.type,
      schemaVersion,
      effectiveDate: event.effectiveDate as Day,
      recordedAt: at,
      committedAt: envelope.committedAt ?? at,
      actor: envelope.actor ?? 'anna',
      data: JSON.stringify({ ...payload, salt: '0'.repeat(32) }),
      meta: JSON.stringify(envelope.meta ?? {}),
      prev: '-',
      leaf: 'f'.repeat(64),
      position: index + 1,
      stream: 'account-a1',
      version: index,
      commandId: `c${index + 1}`,
    }
  })

export const recorded = (events: readonly AccountEvent[], envelope: Envelope = {}): readonly ReadBack<AccountEvent>[] =>
  readBack(accountCodec, stored(events, envelope))
