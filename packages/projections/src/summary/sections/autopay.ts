import type { Autopay } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'

export interface AutopaySummary {
  readonly autopay: string
  readonly plan: string
  readonly method: string
  readonly since: Day
  readonly endedOn?: Day
  readonly drafts: readonly {
    readonly draft: string
    readonly on: Day
    readonly amount: number
    readonly status: string
    readonly code?: string
  }[]
}

/** What is drawn by authorisation; absent where nothing ever was. */
export const summary = {
  sections: {
    autopay: ({ state }): readonly AutopaySummary[] | undefined => {
      const { autopays, drafts } = state.autopay
      if (autopays.size === 0) return undefined
      return [...autopays.values()].map(({ autopayId, authorized, endedOn }: Autopay) => ({
        autopay: autopayId,
        plan: authorized.planId,
        method: authorized.method,
        since: authorized.effectiveDate,
        ...(endedOn ? { endedOn } : {}),
        drafts: [...drafts.values()]
          .filter((draft) => draft.autopayId === autopayId)
          .map(({ draftId, on, amount, status, code }) => ({
            draft: draftId,
            on,
            amount,
            status,
            ...(code === undefined ? {} : { code }),
          })),
      }))
    },
  },
} satisfies SummaryPart
