import { type Day, daysBetween, formatCents } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'

/** Weights and bonuses in points, and the curves they are taken by: the practice's own (policy.worklist, reference §11.2). */
export type ScoreWeights = PracticePolicy['worklist']

/** One term of a priority: points, and what they come from in words. `no data`: no part of the book knows it yet. */
export interface ScoreTerm {
  readonly term: string
  readonly points: number
  readonly source: string
}

/** How likely somebody pays, in basis points, and by whose model from which inputs. */
export interface Propensity {
  readonly basisPoints: number
  readonly source: string
}

/** What is known about a piece of work. What is left out is not known, and counts 0. */
export interface ScoreInputs {
  /** Cents. */
  readonly balance: number
  readonly ageDays: number
  /** Days to the deadline; negative when it has passed. */
  readonly daysToDeadline?: number
  readonly propensity?: Propensity
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

/** Basis points in a whole. */
const WHOLE = 10_000

/** ageFactor of errata 20 as an exact ratio between 0 and 1: its days and its tail are the practice's. */
export const ageFactor = (ageDays: number, { peakFrom, peakTo, tailFrom, tailShare }: ScoreWeights['age']): Ratio => {
  if (ageDays <= 0) return { of: 0, by: 1 }
  if (ageDays < peakFrom) return { of: ageDays, by: peakFrom }
  if (ageDays <= peakTo) return { of: 1, by: 1 }
  if (ageDays >= tailFrom) return { of: tailShare, by: WHOLE }
  const span = tailFrom - peakTo
  return { of: span * WHOLE - (WHOLE - tailShare) * (ageDays - peakTo), by: span * WHOLE }
}

/** weight × ratio in tenths of a point, half up (errata 20). Non-negative integers in, integer out. */
const tenths = (weight: number, { of, by }: Ratio): number => Math.floor((20 * weight * of + by) / (2 * by))

const NO_DATA = 'no data'

const whether = (known: boolean | undefined, weight: number): { points: number; source: string } =>
  known === undefined
    ? { points: 0, source: NO_DATA }
    : { points: known ? weight * 10 : 0, source: known ? 'yes' : 'no' }

const urgency = (days: number | undefined, weights: ScoreWeights): { points: number; source: string } => {
  if (days === undefined) return { points: 0, source: 'no deadline' }
  const step = weights.urgency.find(({ withinDays }) => days <= withinDays)
  const source =
    days < 0 ? `deadline passed ${-days} days ago` : days === 0 ? 'deadline is today' : `deadline in ${days} days`
  return { points: step ? tenths(weights.urgencyWeight, { of: step.share, by: WHOLE }) : 0, source }
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
    ['age', tenths(weights.ageWeight, ageFactor(inputs.ageDays, weights.age)), `${inputs.ageDays} days`],
    [
      'propensity',
      propensity ? tenths(weights.propensityWeight, { of: propensity.basisPoints, by: WHOLE }) : 0,
      propensity?.source ?? NO_DATA,
    ],
    term('urgency', urgency(inputs.daysToDeadline, weights)),
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
