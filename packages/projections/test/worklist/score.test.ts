import { presets } from '@daybook/core/policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageFactor, type ScoreInputs, scoreOf } from '../../src/worklist/index.ts'

const weights = presets.physicianPracticeMN.worklist
const factor = (age: number): number => {
  const { of, by } = ageFactor(age, weights.age)
  return of / by
}

describe('the priority of a piece of work', () => {
  it('F15 reference §11.2: balance 2,500, 75 days, propensity .6, broken promise, 2 attempts give 58, with the breakdown', () => {
    const score = scoreOf(
      {
        balance: 250_000,
        ageDays: 75,
        propensity: { basisPoints: 6_000, source: 'model v1' },
        brokenPromise: true,
        contactAttempts: 2,
      },
      weights,
    )
    expect(score.priority).toBe(58)
    expect(score.terms).toEqual([
      { term: 'balance', points: 20, source: '2,500.00 of 5,000.00' },
      { term: 'age', points: 20, source: '75 days' },
      { term: 'propensity', points: 9, source: 'model v1' },
      { term: 'urgency', points: 0, source: 'no deadline' },
      { term: 'brokenPromise', points: 15, source: 'yes' },
      { term: 'promiseDueToday', points: 0, source: 'no data' },
      { term: 'appointmentSoon', points: 0, source: 'no data' },
      { term: 'newInsurance', points: 0, source: 'no data' },
      { term: 'contactAttempts', points: -6, source: '2 in the last 7 days' },
      { term: 'recentPayment', points: 0, source: 'not counted for this work' },
    ])
  })

  it('errata 20: the age factor rises to 60 days, is whole to 120, falls to a fifth at 365 and stays', () => {
    expect([-5, 0, 30, 59, 60, 90, 120].map(factor)).toEqual([0, 0, 0.5, 59 / 60, 1, 1, 1])
    expect(factor(121)).toBeLessThan(1)
    expect(factor(242)).toBeCloseTo(1 - 0.8 * (122 / 245), 12)
    expect([365, 366, 4_000].map(factor)).toEqual([0.2, 0.2, 0.2])
  })

  it('errata 20: tenths of a point, half up', () => {
    // 40 points × 1.25 of 5,000.00 = 0.01 → 0.0; × 6.25 = 0.05 → 0.1; × 6.24 = 0.04992 → 0.0.
    const balance = (cents: number) => scoreOf({ balance: cents, ageDays: 0 }, weights).priority
    expect([125, 624, 625, 500_000, 900_000].map(balance)).toEqual([0, 0, 0.1, 40, 40])
  })

  it('urgency of §11.2: within 3 days whole, within 7 days .7, within 14 days .4, passed whole', () => {
    const urgency = (daysToDeadline: number) => scoreOf({ balance: 0, ageDays: 0, daysToDeadline }, weights).priority
    expect([-1, 0, 3, 4, 7, 8, 14, 15].map(urgency)).toEqual([25, 25, 25, 17.5, 17.5, 10, 10, 0])
  })

  it('a payment within 14 days takes 10 off; one on the 15th day does not', () => {
    const paid = (lastPaymentDays: number) => scoreOf({ balance: 0, ageDays: 0, lastPaymentDays }, weights).priority
    expect([0, 14, 15].map(paid)).toEqual([-10, -10, 0])
  })

  it('F43: a practice that has set other curves is scored by them', () => {
    const own = {
      ...weights,
      age: { peakFrom: 10, peakTo: 20, tailFrom: 40, tailShare: 5_000 },
      urgency: [{ withinDays: 30, share: 3_000 }],
    }
    const aged = (ageDays: number) => scoreOf({ balance: 0, ageDays }, own).priority
    expect([5, 10, 20, 30, 40, 400].map(aged)).toEqual([10, 20, 20, 15, 10, 10])
    const urgent = (daysToDeadline: number) => scoreOf({ balance: 0, ageDays: 0, daysToDeadline }, own).priority
    expect([-1, 30, 31].map(urgent)).toEqual([7.5, 7.5, 0])
  })

  it('F43 the terms add up to the priority, exactly, and the same inputs give the same bytes', () => {
    const inputs: fc.Arbitrary<ScoreInputs> = fc.record({
      balance: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      ageDays: fc.integer({ min: -10, max: 900 }),
      daysToDeadline: fc.integer({ min: -30, max: 60 }),
      propensity: fc.record({ basisPoints: fc.integer({ min: 0, max: 10_000 }), source: fc.constant('model') }),
      brokenPromise: fc.boolean(),
      contactAttempts: fc.nat({ max: 7 }),
      lastPaymentDays: fc.nat({ max: 40 }),
    })
    fc.assert(
      fc.property(inputs, (given) => {
        const score = scoreOf(given, weights)
        const tenths = score.terms.map(({ points }) => Math.round(points * 10))
        expect(tenths.every((n, index) => n / 10 === score.terms[index]?.points)).toBe(true)
        expect(tenths.reduce((sum, n) => sum + n, 0) / 10).toBe(score.priority)
        expect(JSON.stringify(scoreOf({ ...given }, weights))).toBe(JSON.stringify(score))
      }),
      { numRuns: 1000 },
    )
  })
})
