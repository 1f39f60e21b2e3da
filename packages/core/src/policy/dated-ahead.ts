import { addDays, type Day } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import type { PolicyVersion } from './policy.ts'

/** A fact may be dated ahead by policy's days and no more: beyond, it is a slip, and no report would show the money. */
export const aheadHits = (
  on: Day,
  context: { readonly today: Day; readonly policy: PolicyVersion },
): readonly RuleHit[] => {
  const { futureDays } = context.policy.policy.posting
  if (on <= addDays(context.today, futureDays)) return []
  return [
    {
      rule: 'ledger.tooFarAhead',
      reason: `${on} is more than ${futureDays} days ahead of today, ${context.today}`,
      citation: 'policy posting.futureDays',
      jurisdiction: 'policy',
      earliest: addDays(on, -futureDays),
    },
  ]
}
