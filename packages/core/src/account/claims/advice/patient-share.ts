import type { Cents } from '../../../kernel/cents.ts'
import type { AdjudicatedAdjustment } from '../adjudication-events.ts'
import { netted } from '../word-facts.ts'
import { type LineReading, totalOf } from './reading.ts'

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

/** The shares of a line, netted (clarification 2). */
export const nettedShares = (line: LineReading): readonly Share[] =>
  netted(line.adjustments).map((share) => ({ line, ...share }))
