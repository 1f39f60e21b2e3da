import type { LineId } from '../../kernel/ids.ts'
import type { PlanInterval } from '../../kernel/plan-intervals.ts'
import { type Fact, type Facts, known, unknown } from '../../rules/facts.ts'
import { monthlyBurden, monthsOf } from '../../rules/plan/schedule.ts'
import type { Context } from '../context.ts'
import { reachFacts, visitsOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import type { Plan } from './state.ts'

/** What the guarantor disclosed, cents a month; absent: nobody said. */
export interface Household {
  readonly monthlyIncome?: number | undefined
  readonly incomeAfterEssentials?: number | undefined
  readonly otherInstalments?: number | undefined
  readonly qualifiedPatient?: boolean | undefined
  readonly screenedForAssistance?: boolean | undefined
}

/** A plan as its rules see it; `amounts` without the down payment and without what is paid. */
export interface PlanTerms {
  readonly lines: readonly LineId[]
  readonly total: number
  readonly amounts: readonly number[]
  readonly interval: PlanInterval
  readonly household: Household
  /** The plan itself, where it stands already. */
  readonly plan?: Plan | undefined
  readonly amendmentsInYear?: number
}

const disclosed = <T>(value: T | undefined): Fact<T> =>
  value === undefined ? unknown('nobody has disclosed it') : known(value)

/** Whether a professional bills, where the practice is a facility: as the visits say. */
const professionalFact = (state: AccountState, lines: readonly LineId[], context: Context): Fact<boolean> => {
  if (context.policy.policy.practice.entityType === 'physician_practice') return known(true)
  const kinds = new Set(visitsOf(state, lines).map((visit) => state.registration.visits.get(visit)?.kind))
  const [kind] = kinds
  if (kinds.size !== 1 || (kind !== 'professional' && kind !== 'institutional')) {
    return unknown('the visits do not say with one voice who bills')
  }
  return known(kind === 'professional')
}

/** What an active plan asks of a month, its down payment and paid instalments left out. */
const burdenOf = (plan: Plan): number =>
  monthlyBurden(
    plan.schedule.filter((part, at) => part.paid < part.amount && !(at === 0 && plan.downPayment)).map((p) => p.amount),
    plan.interval,
  )

/** Facts of the gates `proposePlan`, `agreePlan` and `amendPlan`. */
export const planFacts = (state: AccountState, wanted: PlanTerms, context: Context): Facts => {
  const { household, amounts, interval } = wanted
  const others = [...state.plans.plans.values()].filter(
    (plan) => plan.status === 'active' && plan.planId !== wanted.plan?.planId,
  )
  return {
    ...reachFacts(state, context),
    'plan.total': known(wanted.total),
    'plan.months': known(monthsOf(amounts.length, interval)),
    'plan.largestMonthly': known(monthlyBurden(amounts, interval)),
    'plan.smallestInstalment': known(Math.min(...(amounts.length > 1 ? amounts.slice(0, -1) : amounts))),
    'plan.otherInstalments': known(others.reduce((sum, plan) => sum + burdenOf(plan), household.otherInstalments ?? 0)),
    'plan.amendmentsInYear': known(wanted.amendmentsInYear ?? 0),
    'income.monthly': disclosed(household.monthlyIncome),
    'income.afterEssentials': disclosed(household.incomeAfterEssentials),
    'assistance.qualifiedPatient': disclosed(household.qualifiedPatient),
    'assistance.screened': disclosed(household.screenedForAssistance),
    'service.professional': professionalFact(state, wanted.lines, context),
  }
}
