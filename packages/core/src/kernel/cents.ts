import { z } from 'zod'
import { classified } from './classes.ts'

/**
 * Money: a signed safe integer number of US cents. Never a fraction, never a float of dollars.
 * JSON carries it as a plain number; anything else is refused at the border.
 */
export type Cents = number & z.$brand<'Cents'>

const integerCents = z.int('money is a whole number of cents')

/** Any amount: positive, negative or zero. */
export const cents = classified(integerCents.brand<'Cents'>(), 'financial')
/** An amount above zero: charges, patient payments, refunds, write-offs (law A8). */
export const positiveCents = classified(
  integerCents.positive('the amount must be above zero').brand<'Cents'>(),
  'financial',
)
/** A signed amount that is not zero: effects, adjustment and payment lines (law A8). */
export const nonZeroCents = classified(
  integerCents.refine((n) => n !== 0, 'the amount must not be zero').brand<'Cents'>(),
  'financial',
)

export const ZERO = 0 as Cents

/** @throws RangeError when `n` is not a safe integer: a sum that overflows must never be stored. */
export const toCents = (n: number): Cents => {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a whole number of cents within ±2^53: ${n}`)
  return (n === 0 ? 0 : n) as Cents
}

// Sums and differences of amounts. All throw as `toCents` does.
export const addCents = (a: Cents, b: Cents): Cents => toCents(a + b)
export const subtractCents = (a: Cents, b: Cents): Cents => toCents(a - b)
export const negateCents = (a: Cents): Cents => toCents(-a)
export const minCents = (a: Cents, b: Cents): Cents => (a < b ? a : b)
export const maxCents = (a: Cents, b: Cents): Cents => (a > b ? a : b)

/** @throws RangeError when a part sum is not a safe integer. */
export const sumCents = (amounts: Iterable<number>): Cents => {
  let total = 0
  for (const amount of amounts) total = toCents(total + amount)
  return total as Cents
}

/**
 * Sums one property over items; the loop that every report and decision needs.
 * @throws RangeError when a part sum is not a safe integer.
 */
export const sumOf = <T>(items: Iterable<T>, amount: (item: T) => number): Cents => {
  let total = 0
  for (const item of items) total = toCents(total + amount(item))
  return total as Cents
}

/** `amount × basisPoints ÷ 10,000`, rounded once, half away from zero (errata 21). 1 % = 100 basis points. */
export const applyRate = (amount: Cents, basisPoints: number): Cents => {
  const product = BigInt(amount) * BigInt(basisPoints)
  const magnitude = product < 0n ? -product : product
  const rounded = (magnitude + 5_000n) / 10_000n
  return toCents(Number(product < 0n ? -rounded : rounded))
}

/**
 * Splits `total` by `weights` with the largest-remainder method: the parts sum to `total`, each within one cent of its
 * exact share, ties to the earlier weight (law A9). Weights are non-negative safe integers.
 * @throws RangeError when no weight is above zero and `total` is not zero: there is nobody to give it to.
 */
export const splitCents = (total: Cents, weights: readonly number[]): readonly Cents[] => {
  const magnitude = BigInt(total < 0 ? -total : total)
  let weightSum = 0n
  for (const weight of weights) {
    if (!Number.isSafeInteger(weight) || weight < 0)
      throw new RangeError(`a weight is a non-negative integer: ${weight}`)
    weightSum += BigInt(weight)
  }
  if (weightSum === 0n) {
    if (total !== 0) throw new RangeError('can not split an amount over weights that are all zero')
    return weights.map(() => ZERO)
  }
  const shares = weights.map((weight, index) => {
    const exact = magnitude * BigInt(weight)
    return { index, floor: exact / weightSum, remainder: exact % weightSum }
  })
  let left = magnitude - shares.reduce((sum, share) => sum + share.floor, 0n)
  const parts = shares.map((share) => share.floor)
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  )
  for (const share of byRemainder) {
    if (left === 0n) break
    parts[share.index] = share.floor + 1n
    left -= 1n
  }
  return parts.map((part) => toCents(total < 0 ? -Number(part) : Number(part)))
}

/** `123456` → `1,234.56`; the sign stands before the figure. For words to people, never for parsing. */
export const formatCents = (amount: number): string => {
  const magnitude = Math.abs(amount)
  const whole = String(Math.floor(magnitude / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${amount < 0 ? '−' : ''}${whole}.${String(magnitude % 100).padStart(2, '0')}`
}

/**
 * Reads an X12 `R` element or a desk's figure: optional sign, digits, at most two decimals. `1e3`, `1,000`, `NaN`,
 * more decimals than cents have (unless they are zeros) and the empty string are `undefined`, never a guess.
 */
export const parseCents = (text: string): Cents | undefined => {
  const match = /^([+-])?(\d{1,14})?(?:\.(\d{0,6}))?$/.exec(text)
  if (!match || (match[2] === undefined && !match[3])) return undefined
  const fraction = match[3] ?? ''
  if (/[1-9]/.test(fraction.slice(2))) return undefined
  const value = Number(match[2] ?? '0') * 100 + Number(`${fraction}00`.slice(0, 2))
  return Number.isSafeInteger(value) ? toCents(match[1] === '-' ? -value : value) : undefined
}
