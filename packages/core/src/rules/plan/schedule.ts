import { type Cents, toCents } from '../../kernel/cents.ts'
import { addDays, addMonths, type Day } from '../../kernel/day.ts'
import type { PlanInterval } from '../../kernel/plan-intervals.ts'
import { type ComputationRule, sinceBefore } from '../rule.ts'

export const instalmentSchedule: ComputationRule = {
  id: 'PL-01',
  version: 1,
  title: 'Instalments sum to the amount, the remainder comes last',
  capability: 'plan',
  jurisdiction: 'policy',
  citation: 'reference §5.2 (errata 17); laws H1–H3',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'computation',
  computes:
    'total and either a number of instalments (floor, the last takes the remainder) or a fixed amount (the rest last, folded in when below the smallest instalment), with due days',
}

/** How to divide: into a number of instalments, or by a fixed amount in cents. */
export type Division = { readonly instalments: number } | { readonly amount: Cents }

export interface ScheduleTerms {
  /** What the instalments pay, without the down payment. */
  readonly total: Cents
  readonly division: Division
  readonly firstDue: Day
  readonly interval: PlanInterval
  /** A remainder below this joins the last instalment (fixed-amount mode only). */
  readonly minimum: Cents
}

export interface Due {
  readonly due: Day
  readonly amount: Cents
}

const byNumber = (total: Cents, n: number): readonly Cents[] | undefined => {
  const base = Math.floor(total / n)
  if (base < 1) return undefined
  return Array.from({ length: n }, (_, index) => toCents(index < n - 1 ? base : total - base * (n - 1)))
}

const byAmount = (total: Cents, amount: Cents, minimum: Cents): readonly Cents[] => {
  const whole = Math.floor(total / amount)
  const rest = total - whole * amount
  const amounts = Array.from({ length: whole }, () => amount)
  if (rest === 0) return amounts
  if (whole > 0 && rest < minimum) return [...amounts.slice(0, -1), toCents(amount + rest)]
  return [...amounts, toCents(rest)]
}

/** The n-th due day, counted from the first: months clamp to their end and never drift (law H3). */
export const dueDay = (first: Day, interval: PlanInterval, n: number): Day =>
  interval === 'month' ? addMonths(first, n) : addDays(first, n * (interval === 'week' ? 7 : 14))

/**
 * PL-01, reference §5.2. Undefined when there would be an instalment of nothing: more instalments than cents, or no
 * positive total, number or amount.
 */
export const schedule = (terms: ScheduleTerms): readonly Due[] | undefined => {
  const { total, division } = terms
  const size = 'amount' in division ? division.amount : division.instalments
  if (total <= 0 || !Number.isSafeInteger(size) || size <= 0) return undefined
  const amounts =
    'amount' in division ? byAmount(total, division.amount, terms.minimum) : byNumber(total, division.instalments)
  return amounts?.map((amount, index) => ({ amount, due: dueDay(terms.firstDue, terms.interval, index) }))
}

const periodsPerYear: Readonly<Record<PlanInterval, number>> = { month: 12, twoWeeks: 26, week: 52 }

/** What instalments of an interval weigh on a month: the largest, times the periods of an average month, rounded up. */
export const monthlyBurden = (amounts: readonly number[], interval: PlanInterval): number =>
  Math.ceil((Math.max(0, ...amounts) * periodsPerYear[interval]) / 12)

/** How many months a number of instalments takes, rounded up. */
export const monthsOf = (instalments: number, interval: PlanInterval): number =>
  Math.ceil((instalments * 12) / periodsPerYear[interval])
