import { type Day, epochDay } from '@daybook/core/kernel'

/**
 * The date that an item's age counts from (reference §2.1). They re-age nothing: each looks up another date of the same
 * layer. `responsibility`: the layer's own `agingFrom`; `dos`: the line's first day of service; `billDate`: the first
 * claim to the coverage that owes; `firstStatement`: the first statement to the patient.
 */
export const agingBases = ['responsibility', 'dos', 'billDate', 'firstStatement'] as const
export type AgingBasis = (typeof agingBases)[number]

/** Bases whose dates are kept with each row. No event tells of a statement yet: on that basis everything is undated. */
export const datedBases = ['responsibility', 'dos', 'billDate'] as const
export type DatedBasis = (typeof datedBases)[number]

/** Stands for the anchor of an item that has no date on a basis: no day that exists. */
export const UNDATED = -1_000_000

/** Days since 1970-01-01 of the anchor on each basis, or `UNDATED`. */
export type Anchors = Readonly<Record<DatedBasis, number>>

const numbers = new Map<Day, number>()

/** Days since 1970-01-01. Remembered: a log names the same few thousand days again and again. */
export const dayNumber = (day: Day): number => {
  const known = numbers.get(day)
  if (known !== undefined) return known
  const number = epochDay(day)
  numbers.set(day, number)
  return number
}

export const anchorDay = (day: Day | undefined): number => (day === undefined ? UNDATED : dayNumber(day))
