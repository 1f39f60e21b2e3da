import type { AccountState, Plan, PlanStatus } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'

export interface InstalmentSummary {
  readonly number: number
  readonly due: Day
  readonly amount: number
  readonly paid: number
  readonly open: number
  readonly missed: boolean
}

export interface PlanSummary {
  readonly plan: string
  readonly status: string
  readonly total: number
  readonly remaining: number
  /** Every instalment of the promises as they stand. */
  readonly schedule: readonly InstalmentSummary[]
  /** The first instalment that is not fully paid; absent when the plan has ended. */
  readonly nextDue?: InstalmentSummary
  readonly missed: readonly InstalmentSummary[]
  readonly cureBy?: Day
  /** What disputes hold of it, cents: it is not asked for. */
  readonly held?: number
  /** The day on which its terms were disclosed. */
  readonly disclosedOn?: Day
  /** What was said to the patient before default. */
  readonly notices?: readonly { readonly kind: string; readonly on: Day }[]
}

const instalmentsOf = (plan: Plan): readonly InstalmentSummary[] =>
  plan.schedule.map(({ number, due, amount, paid, missed }) => ({
    number,
    due,
    amount,
    paid,
    open: Math.max(0, amount - paid),
    missed,
  }))

const hasEnded = (plan: Plan): boolean => plan.status === 'completed' || plan.status === 'cancelled'

const summaryOf = (plan: Plan): PlanSummary => {
  const unpaid = hasEnded(plan) ? [] : instalmentsOf(plan).filter(({ open }) => open > 0)
  const [next] = unpaid
  return {
    plan: plan.planId,
    status: plan.suspendedFrom === undefined ? plan.status : 'suspended',
    total: plan.total,
    remaining: unpaid.reduce((sum, { open }) => sum + open, 0),
    schedule: instalmentsOf(plan),
    ...(next ? { nextDue: next } : {}),
    missed: unpaid.filter(({ missed }) => missed),
    ...(plan.cureBy ? { cureBy: plan.cureBy } : {}),
    ...(plan.held > 0 ? { held: plan.held } : {}),
    ...(plan.disclosedOn ? { disclosedOn: plan.disclosedOn } : {}),
    ...(plan.notices.length > 0 ? { notices: plan.notices } : {}),
  }
}

const some = (state: AccountState, status: PlanStatus): boolean =>
  [...state.plans.plans.values()].some((plan) => plan.status === status)

/** Plans, those that still run first. */
export const summary = {
  sections: {
    plans: ({ state }): readonly PlanSummary[] =>
      [...state.plans.plans.values()].sort((a, b) => Number(hasEnded(a)) - Number(hasEnded(b))).map(summaryOf),
  },
  flags: {
    onPlan: ({ state }) => some(state, 'active'),
    planDefaulted: ({ state }) => some(state, 'defaulted'),
  },
} satisfies SummaryPart
