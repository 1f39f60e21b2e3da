import { fromEpochDay } from '@daybook/core/kernel'
import type { Cell } from '@daybook/core/ports'
import { type DatedBasis, datedBases } from './bases.ts'
import type { Grain } from './journal.ts'
import { kindCode, kindCount } from './kinds.ts'
import type { AgingRow } from './row.ts'

/**
 * Rows added up, so that a report reads few of them. Both clocks have two grains. Effective day: months, and the days
 * of each month in a series of its own, so that what lies in whole months before the as-of is read by month. Known:
 * blocks of positions, and spans of blocks likewise. What is known of a part of a block comes from the journal.
 * Positions, not days, are the known axis: a book that is converted in one night has all its events on one day.
 */
const months = new Map<number, number>()
/** Months since the year 0, of a day since 1970-01-01. */
export const monthOf = (day: number): number => {
  const known = months.get(day)
  if (known !== undefined) return known
  const text = fromEpochDay(day)
  const month = Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1
  months.set(day, month)
  return month
}

const byMonth = (basis: DatedBasis): string => `${basis}/months`
const byDay = (basis: DatedBasis, month: number): string => `${basis}/days/${month}`
/** The series of the blocks of a span; that of whole spans has the bare name. */
const blocksOf = (series: string, span: number): string => `${series}/blocks/${span}`

// z and kind of a cell as one small number: maps by such numbers are many times faster than by text.
const SHIFT = 2_000_000
const placeOf = (z: number, kind: number): number => (z + SHIFT) * kindCount + kind

/** Amounts by x, then by z and kind. */
type Totals = Map<number, Map<number, number>>

const totalsAt = (totals: Totals, x: number): Map<number, number> => {
  const known = totals.get(x)
  if (known) return known
  const made = new Map<number, number>()
  totals.set(x, made)
  return made
}

const byEffectiveDay = (rows: Iterable<AgingRow>, basis: DatedBasis): Totals => {
  const totals: Totals = new Map()
  for (const { day, kind, amount, anchors } of rows) {
    const ofDay = totalsAt(totals, day)
    const place = placeOf(anchors[basis], kind)
    ofDay.set(place, (ofDay.get(place) ?? 0) + amount)
  }
  return totals
}

const byEffectiveMonth = (days: Totals): Totals => {
  const totals: Totals = new Map()
  for (const [day, ofDay] of days) {
    const ofMonth = totalsAt(totals, monthOf(day))
    for (const [place, amount] of ofDay) ofMonth.set(place, (ofMonth.get(place) ?? 0) + amount)
  }
  return totals
}

function* cellsOf(series: string, x: number, y: number, totals: ReadonlyMap<number, number>): Generator<Cell> {
  for (const [place, amount] of totals) {
    if (amount === 0) continue
    const kind = place % kindCount
    yield { series, x, y, z: (place - kind) / kindCount - SHIFT, kind: kindCode(kind), amount }
  }
}

/** The cells of a block that is whole, from all its rows. */
export function* cellsOfBlock(grain: Grain, block: number, rows: readonly AgingRow[]): Generator<Cell> {
  const span = Math.floor(block / grain.span)
  function* both(series: string, x: number, totals: ReadonlyMap<number, number>): Generator<Cell> {
    yield* cellsOf(series, x, span, totals)
    yield* cellsOf(blocksOf(series, span), x, block, totals)
  }
  for (const basis of datedBases) {
    const days = byEffectiveDay(rows, basis)
    for (const [day, totals] of days) yield* both(byDay(basis, monthOf(day)), day, totals)
    for (const [month, totals] of byEffectiveMonth(days)) yield* both(byMonth(basis), month, totals)
  }
}

/** A sum to ask the store for. */
export interface CellQuery {
  readonly series: string
  readonly x: number
  readonly y: number
}

/** The sums that make up a basis as of a day, as known at a position, but for the block that the position cuts. */
export const queriesFor = (
  grain: Grain,
  basis: DatedBasis,
  asOf: number,
  knownAt: number,
): { readonly sums: readonly CellQuery[]; readonly openBlock: number | undefined } => {
  const blocks = Math.floor(knownAt / grain.block)
  const spans = Math.floor(blocks / grain.span)
  const month = monthOf(asOf)
  const ofDay: readonly { series: string; x: number }[] = [
    { series: byMonth(basis), x: month - 1 },
    { series: byDay(basis, month), x: asOf },
  ]
  return {
    sums: ofDay.flatMap(({ series, x }) => [
      ...(spans > 0 ? [{ series, x, y: spans - 1 }] : []),
      ...(blocks > spans * grain.span ? [{ series: blocksOf(series, spans), x, y: blocks - 1 }] : []),
    ]),
    openBlock: knownAt > blocks * grain.block ? blocks : undefined,
  }
}
