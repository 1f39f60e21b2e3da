import type { Cents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { PATIENT, type Party } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import type { AccountState } from '../rooms.ts'
import { transferAgingFrom } from './aging-from.ts'
import type { ResponsibilityTransferred } from './events.ts'
import { comingBack } from './line-moves-state.ts'
import type { Line } from './state.ts'
import { type Moved, type NewLayer, together, type WorkingLedger } from './working.ts'

/** A charge line and how much of what a party owes on it, cents. */
export interface LineAmount {
  readonly line: Line
  readonly amount: Cents
}

interface Move extends Moved {
  readonly line: Line
  readonly amount: number
  readonly on: Day
}

/** From whom to whom an amount moves. */
interface Between {
  readonly from: Party
  readonly to: Party
}

/** Transfers of one kind as events: one for each visit and effective day. */
export const transferEvents = (
  moves: readonly Move[],
  shared: Pick<ResponsibilityTransferred, 'from' | 'to' | 'reason' | 'mode' | 'note'>,
): readonly ResponsibilityTransferred[] => {
  const groups = new Map<string, Move[]>()
  for (const move of moves) {
    const key = `${move.on} ${move.line.visitId}`
    groups.set(key, [...(groups.get(key) ?? []), move])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const totals = new Map<LineId, number>()
    for (const { line, amount } of group) totals.set(line.lineId, (totals.get(line.lineId) ?? 0) + amount)
    return {
      type: 'ResponsibilityTransferred' as const,
      effectiveDate: first.on,
      visitId: first.line.visitId as VisitId,
      ...shared,
      lines: [...totals].map(([lineId, amount]) => ({ lineId, amount: amount as Cents })),
      ...together(group),
      contra: [],
    }
  })
}

/**
 * What comes back to the patient returns to the layers that it had left, the last first, age and all: moving an amount
 * away and back makes nothing younger. Gives the movements for the next cents that arrive, and what of them is new.
 */
const returning = (
  state: AccountState,
  working: WorkingLedger,
  line: LineId,
  between: Between,
  amount: number,
): ((arrives: number) => { readonly moves: readonly Moved[]; readonly fresh: number }) => {
  const back = between.to === PATIENT ? comingBack(state.ledger.moves, line, between, amount) : []
  const left = new Map(back.map((part) => [part, part.amount as number]))
  return (arrives) => {
    let fresh = arrives
    const moves = back.flatMap((part) => {
      const share = Math.min(fresh, left.get(part) ?? 0)
      left.set(part, (left.get(part) ?? 0) - share)
      fresh -= share
      return share > 0 ? [working.restore(part.layerId, 'active', share)] : []
    })
    return { moves, fresh }
  }
}

/**
 * What is new at a party meets what it was overpaid on the line first (E2), so that no credit stands beside a debt of one item;
 * the rest opens a layer.
 */
const arriving = (
  working: WorkingLedger,
  line: LineId,
  to: Party,
  fresh: number,
  layer: NewLayer,
): readonly Moved[] => {
  let left = fresh
  const met = working.layers(line, to).flatMap(({ layerId, active }) => {
    const share = Math.min(left, Math.max(0, -active))
    left -= share
    return share > 0 ? [working.restore(layerId, 'active', share, layer.on)] : []
  })
  return left > 0 ? [...met, working.openLayer(line, to, left, layer)] : met
}

/** Not before the layers that get an amount back were there. */
const dayOf = (working: WorkingLedger, on: Day, moves: readonly Moved[]): Day =>
  working.notBefore(
    on,
    moves.flatMap(({ effects }) => effects),
  )

/**
 * It happened on a day: takes the oldest layers, and opens one layer a line at the other party for what is new there.
 * Counts from the day, or from the first after it on which the amount is there to move.
 */
export const moveOn = (
  state: AccountState,
  working: WorkingLedger,
  { line, amount }: LineAmount,
  between: Between & { readonly on: Day },
  context: Context,
): Move => {
  const { from, to } = between
  const taken = working.take(line.lineId, from, amount, { thereOn: between.on })
  const there = working.openFrom(between.on, taken.effects)
  const { moves, fresh } = returning(state, working, line.lineId, between, taken.taken)(taken.taken)
  const on = dayOf(working, there, moves)
  const agingFrom = transferAgingFrom(state, to, line, on, context)
  const opened = arriving(working, line.lineId, to, fresh, { on, agingFrom })
  return { line, amount: taken.taken, on, ...together([taken, ...moves, ...opened]) }
}

/** What is taken of a party's layers, oldest first, of that which no agency has. */
const sharesOf = (working: WorkingLedger, line: LineId, of: Party, amount: number) => {
  let left = Math.min(amount, Math.max(0, working.owed(line, of)))
  return working.layers(line, of).flatMap((layer) => {
    const share = Math.min(left, Math.max(0, layer.active))
    left -= share
    return share > 0 ? [{ layer, share }] : []
  })
}

/**
 * We had it wrong: each layer is replaced from the day it was opened, and a coverage inherits its age (W8). What was paid, and
 * came back later, was not there between: it is replaced from the day on which it came back, so that no past day shows a
 * credit that never was. What an agency has comes back first (`recallFor`).
 */
export const replaceLayers = (
  state: AccountState,
  working: WorkingLedger,
  { line, amount }: LineAmount,
  between: Between,
  context: Context,
): readonly Move[] => {
  const { from, to } = between
  const next = returning(state, working, line.lineId, between, amount)
  return sharesOf(working, line.lineId, from, amount).flatMap(({ layer: replaced, share }) =>
    working.takeByDay(replaced.layerId, 'active', share, { on: replaced.openedOn }).map(({ effect, on: there }) => {
      const { moves, fresh } = next(-effect.amount)
      const on = dayOf(working, there, moves)
      const agingFrom = to === PATIENT ? transferAgingFrom(state, PATIENT, line, on, context) : replaced.agingFrom
      const opened = arriving(working, line.lineId, to, fresh, { on, agingFrom })
      return { line, amount: -effect.amount, on, ...together([{ effects: [effect], opens: [] }, ...moves, ...opened]) }
    }),
  )
}
