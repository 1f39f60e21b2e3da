import { addDays, type Day, maxDay } from '../../kernel/day.ts'
import type { AdjudicationId } from '../../kernel/ids.ts'
import { waitsForCorrection } from '../claims/corrections-state.ts'
import { adjudicationsOf } from '../claims/state.ts'
import type { Context } from '../context.ts'
import { visitsOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import type { Instalment, PlanResumed, PlanSuspended } from './events.ts'
import { dueAfter, intervalsUntil } from './later.ts'
import type { Plan } from './state.ts'

// Clarification 37: a reversal alone (CLP 22) is provisional, and so is a plan on what it touches. The plan is frozen until
// the correction comes, or a person says that it goes on.

/** Reversals on a plan's lines that wait for their correction, but for those despite which a person let it go on. */
export const awaitedBy = (state: AccountState, plan: Plan): readonly AdjudicationId[] => {
  if (!state.claims.adjudications.any('pending')) return []
  return visitsOf(state, plan.lines)
    .flatMap((visit) => adjudicationsOf(state.claims, visit))
    .filter((adjudication) => {
      const { event } = adjudication
      const touches = event.lines.some(({ lineId }) => lineId !== undefined && plan.lines.includes(lineId))
      return touches && !plan.despite.includes(event.adjudicationId) && waitsForCorrection(state, adjudication)
    })
    .map(({ event }) => event.adjudicationId)
}

export const suspended = (plan: Plan, awaited: readonly AdjudicationId[], on: Day): PlanSuspended => ({
  type: 'PlanSuspended',
  effectiveDate: on,
  planId: plan.planId,
  awaited: [...awaited],
})

/**
 * What is left to pay falls due as many intervals later as it takes to be due again: what was not judged when the plan was
 * frozen is judged by its new day.
 */
const postponed = (plan: Plan, from: Day, on: Day, graceDays: number): readonly Instalment[] => {
  const waits = ({ due, amount, paid }: Plan['schedule'][number]) => paid < amount && addDays(due, graceDays) >= from
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

export const resumed = (
  plan: Plan,
  on: Day,
  context: Context,
  said: Pick<PlanResumed, 'despite' | 'reason'>,
): PlanResumed => ({
  type: 'PlanResumed',
  effectiveDate: on,
  planId: plan.planId,
  schedule: [...postponed(plan, plan.suspendedFrom ?? on, on, context.policy.policy.plans.graceDays)],
  ...said,
})
