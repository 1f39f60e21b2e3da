import type { AccountEvent } from '@daybook/core/account'
import { accountOfStream, type Day, daysBetween, isPosting, partyKey } from '@daybook/core/kernel'
import type { AgingBasis, AgingDimension } from '@daybook/projections/aging'

/** Aging by adding up all effects again for each question: slow, and with nothing in common with the cube. */

export interface Written {
  readonly position: number
  readonly account: string
  readonly event: AccountEvent
}

export interface Question {
  readonly asOf: Day
  readonly knownAt: number
  readonly basis: AgingBasis
  readonly by?: AgingDimension
}

export interface Figures {
  readonly buckets: Record<string, number>
  readonly accounts: Record<string, number>
  notYetDue: number
  placed: number
  credits: number
  unapplied: number
  net: number
}

interface LayerFound {
  readonly account: string
  readonly lineId: string
  readonly party: string
  readonly agingFrom: Day
  active: number
  placed: number
}

const bucketName = (age: number): string =>
  age <= 30 ? '0-30' : age <= 60 ? '31-60' : age <= 90 ? '61-90' : age <= 120 ? '91-120' : '121+'

const layersOf = (events: readonly Written[], asOf: Day): ReadonlyMap<string, LayerFound> => {
  const layers = new Map<string, LayerFound>()
  for (const { account, event } of events) {
    if (!isPosting(event) || event.effectiveDate > asOf) continue
    for (const { layerId, lineId, party, agingFrom } of event.opens ?? []) {
      layers.set(layerId, { account, lineId, party: partyKey(party), agingFrom, active: 0, placed: 0 })
    }
  }
  for (const { event } of events) {
    if (!isPosting(event) || event.effectiveDate > asOf) continue
    for (const { layerId, stage, amount } of event.effects) {
      const layer = layers.get(layerId)
      if (!layer) throw new Error(`an effect before its layer: ${layerId}`)
      if (stage !== 'badDebt') layer[stage] += amount
    }
  }
  return layers
}

const dosOf = (events: readonly Written[], lineId: string): Day | undefined => {
  for (const { event } of events) {
    if (event.type === 'ChargePosted' && event.lineId === lineId) return event.dosFrom
    if (event.type !== 'BalanceBroughtForward') continue
    const line = event.lines.find((candidate) => candidate.lineId === lineId)
    if (line) return line.dosFrom
  }
  return undefined
}

const billDateOf = (events: readonly Written[], layer: LayerFound, asOf: Day): Day | undefined =>
  events
    .map(({ event }) => event)
    .filter((event) => event.type === 'ClaimSubmitted')
    .filter(
      ({ coverageId, frequency, lines, effectiveDate }) =>
        coverageId === layer.party &&
        frequency !== '8' &&
        lines.some((lineId) => lineId === layer.lineId) &&
        effectiveDate <= asOf,
    )
    .map(({ effectiveDate }) => effectiveDate)
    .sort()[0]

const valueIn = (events: readonly Written[], layer: LayerFound, by: AgingDimension): string => {
  const coverage = events
    .map(({ event }) => event)
    .findLast((event) => event.type === 'CoverageAdded' && event.coverageId === layer.party)
  const charge = events
    .map(({ event }) => event)
    .findLast((event) => event.type === 'ChargePosted' && event.lineId === layer.lineId)
  const ofCoverage = coverage?.type === 'CoverageAdded' ? coverage : undefined
  const ofLine = charge?.type === 'ChargePosted' ? charge : undefined
  switch (by) {
    case 'payer':
      return ofCoverage?.payerId ?? ''
    case 'coverage':
      // An id of a coverage is one within its account.
      return layer.party === 'patient' ? '' : `${accountOfStream(layer.account)} ${layer.party}`
    case 'financialClass':
      return ofLine?.financialClass ?? ofCoverage?.filingIndicator ?? ''
    case 'location':
      return ofLine?.location ?? ''
    case 'provider':
      return ofLine?.provider ?? ''
  }
}

/** Figures by `party` or `party|value`, and of all under `all`. */
export const bruteForce = (log: readonly Written[], question: Question): Record<string, Figures> => {
  const { asOf, knownAt, basis, by } = question
  const events = log.filter(({ position }) => position <= knownAt)
  const found: Record<string, Figures> = {}
  const accounts = new Map<string, Set<string>>()
  const rowOf = (name: string): Figures => {
    found[name] ??= { buckets: {}, accounts: {}, notYetDue: 0, placed: 0, credits: 0, unapplied: 0, net: 0 }
    return found[name]
  }
  for (const layer of layersOf(events, asOf).values()) {
    const standing = layer.active + layer.placed
    if (standing === 0) continue
    const party = layer.party === 'patient' ? 'patient' : 'insurance'
    const name = by ? `${party}|${valueIn(events, layer, by)}` : party
    for (const row of ['all', name]) {
      const figures = rowOf(row)
      figures.net += standing
      if (standing < 0) {
        figures.credits += standing
        continue
      }
      const anchor =
        basis === 'responsibility'
          ? layer.agingFrom
          : basis === 'dos'
            ? dosOf(events, layer.lineId)
            : basis === 'billDate'
              ? billDateOf(events, layer, asOf)
              : undefined
      const age = anchor === undefined ? undefined : daysBetween(anchor, asOf)
      const bucket = age === undefined ? 'undated' : bucketName(age)
      figures.buckets[bucket] = (figures.buckets[bucket] ?? 0) + standing
      if (age !== undefined && age < 0) figures.notYetDue += standing
      figures.placed += Math.min(Math.max(layer.placed, 0), standing)
      const holders = accounts.get(`${row}/${bucket}`) ?? new Set()
      accounts.set(`${row}/${bucket}`, holders.add(layer.account))
      figures.accounts[bucket] = holders.size
    }
  }
  for (const { event } of events) {
    if (!isPosting(event) || event.effectiveDate > asOf) continue
    const amount = event.contra.reduce((sum, entry) => (entry.account === 'unapplied' ? sum + entry.amount : sum), 0)
    if (amount === 0) continue
    for (const row of ['all', by ? 'patient|' : 'patient']) {
      rowOf(row).unapplied += amount
      rowOf(row).net += amount
    }
  }
  return found
}
