import { type Day, sumOf } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'

export interface PlacementSummary {
  readonly placement: string
  readonly agency: string
  readonly kind: string
  readonly placedOn: Day
  /** What was placed on that day, less what was recalled since. */
  readonly amount: number
  /** What of that is still with the agency, where it is not all. */
  readonly left?: number
  /** How many changes the agency has not been told of; absent: none. */
  readonly toTell?: number
}

/** What was given to agencies. */
export const summary = {
  sections: {
    placements: ({ state }): readonly PlacementSummary[] =>
      [...state.placement.placements.values()].map((placed) => {
        const amount = sumOf(placed.items, (item) => item.amount)
        const left = sumOf(placed.items, ({ layerId }) => state.ledger.layers.get(layerId)?.placed ?? 0)
        const untold = [...state.placement.toTell.values()].filter(
          ({ placementId }) => placementId === placed.placementId,
        )
        return {
          placement: placed.placementId,
          agency: placed.agencyId,
          kind: placed.kind,
          placedOn: placed.effectiveDate,
          amount,
          ...(left === amount ? {} : { left }),
          ...(untold.length > 0 ? { toTell: untold.length } : {}),
        }
      }),
  },
} satisfies SummaryPart
