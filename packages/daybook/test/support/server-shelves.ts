import { randomBytes } from 'node:crypto'
import { kurrentEventStore } from '@daybook/adapters/kurrentdb'
import { postgresEventStore } from '@daybook/adapters/postgres'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'
import { afterAll } from 'vitest'
import { startWireServer, type WireServer } from '../../../../scripts/testing/kurrentdb/control.ts'
import { freshDatabase, type TestDatabase, testServer } from '../../../../scripts/testing/postgres/server.ts'
import type { Shelf } from './shelves.ts'

/** A server for books, and how a book of its own is named there; each is another tenant. */
interface BookServer {
  readonly newUrl: () => Promise<string>
  readonly stop: () => Promise<unknown>
}

const newTenant = (): string => `t${randomBytes(8).toString('hex')}`

const postgres = await testServer()

/** Begun when it is first asked for, gone with the test file. */
const whenAsked = (start: () => Promise<BookServer>): BookServer['newUrl'] => {
  let running: Promise<BookServer> | undefined
  afterAll(async () => await (await running)?.stop())
  return async () => {
    running ??= start()
    return await (await running).newUrl()
  }
}

const startPostgres = async (): Promise<BookServer> => {
  if ('why' in postgres) throw new Error(postgres.why)
  const place: TestDatabase = await freshDatabase(postgres)
  return { newUrl: async () => place.urlOf(newTenant()), stop: place.drop }
}

const startKurrent = async (): Promise<BookServer> => {
  const server: WireServer = await startWireServer()
  return { newUrl: async () => `${server.url}&tenant=${newTenant()}`, stop: server.stop }
}

type NamedServer = readonly [name: Shelf['name'], newUrl: BookServer['newUrl']]

/**
 * Stores on a server, each with the URL of a book that is not there yet; PostgreSQL where it runs here. Of the test file that
 * calls it: they are gone with it.
 */
export const testServers = (): readonly NamedServer[] => [
  ...('why' in postgres ? [] : [['PostgreSQL', whenAsked(startPostgres)] as const]),
  ['KurrentDB', whenAsked(startKurrent)],
]

const openAt = (name: Shelf['name'], url: string) =>
  name === 'PostgreSQL' ? postgresEventStore({ url }) : kurrentEventStore({ url })

/** A run opens two books, each with sessions of its own. */
const RUNS = process.env['PROPERTY_RUNS'] === 'full' ? 20 : 3

/** The same as places for logs. */
export const serverShelves = (): readonly Shelf[] =>
  testServers().map(([name, newUrl]) => ({
    name,
    runs: RUNS,
    place: async () => {
      const url = await newUrl()
      const scope = Scope.makeUnsafe()
      return {
        open: () => Effect.runPromise(Scope.provide(openAt(name, url), scope)),
        clear: () => Effect.runPromise(Scope.close(scope, Exit.void)),
      }
    },
  }))
