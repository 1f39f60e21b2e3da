import { addMonths, type Day, daysBetween, maxDay, minDay } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { PlanInterval } from '../../kernel/plan-intervals.ts'
import type { PracticePolicy } from '../../policy/policy.ts'
import { type Fact, type Facts, known, unknown } from '../../rules/facts.ts'
import { isLong, noFinanceCharge, REGULARLY } from '../../rules/plan/disclosures.ts'
import { monthlyBurden, monthsOf } from '../../rules/plan/schedule.ts'
import type { Given } from '../context.ts'
import { type Question, scopeOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import { oldestOverdue, unpaidAsOf } from './arrears.ts'
import type { PlanNotice } from './plan-state.ts'
import { consecutivePayments, lastPaidOn } from './record.ts'
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
  /** Of an amendment: instalments of the whole agreement, those that are paid too. */
  readonly instalments?: number
  /** Of an amendment: its terms are shown with it. */
  readonly isDisclosed?: boolean
  readonly requiredForCare?: boolean | undefined
  /** Of an amendment: what it does, and whether the patient agreed. */
  readonly change?: { readonly addsCharges: boolean; readonly asksMore: boolean; readonly consented: boolean }
}

const disclosed = <T>(value: T | undefined): Fact<T> =>
  value === undefined ? unknown('nobody has disclosed it') : known(value)

/** What a plan asks of a month, its down payment and paid instalments left out: as an active one today, and on a day. */
const burdensOf = (plan: Plan, on: Day): readonly number[] => {
  const unpaid = plan.schedule.filter(({ paid, amount }) => paid < amount)
  const now = plan.status === 'active' ? unpaid : []
  const then = standingOn(plan, on) === 'active' ? unpaidAsOf(plan, on) : []
  const [first] = plan.schedule
  return [now, then].map((parts) => {
    const asked = parts.filter(({ number }) => !(plan.downPayment && number === first?.number))
    return monthlyBurden(
      asked.map(({ amount }) => amount),
      plan.interval,
    )
  })
}

/** What it asks of a month at most, today or on the day. */
export const burdenOf = (plan: Plan, on: Day): number => Math.max(...burdensOf(plan, on))

/** What was agreed of a month, on the day and still today: what asks more of either asks more than was agreed. */
export const agreedOf = (plan: Plan, on: Day): number => Math.min(...burdensOf(plan, on))

/** The day on which the terms, or those that they change, were shown to the patient, by another. */
const disclosedBy = ({ plan, isDisclosed }: PlanTerms, on: Day): Day | undefined => {
  if (isDisclosed) return on
  return plan?.disclosedOn !== undefined && plan.disclosedOn <= on ? plan.disclosedOn : undefined
}

/** Whether what was agreed was credit by its instalments before. */
const wasLong = ({ proposed, schedule, downPayment }: Plan): boolean =>
  isLong(proposed.writtenAgreement, schedule.length - (downPayment === undefined ? 0 : 1))

/** A plan wants to be proposed, agreed or amended. */
export const planQuestion = (
  gate: 'proposePlan' | 'agreePlan' | 'amendPlan',
  state: AccountState,
  wanted: PlanTerms,
  on: Day,
): Question => {
  const { household, amounts, interval } = wanted
  const others = [...state.plans.plans.values()].filter((plan) => plan.planId !== wanted.plan?.planId)
  const { plan, change } = wanted
  return {
    gate,
    on,
    scope: scopeOf(state, wanted.lines),
    own: {
      'plan.written': known(plan?.proposed.writtenAgreement ?? false),
      'plan.instalments': known(wanted.instalments ?? amounts.length),
      'plan.financeCharge': noFinanceCharge,
      'plan.disclosedOn': known(disclosedBy(wanted, on) ?? 'never'),
      'plan.requiredForCare': known(wanted.requiredForCare ?? false),
      ...(change
        ? {
            'plan.addsCharges': known(change.addsCharges),
            'plan.amendmentShown': known(wanted.isDisclosed === true),
            'plan.extendsCredit': known(change.addsCharges || !(plan && wasLong(plan))),
            'plan.asksMore': known(change.asksMore),
            'plan.consented': known(change.consented),
          }
        : {}),
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

/**
 * How often the practice has extended credit: the book has counted it, unless plans are written elsewhere too; then what the book alone
 * shows is enough where it is regular by itself (12 CFR 1026.2(a)(17)(v)), and else somebody vouches for the rest.
 */
export const creditFacts = ({ creditExtended, policy }: Pick<Given, 'creditExtended' | 'policy'>): Facts => {
  if (!creditExtended) return {}
  const counts = [
    ['credit.extendedLastYear', creditExtended.lastYear],
    ['credit.extendedThisYear', creditExtended.thisYear],
  ] as const
  const counted = policy.policy.plans.writtenElsewhere ? counts.filter(([, count]) => count > REGULARLY) : counts
  return Object.fromEntries(counted.map(([name, count]) => [name, known(count)]))
}

type Terms = PracticePolicy['plans']

/** A running plan wants to be put off, or made current again. */
export const changeQuestion = (
  gate: 'deferPlan' | 'reagePlan',
  state: AccountState,
  plan: Plan,
  on: Day,
  wanted: {
    readonly deferredMonths?: number
    readonly reagedInYear?: number
    readonly terms?: Terms
    readonly more?: Facts
  },
): Question => ({
  gate,
  on,
  scope: scopeOf(state, plan.lines),
  own: {
    'plan.amendmentsInYear': known(plan.amendedOn.filter((changed) => changed > addMonths(on, -12)).length),
    'plan.deferredMonths': known(wanted.deferredMonths ?? 0),
    'plan.reagedInYear': known(wanted.reagedInYear ?? 0),
    'plan.consecutivePayments': known(wanted.terms ? consecutivePayments(plan, wanted.terms, on) : 0),
    ...wanted.more,
  },
})

/** The first day by another, and not before a third, on which something was said to the patient: who is reminded was told then. */
const saidOn = (plan: Plan, kind: PlanNotice['kind'], from: Day, on: Day): Day | 'never' =>
  plan.notices
    .filter((notice) => notice.kind === kind && notice.on >= from && notice.on <= on)
    .reduce<Day | undefined>((first, notice) => minDay(first ?? notice.on, notice.on), undefined) ?? 'never'

/** A plan whose time to cure has run out wants to be in default. What was said counts since its oldest debt fell due. */
export const defaultQuestion = (state: AccountState, plan: Plan, on: Day, terms: Terms): Question => {
  const oldest = oldestOverdue(plan, terms, on) ?? on
  const offered = plan.offers.at(-1)?.from ?? on
  return {
    gate: 'defaultPlan',
    on,
    scope: scopeOf(state, plan.lines),
    own: {
      'plan.written': known(plan.proposed.writtenAgreement),
      'plan.noticeSentOn': known(saidOn(plan, 'cure', offered, on)),
      'plan.renegotiationOfferedOn': known(saidOn(plan, 'renegotiation', oldest, on)),
      'plan.contactAttemptedOn': known(saidOn(plan, 'contactAttempt', oldest, on)),
      'plan.allMissedDays': known(daysBetween(maxDay(oldest, lastPaidOn(plan, on) ?? oldest), on)),
    },
  }
}
