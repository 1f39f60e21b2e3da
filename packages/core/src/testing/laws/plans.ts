import type { AccountState } from '../../account/index.ts'
import { type Plan, paidOnPlan, remainingOf } from '../../account/plans/state.ts'
import { openOnLines } from '../../account/plans/terms.ts'
import { sumOf } from '../../kernel/cents.ts'
import { differs, eachStep, type Found, type Law } from './law.ts'
import type { LawId } from './words.ts'

const eachPlan = (id: LawId, check: (plan: Plan, after: AccountState) => Found): Law =>
  eachStep(id, ({ after }) =>
    [...after.plans.plans.values()].flatMap((plan) =>
      check(plan, after).map((message) => `plan ${plan.planId}: ${message}`),
    ),
  )

/** H: payment plans, after every decision of any facet. */
export const planLaws: readonly Law[] = [
  // The schedule adds up to what was agreed.
  eachPlan('H1', ({ schedule, total }) =>
    differs(
      'schedule and total',
      sumOf(schedule, (part) => part.amount),
      total,
    ),
  ),
  eachPlan('H3', ({ schedule }) =>
    schedule.flatMap((part, at) => (at === 0 || part.due > (schedule[at - 1]?.due ?? '') ? [] : [`due ${part.due}`])),
  ),
  // Remaining is agreed less paid, and 0 exactly when the plan is complete.
  eachPlan('H4', (plan) => [
    ...differs(
      'paid on instalments and received',
      sumOf(plan.schedule, (part) => part.paid),
      paidOnPlan(plan),
    ),
    ...(remainingOf(plan) < 0 ? [`${-remainingOf(plan)} beyond what was agreed`] : []),
    ...((plan.status === 'active' || plan.status === 'defaulted') && remainingOf(plan) === 0
      ? [`${plan.status}, though nothing remains`]
      : []),
    ...(plan.status === 'completed' && remainingOf(plan) !== 0 ? ['complete, though something remains'] : []),
  ]),
  eachStep('H5', ({ after }) => {
    const covered = [...after.plans.plans.values()].flatMap((plan) => (plan.status === 'active' ? plan.lines : []))
    return covered.filter((line, at) => covered.indexOf(line) !== at).map((line) => `line ${line} is on two`)
  }),
  // Money pays instalments in order, none beyond its amount.
  eachPlan('H8', ({ schedule }) => {
    const open = schedule.findIndex((part) => part.paid < part.amount)
    return [
      ...schedule
        .filter((part) => part.paid < 0 || part.paid > part.amount)
        .map((part) => `instalment ${part.number} of ${part.amount} has ${part.paid}`),
      ...(open >= 0 && schedule.slice(open + 1).some((part) => part.paid > 0)
        ? ['paid behind an open instalment']
        : []),
    ]
  }),
  eachPlan('H10', (plan, after) =>
    // A frozen plan is recomputed when the correction has come (clarification 37).
    plan.status === 'active' && plan.suspendedFrom === undefined && remainingOf(plan) > openOnLines(after, plan.lines)
      ? [`${remainingOf(plan)} remain, ${openOnLines(after, plan.lines)} are open`]
      : [],
  ),
]
