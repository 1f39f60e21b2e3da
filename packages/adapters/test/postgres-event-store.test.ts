import { eventStoreCases, leftOut } from '@daybook/core/testing/store'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { TestDatabase } from '../../../scripts/testing/postgres/server.ts'
import { database, noServer, postgresFixture } from './store/postgres.ts'
import { notNow } from './store/some-now.ts'

describe.skipIf(noServer)('PostgreSQL keeps the contract of an event store', () => {
  let place: TestDatabase
  beforeAll(async () => {
    place = await database()
  })
  afterAll(() => place?.drop())
  const fixture = postgresFixture(() => place)
  for (const [at, one] of eventStoreCases.entries()) {
    const why = leftOut(one, fixture.capabilities) ?? notNow(at)
    const name = why ? `${one.name} (${why})` : one.name
    it.skipIf(why)(name, { tags: [...(one.laws ?? [])], meta: { over: fixture.name } }, () => one.run(fixture))
  }
})
