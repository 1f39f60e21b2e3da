import type { Anchors } from './bases.ts'

/** What a row is of: reports are cut by these. Empty text: not known. */
export interface Attributes {
  /** The account's stream. */
  readonly account: string
  /** Coverage that owes; empty for the patient's. */
  readonly coverage: string
  readonly payer: string
  readonly financialClass: string
  readonly location: string
  readonly provider: string
}

/**
 * One dated difference (design §3.21): from `day` on, as known from `position` on, `amount` cents more stand in a kind
 * under these anchors. Rows are only ever added, so no past answer moves.
 */
export interface AgingRow {
  readonly position: number
  /** Effective day, in days since 1970-01-01. */
  readonly day: number
  readonly kind: number
  readonly amount: number
  readonly anchors: Anchors
  readonly attributes: Attributes
}
