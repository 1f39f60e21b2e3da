import type { Day } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import { Table } from '../../kernel/table.ts'
import { changes } from './changes-state.ts'
import type {
  InstalmentMissed,
  InstalmentPaid,
  InstalmentReopened,
  PlanActivated,
  PlanAmended,
  PlanCancelled,
  PlanCompleted,
  PlanCured,
  PlanCureOffered,
  PlanDefaulted,
  PlanProposed,
  PlanRecomputed,
  PlanResumed,
  PlanSuspended,
} from './events.ts'
import {
  type InstalmentState,
  offerEnded,
  ofPlans,
  type Plan,
  type PlanBuilder,
  type PlanReceipt,
  type PlanState,
  type PlanStatus,
  reschedule,
  standing,
  update,
} from './plan-state.ts'

export type {
  InstalmentState,
  Plan,
  PlanBuilder,
  PlanReceipt,
  PlanState,
  PlanStatus,
  ScheduleVersion,
} from './plan-state.ts'
export { isRunning } from './plan-state.ts'

export const initial = (): PlanBuilder => ({ plans: new Table(ofPlans) })
export const builderOf = (state: PlanState): PlanBuilder => ({ plans: state.plans.next() })

const change = (plan: Plan, number: number, of: (instalment: InstalmentState) => InstalmentState): Plan => ({
  ...plan,
  schedule: plan.schedule.map((instalment) => (instalment.number === number ? of(instalment) : instalment)),
})

/** Counts money on an instalment, or takes it back (negative). */
const count = (plan: Plan, number: number, receipt: PlanReceipt): Plan => ({
  ...change(plan, number, (instalment) => ({ ...instalment, paid: instalment.paid + receipt.amount })),
  receipts: [...plan.receipts, receipt],
})

export const evolve = {
  ...changes,
  PlanProposed: (slice: PlanBuilder, event: PlanProposed) => {
    slice.plans.set(event.planId, {
      planId: event.planId,
      proposed: event,
      status: 'proposed',
      standings: [{ from: event.effectiveDate, status: 'proposed' }],
      lines: event.lines,
      total: event.total,
      interval: event.interval,
      downPayment: event.downPayment,
      schedule: event.schedule.map((instalment) => ({ ...instalment, paid: 0, missed: false })),
      versions: [],
      receipts: [],
      misses: [],
      offers: [],
      amendedOn: [],
      despite: [],
      held: 0,
      notices: [],
      deferrals: [],
      reagedOn: [],
    })
  },
  PlanActivated: (slice: PlanBuilder, event: PlanActivated) =>
    update(slice, event.planId, (plan) => ({
      ...plan,
      ...standing(plan, 'active', event.agreedOn),
      activatedOn: event.agreedOn,
      versions: [{ from: event.agreedOn, schedule: plan.proposed.schedule }],
    })),
  InstalmentPaid: (slice: PlanBuilder, event: InstalmentPaid) =>
    update(slice, event.planId, (plan) =>
      count(plan, event.number, { paymentId: event.paymentId, on: event.effectiveDate, amount: event.amount }),
    ),
  InstalmentReopened: (slice: PlanBuilder, event: InstalmentReopened) =>
    update(slice, event.planId, (plan) => ({
      ...count(plan, event.number, { paymentId: event.paymentId, on: event.effectiveDate, amount: -event.amount }),
      // What was complete is not any more (law H4).
      ...standing(plan, plan.status === 'completed' ? 'active' : plan.status, event.effectiveDate),
    })),
  InstalmentMissed: (slice: PlanBuilder, event: InstalmentMissed) =>
    update(slice, event.planId, (plan) => ({
      ...change(plan, event.number, (instalment) => ({ ...instalment, missed: true })),
      misses: [...plan.misses, event.number],
    })),
  PlanCureOffered: (slice: PlanBuilder, event: PlanCureOffered) =>
    update(slice, event.planId, (plan) => ({
      ...plan,
      cureBy: event.cureBy,
      offers: [...plan.offers, { from: event.effectiveDate }],
    })),
  PlanCured: (slice: PlanBuilder, event: PlanCured) =>
    update(slice, event.planId, (plan) => ({
      ...plan,
      ...standing(plan, 'active', event.effectiveDate),
      ...offerEnded(plan, event.effectiveDate),
      curedOn: event.effectiveDate,
    })),
  PlanDefaulted: (slice: PlanBuilder, event: PlanDefaulted) =>
    update(slice, event.planId, (plan) => ({
      ...plan,
      ...standing(plan, 'defaulted', event.effectiveDate),
      ...offerEnded(plan, event.effectiveDate),
    })),
  PlanAmended: (slice: PlanBuilder, event: PlanAmended) =>
    update(slice, event.planId, (plan) => ({
      ...reschedule(plan, event.schedule, event.effectiveDate),
      total: event.total,
      lines: event.lines,
      interval: event.interval,
      downPayment: event.downPayment,
      ...offerEnded(plan, event.effectiveDate),
      amendedOn: [...plan.amendedOn, event.effectiveDate],
    })),
  PlanRecomputed: (slice: PlanBuilder, event: PlanRecomputed) =>
    update(slice, event.planId, (plan) => ({
      ...reschedule(plan, event.schedule, event.effectiveDate),
      total: event.total,
    })),
  // Of a frozen plan nothing falls due: its promises of that time are none.
  PlanSuspended: (slice: PlanBuilder, { planId, effectiveDate }: PlanSuspended) =>
    update(slice, planId, (plan) => ({
      ...plan,
      suspendedFrom: effectiveDate,
      versions: [...plan.versions, { from: effectiveDate, schedule: [] }],
    })),
  PlanResumed: (slice: PlanBuilder, { planId, effectiveDate, schedule, despite }: PlanResumed) =>
    update(slice, planId, (plan) => ({
      ...reschedule(plan, schedule, effectiveDate),
      suspendedFrom: undefined,
      despite: [...plan.despite, ...despite],
    })),
  PlanCompleted: (slice: PlanBuilder, event: PlanCompleted) =>
    update(slice, event.planId, (plan) => ({
      ...plan,
      ...standing(plan, 'completed', event.effectiveDate),
      ...offerEnded(plan, event.effectiveDate),
    })),
  PlanCancelled: (slice: PlanBuilder, event: PlanCancelled) =>
    update(slice, event.planId, (plan) => ({
      ...plan,
      ...standing(plan, 'cancelled', event.effectiveDate),
      ...offerEnded(plan, event.effectiveDate),
    })),
}

// ── questions ────────────────────────────────────────────────────────────────────────────────────────────────────

/** What the plan has been paid: its receipts, net of what went back. */
export const paidOnPlan = (plan: Plan): number => plan.receipts.reduce((sum, receipt) => sum + receipt.amount, 0)
/** Law H4: agreed − paid on the plan. */
export const remainingOf = (plan: Plan): number => plan.total - paidOnPlan(plan)

/** Active plans that cover one of these lines. */
export const activePlansOn = (state: PlanState, lines: Iterable<LineId>): readonly Plan[] =>
  state.plans.by('line', ...lines).filter((plan) => plan.status === 'active')

/** How a plan stood on a day, by what counted until then, in the order of the book. */
export const standingOn = ({ standings }: Plan, on: Day): PlanStatus | undefined =>
  standings.findLast(({ from }) => from <= on)?.status

/** True where the offer of a cure ran on a day. */
export const curableOn = ({ offers }: Plan, on: Day): boolean =>
  offers.some(({ from, until }) => from <= on && (until === undefined || on < until))

/** Plans that cover one of these lines and were active on a day. */
export const activePlansAsOf = (state: PlanState, lines: Iterable<LineId>, on: Day): readonly Plan[] =>
  state.plans.by('line', ...lines).filter((plan) => standingOn(plan, on) === 'active')

/** All active plans. */
export const activePlans = (state: PlanState): readonly Plan[] =>
  state.plans.where('running').filter((plan) => plan.status === 'active')
