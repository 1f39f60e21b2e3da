import { remainingOf, unappliedOf } from '../../account/payments/state.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { PaymentId, RefundId } from '../../kernel/ids.ts'
import { charge } from './charges.ts'
import { amount, type Generate, oneOf, recently, share, someLine, somePayment, visits } from './moment.ts'

// Patient money, its undoing, and refunds.

export const payment: Generate = (random, moment) => ({
  type: 'PostPayment',
  on: recently(random, moment.today),
  payment: `p${moment.number}`,
  amount: amount(random),
  tender: random.pick(['cash', 'check', 'card']),
  ...random.pick([
    {},
    {},
    { designation: { visitId: random.pick(visits) } },
    { designation: { lines: [someLine(random, moment)] } },
    { allocations: [share(random, moment, PATIENT)] },
    { externalRef: random.pick(['r1', 'r2']) },
    { source: 'agency' as const },
  ]),
})

/** Card and ACH money that waits for settlement, where policy lets it wait. */
export const settle: Generate = (random, { state, today }) => {
  const ended = [...state.payments.decided]
  const payment = oneOf(random, [...state.payments.pending.keys(), ...ended], 'p-unknown')
  return random.oneIn(3)
    ? { type: 'FailPayment', on: today, payment, reason: 'declined' }
    : { type: 'SettlePayment', on: today, payment }
}

export const apply: Generate = (random, moment) => ({
  type: 'ApplyUnapplied',
  payment: somePayment(random, moment, (payment) => unappliedOf(payment) > 0),
  ...(random.oneIn(2) ? { allocations: [share(random, moment, PATIENT)] } : {}),
})

export const deallocate: Generate = (random, moment) => {
  const payment = somePayment(random, moment, (one) => one.allocations.length > 0)
  const parts = moment.state.payments.payments.get(payment as PaymentId)?.allocations ?? []
  const part = parts.length > 0 && random.oneIn(2) ? random.pick(parts) : undefined
  return {
    type: 'DeallocatePayment',
    payment,
    reason: 'redirected',
    ...(part ? { lines: [{ line: part.lineId, amount: random.int(1, part.amount) }] } : {}),
  }
}

export const reverse: Generate = (random, moment) => ({
  type: 'ReversePayment',
  on: recently(random, moment.today),
  payment: somePayment(random, moment, (payment) => remainingOf(payment) > 0),
  kind: random.pick(['nsf', 'chargeback', 'misposted', 'duplicate']),
  reason: 'went back',
  ...(random.oneIn(3) ? { amount: amount(random) } : {}),
})

export const refund: Generate = (random, moment) => {
  const { state, today, number } = moment
  const credits = [...state.credits.credits.values()]
  const payments = [...state.payments.payments.values()].filter((payment) => unappliedOf(payment) > 0)
  const credit = credits.length > 0 && !random.oneIn(3) ? random.pick(credits) : undefined
  const payment = credit === undefined && payments.length > 0 ? random.pick(payments) : undefined
  if (!credit && !payment && !random.oneIn(8)) return charge(random, moment)
  const patients = payment !== undefined || credit?.owner === 'patient'
  return {
    type: 'ApproveRefund',
    on: today,
    refund: `r${number}`,
    payee: patients === random.oneIn(8) ? 'payer' : 'guarantor',
    method: random.pick(['card', 'check']),
    reason: 'overpaid',
    ...(credit ? { credit: credit.creditId } : {}),
    ...(payment ? { payment: payment.paymentId } : {}),
    ...(random.oneIn(3) ? { amount: amount(random) } : {}),
  }
}

export const refundStep: Generate = (random, moment) => {
  const { state, today } = moment
  const alive = [...state.credits.refunds].filter(([, { status }]) => status === 'approved' || status === 'issued')
  if (alive.length === 0 && !random.oneIn(8)) return payment(random, moment)
  const refund = oneOf(
    random,
    alive.map(([id]) => id),
    'r-unknown',
  )
  const step = { on: today, refund }
  const due = state.credits.refunds.get(refund as RefundId)?.status === 'issued' ? 'ClearRefund' : 'IssueRefund'
  return random.pick([
    { type: due, ...step } as const,
    { type: due, ...step } as const,
    { type: 'ClearRefund' as const, ...step },
    { type: 'VoidRefund' as const, ...step, reason: 'not cashed' },
  ])
}
