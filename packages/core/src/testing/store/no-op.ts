import * as Effect from 'effect/Effect'
import type { Instant } from '../../kernel/day.ts'
import type { Append, EventStoreShape, Receipt } from '../../ports/event-store.ts'
import { appendOneByOne } from '../../ports/one-by-one.ts'

/**
 * A store that accepts everything and forgets it, with plausible answers. Every case must fail on it: one that passes
 * tests nothing.
 */
export const noOpEventStore = (clock: () => Instant): EventStoreShape => {
  const append = ({ stream, commandId, expected, events }: Append): Effect.Effect<Receipt> =>
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
    }))
  return {
    capabilities: {
      durable: true,
      processes: true,
      guards: false,
      wakes: 'at-once',
      batch: 'one-commit',
      adopts: true,
    },
    tenant: 'main',
    origin: 'log-no-op',
    append,
    appendMany: appendOneByOne(append),
    readStream: () => Effect.succeed([]),
    readMany: (pages) => Effect.succeed(pages.map(() => [])),
    readAll: () => Effect.succeed([]),
    readForFold: () => Effect.succeed([]),
    head: Effect.succeed({ position: 0 }),
    headBeyond: () => Effect.succeed({ position: 0 }),
    findCommand: () => Effect.succeed(undefined),
    commands: () => Effect.succeed([]),
    positionAt: () => Effect.succeed(0),
    streams: () => Effect.succeed([]),
    guardFaults: Effect.succeed([]),
    secretCheck: Effect.succeed(undefined),
    keepSecretCheck: (value) => Effect.succeed(value),
    adoption: {
      begun: Effect.succeed(false),
      take: ({ commands }) => Effect.succeed({ position: commands.flatMap(({ events }) => events).length }),
      finish: () => Effect.void,
    },
    health: Effect.succeed({ reachable: true, writable: true, head: { position: 0 }, detail: 'well', latencyMs: 0 }),
  }
}
