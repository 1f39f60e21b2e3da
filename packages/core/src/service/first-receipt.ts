import * as Effect from 'effect/Effect'
import { madeBy } from '../account/made.ts'
import { type AccountEvent, accountCodec } from '../account/rooms.ts'
import type { RuleHit } from '../kernel/decision.ts'
import { isUnreadable } from '../kernel/event.ts'
import { isPersonStream } from '../kernel/streams.ts'
import { type PersonEvent, personCodec } from '../person/events.ts'
import { madeOfPerson } from '../person/person.ts'
import type { ReadError } from '../ports/errors.ts'
import type { EventStoreShape, Receipt, StoredEvent } from '../ports/event-store.ts'
import type { Outcome } from './service.ts'

type Received = Extract<Outcome, Receipt>

/** Warnings as they were written beside the first event of a decision; none where an older Daybook wrote it. */
const warningsIn = (first: StoredEvent | undefined): readonly RuleHit[] => {
  try {
    const { warnings }: { readonly warnings?: readonly RuleHit[] } = JSON.parse(first?.meta ?? '{}')
    return warnings ?? []
  } catch {
    // A meta that is no JSON is for `check` to find.
    return []
  }
}

const storedBy = (store: EventStoreShape, { stream, firstVersion, lastVersion }: Receipt) =>
  store.readStream(stream, { after: firstVersion - 1, limit: lastVersion - firstVersion + 1 })

/** What is readable of it: not what a later Daybook has written. */
const decoded = (stored: readonly StoredEvent[]): readonly AccountEvent[] =>
  stored.map((one) => accountCodec.decode(one)).filter((event): event is AccountEvent => !isUnreadable(event))

const decodedOfPerson = (stored: readonly StoredEvent[]): readonly PersonEvent[] =>
  stored.map((one) => personCodec.decode(one)).filter((event): event is PersonEvent => !isUnreadable(event))

/** The events of a command on an account, which was taken before. */
export const eventsOf = (store: EventStoreShape, receipt: Receipt): Effect.Effect<readonly AccountEvent[], ReadError> =>
  Effect.map(storedBy(store, receipt), decoded)

/**
 * The receipt of a command on an account or a person as it was first given: a repeated one is read again from its events (design
 * §3.8). What a later Daybook has written and this one can not read is named by its type.
 */
export const firstReceipt = (store: EventStoreShape, outcome: Received): Effect.Effect<Received, ReadError> => {
  if (!outcome.repeated) return Effect.succeed(outcome)
  return Effect.map(storedBy(store, outcome), (stored) => ({
    ...outcome,
    events: stored.map(({ type }) => type),
    ids: isPersonStream(outcome.stream) ? madeOfPerson(decodedOfPerson(stored)) : madeBy(decoded(stored)),
    warnings: warningsIn(stored[0]),
  }))
}
