import { postgresEventStore, postgresViewStore } from '@daybook/adapters/postgres'
import { type ViewStoreFixture, viewStoreCases } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../../../scripts/testing/postgres/server.ts'
import { database, newTenant, noServer } from './store/postgres.ts'
import { notNow } from './store/some-now.ts'

describe.skipIf(noServer)('PostgreSQL keeps the contract of a view store', () => {
  let ownDatabase: TestDatabase
  let databaseOfLog: TestDatabase
  beforeAll(async () => {
    ownDatabase = await database()
    databaseOfLog = await database()
    await Effect.runPromise(Effect.scoped(postgresEventStore({ url: databaseOfLog.url })))
  })
  afterAll(async () => {
    await ownDatabase?.drop()
    await databaseOfLog?.drop()
  })

  const inDatabase = (of: () => TestDatabase): ViewStoreFixture => ({
    open: async () => {
      const url = of().urlOf(newTenant())
      const scope = Effect.runSync(Scope.make())
      const open = () => Effect.runPromise(Scope.provide(postgresViewStore({ url }), scope))
      return { store: await open(), reopen: open, close: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
    },
  })
  const fixtures: Readonly<Record<string, ViewStoreFixture>> = {
    'a database of its own': inDatabase(() => ownDatabase),
    'the database of the log': inDatabase(() => databaseOfLog),
  }
  it('texts with U+0000 and U+0001 come back, and stand in the order of their characters', async () => {
    const { store, close } = (await fixtures['a database of its own']?.open()) ?? expect.fail()
    const keys = ['a', 'a\0', 'a\0\0', 'a\0\u0001', 'a\u0001', 'a\u0001\0', 'a\u0001\u0002', 'a\u0002', 'b']
    const name = { view: 'v', version: 1 }
    const put = new Map(keys.toReversed().map((key) => [key, `of ${key}`]))
    await Effect.runPromise(store.commit({ ...name, from: 0, to: 1, leaf: 'x', put }))
    expect(await Effect.runPromise(store.docs(name, { limit: 100 }))).toEqual(
      keys.map((key) => ({ key, body: `of ${key}` })),
    )
    const after = await Effect.runPromise(store.docs(name, { after: 'a\0\u0001', prefix: 'a\u0001', limit: 100 }))
    expect(after.map(({ key }) => key)).toEqual(['a\u0001', 'a\u0001\0', 'a\u0001\u0002'])
    await close()
  })

  describe.each(Object.entries(fixtures))('in %s', (_, fixture) => {
    for (const [at, { name, laws = [], run }] of viewStoreCases.entries()) {
      const why = notNow(at)
      const said = why ? `${name} (${why})` : name
      it.skipIf(why)(said, { tags: [...laws], meta: { over: 'PostgreSQL' } }, () => run(fixture))
    }
  })
})
