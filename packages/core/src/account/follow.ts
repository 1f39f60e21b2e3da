import type { Context } from './context.ts'
import type { AccountEvent, AccountState } from './rooms.ts'

/**
 * What follows from a decision on other facets, in the same unit: given the state before, the state after the events
 * decided so far and those events, a facet answers with the events that it adds.
 */
export type Follow = (
  before: AccountState,
  after: AccountState,
  events: readonly AccountEvent[],
  context: Context,
) => readonly AccountEvent[]
