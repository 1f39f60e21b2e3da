import { type Day, maxDay } from '../../kernel/day.ts'
import { known } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'

/** The latest day, by one, on which the guarantor paid. */
const lastPaid = ({ state: { payments }, on }: Asked): Day | 'never' => {
  const last = payments.payments.last('received')
  if (last === undefined || last <= on) return last ?? 'never'
  const days = [...payments.payments.values()].flatMap(({ receivedOn, reversed, amount }) =>
    receivedOn <= on && reversed < amount ? [receivedOn] : [],
  )
  return days.length > 0 ? days.reduce(maxDay) : 'never'
}

export const facts: Supply = {
  'payment.lastOn': (asked) => known(lastPaid(asked)),
}
