import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryBook, memoryEventStore } from '@daybook/adapters/memory'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import type { Instant } from '@daybook/core/kernel'
import type { EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'

type Clock = () => string

/** Where one book lies. What was written stays; each opening is a writer of its own, as another process would be. */
export interface Place {
  readonly open: (clock?: Clock) => Promise<EventStoreShape>
  readonly clear: () => Promise<void>
}

export interface Shelf {
  readonly name: 'memory' | 'SQLite' | 'PostgreSQL' | 'KurrentDB'
  /** How many random runs of a property it is asked for: a durable commit costs a thousand times a push. */
  readonly runs: number
  readonly place: () => Promise<Place>
}

const timed = (clock: Clock | undefined) => (clock ? { clock: () => clock() as Instant } : {})

const memory: Shelf = {
  name: 'memory',
  runs: 1_000,
  place: async () => {
    const book = memoryBook()
    return {
      open: (clock) => Effect.runPromise(memoryEventStore({ book, ...timed(clock) })),
      clear: async () => {},
    }
  },
}

const sqlite: Shelf = {
  name: 'SQLite',
  runs: 20,
  place: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daybook-shelf-'))
    const scope = Scope.makeUnsafe()
    return {
      open: (clock) =>
        Effect.runPromise(Scope.provide(sqliteEventStore({ path: join(folder, 'book.db'), ...timed(clock) }), scope)),
      clear: async () => {
        await Effect.runPromise(Scope.close(scope, Exit.void))
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}

/** The stores that need no server. */
export const shelves: readonly Shelf[] = [memory, sqlite]

/** Uses a place and clears it away. */
export const onPlace = async <A>(shelf: Shelf, use: (place: Place) => Promise<A>): Promise<A> => {
  const place = await shelf.place()
  try {
    return await use(place)
  } finally {
    await place.clear()
  }
}
