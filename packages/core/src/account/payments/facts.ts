import { type Day, maxDay } from '../../kernel/day.ts'
import { known } from '../../rules/facts.ts'
import type { Supply } from '../facts.ts'
import type { PaymentState } from './state.ts'

/** The latest day on which the account received money that it still has. */
const lastPayment = ({ payments }: PaymentState): Day | 'never' => {
  let last: Day | undefined
  for (const payment of payments.values()) {
    if (payment.amount <= payment.reversed) continue
    last = last ? maxDay(last, payment.receivedOn) : payment.receivedOn
  }
  return last ?? 'never'
}

export const facts: Supply = {
  'payment.lastOn': ({ state }) => known(lastPayment(state.payments)),
}
