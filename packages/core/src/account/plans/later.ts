import { addDays, addMonths, type Day, daysBetween, daysInMonth, toDay } from '../../kernel/day.ts'
import { dueDay } from '../../rules/plan/schedule.ts'
import type { Plan } from './plan-state.ts'

// How a plan goes on from a day: months keep the day on which the plan falls due, also past a short month (law H3).

/** The day of the month on which a plan falls due, its down payment left out. */
const dayOfMonth = ({ schedule, downPayment }: Plan): number =>
  Math.max(
    ...schedule.slice(downPayment === undefined || schedule.length === 1 ? 0 : 1).map(({ due }) => +due.slice(8)),
  )

/** A day so many months after another, on the plan's own day of the month where that has it. */
const monthsLater = (plan: Plan, from: Day, months: number): Day => {
  const month = addMonths(toDay(`${from.slice(0, 8)}01`), months).slice(0, 8)
  const last = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)))
  return toDay(`${month}${String(Math.min(dayOfMonth(plan), last)).padStart(2, '0')}`)
}

/** The n-th due day of a plan after one of its due days. */
export const dueAfter = (plan: Plan, from: Day, n: number): Day =>
  plan.interval === 'month' ? monthsLater(plan, from, n) : dueDay(from, plan.interval, n)

/** A due day of a plan, put off by months. */
export const putOff = (plan: Plan, due: Day, months: number): Day =>
  plan.interval === 'month' ? monthsLater(plan, due, months) : addMonths(due, months)

/**
 * A due day of a plan, put off with the first one that is: by the months themselves, or where a plan counts weeks by as many days as
 * that one is. So what lay apart stays apart.
 */
export const laterBy = (plan: Plan, due: Day, months: number, first: Day): Day =>
  plan.interval === 'month'
    ? monthsLater(plan, due, months)
    : addDays(due, daysBetween(first, putOff(plan, first, months)))

/** How many intervals after a due day the first is that does not lie before another day. */
export const intervalsUntil = (plan: Plan, from: Day, on: Day): number => {
  let later = 0
  while (dueAfter(plan, from, later) < on) later += 1
  return later
}
