import type { Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'

export interface SelfPaySummary {
  readonly election: string
  readonly visit: string
  /** `waiting`: not paid in full yet, the plan may still be billed. `holds`: the plan hears nothing of it. */
  readonly status: 'waiting' | 'holds'
  readonly agreedOn: Day
}

/** Services that the patient keeps from the plan, or wants to. */
export const summary = {
  sections: {
    selfPay: ({ state }): readonly SelfPaySummary[] | undefined => {
      const running = state.agreements.elections.where('running')
      if (running.length === 0) return undefined
      return running.flatMap(({ event: { electionId: election, visitId: visit, agreedOn }, status }) =>
        status === 'ended' ? [] : [{ election, visit, status, agreedOn }],
      )
    },
  },
} satisfies SummaryPart
