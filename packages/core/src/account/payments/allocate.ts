import type { Cents } from '../../kernel/cents.ts'
import { changedOn, type Dated } from '../../kernel/dated.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { RuleHit } from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { ask } from '../facts.ts'
import { linesOfVisit, openLayers } from '../ledger/balances.ts'
import { allocationQuestion } from '../ledger/gate-facts.ts'
import type { DatedEffect, WorkingLayer, WorkingLedger } from '../ledger/working.ts'
import { activePlans, type Plan } from '../plans/state.ts'
import { awaitedBy } from '../plans/suspend.ts'
import type { AccountState } from '../rooms.ts'
import type { Allocation, Designation, PatientPaymentPosted } from './events.ts'
import { isBarred } from './net-as-of.ts'

/** Money that looks for items. */
export interface Money {
  readonly amount: number
  readonly receivedOn: Day
  /** What of it had no item through time; absent: all of it, from the day of receipt. */
  readonly dated?: Dated | undefined
  readonly source: PatientPaymentPosted['source']
  readonly designation?: Designation | undefined
  /** Exactly these lines, each up to its amount, whatever their standing (errata 22). */
  readonly directed?: readonly { readonly line: LineId; readonly amount?: Cents | undefined }[] | undefined
}

/** What became of money that looked for items; what is not applied stays unapplied. */
export interface Allocated {
  readonly applied: readonly DatedEffect[]
  /** Items passed by before the money ended, with the rules that keep undirected money off them. */
  readonly skipped: readonly RuleHit[]
}

/** Parts of a payment by line and layer, as events state them: one for each layer, zeros and signs as they come. */
export const allocationsOf = (parts: Iterable<Allocation>): Allocation[] => {
  const byLayer = new Map<string, Allocation>()
  for (const { lineId, layerId, amount } of parts) {
    const before = byLayer.get(layerId)?.amount ?? 0
    byLayer.set(layerId, { lineId, layerId, amount: (before + amount) as Cents })
  }
  return [...byLayer.values()]
}

type WorkStage = 'active' | 'placed'

interface Item {
  readonly layer: WorkingLayer
  readonly stage: WorkStage
  readonly dos: Day
}

const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
const byResponsibility = (a: Item, b: Item): number =>
  order(a.layer.agingFrom, b.layer.agingFrom) || order(a.dos, b.dos)
const byService = (a: Item, b: Item): number => order(a.dos, b.dos) || order(a.layer.agingFrom, b.layer.agingFrom)

/** Items in an order; of one age and day in that of their lines on file, as the claim numbers them: ids say nothing (law N3). */
const sorted = (
  { ledger }: AccountState,
  items: readonly Item[],
  by: (a: Item, b: Item) => number,
): readonly Item[] => {
  const places = new Map(
    ledger.lines.inOrder(items.map(({ layer }) => layer.lineId)).map((line, at) => [line.lineId, at]),
  )
  const place = ({ layer }: Item) => places.get(layer.lineId) ?? 0
  return items.toSorted((a, b) => by(a, b) || place(a) - place(b) || a.layer.sequence - b.layer.sequence)
}

/** What a plan asks for by a day and has not been paid. */
const dueBy = (plan: Plan, on: Day): number =>
  plan.schedule.reduce((sum, part) => (part.due <= on ? sum + Math.max(0, part.amount - part.paid) : sum), 0)

/** Lines that a designation means; undefined where the payer named nothing. */
export const designatedLines = (
  state: AccountState,
  designation: Designation | undefined,
): ReadonlySet<LineId> | undefined => {
  if (designation?.lines !== undefined) return new Set(designation.lines)
  if (designation?.planId !== undefined) return new Set(state.plans.plans.get(designation.planId)?.lines ?? [])
  if (designation?.visitId !== undefined) {
    return new Set(linesOfVisit(state.ledger, designation.visitId).map(({ lineId }) => lineId))
  }
  return undefined
}

/** Lines of plans that wait for the correction of a reversal (clarification 37). */
const frozenLines = (state: AccountState): ReadonlySet<LineId> =>
  new Set(state.plans.plans.where('running').flatMap((plan) => (awaitedBy(state, plan).length > 0 ? plan.lines : [])))

/**
 * Finds items for patient money (reference §1.8, errata 3 and 22): directed money goes where it was sent and no further;
 * other money to plan instalments that are due, or soon will be (clarification 38), then to the encounter of the day, then to the oldest responsibility,
 * past every item that rule AR-14 protects. Never beyond what the patient owes on a line (law E2).
 */
export const allocate = (state: AccountState, working: WorkingLedger, money: Money, context: Context): Allocated => {
  const applied: DatedEffect[] = []
  const skipped: RuleHit[] = []
  let left = money.amount
  let unapplied: Dated = money.dated ?? [{ on: money.receivedOn, amount: money.amount }]

  const itemsOf = (layer: WorkingLayer, stages: readonly WorkStage[]): Item[] => {
    const dos = state.ledger.lines.get(layer.lineId)?.dosFrom ?? money.receivedOn
    return stages.flatMap((stage) => (layer[stage] > 0 ? [{ layer, stage, dos }] : []))
  }
  const items = (lines: Iterable<LineId>, stages: readonly WorkStage[]): Item[] =>
    [...lines].flatMap((line) => working.layers(line, PATIENT).flatMap((layer) => itemsOf(layer, stages)))
  const inOrder = (of: readonly Item[]) => sorted(state, of, byResponsibility)
  const allItems = (stage: WorkStage): Item[] => openLayers(state.ledger, PATIENT).flatMap((l) => itemsOf(l, [stage]))

  /** Goes from item to item as long as there is money: items behind its end are not even asked about. */
  const give = (candidates: readonly Item[], limit: number, may: (item: Item) => boolean = () => true): void => {
    let share = Math.min(limit, left)
    for (const item of candidates) {
      if (share <= 0) return
      if (!may(item)) continue
      const { layer, stage } = item
      const open = working.layers(layer.lineId, PATIENT).find((one) => one.layerId === layer.layerId)?.[stage] ?? 0
      const part = Math.min(share, open, working.owed(layer.lineId, PATIENT))
      if (part <= 0) continue
      for (const taken of working.takeByDay(layer.layerId, stage, part, { on: money.receivedOn, money: unapplied })) {
        applied.push(taken)
        unapplied = changedOn(unapplied, taken.on, taken.effect.amount)
      }
      share -= part
      left -= part
    }
  }

  const judged = new Map<LineId, boolean>()
  /** AR-14, asked once a line. */
  const eligible = ({ layer }: Item): boolean => {
    const known = judged.get(layer.lineId)
    if (known !== undefined) return known
    const cents = working.owed(layer.lineId, PATIENT)
    const item = { line: layer.lineId, stage: 'active' as const, cents, on: money.receivedOn }
    const { hits } = ask(state, allocationQuestion(state, item), context)
    skipped.push(...hits.map((hit) => ({ ...hit, reason: `line ${layer.lineId}: ${hit.reason}` })))
    judged.set(layer.lineId, hits.length === 0)
    return hits.length === 0
  }

  const stages: readonly WorkStage[] = money.source === 'agency' ? ['placed', 'active'] : ['active', 'placed']
  const named = designatedLines(state, money.designation)
  const frozen = frozenLines(state)
  if (money.directed) {
    for (const { line, amount } of money.directed) give(inOrder(items([line], stages)), amount ?? left)
  } else if (named) {
    // Money for a plan that waits for a correction waits with it.
    const forPlan = money.designation?.planId !== undefined
    const open = inOrder(items(named, stages)).filter(({ layer }) => !(forPlan && frozen.has(layer.lineId)))
    // Who names a visit or a plan has not named what they dispute of it: that comes last.
    const last = Map.groupBy(open, ({ layer }) => isBarred(state, layer.lineId))
    give([...(last.get(false) ?? []), ...(last.get(true) ?? [])], left)
  } else if (money.source === 'agency') {
    give(inOrder(allItems('placed')), left)
  } else {
    const ahead = addDays(money.receivedOn, context.policy.policy.plans.paidAhead)
    for (const plan of activePlans(state.plans)) {
      if (awaitedBy(state, plan).length > 0) continue
      give(sorted(state, items(plan.lines, ['active']), byService), dueBy(plan, ahead), eligible)
    }
    const open = inOrder(allItems('active')).filter(({ layer }) => !frozen.has(layer.lineId))
    const ofTheDay = open.filter(({ layer }) => state.ledger.lines.get(layer.lineId)?.dosTo === money.receivedOn)
    give(ofTheDay, left, eligible)
    give(open, left, eligible)
  }
  return { applied, skipped }
}
