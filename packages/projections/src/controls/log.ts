import { type AccountEvent, accountCodec, accountEventDefinitions } from '@daybook/core/account'
import { type DepositEvent, depositCodec, depositEventDefinitions } from '@daybook/core/deposit'
import { accountOfStream, type Codec, isUnreadable } from '@daybook/core/kernel'
import { EventStore, type FoldedEvent, type ReadError, UnreadableEvent } from '@daybook/core/ports'
import { type RemittanceEvent, remittanceCodec, remittanceEventDefinitions } from '@daybook/core/remittance'
import * as Effect from 'effect/Effect'

/** Events read at once: few, so that others have their turn between them. */
const AT_ONCE = 500

/** Money events are told by their postings: a facet of tomorrow is in the reports on the day it is written. */
export const moneyTypes: readonly string[] = [...accountEventDefinitions, ...remittanceEventDefinitions]
  .filter(({ schema }) => 'contra' in schema.shape)
  .map(({ type }) => type)

type MoneyEvent = AccountEvent | RemittanceEvent

const moneyCodec = (stream: string) => (accountOfStream(stream) === undefined ? remittanceCodec : accountCodec)

const decode = <E extends { readonly type: string }>(
  codec: Pick<Codec<E>, 'decode'>,
  stored: FoldedEvent,
): Effect.Effect<E, UnreadableEvent> =>
  Effect.suspend((): Effect.Effect<E, UnreadableEvent> => {
    const event = codec.decode(stored)
    if (!isUnreadable(event)) return Effect.succeed(event)
    const { stream, version, type, position } = stored
    const message = `${type} at @${position} can not be read: ${event.reason}`
    return Effect.fail(new UnreadableEvent({ stream, version, type, message }))
  })

interface Reading<E extends { readonly type: string }> {
  readonly types: readonly string[]
  readonly upTo: number
  readonly codecOf: (stream: string) => Pick<Codec<E>, 'decode'>
}

const eachOf = <E extends { readonly type: string }>(
  { types, upTo, codecOf }: Reading<E>,
  take: (stream: string, event: E) => void,
): Effect.Effect<void, ReadError | UnreadableEvent, EventStore> =>
  Effect.gen(function* () {
    const events = yield* EventStore
    for (let after = 0; ; ) {
      const page = yield* events.readForFold({ after, upTo, limit: AT_ONCE, types })
      for (const stored of page) take(stored.stream, yield* decode(codecOf(stored.stream), stored))
      const last = page.at(-1)
      if (!last || page.length < AT_ONCE) return
      after = last.position
      yield* Effect.yieldNow
    }
  })

/** Goes through the events of some types, in the order of the log, up to a position. */
export const eachEvent = (
  types: readonly string[],
  upTo: number,
  take: (stream: string, event: MoneyEvent) => void,
): Effect.Effect<void, ReadError | UnreadableEvent, EventStore> => eachOf({ types, upTo, codecOf: moneyCodec }, take)

/** The same through what is on record of the bank's statement. */
export const eachOfDeposits = (
  upTo: number,
  take: (stream: string, event: DepositEvent) => void,
): Effect.Effect<void, ReadError | UnreadableEvent, EventStore> =>
  eachOf({ types: depositEventDefinitions.map(({ type }) => type), upTo, codecOf: () => depositCodec }, take)
