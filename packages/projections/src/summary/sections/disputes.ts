import { type Dispute, freezes } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'

export interface DisputeSummary {
  readonly dispute: string
  readonly kind: string
  readonly lines: readonly string[]
  readonly receivedOn: Day
  readonly status: 'received' | 'acknowledged' | 'investigating' | 'decided'
  readonly outcome?: string
  /** Whether its lines are neither billed nor placed meanwhile. */
  readonly frozen: boolean
}

const statusOf = ({ acknowledgedOn, investigatedOn, decided }: Dispute): DisputeSummary['status'] => {
  if (decided) return 'decided'
  if (investigatedOn) return 'investigating'
  return acknowledgedOn ? 'acknowledged' : 'received'
}

const summaryOf = (dispute: Dispute): DisputeSummary => ({
  dispute: dispute.disputeId,
  kind: dispute.opened.kind,
  lines: dispute.opened.lines.map(({ lineId }) => lineId),
  receivedOn: dispute.opened.effectiveDate,
  status: statusOf(dispute),
  ...(dispute.decided ? { outcome: dispute.decided.outcome } : {}),
  frozen: freezes[dispute.opened.kind],
})

/** Disputes that are not closed. */
export const summary = {
  sections: {
    disputes: ({ state }): readonly DisputeSummary[] | undefined => {
      const open = state.disputes.disputes.where('open')
      return open.length === 0 ? undefined : open.map(summaryOf)
    },
  },
  flags: { disputed: ({ state }) => state.disputes.disputes.any('open') },
} satisfies SummaryPart
