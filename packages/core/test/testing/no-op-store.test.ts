import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { eventStoreCases, noOpEventStore, StoreCaseFailure, type StoreFixture } from '../../src/testing/store/index.ts'

let made = 0
const fixture: StoreFixture = {
  name: 'no-op',
  capabilities: { durable: true, processes: true, guards: false, wakes: 'at-once', batch: 'one-commit', adopts: true },
  sha256: (text) => hash('sha256', text, 'hex'),
  newId: () => `01939a00-0000-7000-8000-${String(++made).padStart(12, '0')}`,
  injectsClock: true,
  patience: 50,
  open: async ({ clock }) => ({
    store: noOpEventStore(clock),
    reopen: async () => noOpEventStore(clock),
    newWriter: async (options) => noOpEventStore(options.clock),
    close: async () => {},
  }),
}

describe('a store that accepts and forgets everything fails the contract', () => {
  it('there are cases, each with a name of its own', () => {
    expect(new Set(eventStoreCases.map(({ name }) => name)).size).toBe(eventStoreCases.length)
    expect(eventStoreCases.length).toBeGreaterThanOrEqual(330)
  })

  for (const one of eventStoreCases) {
    it(`fails: ${one.name}`, async () => {
      await expect(one.run(fixture)).rejects.toThrow(StoreCaseFailure)
    })
  }
})
