import { maxDay } from '../../kernel/day.ts'
import type { Follow } from '../follow.ts'
import type { DisputeClosed } from './events.ts'

/**
 * A chargeback that has taken all of a payment back closes the issuer's dispute of it, in the same unit (reference §7.1): nothing
 * is left to answer. One that took a part back leaves it open, and so does money that goes back for another reason.
 */
export const follow: Follow = (_before, after, events) =>
  events.flatMap((event): readonly DisputeClosed[] => {
    if (event.type !== 'PaymentReversed' || event.kind !== 'chargeback') return []
    const payment = after.payments.payments.get(event.paymentId)
    if (!payment || payment.reversed < payment.amount) return []
    return after.disputes.disputes
      .where('open')
      .filter(({ opened }) => opened.kind === 'chargeback' && opened.payment === event.paymentId)
      .map(({ disputeId, opened, decided }) => {
        const since = decided?.effectiveDate ?? opened.effectiveDate
        return {
          type: 'DisputeClosed',
          effectiveDate: maxDay(event.effectiveDate, since),
          disputeId,
          because: 'chargedBack',
        }
      })
  })
