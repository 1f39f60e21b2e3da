import { PATIENT } from '@daybook/core/kernel'
import { reversalWords } from '../../history/words/payments.ts'
import type { FacetExplanation, Scene, UnappliedMove, Whole } from '../telling.ts'

const paid = (_: unknown, { party }: Scene): Whole => ({
  kind: 'paid',
  words: party === PATIENT ? 'you paid' : 'patient paid',
})

const own = ({ paymentId }: { readonly paymentId: string }, moved: number): readonly UnappliedMove[] => [
  { payment: paymentId, amount: moved },
]

export const explanation = {
  pieces: {
    PatientPaymentPosted: paid,
    PaymentDeallocated: () => ({ kind: 'paymentUndone', words: 'payment taken off again' }),
    PaymentReversed: ({ kind }) => ({
      kind: 'paymentUndone',
      words: `payment ${reversalWords[kind].replace(/^payment /, '')}`,
    }),
    UnappliedApplied: paid,
  },
  unapplied: {
    PatientPaymentPosted: own,
    PaymentDeallocated: own,
    PaymentReversed: own,
    UnappliedApplied: own,
  },
} satisfies FacetExplanation
