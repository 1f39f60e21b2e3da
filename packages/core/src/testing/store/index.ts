import { byteSuites } from './bytes.ts'
import { clockSuites } from './clocks.ts'
import { commandSuites } from './commands.ts'
import { concurrencySuites } from './concurrency.ts'
import type { StoreSuite } from './fixture.ts'
import { limitSuites } from './limits.ts'
import { readingSuites } from './reading.ts'
import { secretSuites } from './secret.ts'
import { versionSuites } from './versions.ts'

export { StoreSuiteFailure } from './expectation.ts'
export type { BookUnderTest, StoreFixture, StoreSuite, WriterOptions } from './fixture.ts'
export { noOpEventStore } from './no-op.ts'
export { noOpViewStore, type ViewStoreFixture, type ViewStoreSuite, viewStoreSuites } from './view-suites.ts'

/**
 * The contract of an event store, as data: run each suite from any test framework against a fixture of your adapter.
 *
 * ```ts
 * for (const suite of eventStoreSuites) test(suite.name, () => suite.run(fixture))
 * ```
 */
export const eventStoreSuites: readonly StoreSuite[] = [
  ...versionSuites,
  ...commandSuites,
  ...concurrencySuites,
  ...readingSuites,
  ...byteSuites,
  ...clockSuites,
  ...limitSuites,
  ...secretSuites,
]
