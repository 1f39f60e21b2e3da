import { type Cents, sumOf } from '../kernel/cents.ts'
import { type Day, daysBetween } from '../kernel/day.ts'
import { isPosting, partyKey } from '../kernel/effects.ts'
import { eventsOf, type History, knownBy } from './history.ts'

/** A layer's amount as of a day. `age` is negative where it is not yet due. */
export interface AgedLayer {
  readonly layerId: string
  readonly lineId: string
  readonly party: string
  readonly amount: Cents
  readonly age: number
}

/** What stood on a day, as far as it was known on another: the reference evaluator of the two clocks. */
export interface Standing {
  /** Receivable layers that are not zero, credits too. */
  readonly layers: readonly AgedLayer[]
  /** Negative: money of the patient that has no item. */
  readonly unapplied: Cents
  readonly memo: Cents
  readonly net: Cents
}

/**
 * As of `asOf`, known at the end of `knownAt`: sums the dated effects of a prefix of the history (two-clocks.md). Slow
 * and plain on purpose: what views and queries are compared with.
 */
export const standingAt = (history: History, asOf: Day, knownAt: Day): Standing => {
  const opened = new Map<string, { lineId: string; party: string; agingFrom: Day }>()
  const amounts = new Map<string, number>()
  let unapplied = 0
  let memo = 0
  for (const { event } of eventsOf(knownBy(history, knownAt))) {
    if (!isPosting(event)) continue
    for (const { layerId, lineId, party, agingFrom } of event.opens ?? []) {
      opened.set(layerId, { lineId, party: partyKey(party), agingFrom })
    }
    if (event.effectiveDate > asOf) continue
    for (const { layerId, stage, amount } of event.effects) {
      if (stage === 'badDebt') memo += amount
      else amounts.set(layerId, (amounts.get(layerId) ?? 0) + amount)
    }
    unapplied += sumOf(
      event.contra.filter(({ account }) => account === 'unapplied'),
      ({ amount }) => amount,
    )
  }
  const layers = [...amounts].flatMap(([layerId, amount]) => {
    const layer = opened.get(layerId)
    if (!layer || amount === 0) return []
    return [{ layerId, ...layer, amount: amount as Cents, age: daysBetween(layer.agingFrom, asOf) }]
  })
  return {
    layers: layers.map(({ agingFrom: _from, ...layer }) => layer),
    unapplied: unapplied as Cents,
    memo: memo as Cents,
    net: (sumOf(layers, (layer) => layer.amount) + unapplied) as Cents,
  }
}
