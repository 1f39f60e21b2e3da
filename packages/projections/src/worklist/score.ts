import { type Day, daysBetween, formatCents } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'

/** Weights and bonuses, in points: the practice's own (policy.worklist, reference §11.2). */
export type ScoreWeights = PracticePolicy['worklist']

/** One term of a priority: points, and what they come from in words. `no data`: no part of the book knows it yet. */
export interface ScoreTerm {
  readonly term: string
  readonly points: number
  readonly source: string
}

/** What is known about a piece of work. What is left out is not known, and counts 0. */
export interface ScoreInputs {
  /** Cents. */
  readonly balance: number
  readonly ageDays: number
  /** Days to the deadline; negative when it has passed. */
  readonly daysToDeadline?: number
  /** Likelihood of payment in basis points. Model and inputs are the source's to name. */
  readonly propensity?: { readonly basisPoints: number; readonly source: string }
  readonly brokenPromise?: boolean
  readonly promiseDueToday?: boolean
  readonly appointmentSoon?: boolean
  readonly newInsurance?: boolean
  readonly contactAttempts?: number
  /** Days since the patient last paid. `never`: has not paid. Left out: it does not matter for this work. */
  readonly lastPaymentDays?: number | 'never'
}

interface Ratio {
  readonly of: number
  readonly by: number
}

// Reference §11.2 with errata 20: rises to 60 days, whole to 120, falls to a fifth at 365 and stays there.
const PEAK_FROM = 60
const PEAK_TO = 120
const TAIL_FROM = 365
const TAIL: Ratio = { of: 1, by: 5 }

/** ageFactor of errata 20 as an exact ratio between 0 and 1. */
export const ageFactor = (ageDays: number): Ratio => {
  if (ageDays <= 0) return { of: 0, by: 1 }
  if (ageDays < PEAK_FROM) return { of: ageDays, by: PEAK_FROM }
  if (ageDays <= PEAK_TO) return { of: 1, by: 1 }
  if (ageDays >= TAIL_FROM) return TAIL
  const span = TAIL_FROM - PEAK_TO
  return { of: span * TAIL.by - (TAIL.by - TAIL.of) * (ageDays - PEAK_TO), by: span * TAIL.by }
}

/** Urgency of reference §11.2: deadline within 3 days 1, within 7 days 0.7, within 14 days 0.4. */
const urgencySteps = [
  { days: 3, tenths: 10 },
  { days: 7, tenths: 7 },
  { days: 14, tenths: 4 },
] as const

/** weight × ratio in tenths of a point, half up (errata 20). Non-negative integers in, integer out. */
const tenths = (weight: number, { of, by }: Ratio): number => Math.floor((20 * weight * of + by) / (2 * by))

const NO_DATA = 'no data'

const whether = (known: boolean | undefined, weight: number): { points: number; source: string } =>
  known === undefined
    ? { points: 0, source: NO_DATA }
    : { points: known ? weight * 10 : 0, source: known ? 'yes' : 'no' }

const urgency = (days: number | undefined, weight: number): { points: number; source: string } => {
  if (days === undefined) return { points: 0, source: 'no deadline' }
  const step = urgencySteps.find((one) => days <= one.days)
  const source =
    days < 0 ? `deadline passed ${-days} days ago` : days === 0 ? 'deadline is today' : `deadline in ${days} days`
  return { points: weight * (step?.tenths ?? 0), source }
}

const recent = (inputs: ScoreInputs, weights: ScoreWeights): { points: number; source: string } => {
  const days = inputs.lastPaymentDays
  if (days === undefined) return { points: 0, source: 'not counted for this work' }
  if (days === 'never') return { points: 0, source: 'no payment yet' }
  const counts = days >= 0 && days <= weights.recentPaymentDays
  return { points: counts ? -weights.recentPayment * 10 : 0, source: `last paid ${days} days ago` }
}

export interface Score {
  /** Sum of the terms' points: one decimal at most. */
  readonly priority: number
  readonly terms: readonly ScoreTerm[]
}

/**
 * The priority of a piece of work and the terms that it is the sum of (reference §11.2, errata 20). Counted in whole
 * tenths of a point, each term rounded half up, so that the terms shown add up to the priority shown.
 */
export const scoreOf = (inputs: ScoreInputs, weights: ScoreWeights): Score => {
  const { propensity, contactAttempts: attempts } = inputs
  const balance = Math.min(Math.abs(inputs.balance), weights.balanceCap)
  const counted: readonly (readonly [term: string, points: number, source: string])[] = [
    [
      'balance',
      tenths(weights.balanceWeight, { of: balance, by: weights.balanceCap }),
      `${formatCents(Math.abs(inputs.balance))} of ${formatCents(weights.balanceCap)}`,
    ],
    ['age', tenths(weights.ageWeight, ageFactor(inputs.ageDays)), `${inputs.ageDays} days`],
    [
      'propensity',
      propensity ? tenths(weights.propensityWeight, { of: propensity.basisPoints, by: 10_000 }) : 0,
      propensity?.source ?? NO_DATA,
    ],
    term('urgency', urgency(inputs.daysToDeadline, weights.urgencyWeight)),
    term('brokenPromise', whether(inputs.brokenPromise, weights.brokenPromise)),
    term('promiseDueToday', whether(inputs.promiseDueToday, weights.promiseDueToday)),
    term('appointmentSoon', whether(inputs.appointmentSoon, weights.appointmentSoon)),
    term('newInsurance', whether(inputs.newInsurance, weights.newInsurance)),
    [
      'contactAttempts',
      attempts === undefined ? 0 : -attempts * weights.contactAttempt * 10,
      attempts === undefined ? NO_DATA : `${attempts} in the last 7 days`,
    ],
    term('recentPayment', recent(inputs, weights)),
  ]
  return {
    priority: counted.reduce((sum, [, points]) => sum + points, 0) / 10,
    terms: counted.map(([name, points, source]) => ({ term: name, points: points === 0 ? 0 : points / 10, source })),
  }
}

const term = (name: string, { points, source }: { points: number; source: string }) => [name, points, source] as const

/** Age for the score and the buckets: a day that has not come yet counts 0. */
export const ageOn = (since: Day, asOf: Day): number => Math.max(0, daysBetween(since, asOf))
