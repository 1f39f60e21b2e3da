import type { EventStoreShape, MigrationProgress, ReadError, ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import { DriverMissing } from './errors.ts'
import type { Address, ViewsAddress } from './url.ts'
import { type Clock, instantOf } from './world.ts'

export interface Stores {
  readonly events: EventStoreShape
  readonly views: ViewStoreShape
}

/** How the log of a book is opened: by what it tells the time, and who hears of an older one that is made anew. */
export interface Opening {
  /** Absent: the machine's, or the server's where the store has one. */
  readonly clock: Clock | undefined
  readonly clockIsRight: boolean
  readonly onMigration?: ((progress: MigrationProgress) => void) | undefined
}

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'

/** The PostgreSQL store, whose driver is installed by those who use it. */
export const postgresAdapter = Effect.suspend(() =>
  Effect.tryPromise({
    try: () => import('@daybook/adapters/postgres'),
    catch: (cause) => {
      if (!isMissing(cause)) throw cause
      return new DriverMissing({ driver: 'pg', message: 'the driver of PostgreSQL is not installed: npm install pg' })
    },
  }),
)

/** The store in EventStoreDB or KurrentDB, whose driver is installed by those who use it. */
export const kurrentAdapter = Effect.gen(function* () {
  const adapter = yield* Effect.promise(() => import('@daybook/adapters/kurrentdb'))
  const missing = yield* Effect.promise(adapter.missingKurrentDriver)
  if (missing === undefined) return adapter
  return yield* new DriverMissing({ driver: '@eventstore/db-client', message: missing })
})

export const openEvents = (
  address: Address,
  { clock, clockIsRight, onMigration }: Opening,
  index?: string,
): Effect.Effect<EventStoreShape, ReadError | DriverMissing, Scope> =>
  Effect.gen(function* () {
    const options = { clockIsRight, ...(clock ? { clock: () => instantOf(clock) } : {}) }
    switch (address.kind) {
      case 'memory': {
        const { memoryEventStore } = yield* Effect.promise(() => import('@daybook/adapters/memory'))
        return yield* memoryEventStore(options)
      }
      case 'sqlite': {
        const { sqliteEventStore } = yield* Effect.promise(() => import('@daybook/adapters/sqlite'))
        const { path, readOnly = false } = address
        return yield* sqliteEventStore({ ...options, path, readOnly, onMigration })
      }
      case 'postgres': {
        const { postgresEventStore } = yield* postgresAdapter
        return yield* postgresEventStore({ ...options, url: address.url })
      }
      case 'kurrentdb': {
        const { kurrentEventStore } = yield* kurrentAdapter
        return yield* kurrentEventStore({ ...options, url: address.url, index })
      }
    }
  })

const openViews = (address: ViewsAddress): Effect.Effect<ViewStoreShape, ReadError | DriverMissing, Scope> =>
  Effect.gen(function* () {
    switch (address.kind) {
      case 'memory': {
        const { memoryViewStore } = yield* Effect.promise(() => import('@daybook/adapters/memory'))
        return yield* memoryViewStore()
      }
      case 'sqlite': {
        const { sqliteViewStore } = yield* Effect.promise(() => import('@daybook/adapters/sqlite'))
        const { path, readOnly = false } = address
        return yield* sqliteViewStore({ path, readOnly })
      }
      case 'postgres': {
        const { postgresViewStore } = yield* postgresAdapter
        return yield* postgresViewStore({ url: address.url })
      }
    }
  })

/**
 * A view store with nothing in it, gone with its scope: what a fold of the log gives is built there, to compare. Also beside
 * a server it is made here: nobody else sees it, and the server need not keep it.
 */
export const freshViews = (like: ViewsAddress): Effect.Effect<ViewStoreShape, ReadError, Scope> =>
  like.kind === 'memory'
    ? viewsInMemory
    : Effect.flatMap(
        Effect.promise(() => import('@daybook/adapters/sqlite')),
        ({ sqliteViewStore }) => sqliteViewStore({ path: ':memory:' }),
      )

/** The log at an address and nothing else: no views, no secret, no policy. Made where there is none. */
export const openLog = (address: Address): Effect.Effect<EventStoreShape, ReadError | DriverMissing, Scope> =>
  openEvents(address, { clock: undefined, clockIsRight: false })

/** Views that are gone with the question they are made for. */
export const viewsInMemory: Effect.Effect<ViewStoreShape> = Effect.flatMap(
  Effect.promise(() => import('@daybook/adapters/memory')),
  ({ memoryViewStore }) => memoryViewStore(),
)

/** Where the index of a log's positions is kept: with views in a file, there; else it is made at each opening. */
const indexWith = (views: ViewsAddress): string | undefined => (views.kind === 'sqlite' ? views.path : undefined)

/** Opens the log and where its views live; only the drivers that the addresses name are loaded. */
export const openStores = (
  events: Address,
  views: ViewsAddress,
  opening: Opening,
): Effect.Effect<Stores, ReadError | DriverMissing, Scope> =>
  Effect.gen(function* () {
    return { events: yield* openEvents(events, opening, indexWith(views)), views: yield* openViews(views) }
  })
