import type { EventStoreShape, ReadError, ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import type { Address } from './url.ts'
import { type Clock, instantOf } from './world.ts'

export interface Stores {
  readonly events: EventStoreShape
  readonly views: ViewStoreShape
}

const openEvents = (address: Address, clock: Clock): Effect.Effect<EventStoreShape, ReadError, Scope> =>
  Effect.gen(function* () {
    const options = { clock: () => instantOf(clock) }
    if (address.kind === 'memory') {
      const { memoryEventStore } = yield* Effect.promise(() => import('@daybook/adapters/memory'))
      return yield* memoryEventStore(options)
    }
    const { sqliteEventStore } = yield* Effect.promise(() => import('@daybook/adapters/sqlite'))
    return yield* sqliteEventStore({ ...options, path: address.path })
  })

const openViews = (address: Address): Effect.Effect<ViewStoreShape, ReadError, Scope> =>
  Effect.gen(function* () {
    if (address.kind === 'memory') {
      const { memoryViewStore } = yield* Effect.promise(() => import('@daybook/adapters/memory'))
      return yield* memoryViewStore()
    }
    const { sqliteViewStore } = yield* Effect.promise(() => import('@daybook/adapters/sqlite'))
    return yield* sqliteViewStore({ path: address.path })
  })

/** Views that are gone with the question they are made for. */
export const viewsInMemory: Effect.Effect<ViewStoreShape> = Effect.flatMap(
  Effect.promise(() => import('@daybook/adapters/memory')),
  ({ memoryViewStore }) => memoryViewStore(),
)

/** Opens the log and where its views live; only the drivers that the addresses name are loaded. */
export const openStores = (events: Address, views: Address, clock: Clock): Effect.Effect<Stores, ReadError, Scope> =>
  Effect.gen(function* () {
    return { events: yield* openEvents(events, clock), views: yield* openViews(views) }
  })
