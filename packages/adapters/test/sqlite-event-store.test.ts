import { eventStoreSuites } from '@daybook/core/testing/store'
import { describe, it } from 'vitest'
import { sqliteFixture } from './store/fixtures.ts'

describe('the SQLite store keeps the contract of an event store', () => {
  for (const suite of eventStoreSuites)
    it(suite.name, { tags: [...(suite.laws ?? [])] }, () => suite.run(sqliteFixture))
})
