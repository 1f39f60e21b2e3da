import type { CreditId, RefundId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { RefundAcknowledged } from '../claims/takeback-events.ts'
import type {
  CreditBalanceIdentified,
  CreditBalanceResolved,
  RefundApproved,
  RefundCleared,
  RefundIssued,
  RefundVoided,
} from './events.ts'

/** Money on its way back, from its approval on. */
export interface Refund {
  readonly approved: RefundApproved
  readonly issued?: RefundIssued | undefined
  readonly status: 'approved' | 'issued' | 'cleared' | 'voided'
  /** What the payer has shown to have received of it (postings.md row 20), cents. */
  readonly acknowledged: number
}

const ofRefunds = {
  where: { approved: (refund: Refund) => refund.status === 'approved' },
  /** Lines whose items the issued money raised. */
  by: { line: (refund: Refund) => refund.issued?.effects.map(({ lineId }) => lineId) },
} satisfies Questions<Refund>

/** Credits that stand and every refund that ever was. */
export interface CreditState {
  /** Credits that stand, by id. */
  readonly credits: ReadonlyVersionedMap<CreditId, CreditBalanceIdentified>
  readonly refunds: ReadonlyTable<RefundId, Refund, typeof ofRefunds>
}
export interface CreditBuilder {
  credits: VersionedMap<CreditId, CreditBalanceIdentified>
  refunds: Table<RefundId, Refund, typeof ofRefunds>
}

export const initial = (): CreditBuilder => ({ credits: new VersionedMap(), refunds: new Table(ofRefunds) })
export const builderOf = (state: CreditState): CreditBuilder => ({
  credits: state.credits.next(),
  refunds: state.refunds.next(),
})

const advance = (slice: CreditBuilder, id: RefundId, status: Refund['status']): void => {
  const refund = slice.refunds.get(id)
  if (refund) slice.refunds.set(id, { ...refund, status })
}

export const evolve = {
  CreditBalanceIdentified: (slice: CreditBuilder, event: CreditBalanceIdentified) => {
    slice.credits.set(event.creditId, event)
  },
  CreditBalanceResolved: (slice: CreditBuilder, event: CreditBalanceResolved) => {
    slice.credits.delete(event.creditId)
  },
  RefundApproved: (slice: CreditBuilder, event: RefundApproved) => {
    slice.refunds.set(event.refundId, { approved: event, status: 'approved', acknowledged: 0 })
  },
  RefundIssued: (slice: CreditBuilder, event: RefundIssued) => {
    const refund = slice.refunds.get(event.refundId)
    if (refund) slice.refunds.set(event.refundId, { ...refund, issued: event, status: 'issued' })
  },
  RefundCleared: (slice: CreditBuilder, event: RefundCleared) => advance(slice, event.refundId, 'cleared'),
  RefundVoided: (slice: CreditBuilder, event: RefundVoided) => advance(slice, event.refundId, 'voided'),
  RefundAcknowledged: (slice: CreditBuilder, event: RefundAcknowledged) => {
    const refund = slice.refunds.get(event.refundId)
    if (refund) {
      slice.refunds.set(event.refundId, { ...refund, acknowledged: refund.acknowledged + event.amount })
    }
  },
}
