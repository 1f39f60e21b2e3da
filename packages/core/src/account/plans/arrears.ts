import { addDays, type Day, daysBetween } from '../../kernel/day.ts'
import type { PracticePolicy } from '../../policy/policy.ts'
import type { Instalment, PlanDefaulted } from './events.ts'
import type { Plan } from './state.ts'

// How a plan stands on a day: a function of its schedule versions, its payments by effective day, and policy (law H6).
// Instalments are paid in their order, whatever the order in which payments were recorded: one is paid as far as the
// plan's money reaches past those before it.

type Terms = PracticePolicy['plans']

/** The plan's money that counted by a day and still stands as of another: what went back is off, the latest first. */
export const receivedBy = (plan: Plan, by: Day, asOf: Day): number => {
  const payments = new Map<string, { early: number; late: number; back: number }>()
  for (const { paymentId, on, amount } of plan.receipts) {
    const sums = payments.get(paymentId) ?? { early: 0, late: 0, back: 0 }
    if (amount < 0 && on <= asOf) sums.back -= amount
    else if (amount > 0 && on <= by) sums.early += amount
    else if (amount > 0 && on <= asOf) sums.late += amount
    payments.set(paymentId, sums)
  }
  let total = 0
  for (const { early, late, back } of payments.values()) total += Math.max(0, early - Math.max(0, back - late))
  return total
}

/** An instalment whose grace has ended, and whether enough of it had been paid by then. */
export interface JudgedInstalment {
  readonly number: number
  readonly due: Day
  /** The day after grace ended; of a miss that only money which went back later has made, the day on which it went. */
  readonly judgedOn: Day
  readonly missed: boolean
  /** What of it was open then. */
  readonly open: number
}

/** Days after one, until another, on which money of the plan went back, in order. */
const wentBack = (plan: Plan, after: Day, until: Day): readonly Day[] =>
  plan.receipts.flatMap(({ amount, on }) => (amount < 0 && on > after && on <= until ? on : [])).sort()

/** Whether what is promised beyond so much was asked for on a day: what a dispute holds is not, and is not missed. */
const isAskedOn = (plan: Plan, day: Day, beyond: number): boolean => {
  const version = plan.versions.findLast(({ from }) => from <= day)
  if (!version?.held) return true
  return version.schedule.reduce((sum, { amount }) => sum + amount, 0) > beyond
}

/** Every instalment that has been judged by a day, each by the version of the schedule that stood then. */
export const judgedBy = (plan: Plan, terms: Terms, asOf: Day): readonly JudgedInstalment[] =>
  plan.versions.flatMap((version, index) => {
    const until = plan.versions[index + 1]?.from
    let before = 0
    return version.schedule.flatMap(({ number, due, amount }) => {
      const start = before
      before += amount
      const graceEnds = addDays(due, terms.graceDays)
      const judgedOn = addDays(graceEnds, 1)
      if (judgedOn > asOf || judgedOn < version.from || (until !== undefined && judgedOn >= until)) return []
      const paidOn = (day: Day) => Math.min(amount, Math.max(0, receivedBy(plan, graceEnds, day) - start))
      const isMissed = (day: Day) => paidOn(day) * 10_000 < amount * terms.missedBelow
      // By the first day on which it was: whoever looks later finds what somebody who looked every day has found.
      const later = wentBack(plan, judgedOn, asOf).filter((day) => isAskedOn(plan, day, start))
      const from = [judgedOn, ...later].find(isMissed)
      return [
        { number, due, judgedOn: from ?? judgedOn, missed: from !== undefined, open: amount - paidOn(from ?? asOf) },
      ]
    })
  })

/** The schedule that stood on a day. */
const scheduleOn = (plan: Plan, on: Day): readonly Instalment[] =>
  plan.versions.findLast(({ from }) => from <= on)?.schedule ?? []

/** The instalments of the schedule of a day that are open past their grace as of it, oldest first. */
const overdueInstalments = (plan: Plan, terms: Terms, asOf: Day): readonly { due: Day; open: number }[] => {
  const received = receivedBy(plan, asOf, asOf)
  let before = 0
  return scheduleOn(plan, asOf).flatMap(({ due, amount }) => {
    const paid = Math.min(amount, Math.max(0, received - before))
    before += amount
    return paid < amount && addDays(due, terms.graceDays) < asOf ? [{ due, open: amount - paid }] : []
  })
}

/** The instalments of the schedule that stood on a day which were not paid whole by then. */
export const unpaidAsOf = (plan: Plan, on: Day): readonly Instalment[] => {
  const received = receivedBy(plan, on, on)
  let before = 0
  return scheduleOn(plan, on).filter(({ amount }) => {
    before += amount
    return received < before
  })
}

/** What had fallen due by a day, by the schedule that stood on it, and was not paid by then. */
export const askedAsOf = (plan: Plan, on: Day): number =>
  Math.max(
    0,
    scheduleOn(plan, on).reduce((sum, { due, amount }) => (due <= on ? sum + amount : sum), 0) -
      receivedBy(plan, on, on),
  )

/** What must be paid to be current: open instalments past their grace. */
export const overdueOn = (plan: Plan, terms: Terms, asOf: Day): number =>
  overdueInstalments(plan, terms, asOf).reduce((sum, { open }) => sum + open, 0)

/** The due day of the oldest instalment that is open past its grace as of a day. */
export const oldestOverdue = (plan: Plan, terms: Terms, asOf: Day): Day | undefined =>
  overdueInstalments(plan, terms, asOf)[0]?.due

/** Missed instalments as of a day, in every version of the schedule (law H6). */
export const missedBy = (plan: Plan, terms: Terms, asOf: Day): readonly JudgedInstalment[] =>
  judgedBy(plan, terms, asOf).filter((judged) => judged.missed)

const longestRun = (judged: readonly JudgedInstalment[]): number => {
  let longest = 0
  let run = 0
  for (const { missed } of judged) {
    run = missed ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

type Cause = PlanDefaulted['cause']

/** Why a plan is in default as of a day, by what was judged after another. */
const causeSince = (plan: Plan, terms: Terms, asOf: Day, since: Day | undefined): Cause | undefined => {
  const [oldest] = overdueInstalments(plan, terms, asOf)
  if (!oldest) return undefined
  const judged = judgedBy(plan, terms, asOf).filter(({ judgedOn }) => since === undefined || judgedOn > since)
  if (longestRun(judged) >= terms.defaultAfterConsecutive) return 'consecutiveMisses'
  if (judged.filter(({ missed }) => missed).length >= terms.defaultAfterCumulative) return 'cumulativeMisses'
  return daysBetween(oldest.due, asOf) >= terms.defaultAfterDaysPastDue ? 'pastDue' : undefined
}

/** Days by one, that one too, on which a plan may come to stand otherwise: something of it is judged, or long past due, paid, or agreed anew. */
const turningDays = (plan: Plan, { graceDays, defaultAfterDaysPastDue }: Terms, asOf: Day): readonly Day[] => {
  const judged = plan.versions.flatMap(({ schedule }) =>
    schedule.flatMap(({ due }) => [addDays(due, graceDays + 1), addDays(due, defaultAfterDaysPastDue)]),
  )
  const agreed = [...plan.versions.map(({ from }) => from), ...(plan.curedOn === undefined ? [] : [plan.curedOn])]
  const days = new Set([...judged, ...plan.receipts.map(({ on }) => on), ...agreed, asOf])
  return [...days].filter((day) => day <= asOf).sort()
}

/**
 * Why a plan is in default as of a day, or undefined (reference §5.3): the cause that there was, on that day or before, and
 * that nothing has ended since. It counts anew from the day on which the plan was amended, cured, or had caught up, however late
 * it paid, and whether or not somebody looked at it on those days.
 */
export const defaultCause = (plan: Plan, terms: Terms, asOf: Day): Cause | undefined => {
  if (overdueOn(plan, terms, asOf) === 0) return undefined
  let since: Day | undefined
  let cause: Cause | undefined
  for (const day of turningDays(plan, terms, asOf)) {
    // Of a frozen plan nothing falls due, so that it can not catch up either.
    if (scheduleOn(plan, day).length === 0) continue
    const isAnew = day === plan.curedOn || plan.amendedOn.includes(day)
    if (isAnew || (cause !== undefined && overdueOn(plan, terms, day) === 0)) {
      since = day
      cause = undefined
    } else cause = causeSince(plan, terms, day, since) ?? cause
  }
  return cause
}
