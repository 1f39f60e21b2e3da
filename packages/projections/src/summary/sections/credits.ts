import { type Day, daysBetween } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'

/** A credit that stands, with its age (law G5). `provisional`: a reversal waits for its correction, no clock runs. */
export interface CreditSummary {
  readonly credit: string
  readonly owner: string
  readonly amount: number
  readonly provisional: boolean
  readonly identifiedOn: Day
  readonly ageDays: number
}

/** Credits that stand, whoever's they are. */
export const summary = {
  sections: {
    credits: ({ state, asOf }): readonly CreditSummary[] =>
      [...state.credits.credits.values()].map((credit) => ({
        credit: credit.creditId,
        owner: credit.owner,
        amount: credit.amount,
        provisional: credit.provisional,
        identifiedOn: credit.identifiedDate,
        ageDays: Math.max(0, daysBetween(credit.identifiedDate, asOf)),
      })),
  },
  flags: { credit: ({ state }) => state.credits.credits.size > 0 },
} satisfies SummaryPart
