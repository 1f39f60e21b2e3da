import type { Of } from '../../kernel/decision.ts'
import type { PlacementId } from '../../kernel/ids.ts'
import type { AccountEvent } from '../events.ts'
import type { AccountPlaced } from './events.ts'

export interface PlacementState {
  /** Placements in force, by id. */
  readonly placements: ReadonlyMap<PlacementId, AccountPlaced>
}
export interface PlacementBuilder {
  placements: Map<PlacementId, AccountPlaced>
}

export const initial = (): PlacementBuilder => ({ placements: new Map() })
export const open = (state: PlacementState): PlacementBuilder => ({ placements: new Map(state.placements) })

export const evolve = {
  AccountPlaced: (slice: PlacementBuilder, event: Of<AccountEvent, 'AccountPlaced'>) => {
    slice.placements.set(event.placementId, event)
  },
  AccountRecalled: (slice: PlacementBuilder, event: Of<AccountEvent, 'AccountRecalled'>) => {
    slice.placements.delete(event.placementId)
  },
}
