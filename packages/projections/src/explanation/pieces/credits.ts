import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import type { FacetExplanation, UnappliedMove } from '../telling.ts'

/** The payments that a refund came out of, where they explain all that it moved. */
const refunded = (
  sources: Of<AccountEvent, 'RefundIssued'>['of'],
  sign: 1 | -1,
  moved: number,
): readonly UnappliedMove[] => {
  const payments = sources.flatMap((source) =>
    'paymentId' in source ? [{ payment: source.paymentId, amount: sign * source.amount }] : [],
  )
  return payments.reduce((sum, { amount }) => sum + amount, 0) === moved ? payments : []
}

export const explanation = {
  pieces: {
    // The bank's side of a refund: what was owed changed when it was issued.
    RefundCleared: () => ({ kind: 'other', words: 'refund cleared' }),
    CreditMoved: (_, { net }) =>
      net > 0
        ? { kind: 'paymentUndone', words: 'credit used for another item' }
        : { kind: 'paid', words: 'credit of another item' },
    RefundIssued: () => ({ kind: 'refund', words: 'refunded' }),
    RefundVoided: () => ({ kind: 'refund', words: 'refund voided' }),
    RefundOwedAgain: () => ({ kind: 'billed', words: 'refund owed again' }),
    RefundDebtCancelled: () => ({ kind: 'refund', words: 'refund never cashed' }),
  },
  unapplied: {
    RefundIssued: ({ of }, moved) => refunded(of, -1, moved),
    RefundVoided: ({ of }, moved) => refunded(of, 1, moved),
    RefundOwedAgain: ({ paymentId }, moved) => [{ payment: paymentId, amount: moved }],
    RefundDebtCancelled: ({ paymentId }, moved) => [{ payment: paymentId, amount: moved }],
  },
} satisfies FacetExplanation
