import { formatCents, toCents } from '../kernel/cents.ts'
import { type Dated, firstDayOf } from '../kernel/dated.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../kernel/decision.ts'
import { netContra } from '../kernel/effects.ts'
import { aheadHits } from '../policy/dated-ahead.ts'
import type { RemittanceCommand } from './commands.ts'
import type { RemittanceContext } from './context.ts'
import type { RemittanceEvent } from './events.ts'
import type { RemittanceState } from './state.ts'

// Money of the payer that no claim explains goes back to it (postings.md row 19: refunds payable turn into cash).

type RefundDecide = Pick<
  Decide<RemittanceState, RemittanceCommand, RemittanceEvent, RemittanceContext>,
  'RefundPayer' | 'VoidPayerRefund'
>

const amountOf = (dated: Dated): number => dated.reduce((sum, change) => sum + change.amount, 0)

const notReceived = precondition('remittance.unknown', 'no such remittance has been received')

/** Refunds payable and cash, debit-positive: sent (1), or not sent after all (−1). */
const sent = (amount: number, sign: 1 | -1) => ({
  effects: [],
  contra: netContra([
    { account: 'refundsPayable', amount: sign * amount },
    { account: 'cash', amount: -sign * amount },
  ]),
})

/**
 * Only money that is there can be sent back: a shortfall, or a takeback that is given up, is nothing that we have of the
 * payer.
 */
export const nothingToSend = (account: string, credit: number): readonly RuleHit[] =>
  account !== 'refundsPayable' || credit >= 0
    ? []
    : [
        precondition(
          'remittance.nothingToSend',
          `${formatCents(toCents(-credit))} are missing here: there is nothing of the payer's to send back`,
          'name another account, such as providerAdjustment:CS',
        ),
      ]

export const refunds: RefundDecide = {
  RefundPayer: (state, { on, amount, method, reference, reason }, context) => {
    if (!state.received) return reject([notReceived])
    const there = Math.max(0, amountOf(state.toRefund))
    const wanted = toCents(amount ?? there)
    const hits: RuleHit[] = [...aheadHits(on, context)]
    if (there === 0 || wanted > there) {
      hits.push(
        precondition(
          'remittance.beyondRefundable',
          `${formatCents(toCents(there))} of this remittance are to be sent back to the payer`,
          'reject a claim, or release the difference, to refundsPayable first',
        ),
      )
    }
    const refused = rejectIfAny(hits)
    if (refused) return refused
    return accept([
      {
        type: 'PayerRefunded',
        effectiveDate: firstDayOf(wanted, on, [state.toRefund]) ?? on,
        refund: state.refunds.length + 1,
        amount: wanted,
        method,
        ...(reference === undefined ? {} : { reference }),
        reason,
        ...sent(wanted, 1),
      },
    ])
  },
  VoidPayerRefund: (state, { on, refund, reason }, context) => {
    if (!state.received) return reject([notReceived])
    const known = state.refunds.find(({ event }) => event.refund === refund)
    if (!known)
      return reject([precondition('remittance.refundUnknown', `refund ${refund} of this remittance is not on file`)])
    const hits: RuleHit[] = [...aheadHits(on, context)]
    if (known.voided) hits.push(precondition('remittance.refundVoided', `refund ${refund} is void already`))
    if (on < known.event.effectiveDate) {
      hits.push(precondition('remittance.beforeRefund', `it was sent on ${known.event.effectiveDate}, not before`))
    }
    const refused = rejectIfAny(hits)
    if (refused) return refused
    const { amount } = known.event
    return accept([{ type: 'PayerRefundVoided', effectiveDate: on, refund, amount, reason, ...sent(amount, -1) }])
  },
}
