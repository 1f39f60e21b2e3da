import type { Inquiry } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'

export interface InquirySummary {
  readonly inquiry: string
  readonly topic: string
  readonly by: string
  readonly receivedOn: Day
  /** By how many identifiers who asks was verified. */
  readonly identifiers: number
  readonly escalatedTo?: string
}

const summaryOf = ({ inquiryId, topic, by, receivedOn, verified, escalated }: Inquiry): InquirySummary => ({
  inquiry: inquiryId,
  topic,
  by,
  receivedOn,
  identifiers: verified.length,
  ...(escalated ? { escalatedTo: escalated.to } : {}),
})

/** What people wait for an answer to. */
export const summary = {
  sections: {
    inquiries: ({ state }): readonly InquirySummary[] | undefined => {
      const open = state.inquiries.inquiries.where('open')
      return open.length === 0 ? undefined : open.map(summaryOf)
    },
  },
} satisfies SummaryPart
