import { fromEpochDay } from '@daybook/core/kernel'
import type { Cell } from '@daybook/core/ports'
import { type DatedBasis, datedBases } from './bases.ts'
import type { Grain } from './journal.ts'
import { kindCode } from './kinds.ts'
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

// x, z and kind of a cell as one number: maps by number are several times faster than by text.
const SHIFT = 2_000_000
const KINDS = 8
const WIDTH = 4_000_000
const placeOf = (x: number, z: number, kind: number): number => ((x + SHIFT) * WIDTH + z + SHIFT) * KINDS + kind

type Totals = Map<number, number>
const add = (totals: Totals, place: number, amount: number): void => {
  totals.set(place, (totals.get(place) ?? 0) + amount)
}

function* cellsOf(series: string, y: number, totals: Totals): Generator<Cell> {
  const places = [...totals].filter(([, amount]) => amount !== 0).sort(([a], [b]) => a - b)
  for (const [place, amount] of places) {
    const kind = place % KINDS
    const rest = (place - kind) / KINDS
    const z = rest % WIDTH
    yield { series, x: (rest - z) / WIDTH - SHIFT, y, z: z - SHIFT, kind: kindCode(kind), amount }
  }
}

/** The cells of a block that is whole, from all its rows. */
export function* cellsOfBlock(grain: Grain, block: number, rows: readonly AgingRow[]): Generator<Cell> {
  const span = Math.floor(block / grain.span)
  for (const basis of datedBases) {
    const series = new Map<string, Totals>()
    const totalsOf = (name: string): Totals => {
      const known = series.get(name)
      if (known) return known
      const totals: Totals = new Map()
      series.set(name, totals)
      return totals
    }
    const ofMonths = totalsOf(byMonth(basis))
    for (const { day, kind, amount, anchors } of rows) {
      const anchor = anchors[basis]
      const month = monthOf(day)
      add(ofMonths, placeOf(month, anchor, kind), amount)
      add(totalsOf(byDay(basis, month)), placeOf(day, anchor, kind), amount)
    }
    for (const [name, totals] of series) {
      yield* cellsOf(name, span, totals)
      yield* cellsOf(blocksOf(name, span), block, totals)
    }
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
