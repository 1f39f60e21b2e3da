import { type AccountEvent, accountCodec, accountEventDefinitions } from '@daybook/core/account'
import { accountOfStream, isUnreadable } from '@daybook/core/kernel'
import { EventStore, type FoldedEvent, type ReadError, UnreadableEvent } from '@daybook/core/ports'
import { type RemittanceEvent, remittanceCodec, remittanceEventDefinitions } from '@daybook/core/remittance'
import * as Effect from 'effect/Effect'

/** Events read at once: few, so that others have their turn between them. */
const AT_ONCE = 500

/** Money events are told by their postings: a facet of tomorrow is in the reports on the day it is written. */
export const moneyTypes: readonly string[] = [...accountEventDefinitions, ...remittanceEventDefinitions]
  .filter(({ schema }) => 'contra' in schema.shape)
  .map(({ type }) => type)

const decode = (stored: FoldedEvent): Effect.Effect<AccountEvent | RemittanceEvent, UnreadableEvent> =>
  Effect.suspend((): Effect.Effect<AccountEvent | RemittanceEvent, UnreadableEvent> => {
    const event =
      accountOfStream(stored.stream) === undefined ? remittanceCodec.decode(stored) : accountCodec.decode(stored)
    if (!isUnreadable(event)) return Effect.succeed(event)
    const { stream, version, type, position } = stored
    return Effect.fail(
      new UnreadableEvent({
        stream,
        version,
        type,
        message: `${type} at @${position} can not be read: ${event.reason}`,
      }),
    )
  })

/** Goes through the events of some types, in the order of the log, up to a position. */
export const eachEvent = (
  types: readonly string[],
  upTo: number,
  take: (stream: string, event: AccountEvent | RemittanceEvent) => void,
): Effect.Effect<void, ReadError | UnreadableEvent, EventStore> =>
  Effect.gen(function* () {
    const events = yield* EventStore
    for (let after = 0; ; ) {
      const page = yield* events.readForFold({ after, upTo, limit: AT_ONCE, types })
      for (const stored of page) take(stored.stream, yield* decode(stored))
      const last = page.at(-1)
      if (!last || page.length < AT_ONCE) return
      after = last.position
      yield* Effect.yieldNow
    }
  })
