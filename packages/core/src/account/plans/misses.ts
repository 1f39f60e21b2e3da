import { toCents } from '../../kernel/cents.ts'
import { addDays, type Day, minDay } from '../../kernel/day.ts'
import type { PracticePolicy } from '../../policy/policy.ts'
import { missedBy } from './arrears.ts'
import type { InstalmentMissed } from './events.ts'
import type { Plan } from './state.ts'

/**
 * Misses by a day that nobody has recorded yet, each effective on the day from which it is one. Whoever ends a plan records
 * them: nobody looks at it any more. While it is frozen nothing is missed (clarification 37).
 */
export const newMisses = (plan: Plan, terms: PracticePolicy['plans'], on: Day): readonly InstalmentMissed[] =>
  missedBy(plan, terms, plan.suspendedFrom === undefined ? on : minDay(on, addDays(plan.suspendedFrom, -1)))
    .filter(({ number }) => !plan.misses.includes(number))
    .map(({ number, due, judgedOn, open }) => ({
      type: 'InstalmentMissed',
      effectiveDate: judgedOn,
      planId: plan.planId,
      number,
      due,
      open: toCents(open),
    }))
