import type { Day } from '../../kernel/day.ts'
import type { CreditId, LineId, PaymentId, RefundId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { RefundAcknowledged } from '../claims/takeback-events.ts'
import type {
  CreditBalanceIdentified,
  CreditBalanceResolved,
  CreditMoved,
  RefundApproved,
  RefundCleared,
  RefundDebtCancelled,
  RefundIssued,
  RefundOwedAgain,
  RefundVoided,
} from './events.ts'

/** Money on its way back, from its approval on. */
export interface Refund {
  readonly approved: RefundApproved
  readonly issued?: RefundIssued | undefined
  readonly status: 'approved' | 'issued' | 'cleared' | 'voided'
  /** Where it is voided: from when. */
  readonly voidedOn?: Day
  /** What the payer has shown to have received of it (postings.md row 20), cents. */
  readonly acknowledged: number
  /** Of which payments it is owed again, by whoever got it (clarification 34): what of it no void has cancelled. */
  readonly owedAgain: readonly RefundDebt[]
}

/** What of a refund is owed again since a payment that it came of was taken back, and the guarantor's line for it. */
export interface RefundDebt {
  readonly paymentId: PaymentId
  readonly lineId?: LineId | undefined
  readonly on: Day
  readonly amount: number
}

const ofRefunds = {
  where: { approved: (refund: Refund) => refund.status === 'approved' },
  /** Lines whose items the issued money raised, and payments that it comes of. */
  by: {
    line: (refund: Refund) => refund.issued?.effects.map(({ lineId }) => lineId),
    payment: (refund: Refund) =>
      refund.approved.of.flatMap((source) => ('paymentId' in source ? source.paymentId : [])),
  },
} satisfies Questions<Refund>

/** How a credit stands from a day on; without one it has ended. */
export interface Standing {
  readonly on: Day
  readonly credit?: CreditBalanceIdentified
}

/** A credit as it was told, also one that has ended: what was last said of it, and how it stands through time, the earliest first. */
export interface CreditTold {
  readonly last: CreditBalanceIdentified
  readonly standings: readonly Standing[]
}

/** Credits that stand and every refund that ever was. */
export interface CreditState {
  /** Credits that stand, by id. */
  readonly credits: ReadonlyVersionedMap<CreditId, CreditBalanceIdentified>
  /** Every credit that was ever told, by id. */
  readonly told: ReadonlyVersionedMap<CreditId, CreditTold>
  readonly refunds: ReadonlyTable<RefundId, Refund, typeof ofRefunds>
  /** Credits that were used for another item, by each of the two lines, in their order. */
  readonly moved: ReadonlyVersionedMap<LineId, readonly CreditMoved[]>
}
export interface CreditBuilder {
  credits: VersionedMap<CreditId, CreditBalanceIdentified>
  told: VersionedMap<CreditId, CreditTold>
  refunds: Table<RefundId, Refund, typeof ofRefunds>
  moved: VersionedMap<LineId, readonly CreditMoved[]>
}

export const initial = (): CreditBuilder => ({
  credits: new VersionedMap(),
  told: new VersionedMap(),
  refunds: new Table(ofRefunds),
  moved: new VersionedMap(),
})
export const builderOf = (state: CreditState): CreditBuilder => ({
  credits: state.credits.next(),
  told: state.told.next(),
  refunds: state.refunds.next(),
  moved: state.moved.next(),
})

const advance = (slice: CreditBuilder, id: RefundId, status: Refund['status']): void => {
  const refund = slice.refunds.get(id)
  if (refund) slice.refunds.set(id, { ...refund, status })
}

/** From its day on a credit stands so, whatever was told before of that day and of later ones. */
const toldFrom = (standings: readonly Standing[], standing: Standing): readonly Standing[] => [
  ...standings.filter(({ on }) => on < standing.on),
  standing,
]

export const evolve = {
  CreditBalanceIdentified: (slice: CreditBuilder, event: CreditBalanceIdentified) => {
    slice.credits.set(event.creditId, event)
    const before = slice.told.get(event.creditId)?.standings ?? []
    const standings = toldFrom(before, { on: event.effectiveDate, credit: event })
    slice.told.set(event.creditId, { last: event, standings })
  },
  CreditBalanceResolved: (slice: CreditBuilder, { creditId, effectiveDate: on }: CreditBalanceResolved) => {
    slice.credits.delete(creditId)
    const told = slice.told.get(creditId)
    if (told) slice.told.set(creditId, { last: told.last, standings: toldFrom(told.standings, { on }) })
  },
  CreditMoved: (slice: CreditBuilder, event: CreditMoved) => {
    for (const line of new Set([event.from.lineId, event.to.lineId])) {
      slice.moved.set(line, [...(slice.moved.get(line) ?? []), event])
    }
  },
  RefundApproved: (slice: CreditBuilder, event: RefundApproved) => {
    slice.refunds.set(event.refundId, { approved: event, status: 'approved', acknowledged: 0, owedAgain: [] })
  },
  RefundIssued: (slice: CreditBuilder, event: RefundIssued) => {
    const refund = slice.refunds.get(event.refundId)
    if (refund) slice.refunds.set(event.refundId, { ...refund, issued: event, status: 'issued' })
  },
  RefundCleared: (slice: CreditBuilder, event: RefundCleared) => advance(slice, event.refundId, 'cleared'),
  RefundVoided: (slice: CreditBuilder, { refundId, effectiveDate: voidedOn }: RefundVoided) => {
    const refund = slice.refunds.get(refundId)
    if (refund) slice.refunds.set(refundId, { ...refund, status: 'voided', voidedOn })
  },
  RefundOwedAgain: (
    slice: CreditBuilder,
    { refundId, paymentId, owedOn, amount, effectiveDate: on }: RefundOwedAgain,
  ) => {
    const refund = slice.refunds.get(refundId)
    const debt: RefundDebt = { paymentId, lineId: owedOn?.lineId, on, amount }
    if (refund) slice.refunds.set(refundId, { ...refund, owedAgain: [...refund.owedAgain, debt] })
  },
  RefundDebtCancelled: (slice: CreditBuilder, { refundId, paymentId, lineId, amount }: RefundDebtCancelled) => {
    const refund = slice.refunds.get(refundId)
    const owedAgain = refund?.owedAgain.map((debt) =>
      debt.paymentId === paymentId && debt.lineId === lineId ? { ...debt, amount: debt.amount - amount } : debt,
    )
    if (refund && owedAgain) slice.refunds.set(refundId, { ...refund, owedAgain })
  },
  RefundAcknowledged: (slice: CreditBuilder, event: RefundAcknowledged) => {
    const refund = slice.refunds.get(event.refundId)
    if (refund) {
      slice.refunds.set(event.refundId, { ...refund, acknowledged: refund.acknowledged + event.amount })
    }
  },
}
