import { type AccountState, type Payment, unappliedOf } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'

/** A patient payment and where its money stands: applied + unapplied + reversed + refunded = amount (law E1). Cents. */
export interface PaymentSummary {
  readonly payment: string
  readonly receivedOn: Day
  readonly amount: number
  readonly tender: string
  readonly source: string
  /** Check number, card authorisation. */
  readonly externalRef?: string
  readonly depositBatch?: string
  /** `pending`: a card or ACH payment that has not settled, no money yet; `failed`: it never will. */
  readonly status: 'posted' | 'pending' | 'failed'
  /** Items on which the money is. */
  readonly applied: readonly { readonly line: string; readonly amount: number }[]
  readonly unapplied: number
  /** Went back to the payer of it: by the bank, or because it was not his. */
  readonly reversed: number
  readonly refunded: number
}

interface Said {
  readonly paymentId: string
  readonly receivedDate: Day
  readonly amount: number
  readonly tender: string
  readonly source?: string | undefined
  readonly externalRef?: string | undefined
  readonly depositBatch?: string | undefined
}

const heading = ({ paymentId, receivedDate, amount, tender, source, externalRef, depositBatch }: Said) => ({
  payment: paymentId,
  receivedOn: receivedDate,
  amount,
  tender,
  source: source ?? 'guarantor',
  ...(externalRef === undefined ? {} : { externalRef }),
  ...(depositBatch === undefined ? {} : { depositBatch }),
})

const postedOf = (payment: Payment): PaymentSummary => {
  const byLine = new Map<string, number>()
  for (const { lineId, amount } of payment.allocations) byLine.set(lineId, (byLine.get(lineId) ?? 0) + amount)
  return {
    ...heading(payment.event),
    status: 'posted',
    applied: [...byLine].map(([line, amount]) => ({ line, amount })),
    unapplied: unappliedOf(payment),
    reversed: payment.reversed,
    refunded: payment.refunded,
  }
}

const paymentsOf = ({ payments }: AccountState): readonly PaymentSummary[] => [
  ...[...payments.payments.values()].map(postedOf),
  ...[...payments.pending.values()]
    .filter(({ paymentId }) => !payments.payments.has(paymentId))
    .map((said) => ({
      ...heading(said),
      status: payments.decided.get(said.paymentId) === 'failed' ? ('failed' as const) : ('pending' as const),
      applied: [],
      unapplied: 0,
      reversed: 0,
      refunded: 0,
    })),
]

const newestFirst = (a: PaymentSummary, b: PaymentSummary): number =>
  a.receivedOn < b.receivedOn ? 1 : a.receivedOn > b.receivedOn ? -1 : 0

/** Every patient payment, the newest first. */
export const summary = {
  sections: {
    payments: ({ state }): readonly PaymentSummary[] => paymentsOf(state).toSorted(newestFirst),
  },
} satisfies SummaryPart
