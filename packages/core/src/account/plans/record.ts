import { addDays, type Day, maxDay } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { PracticePolicy } from '../../policy/policy.ts'
import { receivedBy } from './arrears.ts'
import type { Plan, PlanState } from './state.ts'

// What a plan's payments have been so far: functions of what was asked, and of receipts by the day from which they count.

/** An instalment as it was asked when it fell due, and what of the plan came before it in order. */
interface Asked {
  readonly due: Day
  readonly amount: number
  readonly before: number
}

/** All that has fallen due by a day, each by the version of the schedule that stood on its due day. */
const askedBy = (plan: Plan, on: Day): readonly Asked[] =>
  plan.versions.flatMap((version, at) => {
    const until = plan.versions[at + 1]?.from
    let before = 0
    return version.schedule.flatMap(({ due, amount }) => {
      const asked = { due, amount, before }
      before += amount
      return due > on || due < version.from || (until !== undefined && due >= until) ? [] : [asked]
    })
  })

/** The last day on which money came on the plan by another, and stayed. */
export const lastPaidOn = (plan: Plan, on: Day): Day | undefined => {
  const net = new Map<string, number>()
  for (const { paymentId, amount, on: day } of plan.receipts) {
    if (day <= on) net.set(paymentId, (net.get(paymentId) ?? 0) + amount)
  }
  const days = plan.receipts.filter(({ paymentId, amount, on: day }) => {
    return amount > 0 && day <= on && (net.get(paymentId) ?? 0) > 0
  })
  return days
    .map(({ on: day }) => day)
    .reduce<Day | undefined>((a, b) => (a === undefined ? b : maxDay(a, b)), undefined)
}

/**
 * Payments in a row until a day: due days, the last first, in whose time as much came as was asked, up to the share that
 * policy takes for a payment. What falls due and may still come in its grace breaks no row.
 */
export const consecutivePayments = (plan: Plan, terms: PracticePolicy['plans'], on: Day): number => {
  const asked = askedBy(plan, on)
  let count = 0
  for (let at = asked.length - 1; at >= 0; at -= 1) {
    const { due, amount } = asked[at] as Asked
    const graceEnds = addDays(due, terms.graceDays)
    const before = asked[at - 1]
    const came =
      receivedBy(plan, graceEnds, on) - (before ? receivedBy(plan, addDays(before.due, terms.graceDays), on) : 0)
    if (came * 10_000 >= amount * terms.missedBelow) count += 1
    else if (graceEnds < on || count > 0) return count
  }
  return count
}

/** Cumulative months of which all that was asked is paid, on the plan of a qualified patient (C.R.S. 25.5-3-503(1)(c)). */
export const statutoryMonths = (plan: Plan, on: Day): number => {
  if (plan.proposed.qualifiedPatient !== true) return 0
  const received = receivedBy(plan, on, on)
  const down = plan.downPayment === undefined ? undefined : plan.proposed.schedule[0]?.due
  const months = (parts: readonly Asked[]) => new Set(parts.map(({ due }) => due.slice(0, 7)))
  const asked = askedBy(plan, on).filter(({ due }) => due !== down)
  const unpaid = months(asked.filter(({ amount, before }) => received < before + amount))
  return [...months(asked)].filter((month) => !unpaid.has(month)).length
}

/** Of several lines the one that has the fewest: a line that is on no such plan has none. */
export const statutoryMonthsOf = ({ plans }: PlanState, lines: readonly LineId[], on: Day): number =>
  lines
    .map((line) => Math.max(0, ...plans.by('line', line).map((plan) => statutoryMonths(plan, on))))
    .reduce((fewest, months) => Math.min(fewest, months), lines.length === 0 ? 0 : Number.MAX_SAFE_INTEGER)
