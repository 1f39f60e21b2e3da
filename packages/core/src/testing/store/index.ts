import { adoptionCases } from './adopting.ts'
import { batchCases } from './batches.ts'
import { byteCases } from './bytes.ts'
import { clockCases } from './clocks.ts'
import { closedCases } from './closed.ts'
import { commandCases } from './commands.ts'
import { concurrencyCases } from './concurrency.ts'
import type { StoreCase } from './fixture.ts'
import { followingCases } from './following.ts'
import { healthCases } from './health.ts'
import { limitCases } from './limits.ts'
import { listingCases } from './listing.ts'
import { readingCases } from './reading.ts'
import { secretCases } from './secret.ts'
import { versionCases } from './versions.ts'
import type { ViewStoreCase } from './view-case.ts'
import { viewChangeCases } from './view-changes.ts'
import { viewReadCases } from './view-reads.ts'

export { leftOut } from './case.ts'
export { StoreCaseFailure } from './expectation.ts'
export type { BookUnderTest, StoreCase, StoreFixture, StrangeHands, WriterOptions } from './fixture.ts'
export {
  type HistoryFault,
  type HistoryFaultKind,
  type HistoryProof,
  historyFaultKinds,
  historyFaults,
  judgeHistory,
  type Seen,
  type Tried,
} from './history-check.ts'
export { noOpEventStore } from './no-op.ts'
export { noOpViewStore } from './no-op-views.ts'
export type { ViewStoreCase, ViewStoreFixture } from './view-case.ts'

/**
 * The contract of an event store, as data: run each case from any test framework against a fixture of your adapter. A case
 * about something that your store does not claim to be able to do is left out, with the reason.
 *
 * ```ts
 * for (const one of eventStoreCases) {
 *   test(one.name, { skip: leftOut(one, fixture.capabilities) ?? false }, () => one.run(fixture))
 * }
 * ```
 */
export const eventStoreCases: readonly StoreCase[] = [
  ...versionCases,
  ...commandCases,
  ...batchCases,
  ...closedCases,
  ...concurrencyCases,
  ...readingCases,
  ...listingCases,
  ...followingCases,
  ...byteCases,
  ...clockCases,
  ...limitCases,
  ...secretCases,
  ...adoptionCases,
  ...healthCases,
]

/** The contract of a view store, in the same way. */
export const viewStoreCases: readonly ViewStoreCase[] = [...viewChangeCases, ...viewReadCases]
