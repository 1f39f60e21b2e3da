import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCents, sumCents, toCents } from '../../src/kernel/cents.ts'

const totals = fc.integer({ min: -10_000_000, max: 10_000_000 }).map(toCents)
const weights = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 })
  .filter((list) => list.some((weight) => weight > 0))
const runs = { numRuns: 1_000 }

describe('A9 splitting an amount by weights', { tags: ['A9'] }, () => {
  it('A9 the parts sum to the total, each within a cent of its exact share, nothing for a zero weight', () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        const parts = splitCents(total, list)
        const sum = list.reduce((a, b) => a + b, 0)
        expect(sumCents(parts)).toBe(total)
        for (const [at, part] of parts.entries()) {
          const weight = list[at] ?? 0
          expect(Math.abs(part - (total * weight) / sum)).toBeLessThan(1)
          if (weight === 0) expect(part).toBe(0)
        }
      }),
      runs,
    )
  })

  it('A9 the odd cent goes to the earlier of equal weights', () => {
    expect(splitCents(toCents(100), [1, 1, 1])).toEqual([34, 33, 33])
    expect(splitCents(toCents(-100), [1, 1, 1])).toEqual([-34, -33, -33])
  })

  it('A9 permuting the weights permutes the parts, but for who gets the odd cent among equal remainders', () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        const there = splitCents(total, list)
        const back = splitCents(total, list.toReversed()).toReversed()
        for (const [at, part] of there.entries()) expect(Math.abs(part - (back[at] ?? 0))).toBeLessThanOrEqual(1)
      }),
      runs,
    )
  })

  it('A9 with nobody to give it to, it refuses', () => {
    expect(() => splitCents(toCents(1), [0, 0])).toThrow(RangeError)
    expect(splitCents(toCents(0), [0, 0])).toEqual([0, 0])
  })
})
