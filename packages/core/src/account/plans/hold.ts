import { toCents } from '../../kernel/cents.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import { frozenNow } from '../disputes/state.ts'
import type { AccountState } from '../rooms.ts'
import type { Instalment, PlanPartHeld, PlanPartReleased } from './events.ts'
import { dueAfter, intervalsUntil } from './later.ts'
import { askedOf } from './plan-state.ts'
import { type Plan, remainingOf } from './state.ts'
import { openOnLines } from './terms.ts'

// A plan whose line is in dispute (reference §7.1): nobody asks for what is disputed, and what nobody disputes goes on. What is
// left of the plan beyond its undisputed lines is held at the end of the schedule: the instalments before it are asked for as
// promised, what is held is neither asked for nor missed, and falls due later when the dispute is over.

/** What disputes hold of a plan, cents, and which ones. */
const heldNow = (state: AccountState, plan: Plan): Pick<PlanPartHeld, 'disputes'> & { readonly held: number } => {
  const frozen = plan.lines.map((line) => ({ line, disputes: frozenNow(state.disputes, line) }))
  const disputes = [...new Set(frozen.flatMap((each) => each.disputes.map(({ disputeId }) => disputeId)))]
  if (disputes.length === 0) return { held: 0, disputes }
  const free = frozen.filter((each) => each.disputes.length === 0).map(({ line }) => line)
  return { held: Math.max(0, remainingOf(plan) - openOnLines(state, free)), disputes }
}

/** All that is promised; what was held until now and lies behind a day falls due as many intervals later as it takes. */
const released = (plan: Plan, on: Day): readonly Instalment[] => {
  const asked = new Map(askedOf(plan.schedule, plan.held).map(({ number, amount }) => [number, amount]))
  const waits = ({ number, amount, paid }: Plan['schedule'][number]) =>
    paid < amount && (asked.get(number) ?? 0) < amount
  const first = plan.schedule.find(waits)
  const later = first ? intervalsUntil(plan, first.due, on) : 0
  let place = 0
  return plan.schedule.map((instalment) => {
    const { number, due, amount } = instalment
    if (!first || later === 0 || !waits(instalment)) return { number, due, amount }
    place += 1
    // One that had a later day keeps it: nothing is asked for sooner than it was promised.
    return { number, due: maxDay(due, dueAfter(plan, first.due, later + place - 1)), amount }
  })
}

/** What has changed of what disputes hold of a plan; nothing where it is as it was. */
export const held = (state: AccountState, plan: Plan, on: Day): PlanPartHeld | PlanPartReleased | undefined => {
  const now = heldNow(state, plan)
  if (now.held === plan.held) return undefined
  const { planId } = plan
  const schedule = [...released(plan, on)]
  return now.held === 0
    ? { type: 'PlanPartReleased', effectiveDate: on, planId, schedule }
    : {
        type: 'PlanPartHeld',
        effectiveDate: on,
        planId,
        held: toCents(now.held),
        disputes: now.disputes,
        schedule:
          now.held < plan.held ? schedule : plan.schedule.map(({ number, due, amount }) => ({ number, due, amount })),
      }
}
