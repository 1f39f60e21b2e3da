import { type Cents, negateCents, sumOf } from '../../kernel/cents.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import { netContra, PATIENT } from '../../kernel/effects.ts'
import type { LineId, PaymentId, VisitId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { type WorkingLedger, workingOn } from '../ledger/working.ts'
import type { AccountState } from '../rooms.ts'
import type { RefundOwedAgain, RefundVoided } from './events.ts'
import type { Refund } from './state.ts'

// Clarification 34: a payment that the bank takes back after a part of it was refunded.

/** What of a refund came of one payment and is not owed again yet. */
const notOwedAgain = ({ approved, owedAgain }: Refund, payment: PaymentId): number =>
  sumOf(approved.of, (source) => ('paymentId' in source && source.paymentId === payment ? source.amount : 0)) -
  sumOf(owedAgain, (debt) => (debt.paymentId === payment ? debt.amount : 0))

/**
 * The refunded part of a payment that was taken back is owed again by whoever got it, the newest refund first: from the
 * later of the two days, and as old. The guarantor owes it on a line of its own.
 */
export const refundsOwedAgain = (
  state: AccountState,
  payment: PaymentId,
  amount: number,
  on: Day,
  context: Context,
): readonly RefundOwedAgain[] => {
  const working = workingOn(state, context)
  let left = amount
  return state.credits.refunds
    .by('payment', payment)
    .toReversed()
    .flatMap((refund): readonly RefundOwedAgain[] => {
      const { issued, approved, status } = refund
      const part = status === 'issued' || status === 'cleared' ? Math.min(left, notOwedAgain(refund, payment)) : 0
      if (!issued || part <= 0) return []
      left -= part
      return [owedAgainBy(working, approved, payment, part as Cents, maxDay(on, issued.effectiveDate), context)]
    })
}

const owedAgainBy = (
  working: WorkingLedger,
  { refundId, payee }: Refund['approved'],
  paymentId: PaymentId,
  amount: Cents,
  on: Day,
  context: Context,
): RefundOwedAgain => {
  const event = { type: 'RefundOwedAgain', effectiveDate: on, refundId, paymentId, payee, amount } as const
  if (payee !== 'guarantor') {
    return {
      ...event,
      effects: [],
      contra: netContra([
        { account: `refundReceivable:${payee}`, amount },
        { account: 'unapplied', amount: -amount },
      ]),
    }
  }
  const owedOn = { visitId: context.newId('visit') as VisitId, lineId: context.newId('line') as LineId }
  const opened = working.openLayer(owedOn.lineId, PATIENT, amount, { on, agingFrom: on })
  return {
    ...event,
    owedOn,
    effects: [...opened.effects],
    opens: [...opened.opens],
    contra: [{ account: 'unapplied', amount: negateCents(amount) }],
  }
}

/** Refunds of a payment that are approved and can not be paid any more, since less than that is left of it: the newest first. */
export const lapsedRefunds = (
  state: AccountState,
  payment: PaymentId,
  left: number,
  on: Day,
): readonly RefundVoided[] => {
  const approved = state.credits.refunds.by('payment', payment).filter(({ status }) => status === 'approved')
  const ofPayment = ({ approved: { of } }: Refund) =>
    sumOf(of, (source) => ('paymentId' in source && source.paymentId === payment ? source.amount : 0))
  let beyond = sumOf(approved, ofPayment) - left
  return approved.toReversed().flatMap((refund): readonly RefundVoided[] => {
    if (beyond <= 0) return []
    beyond -= ofPayment(refund)
    return [
      {
        type: 'RefundVoided',
        effectiveDate: maxDay(on, refund.approved.effectiveDate),
        refundId: refund.approved.refundId,
        of: [],
        reason: 'the payment that it was to come of was taken back',
        status: 'approved',
        effects: [],
        contra: [],
      },
    ]
  })
}
