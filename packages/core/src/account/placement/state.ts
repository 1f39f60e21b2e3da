import type { Cents } from '../../kernel/cents.ts'
import type { PlacementId } from '../../kernel/ids.ts'
import type { AccountPlaced, AccountRecalled } from './events.ts'

/** What agencies have now. */
export interface PlacementState {
  /** Placements in force, by id; their items are what has not been recalled. */
  readonly placements: ReadonlyMap<PlacementId, AccountPlaced>
  /** Every placement that ever was, so that an id is used once. */
  readonly known: ReadonlySet<PlacementId>
}
export interface PlacementBuilder {
  placements: Map<PlacementId, AccountPlaced>
  known: Set<PlacementId>
}

export const initial = (): PlacementBuilder => ({ placements: new Map(), known: new Set() })
export const open = (state: PlacementState): PlacementBuilder => ({
  placements: new Map(state.placements),
  known: new Set(state.known),
})

/** What stays with the agency after a part came back. */
const less = (placed: AccountPlaced, event: AccountRecalled): AccountPlaced['items'] =>
  placed.items.flatMap((item) => {
    const back = event.items.reduce((sum, each) => (each.layerId === item.layerId ? sum + each.amount : sum), 0)
    return back < item.amount ? [{ ...item, amount: (item.amount - back) as Cents }] : []
  })

export const evolve = {
  AccountPlaced: (slice: PlacementBuilder, event: AccountPlaced) => {
    slice.placements.set(event.placementId, event)
    slice.known.add(event.placementId)
  },
  AccountRecalled: (slice: PlacementBuilder, event: AccountRecalled) => {
    const placed = slice.placements.get(event.placementId)
    const items = placed && !event.whole ? less(placed, event) : []
    if (placed && items.length > 0) slice.placements.set(event.placementId, { ...placed, items })
    else slice.placements.delete(event.placementId)
  },
}
