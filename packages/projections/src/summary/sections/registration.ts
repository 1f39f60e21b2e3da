import type { SummaryPart } from '../part.ts'
import { type VisitSummary, visitsOf } from '../visits.ts'

/** Every visit, with its lines and who owes what on each. */
export const summary = {
  sections: {
    visits: ({ state, money, asOf }): readonly VisitSummary[] => visitsOf(state, money.layers, asOf),
  },
} satisfies SummaryPart
