import type { Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'

export interface PlacementSummary {
  readonly placement: string
  readonly agency: string
  readonly kind: string
  readonly placedOn: Day
  /** What was placed on that day; what is left of it stands under the parties, stage `placed`. */
  readonly amount: number
}

/** What was given to agencies. */
export const summary = {
  sections: {
    placements: ({ state }): readonly PlacementSummary[] =>
      [...state.placement.placements.values()].map((placed) => ({
        placement: placed.placementId,
        agency: placed.agencyId,
        kind: placed.kind,
        placedOn: placed.effectiveDate,
        amount: placed.items.reduce((sum, item) => sum + item.amount, 0),
      })),
  },
} satisfies SummaryPart
