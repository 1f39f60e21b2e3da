import { type Day, maxDay } from '../../kernel/day.ts'
import type { Follow } from '../follow.ts'
import type { AccountEvent } from '../rooms.ts'

const ended = (events: readonly AccountEvent[]): ReadonlyMap<string, Day> =>
  new Map(
    events.flatMap((event) =>
      event.type === 'PlanCompleted' || event.type === 'PlanCancelled' ? [[event.planId, event.effectiveDate]] : [],
    ),
  )

/** With its plan an authorisation ends: nothing is left that it was given for. */
export const follow: Follow = (_before, after, events) => {
  const plans = ended(events)
  if (plans.size === 0) return []
  return [...after.autopay.autopays.values()].flatMap(({ autopayId, authorized, endedOn }) => {
    const on = plans.get(authorized.planId)
    if (on === undefined || endedOn !== undefined) return []
    const effectiveDate = maxDay(on, authorized.effectiveDate)
    return [{ type: 'AutopayRevoked' as const, effectiveDate, autopayId, because: 'planEnded' as const }]
  })
}
