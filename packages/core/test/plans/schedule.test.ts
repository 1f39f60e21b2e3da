import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, daysInMonth, fromEpochDay, toCents, toDay } from '../../src/kernel/index.ts'
import { planIntervals } from '../../src/kernel/plan-intervals.ts'
import { type Division, monthlyBurden, monthsOf, schedule } from '../../src/rules/index.ts'

const firstDue = toDay('2026-01-31')
const amounts = (total: number, division: Division): readonly number[] =>
  (schedule({ total: toCents(total), division, firstDue, interval: 'month', minimum: toCents(2_500) }) ?? []).map(
    (due) => due.amount,
  )
const times = (n: number, amount: number): readonly number[] => Array.from({ length: n }, () => amount)

describe('PL-01, worked vectors of reference §5.1', () => {
  it.each([
    ['1,000.00 in 12', 100_000, { instalments: 12 }, [...times(11, 8_333), 8_337]],
    ['1,000.00 at 85.00', 100_000, { amount: toCents(8_500) }, [...times(11, 8_500), 6_500]],
    ['432.00 at 120.00', 43_200, { amount: toCents(12_000) }, [...times(3, 12_000), 7_200]],
    ['250.01 in 4', 25_001, { instalments: 4 }, [...times(3, 6_250), 6_251]],
    ['1,234.56 in 36', 123_456, { instalments: 36 }, [...times(35, 3_429), 3_441]],
    [
      'a rest below the smallest instalment joins the last',
      102_499,
      { amount: toCents(10_000) },
      [...times(9, 10_000), 12_499],
    ],
    [
      'a rest of the smallest instalment stands alone',
      102_500,
      { amount: toCents(10_000) },
      [...times(10, 10_000), 2_500],
    ],
    ['less than one instalment', 2_000, { amount: toCents(10_000) }, [2_000]],
  ] as const)('%s', (_name, total, division, expected) => {
    expect(amounts(total, division)).toEqual(expected)
  })

  it('makes no schedule of more instalments than cents, nor of nothing', () => {
    expect(
      schedule({ total: toCents(3), division: { instalments: 4 }, firstDue, interval: 'month', minimum: toCents(1) }),
    ).toBeUndefined()
    expect(amounts(0, { instalments: 1 })).toEqual([])
    expect(amounts(100, { instalments: 0 })).toEqual([])
  })

  it('H3: a 31st falls on the ends of months and comes back to the 31st', { tags: ['H3'] }, () => {
    const dues = schedule({
      total: toCents(60_000),
      division: { instalments: 6 },
      firstDue,
      interval: 'month',
      minimum: toCents(1),
    })
    expect(dues?.map((due) => due.due)).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
    ])
  })
})

describe('laws of every schedule', () => {
  const terms = fc.record({
    total: fc.integer({ min: 1, max: 5_000_000 }).map(toCents),
    division: fc.oneof(
      fc.record({ instalments: fc.integer({ min: 1, max: 120 }) }),
      fc.record({ amount: fc.integer({ min: 1_000, max: 2_000_000 }).map(toCents) }),
    ),
    firstDue: fc.integer({ min: 18_000, max: 25_000 }).map(fromEpochDay),
    interval: fc.constantFrom(...planIntervals),
    minimum: fc.integer({ min: 1, max: 10_000 }).map(toCents),
  })

  it('H1 H2 H3 the sum is the amount; instalments are above zero and alike but the last; due days ascend, without drift', {
    tags: ['H1', 'H2', 'H3'],
  }, () => {
    fc.assert(
      fc.property(terms, (given) => {
        const dues = schedule(given)
        if (!dues) {
          expect('instalments' in given.division && given.division.instalments > given.total).toBe(true)
          return
        }
        const all = dues.map((due) => due.amount as number)
        expect(all.reduce((sum, amount) => sum + amount, 0)).toBe(given.total)
        expect(Math.min(...all)).toBeGreaterThan(0)
        expect(new Set(all.slice(0, -1)).size).toBeLessThanOrEqual(1)
        for (const [index, { due }] of dues.entries()) {
          if (index > 0) expect(due > (dues[index - 1]?.due ?? '')).toBe(true)
          if (given.interval !== 'month') continue
          const wanted = Number(given.firstDue.slice(8))
          const last = daysInMonth(Number(due.slice(0, 4)), Number(due.slice(5, 7)))
          expect(Number(due.slice(8))).toBe(Math.min(wanted, last))
          expect(due).toBe(addMonths(given.firstDue, index))
        }
        // By number, the last takes the remainder: less than a cent for each instalment (reference §5.2).
        if ('instalments' in given.division) {
          expect((all.at(-1) ?? 0) - (all[0] ?? 0)).toBeLessThan(given.division.instalments)
          expect(all.length).toBe(given.division.instalments)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('the burden of a month and the term follow the interval', () => {
    expect(monthlyBurden([8_333, 8_337], 'month')).toBe(8_337)
    expect(monthlyBurden([1_000], 'week')).toBe(4_334)
    expect(monthlyBurden([1_000], 'twoWeeks')).toBe(2_167)
    expect([monthsOf(12, 'month'), monthsOf(52, 'week'), monthsOf(27, 'twoWeeks')]).toEqual([12, 12, 13])
  })
})
