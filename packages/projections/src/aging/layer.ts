import { PATIENT } from '@daybook/core/kernel'
import type { AgingParty } from './kinds.ts'
import { kindNumber } from './kinds.ts'

/** A layer as the cube keeps it: what each effective day changed, ever. Order of days; at most one step a day. */
export interface LayerSteps {
  readonly layerId: string
  /** `patient`, or the coverage that owes. */
  readonly party: string
  /** Payer and financial class of the coverage, as on file when the layer was opened. */
  readonly payer: string
  readonly financialClass: string
  /** Days since 1970-01-01. */
  readonly agingFrom: number
  /** Effective day, change of what is active, change of what is placed: cents. */
  readonly steps: [day: number, active: number, placed: number][]
}

export const agingParty = (layer: LayerSteps): AgingParty => (layer.party === PATIENT ? 'patient' : 'insurance')

/** Amounts that count from a day on, cents. */
export interface Moved {
  readonly day: number
  readonly active: number
  readonly placed: number
}

const addStep = ({ steps }: LayerSteps, { day, active, placed }: Moved): void => {
  let at = steps.length
  while (at > 0 && (steps[at - 1]?.[0] ?? 0) >= day) at -= 1
  let step = steps[at]
  if (step?.[0] !== day) {
    step = [day, 0, 0]
    steps.splice(at, 0, step)
  }
  step[1] += active
  step[2] += placed
}

/** A change of the layer's standing on an effective day: its kind, cents, and the bill date it stands under. */
export interface Difference {
  readonly day: number
  readonly kind: number
  readonly billDate: number
  readonly amount: number
}

const kindsOf = {
  insurance: (['active', 'placed', 'credit'] as const).map((standing) => kindNumber('insurance', standing)),
  patient: (['active', 'placed', 'credit'] as const).map((standing) => kindNumber('patient', standing)),
}

/** What is aged at the practice, aged at an agency, and below zero. */
type Parts = readonly [active: number, placed: number, credit: number]

/** Above zero it is aged, the placed part of it apart; below zero it is a credit. */
const standing = (active: number, placed: number): Parts => {
  const total = active + placed
  if (total < 0) return [0, 0, total]
  const atAgency = Math.min(Math.max(placed, 0), total)
  return [total - atAgency, atAgency, 0]
}

/**
 * The standing of a layer as a step function of the effective day. `billed` is the first bill's day: before it the layer
 * has no bill date.
 */
export const differences = (layer: LayerSteps, billed: number | undefined, undated: number): readonly Difference[] => {
  const kinds = kindsOf[agingParty(layer)]
  const found: Difference[] = []
  let active = 0
  let placed = 0
  let shown: Parts = [0, 0, 0]
  let billDate = undated
  const turnTo = (day: number, next: Parts, bill: number): void => {
    for (let part = 0; part < 3; part++) {
      const kind = kinds[part] as number
      const was = shown[part] as number
      const is = next[part] as number
      if (bill === billDate) {
        if (is !== was) found.push({ day, kind, billDate, amount: is - was })
      } else {
        if (was !== 0) found.push({ day, kind, billDate, amount: -was })
        if (is !== 0) found.push({ day, kind, billDate: bill, amount: is })
      }
    }
    shown = next
    billDate = bill
  }
  for (const [day, changeOfActive, changeOfPlaced] of layer.steps) {
    if (billed !== undefined && billDate === undated && billed < day) turnTo(billed, shown, billed)
    active += changeOfActive
    placed += changeOfPlaced
    turnTo(day, standing(active, placed), billed !== undefined && billed <= day ? billed : undated)
  }
  if (billed !== undefined && billDate === undated) turnTo(billed, shown, billed)
  return found
}

const same = (a: Difference | undefined, b: Difference | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.day === b.day &&
  a.kind === b.kind &&
  a.billDate === b.billDate &&
  a.amount === b.amount

/** What an event changed: the differences after it, less those before it. Equal parts at both ends cost nothing. */
export const changed = (before: readonly Difference[], after: readonly Difference[]): readonly Difference[] => {
  let start = 0
  while (same(before[start], after[start])) start += 1
  let lastBefore = before.length
  let lastAfter = after.length
  while (lastBefore > start && lastAfter > start && same(before[lastBefore - 1], after[lastAfter - 1])) {
    lastBefore -= 1
    lastAfter -= 1
  }
  if (lastBefore === start) return start === 0 && lastAfter === after.length ? after : after.slice(start, lastAfter)
  const totals: { day: number; kind: number; billDate: number; amount: number }[] = []
  const add = (difference: Difference, sign: 1 | -1): void => {
    const { day, kind, billDate, amount } = difference
    const total = totals.find((found) => found.day === day && found.kind === kind && found.billDate === billDate)
    if (total) total.amount += sign * amount
    else totals.push({ day, kind, billDate, amount: sign * amount })
  }
  for (let at = start; at < lastBefore; at++) add(before[at] as Difference, -1)
  for (let at = start; at < lastAfter; at++) add(after[at] as Difference, 1)
  return totals.filter(({ amount }) => amount !== 0)
}

/**
 * Posts amounts that count from `day` on; gives what that changed. Most postings are not before what the layer has: then
 * the standing from that day on is all that moves, and nothing before it has to be looked at.
 */
export const move = (
  layer: LayerSteps,
  moved: Moved,
  billed: number | undefined,
  undated: number,
): readonly Difference[] => {
  const { day, active, placed } = moved
  const last = layer.steps.at(-1)
  if (last && day < last[0]) {
    const before = differences(layer, billed, undated)
    addStep(layer, moved)
    return changed(before, differences(layer, billed, undated))
  }
  let wasActive = 0
  let wasPlaced = 0
  for (const step of layer.steps) {
    wasActive += step[1]
    wasPlaced += step[2]
  }
  addStep(layer, moved)
  const was = standing(wasActive, wasPlaced)
  const is = standing(wasActive + active, wasPlaced + placed)
  const kinds = kindsOf[agingParty(layer)]
  const found: Difference[] = []
  for (let part = 0; part < 3; part++) {
    const kind = kinds[part] as number
    const amount = (is[part] as number) - (was[part] as number)
    if (amount === 0) continue
    if (billed === undefined) found.push({ day, kind, billDate: undated, amount })
    else if (billed <= day) found.push({ day, kind, billDate: billed, amount })
    else {
      found.push({ day, kind, billDate: undated, amount })
      found.push({ day: billed, kind, billDate: undated, amount: -amount })
      found.push({ day: billed, kind, billDate: billed, amount })
    }
  }
  return found
}
