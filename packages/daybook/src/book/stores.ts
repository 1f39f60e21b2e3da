import type { EventStoreShape, ReadError, ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import type { Address } from './url.ts'
import { type Clock, instantOf, systemClock } from './world.ts'

export interface Stores {
  readonly events: EventStoreShape
  readonly views: ViewStoreShape
}

/** How an open book tells the time, and whether somebody vouches for it. */
export interface Timing {
  readonly clock: Clock
  readonly clockIsRight: boolean
}

const openEvents = (
  address: Address,
  { clock, clockIsRight }: Timing,
): Effect.Effect<EventStoreShape, ReadError, Scope> =>
  Effect.gen(function* () {
    const options = { clock: () => instantOf(clock), clockIsRight }
    if (address.kind === 'memory') {
      const { memoryEventStore } = yield* Effect.promise(() => import('@daybook/adapters/memory'))
      return yield* memoryEventStore(options)
    }
    const { sqliteEventStore } = yield* Effect.promise(() => import('@daybook/adapters/sqlite'))
    const { path, readOnly = false } = address
    return yield* sqliteEventStore({ ...options, path, readOnly })
  })

const openViews = (address: Address): Effect.Effect<ViewStoreShape, ReadError, Scope> =>
  Effect.gen(function* () {
    if (address.kind === 'memory') {
      const { memoryViewStore } = yield* Effect.promise(() => import('@daybook/adapters/memory'))
      return yield* memoryViewStore()
    }
    const { sqliteViewStore } = yield* Effect.promise(() => import('@daybook/adapters/sqlite'))
    const { path, readOnly = false } = address
    return yield* sqliteViewStore({ path, readOnly })
  })

/** A view store with nothing in it, gone with its scope: what a fold of the log gives is built there, to compare. */
export const freshViews = (like: Address): Effect.Effect<ViewStoreShape, ReadError, Scope> =>
  openViews(like.kind === 'memory' ? like : { kind: 'sqlite', path: ':memory:' })

/** The log at an address and nothing else: no views, no secret, no policy. Made where there is none. */
export const openLog = (address: Address): Effect.Effect<EventStoreShape, ReadError, Scope> =>
  openEvents(address, { clock: systemClock, clockIsRight: false })

/** Views that are gone with the question they are made for. */
export const viewsInMemory: Effect.Effect<ViewStoreShape> = Effect.flatMap(
  Effect.promise(() => import('@daybook/adapters/memory')),
  ({ memoryViewStore }) => memoryViewStore(),
)

/** Opens the log and where its views live; only the drivers that the addresses name are loaded. */
export const openStores = (events: Address, views: Address, timing: Timing): Effect.Effect<Stores, ReadError, Scope> =>
  Effect.gen(function* () {
    return { events: yield* openEvents(events, timing), views: yield* openViews(views) }
  })
