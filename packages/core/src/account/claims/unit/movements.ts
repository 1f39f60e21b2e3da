import type { Effect, Party } from '../../../kernel/effects.ts'
import type { LayerId, LineId } from '../../../kernel/ids.ts'
import type { Moved, NewLayer, WorkingLedger } from '../../ledger/working.ts'

/**
 * Money on the move inside a unit. Each verb changes the layers as the unit sees them from then on, and gives back what
 * the event that tells of it must carry (`together`). Layers that have to be opened get their age by policy.
 */
export interface Movements {
  /** Takes up to `amount` off what a party owes on a line, never below zero; `taken` says how much there was. */
  readonly take: WorkingLedger['take']
  /** Takes all of `amount`, below zero too: a payer's money and reductions (law E2). */
  readonly overdraw: (line: LineId, of: Party, amount: number) => Moved
  /** Raises what a party owes on a line, in the layers that it has there. */
  readonly put: (line: LineId, of: Party, amount: number) => Moved
  /** Raises it in a layer of its own. */
  readonly putApart: (line: LineId, of: Party, amount: number) => Moved
  /** Gives back to a layer by name what was taken from it, age and all (law E6). */
  readonly restore: WorkingLedger['restore']
  /** Rule R: the negation of an effect. What a layer loses by it is remembered: a correction puts it back there first. */
  readonly takeBack: (effect: Effect) => void
  /**
   * An amount reaches its new party: layers that a reversal drew below zero come first (money already paid on them),
   * then those that a reversal of this unit had emptied keep their age, and only the rest opens a layer (two-clocks).
   */
  readonly arrive: (line: LineId, at: Party, amount: number) => readonly Moved[]
}

/** `fresh` says where a layer that has to be opened stands. */
export const movements = (working: WorkingLedger, fresh: (line: LineId, of: Party) => NewLayer): Movements => {
  /** What reversals of this unit took off each layer and no correction has put back, cents. */
  const takenBack = new Map<LayerId, number>()
  return {
    take: working.take,
    overdraw: (line, of, amount) => working.overdraw(line, of, amount, fresh(line, of)),
    put: (line, of, amount) => working.put(line, of, amount, fresh(line, of)),
    putApart: (line, of, amount) => working.openLayer(line, of, amount, fresh(line, of)),
    restore: working.restore,
    takeBack: ({ lineId, layerId, party, stage, amount }) => {
      const before = working.layers(lineId, party).find((layer) => layer.layerId === layerId)
      working.restore(layerId, stage, amount)
      const lost = Math.min(Math.max(0, before?.active ?? 0), -amount)
      if (lost > 0) takenBack.set(layerId, (takenBack.get(layerId) ?? 0) + lost)
    },
    arrive: (line, at, amount) => {
      const moves: Moved[] = []
      let left = amount
      for (const { layerId, active } of working.layers(line, at)) {
        const below = Math.min(left, -active)
        if (below <= 0) continue
        moves.push(working.restore(layerId, 'active', below))
        left -= below
      }
      for (const { layerId } of working.layers(line, at)) {
        const lost = takenBack.get(layerId) ?? 0
        const again = Math.min(left, lost)
        if (again <= 0) continue
        moves.push(working.restore(layerId, 'active', again))
        takenBack.set(layerId, lost - again)
        left -= again
      }
      if (left > 0) moves.push(working.openLayer(line, at, left, fresh(line, at)))
      return moves
    },
  }
}
