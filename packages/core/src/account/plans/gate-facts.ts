import type { Day } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { PlanInterval } from '../../kernel/plan-intervals.ts'
import { type Fact, known, unknown } from '../../rules/facts.ts'
import { monthlyBurden, monthsOf } from '../../rules/plan/schedule.ts'
import { type Question, scopeOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import { unpaidAsOf } from './arrears.ts'
import { type Plan, standingOn } from './state.ts'

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

/** What a plan asks of a month, its down payment and paid instalments left out: as an active one today, or on a day. */
const burdenOf = (plan: Plan, on: Day): number => {
  const unpaid = plan.schedule.filter(({ paid, amount }) => paid < amount)
  const now = plan.status === 'active' ? unpaid : []
  const then = standingOn(plan, on) === 'active' ? unpaidAsOf(plan, on) : []
  const [first] = plan.schedule
  return Math.max(
    ...[now, then].map((parts) => {
      const asked = parts.filter(({ number }) => !(plan.downPayment && number === first?.number))
      return monthlyBurden(
        asked.map(({ amount }) => amount),
        plan.interval,
      )
    }),
  )
}

/** A plan wants to be proposed, agreed or amended. */
export const planQuestion = (
  gate: 'proposePlan' | 'agreePlan' | 'amendPlan',
  state: AccountState,
  wanted: PlanTerms,
  on: Day,
): Question => {
  const { household, amounts, interval } = wanted
  const others = [...state.plans.plans.values()].filter((plan) => plan.planId !== wanted.plan?.planId)
  return {
    gate,
    on,
    scope: scopeOf(state, wanted.lines),
    own: {
      'plan.total': known(wanted.total),
      'plan.months': known(monthsOf(amounts.length, interval)),
      'plan.largestMonthly': known(monthlyBurden(amounts, interval)),
      'plan.smallestInstalment': known(Math.min(...(amounts.length > 1 ? amounts.slice(0, -1) : amounts))),
      'plan.otherInstalments': known(
        others.reduce((sum, plan) => sum + burdenOf(plan, on), household.otherInstalments ?? 0),
      ),
      'plan.amendmentsInYear': known(wanted.amendmentsInYear ?? 0),
      'income.monthly': disclosed(household.monthlyIncome),
      'income.afterEssentials': disclosed(household.incomeAfterEssentials),
      'assistance.qualifiedPatient': disclosed(household.qualifiedPatient),
      'assistance.screened': disclosed(household.screenedForAssistance),
    },
  }
}
