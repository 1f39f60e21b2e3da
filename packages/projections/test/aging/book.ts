import { createHash } from 'node:crypto'
import { memoryEventStore, memoryViewStore } from '@daybook/adapters/memory'
import { sqliteEventStore, sqliteViewStore } from '@daybook/adapters/sqlite'
import { type AccountEvent, accountCodec } from '@daybook/core/account'
import type { Instant } from '@daybook/core/kernel'
import {
  EventStore,
  type EventStoreShape,
  NO_STREAM,
  type Token,
  ViewStore,
  type ViewStoreShape,
} from '@daybook/core/ports'
import { seal } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A log and a view store, with events written straight into them: aging is a matter of events, not of commands. */
export interface Book {
  readonly events: EventStoreShape
  readonly views: ViewStoreShape
  /** Writes events of one decision on a day, at 17:00 UTC. Gives the position of the last. */
  readonly post: (stream: string, recorded: string, ...events: readonly AccountEvent[]) => Promise<number>
  readonly run: <A, E>(effect: Effect.Effect<A, E, EventStore | ViewStore>) => Promise<A>
  readonly close: () => Promise<void>
}

export type Stores = 'memory' | 'sqlite'
export const bothStores: readonly Stores[] = ['memory', 'sqlite']

export const openBook = async (stores: Stores = 'memory'): Promise<Book> => {
  let now = '2000-01-01T17:00:00.000Z' as Instant
  const clock = () => now
  const scope = await Effect.runPromise(Scope.make())
  const opening =
    stores === 'memory'
      ? Effect.all([memoryEventStore({ clock }), memoryViewStore()])
      : Effect.all([sqliteEventStore({ path: ':memory:', clock }), sqliteViewStore({ path: ':memory:' })])
  const [events, views] = await Effect.runPromise(Scope.provide(opening, scope))
  const tokens = new Map<string, Token>()
  let commands = 0
  return {
    events,
    views,
    post: async (stream, recorded, ...drafts) => {
      now = `${recorded}T17:00:00.000Z` as Instant
      commands += 1
      const token = tokens.get(stream) ?? NO_STREAM
      const envelopes = drafts.map((_, index) => ({
        id: `event-${commands}-${index}`,
        salt: '0'.repeat(32),
        meta: {},
      }))
      const place = { stream, token, origin: events.origin, recordedAt: now, actor: 'anna', sha256 }
      const sealed = seal(accountCodec, drafts, envelopes, place)
      const receipt = await Effect.runPromise(
        events.append({ stream, expected: token, commandId: `command-${commands}`, fingerprint: 'f', events: sealed }),
      )
      tokens.set(stream, { version: receipt.lastVersion, headHash: receipt.headHash })
      return receipt.lastPosition
    },
    run: (effect) =>
      Effect.runPromise(
        effect.pipe(Effect.provideService(EventStore, events), Effect.provideService(ViewStore, views)),
      ),
    close: () => Effect.runPromise(Scope.close(scope, Exit.void)),
  }
}
