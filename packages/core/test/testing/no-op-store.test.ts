import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  eventStoreSuites,
  noOpEventStore,
  type StoreFixture,
  StoreSuiteFailure,
} from '../../src/testing/store/index.ts'

let made = 0
const fixture: StoreFixture = {
  name: 'no-op',
  sha256: (text) => hash('sha256', text, 'hex'),
  newId: () => `01939a00-0000-7000-8000-${String(++made).padStart(12, '0')}`,
  injectsClock: true,
  open: async ({ clock }) => ({
    store: noOpEventStore(clock),
    reopen: async () => noOpEventStore(clock),
    newWriter: async (options) => noOpEventStore(options.clock),
    close: async () => {},
  }),
}

describe('a store that accepts and forgets everything fails the contract', () => {
  it('there are suites, each with a name of its own', () => {
    expect(new Set(eventStoreSuites.map(({ name }) => name)).size).toBe(eventStoreSuites.length)
    expect(eventStoreSuites.length).toBeGreaterThanOrEqual(20)
  })

  for (const suite of eventStoreSuites) {
    it(`fails: ${suite.name}`, async () => {
      await expect(suite.run(fixture)).rejects.toThrow(StoreSuiteFailure)
    })
  }
})
