import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addCents,
  applyRate,
  type Cents,
  cents,
  formatCents,
  negateCents,
  nonZeroCents,
  parseCents,
  positiveCents,
  splitCents,
  subtractCents,
  sumCents,
  sumOf,
  toCents,
} from '../../src/kernel/cents.ts'

const MAX = Number.MAX_SAFE_INTEGER
const anyCents = fc.maxSafeInteger().map(toCents)
const modest = fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 }).map(toCents)

describe('A8 an amount is a whole, safe number of cents', { tags: ['A8'] }, () => {
  const noCents = [
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    MAX + 1,
    -MAX - 1,
    '100',
    100n,
    null,
    undefined,
    [100],
    {},
  ]

  it.each(noCents.map((value) => [value]))('%s is refused at the border', (value) => {
    for (const schema of [cents, positiveCents, nonZeroCents]) expect(schema.safeParse(value).success).toBe(false)
  })

  it('charges and payments are above zero, effects are not zero, any other amount may be both', () => {
    const takes = (n: number) => [cents, nonZeroCents, positiveCents].map((schema) => schema.safeParse(n).success)
    expect(takes(1)).toEqual([true, true, true])
    expect(takes(-1)).toEqual([true, true, false])
    expect(takes(0)).toEqual([true, false, false])
    expect(takes(MAX)).toEqual([true, true, true])
  })

  it('a sum that leaves the safe range throws and is never rounded', () => {
    const most = toCents(MAX)
    const one = toCents(1)
    expect(() => addCents(most, one)).toThrow(RangeError)
    expect(() => subtractCents(negateCents(most), one)).toThrow(RangeError)
    expect(() => sumCents([MAX, 1, -1])).toThrow(RangeError)
    expect(() => sumOf([{ n: MAX }, { n: MAX }], (item) => item.n)).toThrow(RangeError)
    for (const n of [0.1, Number.NaN, MAX + 1]) expect(() => toCents(n)).toThrow(RangeError)
  })

  it('no amount is −0: it would serialise as 0 and compare as another value', () => {
    for (const zero of [
      toCents(-0),
      negateCents(toCents(0)),
      applyRate(toCents(-1), 1),
      splitCents(toCents(-1), [1, 0])[1],
    ]) {
      expect(zero).toBe(0)
    }
    expect(Object.is(parseCents('-0.00'), 0)).toBe(true)
  })

  it('survives JSON exactly', () => {
    fc.assert(
      fc.property(anyCents, (amount) => {
        expect(cents.parse(JSON.parse(JSON.stringify(amount)))).toBe(amount)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('A9 splitting an amount by weights, largest remainder', { tags: ['A9'] }, () => {
  const weights = fc
    .array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 20 })
    .filter((list) => list.some((weight) => weight > 0))

  it('the parts sum to the total, each within a cent of its exact share, nothing for weight zero', () => {
    fc.assert(
      fc.property(anyCents, weights, (total, list) => {
        const parts = splitCents(total, list)
        expect(sumBig(parts)).toBe(BigInt(total))
        const all = sumBig(list)
        for (const [index, weight] of list.entries()) {
          const off = BigInt(parts[index] ?? Number.NaN) * all - BigInt(total) * BigInt(weight)
          expect(off < all && off > -all).toBe(true)
          if (weight === 0) expect(parts[index]).toBe(0)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('only the largest remainders are rounded up', () => {
    fc.assert(
      fc.property(fc.nat().map(toCents), weights, (total, list) => {
        const parts = splitCents(total, list)
        const all = sumBig(list)
        const shares = list.map((weight, index) => {
          const exact = BigInt(total) * BigInt(weight)
          return { up: BigInt(parts[index] ?? 0) > exact / all, remainder: exact % all }
        })
        const up = shares.filter((share) => share.up).map((share) => share.remainder)
        const down = shares.filter((share) => !share.up).map((share) => share.remainder)
        for (const high of up) expect(down.every((low) => low <= high)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('of equal weights the earlier gets the odd cent: callers put them in order of id', () => {
    expect(splitCents(toCents(100), [1, 1, 1])).toEqual([34, 33, 33])
    expect(splitCents(toCents(-100), [1, 1, 1])).toEqual([-34, -33, -33])
    expect(splitCents(toCents(101), [2, 3, 2, 3])).toEqual([20, 31, 20, 30])
    fc.assert(
      fc.property(modest, weights, (total, list) => {
        const parts = splitCents(total, list).map(Math.abs)
        for (const weight of new Set(list)) {
          const equal = parts.filter((_, index) => list[index] === weight)
          expect(equal).toEqual([...equal].sort((a, b) => b - a))
          expect((equal[0] ?? 0) - (equal.at(-1) ?? 0)).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('permuting the weights only permutes the parts, but for the odd cents of ties', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(modest, distinct, fc.infiniteStream(fc.nat()), (total, list, stream) => {
        const keyed = list.map((weight) => ({ weight, key: stream.next().value ?? 0 }))
        const shuffled = [...keyed].sort((a, b) => a.key - b.key).map(({ weight }) => weight)
        const all = sumBig(list)
        const remainders = list.map((weight) => (BigInt(Math.abs(total)) * BigInt(weight)) % all)
        fc.pre(new Set(remainders).size === list.length)
        const byWeight = (order: readonly number[]) => {
          const parts = splitCents(total, order)
          return new Map(order.map((weight, index) => [weight, parts[index]]))
        }
        const before = byWeight(list)
        for (const [weight, part] of byWeight(shuffled)) expect(part).toBe(before.get(weight))
      }),
      { numRuns: 1_000 },
    )
  })

  it('a negative total splits as the positive one, negated: reversals mirror', () => {
    fc.assert(
      fc.property(anyCents, weights, (total, list) => {
        expect(splitCents(negateCents(total), list)).toEqual(splitCents(total, list).map(negateCents))
      }),
      { numRuns: 1_000 },
    )
  })

  it('nobody to give it to, or a weight that is no count, is an error', () => {
    expect(() => splitCents(toCents(1), [])).toThrow(RangeError)
    expect(() => splitCents(toCents(1), [0, 0])).toThrow(RangeError)
    for (const weight of [-1, 0.5, Number.NaN, MAX + 1])
      expect(() => splitCents(toCents(1), [weight])).toThrow(RangeError)
    expect(splitCents(toCents(0), [])).toEqual([])
    expect(splitCents(toCents(0), [0, 0])).toEqual([0, 0])
  })
})

describe('errata 21: rates round once, half away from zero', () => {
  it.each([
    [5, 1_000, 1],
    [-5, 1_000, -1],
    [4, 1_000, 0],
    [-4, 1_000, 0],
    [15, 1_000, 2],
    [25, 1_000, 3],
    [-25, 1_000, -3],
    [25, -1_000, -3],
    [-25, -1_000, 3],
    [10_050, 200, 201],
    [MAX, 10_000, MAX],
  ])('%i cents at %i basis points are %i', (amount, basisPoints, expected) => {
    expect(applyRate(toCents(amount), basisPoints)).toBe(expected)
  })

  it('is within half a cent of the exact product; at exactly half it is the one further from zero', () => {
    fc.assert(
      fc.property(modest, fc.integer({ min: -20_000, max: 20_000 }), (amount, rate) => {
        const exact = BigInt(amount) * BigInt(rate)
        const rounded = BigInt(applyRate(amount, rate)) * 10_000n
        const off = rounded - exact
        expect(off <= 5_000n && off >= -5_000n).toBe(true)
        if (off === 5_000n || off === -5_000n) expect(abs(rounded) > abs(exact)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('a reversal rounds as its original did', () => {
    fc.assert(
      fc.property(modest, fc.nat({ max: 20_000 }), (amount, rate) => {
        expect(applyRate(negateCents(amount), rate)).toBe(negateCents(applyRate(amount, rate)))
      }),
      { numRuns: 1_000 },
    )
  })

  it('a rate that is no whole number of basis points, or a product out of range, is an error', () => {
    expect(() => applyRate(toCents(1), 0.5)).toThrow(RangeError)
    expect(() => applyRate(toCents(MAX), 20_000)).toThrow(RangeError)
  })
})

describe('reading figures', () => {
  it.each([
    ['5', 500],
    ['+5', 500],
    ['-5', -500],
    ['.5', 50],
    ['5.', 500],
    ['5.1', 510],
    ['0.07', 7],
    ['-.07', -7],
    ['5.100', 510],
    ['5.100000', 510],
    ['0005', 500],
    ['0', 0],
    ['90071992547409.91', MAX],
    ['-90071992547409.91', -MAX],
    ['10000000000000', 1_000_000_000_000_000],
  ])('%s is %i cents', (text, expected) => {
    expect(parseCents(text)).toBe(expected)
  })

  it.each([
    ['1e3'],
    ['1,000'],
    ['1.005'],
    ['5.1000001'],
    ['5.1000000'],
    [''],
    ['.'],
    ['+'],
    ['-.'],
    ['--5'],
    ['5-'],
    ['(5)'],
    ['$5'],
    [' 5'],
    ['5 '],
    ['5\n'],
    ['5.5.5'],
    ['NaN'],
    ['Infinity'],
    ['0x10'],
    ['٥'],
    ['−5'],
    ['90071992547409.92'],
    ['99999999999999'],
    ['100000000000000'],
    ['000000000000005'],
  ])('%j is no amount: undefined, never a guess', (text) => {
    expect(parseCents(text)).toBeUndefined()
  })

  it('reads back what it prints, without the marks that are for people', () => {
    fc.assert(
      fc.property(anyCents, (amount) => {
        expect(parseCents(formatCents(amount).replaceAll(',', '').replace('−', '-'))).toBe(amount)
      }),
      { numRuns: 1_000 },
    )
  })

  it('prints for people: thousands, two decimals, the sign before the figure', () => {
    const shown = [0, 5, -5, 99_999, 100_000, -123_456_789, MAX].map((n) => formatCents(n as Cents))
    expect(shown).toEqual(['0.00', '0.05', '−0.05', '999.99', '1,000.00', '−1,234,567.89', '90,071,992,547,409.91'])
  })
})

const abs = (n: bigint): bigint => (n < 0n ? -n : n)
const sumBig = (list: readonly number[]): bigint => list.reduce((sum, n) => sum + BigInt(n), 0n)
