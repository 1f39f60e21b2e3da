import { type AccountEvent, type AccountState, unappliedTotal } from '@daybook/core/account'
import { type Day, isPosting, type Layer } from '@daybook/core/kernel'

/** What one layer holds, by stage, in cents. */
export interface LayerMoney extends Layer {
  readonly active: number
  readonly placed: number
  /** Memo: off the receivable. */
  readonly badDebt: number
}

/** The account's money: layers, and patient money that has no item. */
export interface Money {
  readonly layers: readonly LayerMoney[]
  /** Cents, above zero where the practice holds money without an item. */
  readonly unapplied: number
}

/** All that a state holds, whatever day it counts from. */
export const moneyOf = (state: AccountState): Money => ({
  layers: [...state.ledger.layers.values()],
  unapplied: unappliedTotal(state.payments),
})

/**
 * The money as of a day: dated effects added up. A sum, never a fold of a filtered list, which would be a history that
 * was never reachable (two-clocks). Events whose day is later are left out of the amounts alone.
 */
export const moneyAsOf = (events: Iterable<AccountEvent>, asOf: Day): Money => {
  const layers = new Map<string, { -readonly [K in keyof LayerMoney]: LayerMoney[K] }>()
  let unapplied = 0
  for (const event of events) {
    if (!isPosting(event) || event.effectiveDate > asOf) continue
    for (const layer of event.opens ?? []) {
      layers.set(layer.layerId, { ...layer, active: 0, placed: 0, badDebt: 0 })
    }
    for (const { layerId, stage, amount } of event.effects) {
      const layer = layers.get(layerId)
      if (layer) layer[stage] += amount
    }
    for (const { account, amount } of event.contra) if (account === 'unapplied') unapplied -= amount
  }
  return { layers: [...layers.values()], unapplied }
}

const receivable = (layer: LayerMoney): number => layer.active + layer.placed

/** Owed, credited and unapplied stand apart and are never netted with each other (law E10); net is their sum. */
export interface Totals {
  readonly owed: number
  /** Sum of the negative layers: zero or below. */
  readonly credits: number
  readonly unapplied: number
  /** owed + credits − unapplied. */
  readonly net: number
  /** Memo. */
  readonly badDebt: number
}

export const totalsOf = ({ layers, unapplied }: Money): Totals => {
  let owed = 0
  let credits = 0
  let badDebt = 0
  for (const layer of layers) {
    const amount = receivable(layer)
    if (amount > 0) owed += amount
    else credits += amount
    badDebt += layer.badDebt
  }
  return { owed, credits, unapplied, net: owed + credits - unapplied, badDebt }
}
