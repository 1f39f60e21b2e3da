import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { EventStoreShape } from '@daybook/core/ports'
import type { StoreFixture, StrangeHands } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'
import { memoryBook, memoryEventStore } from '../../src/memory/index.ts'
import { sqliteEventStore } from '../../src/sqlite/index.ts'
import { sha256 } from './sha256.ts'
import { uuidv7 } from './uuid.ts'

export interface Opened<S extends EventStoreShape = EventStoreShape> {
  readonly store: S
  readonly close: () => Promise<void>
}

/** Opens a scoped store outside of Effect; `close` ends its scope. */
export const opened = async <S extends EventStoreShape, E>(
  store: Effect.Effect<S, E, Scope.Scope>,
): Promise<Opened<S>> => {
  const scope = await Effect.runPromise(Scope.make())
  return {
    store: await Effect.runPromise(Scope.provide(store, scope)),
    close: () => Effect.runPromise(Scope.close(scope, Exit.void)),
  }
}

/** A folder for database files, thrown away at the end. */
export const temporaryFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'daybook-'))
  return {
    file: (name: string): string => join(path, name),
    remove: (): void => rmSync(path, { recursive: true, force: true }),
  }
}

export const memoryFixture: StoreFixture = {
  name: 'memory',
  capabilities: {
    durable: false,
    processes: false,
    guards: false,
    wakes: 'at-once',
    batch: 'one-commit',
    adopts: true,
  },
  sha256,
  newId: uuidv7,
  injectsClock: true,
  open: async ({ clock }) => {
    const book = memoryBook()
    const store = () => Effect.runPromise(memoryEventStore({ book, clock }))
    return {
      store: await store(),
      reopen: store,
      newWriter: (options) => Effect.runPromise(memoryEventStore({ book, clock: options.clock })),
      close: async () => {},
    }
  },
}

/** SQL by a connection of its own. */
const strangeHandsOn = (path: string): StrangeHands => {
  const tried = (sql: string): boolean => {
    const db = new DatabaseSync(path)
    try {
      db.exec(sql)
      return true
    } catch {
      return false
    } finally {
      db.close()
    }
  }
  return {
    unguard: async () => void tried('DROP TRIGGER events_never_update; DROP TRIGGER events_never_delete'),
    change: async () => tried(`UPDATE events SET data = '{}' WHERE position = 1`),
    remove: async () => tried('DELETE FROM events WHERE position = 1'),
  }
}

export const sqliteFixture: StoreFixture = {
  name: 'SQLite',
  capabilities: {
    durable: true,
    processes: true,
    guards: true,
    wakes: 'by-polling',
    batch: 'one-commit',
    adopts: true,
  },
  sha256,
  newId: uuidv7,
  injectsClock: true,
  open: async ({ clock }) => {
    const folder = temporaryFolder()
    const path = folder.file('book.db')
    let main = await opened(sqliteEventStore({ path, clock }))
    const writers: Opened[] = []
    return {
      store: main.store,
      reopen: async () => {
        await main.close()
        main = await opened(sqliteEventStore({ path, clock }))
        return main.store
      },
      newWriter: async (options) => {
        const writer = await opened(sqliteEventStore({ path, clock: options.clock }))
        writers.push(writer)
        return writer.store
      },
      strangeHands: strangeHandsOn(path),
      close: async () => {
        for (const { close } of [main, ...writers]) await close()
        folder.remove()
      },
    }
  },
}
