import * as Effect from 'effect/Effect'
import type { Instant } from '../../kernel/day.ts'
import type { EventStoreShape } from '../../ports/event-store.ts'

/**
 * A store that accepts everything and forgets it, with plausible answers. Every suite must fail on it: a suite that
 * passes tests nothing.
 */
export const noOpEventStore = (clock: () => Instant): EventStoreShape => ({
  tenant: 'main',
  origin: 'log-no-op',
  append: ({ stream, commandId, expected, events }) =>
    Effect.sync(() => ({
      stream,
      commandId,
      firstVersion: expected.version + 1,
      lastVersion: expected.version + events.length,
      firstPosition: 1,
      lastPosition: events.length,
      headHash: events.at(-1)?.leaf ?? expected.headHash,
      committedAt: clock(),
      repeated: false,
    })),
  readStream: () => Effect.succeed([]),
  readAll: () => Effect.succeed([]),
  readForFold: () => Effect.succeed([]),
  head: Effect.succeed({ position: 0 }),
  findCommand: () => Effect.succeed(undefined),
  commands: () => Effect.succeed([]),
  positionAt: () => Effect.succeed(0),
  streams: () => Effect.succeed([]),
  guardFaults: Effect.succeed([]),
  secretCheck: Effect.succeed(undefined),
  keepSecretCheck: (value) => Effect.succeed(value),
})
