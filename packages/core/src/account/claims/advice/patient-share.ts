import { type Cents, sumOf, toCents } from '../../../kernel/cents.ts'
import type { AdjudicatedAdjustment } from '../adjudication-events.ts'
import { components, type LineReading, totalOf } from './reading.ts'

/** An amount of patient responsibility on its way to somebody. */
export interface Share {
  readonly line: LineReading
  readonly component: AdjudicatedAdjustment
  readonly amount: Cents
  /** The reason code is a denial's: without evidence it waits, and the queue gets a denial too (clarification 8). */
  readonly onDenial: boolean
}

/** PR of a line after netting, on whatever reason code (clarification 2). */
export const netResponsibility = (line: LineReading): Cents => totalOf(line, 'transfer', 'held')

/**
 * Nets the PR of a line (clarification 2): negative amounts come off the smallest components first, so that the largest
 * keep their reason code. Shares first, then what stands on a denial; of each the largest first.
 */
export const nettedShares = (line: LineReading): readonly Share[] => {
  const all = [...components(line, 'transfer'), ...components(line, 'held')]
  let off = -sumOf(all, ({ amount }) => Math.min(0, amount))
  return all
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => a.amount - b.amount)
    .map((component): Share => {
      const cut = Math.min(off, component.amount)
      off -= cut
      return { line, component, onDenial: component.disposition === 'held', amount: toCents(component.amount - cut) }
    })
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => Number(a.onDenial) - Number(b.onDenial) || b.amount - a.amount)
}
