import { type Cents, sumOf } from '../../kernel/cents.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import { netContra } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import { placedLayers } from '../placement/placed-layers.ts'
import type { AccountState } from '../rooms.ts'
import type { Adjustment } from './adjustments-state.ts'
import type { AdjustmentReversed } from './events.ts'
import { type Moved, together, type WorkingLedger } from './working.ts'

/** What of an adjustment on a line has not been given back yet, cents. */
export const remainingOn = (adjustment: Adjustment, line: LineId): Cents =>
  sumOf(
    adjustment.parts.filter((part) => part.lineId === line),
    (part) => part.amount - part.reversed,
  )

/** Up to `amount` of what an adjustment took on a line goes back to the layers it was taken from. */
const backOn = (
  state: AccountState,
  working: WorkingLedger,
  adjustment: Adjustment,
  { lineId, amount }: AdjustmentReversed['lines'][number],
): Moved => {
  const placed = placedLayers(state)
  const moves: Moved[] = []
  let left: number = amount
  for (const part of adjustment.parts) {
    if (part.lineId !== lineId) continue
    const back = Math.min(left, part.amount - part.reversed)
    if (back <= 0) continue
    // What an agency has no longer is no longer placed.
    const stage = part.stage === 'placed' && !placed.has(part.layerId) ? 'active' : part.stage
    moves.push(working.restore(part.layerId, stage, back))
    left -= back
  }
  return together(moves)
}

/** A write-off is given back on these lines, as of a day and not before its own, to the layers and ages it was taken from (law A10). */
export const givenBack = (
  state: AccountState,
  working: WorkingLedger,
  adjustment: Adjustment,
  lines: AdjustmentReversed['lines'],
  { on, mode, reason }: { readonly on: Day } & Pick<AdjustmentReversed, 'mode' | 'reason'>,
): AdjustmentReversed => {
  const posting = together(lines.map((line) => backOn(state, working, adjustment, line)))
  return {
    type: 'AdjustmentReversed',
    effectiveDate: working.notBefore(maxDay(on, adjustment.effectiveDate), posting.effects),
    visitId: adjustment.visitId,
    adjustmentId: adjustment.adjustmentId,
    lines,
    mode,
    reason,
    ...posting,
    contra: netContra([
      { account: `writeOff:${adjustment.category}`, amount: -sumOf(posting.effects, (effect) => effect.amount) },
    ]),
  }
}
