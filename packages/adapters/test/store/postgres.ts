import type { StoreFixture, StrangeHands } from '@daybook/core/testing/store'
import { freshDatabase, type TestDatabase, testServer } from '../../../../scripts/testing/postgres/server.ts'
import { postgresEventStore } from '../../src/postgres/index.ts'
import { type Opened, opened } from './fixtures.ts'
import { sha256 } from './sha256.ts'
import { uuidv7 } from './uuid.ts'

/** The server of these tests, or why there is none. */
export const server = await testServer()
export const noServer = 'why' in server

/** A database for the tests of a file. */
export const database = (): Promise<TestDatabase> => {
  if ('why' in server) throw new Error(server.why)
  return freshDatabase(server)
}

let tenants = 0
/** A name that no other test of this process has for its tenant. */
export const newTenant = (): string => `tenant-${process.pid}-${++tenants}`

/** SQL by the owner of the database, on the book of one tenant. */
const strangeHandsOn = ({ rows }: TestDatabase, tenant: string): StrangeHands => {
  const tried = (sql: string): Promise<boolean> =>
    rows(sql).then(
      () => true,
      () => false,
    )
  const first = `position = 1 AND book = (SELECT id FROM daybook.book WHERE tenant = '${tenant}')`
  return {
    unguard: async () => void (await tried('DROP TRIGGER events_never_changed ON daybook.events')),
    change: () => tried(`UPDATE daybook.events SET data = '{}' WHERE ${first}`),
    remove: () => tried(`DELETE FROM daybook.events WHERE ${first}`),
  }
}

/** Each book is a tenant of one database. */
export const postgresFixture = (of: () => TestDatabase): StoreFixture => ({
  name: 'PostgreSQL',
  sha256,
  newId: uuidv7,
  injectsClock: true,
  capabilities: { durable: true, processes: true, guards: true, wakes: 'at-once', batch: 'one-commit', adopts: true },
  // Each writer is some sessions, and the machine may be busy.
  patience: 20_000,
  open: async ({ clock }) => {
    const tenant = newTenant()
    const url = of().urlOf(tenant)
    let main = await opened(postgresEventStore({ url, clock }))
    const writers: Opened[] = []
    return {
      store: main.store,
      reopen: async () => {
        await main.close()
        main = await opened(postgresEventStore({ url, clock }))
        return main.store
      },
      newWriter: async (options) => {
        const writer = await opened(postgresEventStore({ url, clock: options.clock }))
        writers.push(writer)
        return writer.store
      },
      otherTenant: (options) => opened(postgresEventStore({ url: of().urlOf(newTenant()), clock: options.clock })),
      strangeHands: strangeHandsOn(of(), tenant),
      close: async () => {
        for (const { close } of [main, ...writers]) await close()
      },
    }
  },
})
