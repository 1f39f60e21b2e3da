import { correctionPending, deniedAmount, wordsOfCarc } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'
import { labelOf, type PartyLabel } from '../parties.ts'

export interface DenialSummary {
  readonly denial: string
  readonly visit: string
  readonly coverage: PartyLabel
  readonly category: string
  readonly amount: number
  /** The payer has not decided: a diary, not an appeal. */
  readonly pending: boolean
  /** The amount is carried by a holding of the same denial (clarification 8). */
  readonly amountHeld: boolean
  readonly expected?: number
  readonly reasons: readonly string[]
  readonly since: Day
}

/** What a payer's paper left for a person to do. */
export interface WorkItemSummary {
  readonly workItem: string
  readonly visit: string
  readonly code: string
  readonly message: string
  /** Cents. */
  readonly amount?: number
  readonly due?: Day
}

/** Denials that nobody has resolved, and what payers' papers left to do. */
export const summary = {
  sections: {
    denials: ({ state, asOf }): readonly DenialSummary[] =>
      [...state.claims.denials.values()]
        .filter((denial) => denial.resolved === undefined)
        .map((denial) => ({
          denial: denial.event.denialId,
          visit: denial.event.visitId,
          coverage: labelOf(state, { coverageId: denial.event.coverageId }, asOf),
          category: denial.event.category,
          amount: deniedAmount(denial),
          pending: denial.event.pending,
          amountHeld: denial.event.amountHeld,
          ...(denial.event.expected === undefined ? {} : { expected: denial.event.expected }),
          reasons: [...new Set(denial.event.lines.map(({ group, carc }) => `${group}-${carc} ${wordsOfCarc(carc)}`))],
          since: denial.event.effectiveDate,
        })),
    workItems: ({ state }): readonly WorkItemSummary[] =>
      [...state.claims.workItems.values()].map(({ workItemId, visitId, code, message, amount, due }) => ({
        workItem: workItemId,
        visit: visitId,
        code,
        message,
        ...(amount === undefined ? {} : { amount }),
        ...(due === undefined ? {} : { due }),
      })),
  },
  flags: {
    correctionPending: ({ state }) =>
      [...state.registration.visits.keys()].some((visit) => correctionPending(state, visit)),
  },
} satisfies SummaryPart
