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

/** Money on its way back, or that was. Cents. */
export interface RefundSummary {
  readonly refund: string
  readonly status: string
  readonly payee: string
  readonly amount: number
  readonly method: string
  readonly approvedOn: Day
  readonly issuedOn?: Day
}

/** Credits that stand, whoever's they are, and every refund. */
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
    refunds: ({ state }): readonly RefundSummary[] =>
      [...state.credits.refunds.values()].map(({ approved, issued, status }) => ({
        refund: approved.refundId,
        status,
        payee: approved.payee,
        amount: approved.amount,
        method: approved.method,
        approvedOn: approved.effectiveDate,
        ...(issued ? { issuedOn: issued.effectiveDate } : {}),
      })),
  },
  flags: { credit: ({ state }) => state.credits.credits.size > 0 },
} satisfies SummaryPart
