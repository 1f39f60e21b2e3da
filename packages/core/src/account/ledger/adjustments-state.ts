import type { Cents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import type { Party, Posting, Stage } from '../../kernel/effects.ts'
import type { AdjustmentId, LayerId, LineId, VisitId } from '../../kernel/ids.ts'
import type { Questions, Table } from '../../kernel/table.ts'
import type { AdjustmentReversed, ChargeVoided, WriteOffPosted } from './events.ts'

// Write-offs, as far as they can still be taken back.

/** A write-off that can still be reversed. */
export interface Adjustment {
  readonly adjustmentId: AdjustmentId
  readonly category: WriteOffPosted['category']
  readonly visitId: VisitId
  readonly party: Party
  readonly effectiveDate: Day
  /** What was taken off each layer, and how much of it was given back since. */
  readonly parts: readonly {
    readonly lineId: LineId
    readonly layerId: LayerId
    readonly stage: Stage
    readonly amount: Cents
    readonly reversed: Cents
  }[]
}

export const ofAdjustments = {
  by: { line: (adjustment: Adjustment) => adjustment.parts.map(({ lineId }) => lineId) },
} satisfies Questions<Adjustment>

/** A slice with write-offs, open for folding. */
export interface WithAdjustments {
  adjustments: Table<AdjustmentId, Adjustment, typeof ofAdjustments>
}

/** Books what came back against the parts it was taken from, by layer, in their order. */
const giveBack = (adjustment: Adjustment, event: Posting): Adjustment => {
  const back = new Map<string, number>()
  for (const { layerId, amount } of event.effects) back.set(layerId, (back.get(layerId) ?? 0) + amount)
  const parts = adjustment.parts.map((part) => {
    const given = Math.min(part.amount - part.reversed, back.get(part.layerId) ?? 0)
    back.set(part.layerId, (back.get(part.layerId) ?? 0) - given)
    return { ...part, reversed: (part.reversed + given) as Cents }
  })
  return { ...adjustment, parts }
}

/** The void of a line undoes what was written off on it. */
export const undoWith = (ledger: WithAdjustments, event: ChargeVoided): void => {
  for (const undone of event.adjustments) {
    const adjustment = ledger.adjustments.get(undone.adjustmentId)
    if (!adjustment) continue
    const parts = adjustment.parts.map((part) =>
      part.lineId === event.lineId ? { ...part, reversed: part.amount } : part,
    )
    ledger.adjustments.set(undone.adjustmentId, { ...adjustment, parts })
  }
}

export const adjustmentEvolve = {
  WriteOffPosted: (ledger: WithAdjustments, event: WriteOffPosted) => {
    ledger.adjustments.set(event.adjustmentId, {
      adjustmentId: event.adjustmentId,
      category: event.category,
      visitId: event.visitId,
      party: event.party,
      effectiveDate: event.effectiveDate,
      parts: event.effects.map((effect) => ({
        lineId: effect.lineId,
        layerId: effect.layerId,
        stage: effect.stage,
        amount: -effect.amount as Cents,
        reversed: 0 as Cents,
      })),
    })
  },
  AdjustmentReversed: (ledger: WithAdjustments, event: AdjustmentReversed) => {
    const adjustment = ledger.adjustments.get(event.adjustmentId)
    if (adjustment) ledger.adjustments.set(event.adjustmentId, giveBack(adjustment, event))
  },
}
