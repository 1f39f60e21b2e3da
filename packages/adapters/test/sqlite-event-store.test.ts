import { eventStoreCases, leftOut } from '@daybook/core/testing/store'
import { describe, it } from 'vitest'
import { sqliteFixture } from './store/fixtures.ts'

describe('the SQLite store keeps the contract of an event store', () => {
  for (const one of eventStoreCases) {
    const why = leftOut(one, sqliteFixture.capabilities)
    it.skipIf(why)(why ? `${one.name} (${why})` : one.name, { tags: [...(one.laws ?? [])] }, () =>
      one.run(sqliteFixture),
    )
  }
})
