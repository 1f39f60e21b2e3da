import type { Cents } from '../../../kernel/cents.ts'
import { coverageParty, type Effect, netContra, type Party, sameParty } from '../../../kernel/effects.ts'
import type { LineId } from '../../../kernel/ids.ts'
import type { Adjustment } from '../../ledger/state.ts'
import { type Moved, together } from '../../ledger/working.ts'
import { emit, raise, type Unit } from '../advice/unit.ts'
import type { Adjudication } from '../state.ts'
import type { AdjudicationReversed } from '../takeback-events.ts'

// Rule R 3 and 4: what had moved on from an adjudication by the time the payer reversed it.

export type Residual = AdjudicationReversed['residual'][number]

/** What of one write-off rested on the adjudication: all of it at the coverage, at the patient what is taken back. */
const restedOn = (
  unit: Unit,
  original: Adjudication,
  negated: readonly Effect[],
  party: Party,
  part: Adjustment['parts'][number],
): number => {
  const standing = part.amount - part.reversed
  if (sameParty(party, coverageParty(original.event.coverageId))) {
    return original.event.lines.some((line) => line.lineId === part.lineId) ? standing : 0
  }
  const taken = negated.find((effect) => effect.layerId === part.layerId && effect.amount < 0)
  const layer = taken && unit.working.layers(part.lineId, party).find((each) => each.layerId === part.layerId)
  return taken && layer ? Math.min(-taken.amount - Math.max(0, layer.active), standing) : 0
}

/**
 * A write-off that stands on what is being taken back is given back first, up to the amount; so is one of what the
 * payer had left unpaid (a denial, a protected share): the payer decides about that amount again.
 */
export const giveBackWriteOffs = (
  unit: Unit,
  original: Adjudication,
  negated: readonly Effect[],
): readonly Residual[] => {
  const residual: Residual[] = []
  const touched = new Set([...original.event.lines, ...negated].map(({ lineId }) => lineId))
  for (const adjustment of unit.state.ledger.adjustments.by('line', ...touched)) {
    const moves: Moved[] = []
    const lines: { lineId: LineId; amount: Cents }[] = []
    for (const part of adjustment.parts) {
      const amount = restedOn(unit, original, negated, adjustment.party, part)
      if (amount <= 0) continue
      moves.push(unit.working.restore(part.layerId, 'active', amount))
      lines.push({ lineId: part.lineId, amount: amount as Cents })
      residual.push({ lineId: part.lineId, amount: amount as Cents, cause: 'writtenOff' })
    }
    if (lines.length === 0) continue
    emit(unit, {
      type: 'AdjustmentReversed',
      effectiveDate: unit.on,
      visitId: adjustment.visitId,
      adjustmentId: adjustment.adjustmentId,
      lines,
      mode: 'economic',
      reason: 'the payer reversed the adjudication that this write-off rested on (rule R)',
      ...together(moves),
      contra: netContra([
        { account: `writeOff:${adjustment.category}`, amount: -lines.reduce((sum, line) => sum + line.amount, 0) },
      ]),
    })
    raise(unit, {
      code: 'writeOffReversedByPayer',
      message: `a write-off (${adjustment.category}) was given back because the payer reversed: decide it again`,
    })
  }
  return residual
}

/** Rule R 4: an amount that is placed comes back to active before it is taken. */
export const recallPlaced = (unit: Unit, effects: readonly Effect[]): readonly Residual[] => {
  const residual: Residual[] = []
  for (const placement of unit.state.placement.placements.values()) {
    const moves: Moved[] = []
    const items: { lineId: LineId; layerId: Effect['layerId']; amount: Cents }[] = []
    for (const effect of effects) {
      if (effect.amount >= 0 || !placement.items.some((item) => item.layerId === effect.layerId)) continue
      const layer = unit.working.layers(effect.lineId, effect.party).find((l) => l.layerId === effect.layerId)
      const amount = Math.min(-effect.amount, layer?.placed ?? 0)
      if (amount <= 0) continue
      moves.push(
        unit.working.restore(effect.layerId, 'placed', -amount),
        unit.working.restore(effect.layerId, 'active', amount),
      )
      items.push({ lineId: effect.lineId, layerId: effect.layerId, amount: amount as Cents })
      residual.push({ lineId: effect.lineId, amount: amount as Cents, cause: 'placed' })
    }
    if (items.length === 0) continue
    emit(unit, {
      type: 'AccountRecalled',
      effectiveDate: unit.on,
      placementId: placement.placementId,
      items,
      reason: 'reversal',
      ...together(moves),
      contra: [],
    })
  }
  return residual
}
