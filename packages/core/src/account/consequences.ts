import { follow as followClaims } from './claims/follow.ts'
import type { Context } from './context.ts'
import { follow as followCredits } from './credits/follow.ts'
import type { AccountEvent } from './events.ts'
import type { Follow } from './follow.ts'
import { follow as followPayments } from './payments/follow.ts'
import { follow as followPlans } from './plans/follow.ts'
import type { AccountState } from './state.ts'

/**
 * In this order: what waited for a coverage is done, money finds its item, plans see the money, credits are judged once
 * at the end (postings.md).
 */
const follows: readonly Follow[] = [followClaims, followPayments, followPlans, followCredits]

export const consequences = (
  before: AccountState,
  decided: readonly AccountEvent[],
  context: Context,
  fold: (state: AccountState, events: readonly AccountEvent[]) => AccountState,
): { readonly events: readonly AccountEvent[]; readonly after: AccountState } => {
  let events = decided
  let after = fold(before, decided)
  for (const follow of follows) {
    const more = follow(before, after, events, context)
    if (more.length === 0) continue
    events = [...events, ...more]
    after = fold(after, more)
  }
  return { events, after }
}
