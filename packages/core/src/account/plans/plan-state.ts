import type { Cents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import type { AdjudicationId, LineId, PaymentId, PlanId } from '../../kernel/ids.ts'
import type { PlanInterval } from '../../kernel/plan-intervals.ts'
import type { Questions, ReadonlyTable, Table } from '../../kernel/table.ts'
import type { Instalment, PlanNoticeSent, PlanProposed } from './events.ts'

// What a plan is, and the steps by which the events of it change it.

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

/** Something that was said to the patient before default, with its day. */
export interface PlanNotice {
  readonly kind: PlanNoticeSent['kind']
  readonly on: Day
}

/** What was asked from a day on: the promises as they stood, without what disputes hold. */
export interface ScheduleVersion {
  readonly from: Day
  readonly schedule: readonly Instalment[]
  /** What disputes hold of the plan, at its end: the schedule is what is asked for beside it. Cents. */
  readonly held?: number
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
  /** Days on which it was changed: amended, put off, made current. */
  readonly amendedOn: readonly Day[]
  /** Frozen since this day, until a payer corrects its reversal (clarification 37). */
  readonly suspendedFrom?: Day | undefined
  /** Reversals despite which a person let it go on. */
  readonly despite: readonly AdjudicationId[]
  /** What disputes hold of the end of the schedule, cents: it is not asked for. */
  readonly held: number
  /** What was said to the patient before default. */
  readonly notices: readonly PlanNotice[]
  readonly disclosedOn?: Day | undefined
  /** Months by which it was put off, with the day. */
  readonly deferrals: readonly { readonly on: Day; readonly months: number }[]
  readonly reagedOn: readonly Day[]
}

/** Money that meets a running plan's lines counts on it; a person ends or cures one in default. */
export const isRunning = ({ status }: Plan): boolean => status === 'active' || status === 'defaulted'

export const ofPlans = {
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

export const update = (slice: PlanBuilder, id: PlanId, change: (plan: Plan) => Plan): void => {
  const plan = slice.plans.get(id)
  if (plan) slice.plans.set(id, change(plan))
}

export const standing = (plan: Plan, status: PlanStatus, from: Day): Pick<Plan, 'status' | 'standings'> =>
  status === plan.status
    ? { status, standings: plan.standings }
    : { status, standings: [...plan.standings, { from, status }] }

/** The offer of a cure that runs, if one does, ends. */
export const offerEnded = ({ offers }: Plan, until: Day): Pick<Plan, 'cureBy' | 'offers'> => ({
  cureBy: undefined,
  offers: offers.map((offer) => (offer.until === undefined ? { ...offer, until } : offer)),
})

/** The schedule without its end of so many cents. */
export const askedOf = (schedule: readonly Instalment[], held: number): readonly Instalment[] => {
  let left = schedule.reduce((sum, { amount }) => sum + amount, 0) - held
  return schedule.flatMap((instalment) => {
    const amount = Math.min(instalment.amount, Math.max(0, left))
    left -= amount
    return amount > 0 ? [{ ...instalment, amount: amount as Cents }] : []
  })
}

/** A new schedule keeps what was paid on instalments of the same number. */
export const reschedule = (plan: Plan, schedule: readonly Instalment[], from: Day): Plan => ({
  ...plan,
  schedule: schedule.map((instalment) => {
    const before = plan.schedule.find((old) => old.number === instalment.number)
    return { ...instalment, paid: before?.paid ?? 0, missed: before?.missed ?? false }
  }),
  versions: [...plan.versions, { from, schedule: askedOf(schedule, plan.held), held: plan.held }],
})
