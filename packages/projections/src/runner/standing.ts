import type { Checkpoint, EventStoreShape, ReadError } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

/** Leaf hash of the event at a position, `-` where the log has none. */
export const leafAt = (events: EventStoreShape, position: number): Effect.Effect<string, ReadError> =>
  Effect.map(events.readAll({ after: position - 1, upTo: position, limit: 1 }), ([event]) => event?.leaf ?? '-')

/**
 * Whether the log still has the event that a view stands on. It has not when events were lost, as from a file that was
 * restored or cut, and it has another one when new ones were written since: a view that went on would keep what the
 * lost ones did. Asked of the log itself, not of a head seen before: another runner may have come further meanwhile.
 */
export const stillStands = (
  events: EventStoreShape,
  { position, leaf }: Checkpoint,
): Effect.Effect<boolean, ReadError> =>
  position === 0 ? Effect.succeed(true) : Effect.map(leafAt(events, position), (found) => found === leaf)
