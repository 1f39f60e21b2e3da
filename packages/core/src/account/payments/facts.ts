import { type Day, maxDay } from '../../kernel/day.ts'
import { known } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'

/** The latest day, by one, on which the guarantor paid: what went back after that day was paid on it. */
const lastPaid = ({ state: { payments }, on, given: { today } }: Asked): Day | 'never' => {
  const last = payments.payments.last('received')
  if (on >= today && (last === undefined || last <= on)) return last ?? 'never'
  const days = [...payments.payments.values()].flatMap(({ receivedOn, goneOn }) =>
    receivedOn <= on && (goneOn === undefined || on < goneOn) ? [receivedOn] : [],
  )
  return days.length > 0 ? days.reduce(maxDay) : 'never'
}

export const facts: Supply = {
  'payment.lastOn': (asked) => known(lastPaid(asked)),
}
