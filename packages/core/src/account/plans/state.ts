import type { Day } from '../../kernel/day.ts'
import type { Of } from '../../kernel/decision.ts'
import type { LineId, PlanId } from '../../kernel/ids.ts'
import type { AccountEvent } from '../events.ts'
import type { Instalment, PlanProposed } from './events.ts'

export type PlanStatus = 'proposed' | 'active' | 'defaulted' | 'completed' | 'cancelled'

/** What has become of one promised instalment. */
export interface InstalmentState extends Instalment {
  readonly paid: number
  readonly missed: boolean
}

export interface Plan {
  readonly planId: PlanId
  readonly proposed: PlanProposed
  readonly status: PlanStatus
  readonly lines: readonly LineId[]
  readonly total: number
  readonly schedule: readonly InstalmentState[]
  readonly activatedOn?: Day | undefined
  readonly cureBy?: Day | undefined
  readonly amendedOn: readonly Day[]
}

export interface PlanState {
  readonly plans: ReadonlyMap<PlanId, Plan>
}
export interface PlanBuilder {
  plans: Map<PlanId, Plan>
}

export const initial = (): PlanBuilder => ({ plans: new Map() })
export const open = (state: PlanState): PlanBuilder => ({ plans: new Map(state.plans) })

const update = (slice: PlanBuilder, id: PlanId, change: (plan: Plan) => Plan): void => {
  const plan = slice.plans.get(id)
  if (plan) slice.plans.set(id, change(plan))
}

/** A new schedule keeps what was paid on instalments of the same number. */
const reschedule = (plan: Plan, schedule: readonly Instalment[]): readonly InstalmentState[] =>
  schedule.map((instalment) => {
    const before = plan.schedule.find((old) => old.number === instalment.number)
    return { ...instalment, paid: before?.paid ?? 0, missed: before?.missed ?? false }
  })

const change = (plan: Plan, number: number, of: (instalment: InstalmentState) => InstalmentState): Plan => ({
  ...plan,
  schedule: plan.schedule.map((instalment) => (instalment.number === number ? of(instalment) : instalment)),
})

export const evolve = {
  PlanProposed: (slice: PlanBuilder, event: Of<AccountEvent, 'PlanProposed'>) => {
    slice.plans.set(event.planId, {
      planId: event.planId,
      proposed: event,
      status: 'proposed',
      lines: event.lines,
      total: event.total,
      schedule: event.schedule.map((instalment) => ({ ...instalment, paid: 0, missed: false })),
      amendedOn: [],
    })
  },
  PlanActivated: (slice: PlanBuilder, event: Of<AccountEvent, 'PlanActivated'>) =>
    update(slice, event.planId, (plan) => ({ ...plan, status: 'active', activatedOn: event.agreedOn })),
  InstalmentPaid: (slice: PlanBuilder, event: Of<AccountEvent, 'InstalmentPaid'>) =>
    update(slice, event.planId, (plan) =>
      change(plan, event.number, (instalment) => ({ ...instalment, paid: instalment.paid + event.amount })),
    ),
  InstalmentReopened: (slice: PlanBuilder, event: Of<AccountEvent, 'InstalmentReopened'>) =>
    update(slice, event.planId, (plan) =>
      change(plan, event.number, (instalment) => ({ ...instalment, paid: instalment.paid - event.amount })),
    ),
  InstalmentMissed: (slice: PlanBuilder, event: Of<AccountEvent, 'InstalmentMissed'>) =>
    update(slice, event.planId, (plan) =>
      change(plan, event.number, (instalment) => ({ ...instalment, missed: true })),
    ),
  PlanCureOffered: (slice: PlanBuilder, event: Of<AccountEvent, 'PlanCureOffered'>) =>
    update(slice, event.planId, (plan) => ({ ...plan, cureBy: event.cureBy })),
  PlanCured: (slice: PlanBuilder, event: Of<AccountEvent, 'PlanCured'>) =>
    update(slice, event.planId, (plan) => ({ ...plan, status: 'active', cureBy: undefined })),
  PlanDefaulted: (slice: PlanBuilder, event: Of<AccountEvent, 'PlanDefaulted'>) =>
    update(slice, event.planId, (plan) => ({ ...plan, status: 'defaulted', cureBy: undefined })),
  PlanAmended: (slice: PlanBuilder, event: Of<AccountEvent, 'PlanAmended'>) =>
    update(slice, event.planId, (plan) => ({
      ...plan,
      total: event.total,
      lines: event.lines,
      schedule: reschedule(plan, event.schedule),
      amendedOn: [...plan.amendedOn, event.effectiveDate],
    })),
  PlanRecomputed: (slice: PlanBuilder, event: Of<AccountEvent, 'PlanRecomputed'>) =>
    update(slice, event.planId, (plan) => ({
      ...plan,
      total: event.total,
      schedule: reschedule(plan, event.schedule),
    })),
  PlanCompleted: (slice: PlanBuilder, event: Of<AccountEvent, 'PlanCompleted'>) =>
    update(slice, event.planId, (plan) => ({ ...plan, status: 'completed' })),
  PlanCancelled: (slice: PlanBuilder, event: Of<AccountEvent, 'PlanCancelled'>) =>
    update(slice, event.planId, (plan) => ({ ...plan, status: 'cancelled' })),
}
