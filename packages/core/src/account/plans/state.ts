import type { Day } from '../../kernel/day.ts'
import type { AdjudicationId, LineId, PaymentId, PlanId } from '../../kernel/ids.ts'
import type { PlanInterval } from '../../kernel/plan-intervals.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import type {
  Instalment,
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

/**
 * `cancelled` is an end. `defaulted` goes on by `CurePlan`, when all that was overdue is paid; `completed` goes back to
 * `active` when a payment bounces (law H4).
 */
export type PlanStatus = 'proposed' | 'active' | 'defaulted' | 'completed' | 'cancelled'

/** What has become of one promised instalment. `missed`: a miss was recorded. */
export interface InstalmentState extends Instalment {
  readonly paid: number
  readonly missed: boolean
}

/** Money that counts on the plan, by the day from which it counts; negative where it went back. */
export interface PlanReceipt {
  readonly paymentId: PaymentId
  readonly on: Day
  readonly amount: number
}

/** The promises as they stood from a day on. */
export interface ScheduleVersion {
  readonly from: Day
  readonly schedule: readonly Instalment[]
}

/**
 * A payment plan and what became of its promises. `total` is all that was agreed, cents; `downPayment` is the first
 * instalment of `schedule`.
 */
export interface Plan {
  readonly planId: PlanId
  readonly proposed: PlanProposed
  readonly status: PlanStatus
  /** Every standing since it was proposed, with the day from which it counts; the last is `status`. */
  readonly standings: readonly { readonly from: Day; readonly status: PlanStatus }[]
  readonly lines: readonly LineId[]
  readonly total: number
  readonly interval: PlanInterval
  readonly downPayment?: number | undefined
  readonly schedule: readonly InstalmentState[]
  /** Every schedule since the plan was agreed, oldest first. */
  readonly versions: readonly ScheduleVersion[]
  readonly receipts: readonly PlanReceipt[]
  /** Numbers of the instalments whose miss was recorded, in every version. */
  readonly misses: readonly number[]
  readonly activatedOn?: Day | undefined
  readonly cureBy?: Day | undefined
  /** Every offer of a cure: from when it ran, and until when, where it has ended. The last is the one that `cureBy` ends. */
  readonly offers: readonly { readonly from: Day; readonly until?: Day }[]
  readonly curedOn?: Day | undefined
  readonly amendedOn: readonly Day[]
  /** Frozen since this day, until a payer corrects its reversal (clarification 37). */
  readonly suspendedFrom?: Day | undefined
  /** Reversals despite which a person let it go on. */
  readonly despite: readonly AdjudicationId[]
}

/** Money that meets a running plan's lines counts on it; a person ends or cures one in default. */
export const isRunning = ({ status }: Plan): boolean => status === 'active' || status === 'defaulted'

const ofPlans = {
  where: { running: isRunning },
  by: { line: (plan: Plan) => plan.lines },
} satisfies Questions<Plan>

/** All plans of the account, ended ones too. */
export interface PlanState {
  readonly plans: ReadonlyTable<PlanId, Plan, typeof ofPlans>
}
export interface PlanBuilder {
  plans: Table<PlanId, Plan, typeof ofPlans>
}

export const initial = (): PlanBuilder => ({ plans: new Table(ofPlans) })
export const builderOf = (state: PlanState): PlanBuilder => ({ plans: state.plans.next() })

const update = (slice: PlanBuilder, id: PlanId, change: (plan: Plan) => Plan): void => {
  const plan = slice.plans.get(id)
  if (plan) slice.plans.set(id, change(plan))
}

const standing = (plan: Plan, status: PlanStatus, from: Day): Pick<Plan, 'status' | 'standings'> =>
  status === plan.status
    ? { status, standings: plan.standings }
    : { status, standings: [...plan.standings, { from, status }] }

/** The offer of a cure that runs, if one does, ends. */
const offerEnded = ({ offers }: Plan, until: Day): Pick<Plan, 'cureBy' | 'offers'> => ({
  cureBy: undefined,
  offers: offers.map((offer) => (offer.until === undefined ? { ...offer, until } : offer)),
})

/** A new schedule keeps what was paid on instalments of the same number. */
const reschedule = (plan: Plan, schedule: readonly Instalment[], from: Day): Plan => ({
  ...plan,
  schedule: schedule.map((instalment) => {
    const before = plan.schedule.find((old) => old.number === instalment.number)
    return { ...instalment, paid: before?.paid ?? 0, missed: before?.missed ?? false }
  }),
  versions: [...plan.versions, { from, schedule }],
})

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
