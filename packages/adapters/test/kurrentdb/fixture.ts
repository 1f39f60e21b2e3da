import type { StoreFixture } from '@daybook/core/testing/store'
import { kurrentEventStore } from '../../src/kurrentdb/index.ts'
import { type Opened, opened } from '../store/fixtures.ts'
import { sha256 } from '../store/sha256.ts'
import { uuidv7 } from '../store/uuid.ts'

/** Waits that let a test of a dead server end soon. */
export const impatient = { answer: 1_500, call: 10_000 }

/** A URL with a tenant of its own: a server that others use as well is never touched beyond it. */
export const ownTenant = (url: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}tenant=test-${uuidv7().replaceAll('-', '').slice(0, 32)}`

type Opening = Parameters<StoreFixture['open']>[0]

const openBook = async (url: string, { clock }: Opening): ReturnType<StoreFixture['open']> => {
  const address = ownTenant(url)
  const openOne = (by: typeof clock): Promise<Opened> =>
    opened(kurrentEventStore({ url: address, clock: by, patience: impatient }))
  let main = await openOne(clock)
  const writers: Opened[] = []
  return {
    store: main.store,
    reopen: async () => {
      await main.close()
      main = await openOne(clock)
      return main.store
    },
    newWriter: async (options) => {
      const writer = await openOne(options.clock)
      writers.push(writer)
      return writer.store
    },
    otherTenant: (options) => openBook(url, options),
    close: async () => {
      for (const { close } of [main, ...writers]) await close()
    },
  }
}

/** Books on a server; each is a tenant of its own, and each opening has an index of its own. */
export const kurrentFixture = (name: string, url: () => string): StoreFixture => ({
  name,
  capabilities: { durable: true, processes: true, guards: false, wakes: 'at-once', batch: 'one-by-one', adopts: true },
  sha256,
  newId: uuidv7,
  patience: 20_000,
  injectsClock: false,
  open: (options) => openBook(url(), options),
})
