import { owedOn } from '../../account/ledger/balances.ts'
import type { PaymentCommand } from '../../account/payments/commands.ts'
import { remainingOf, unappliedOf } from '../../account/payments/state.ts'
import { isRunning } from '../../account/plans/state.ts'
import { firstUnmet, lastDayOf } from '../../account/promises/state.ts'
import { sumOf } from '../../kernel/cents.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import type { Random } from '../random.ts'
import type { Ways } from './moment.ts'
import {
  amount,
  type Generate,
  type Moment,
  none,
  oneOf,
  recently,
  shares,
  slip,
  someLine,
  somePayment,
  visits,
} from './moment.ts'
import { unpaidOf } from './on-a-plan.ts'

// Patient money and its undoing.

/** Plans that money may be meant for. */
const standingPlans = ({ state }: Moment): readonly string[] =>
  [...state.plans.plans.values()]
    .filter(({ status }) => status === 'active' || status === 'defaulted')
    .map(({ planId }) => planId)

/** The whole price of what a patient wants to pay past the plan. */
const electedInFull = ({ state, today, number }: Moment): ReturnType<Generate<'PostPayment'>> => {
  const waits = state.agreements.elections.where('running').find(({ status }) => status === 'waiting')
  const lines = waits?.event.lines ?? []
  const whole = sumOf(lines, (line) => Math.max(0, owedOn(state.ledger, line)))
  if (whole <= 0) return undefined
  return {
    type: 'PostPayment',
    on: today,
    payment: `p${number}`,
    amount: whole,
    tender: 'cash',
    designation: { lines: [...lines] },
  }
}

/** What was promised, or a good part of it, while it is in time. */
const asPromised = (random: Random, { state, today, number }: Moment): ReturnType<Generate<'PostPayment'>> => {
  const awaited = [...state.promises.promises.values()].flatMap((promise) => {
    const unmet = promise.status === 'open' ? firstUnmet(promise) : undefined
    return unmet && today <= lastDayOf(promise, unmet.part) ? [unmet.asked - unmet.paid] : []
  })
  if (awaited.length === 0 || !random.oneIn(3)) return undefined
  const asked = random.pick(awaited)
  return {
    type: 'PostPayment',
    on: today,
    payment: `p${number}`,
    amount: random.int(Math.ceil(asked / 2), asked),
    tender: 'check',
  }
}

/** What a plan asks next: the whole of it, mostly; else half, all that is due, or all that it still asks. */
const asAgreed = (random: Random, { state, today, number }: Moment): ReturnType<Generate<'PostPayment'>> => {
  const running = [...state.plans.plans.values()].filter(isRunning)
  if (running.length === 0 || random.oneIn(4)) return undefined
  const plan = random.pick(running)
  const unpaid = unpaidOf(plan)
  const isBehind = plan.status === 'defaulted'
  const [next] = unpaid
  const all = sumOf(unpaid, ({ amount }) => amount)
  if (!next) return undefined
  const due = sumOf(unpaid, (part) => (part.due <= today ? part.amount : 0))
  const [one, half] = [next.amount, Math.ceil(next.amount / 2)]
  return {
    type: 'PostPayment',
    on: today,
    payment: `p${number}`,
    amount: isBehind && random.oneIn(2) ? due || one : random.pick([one, one, one, one, one, half, due || one, all]),
    tender: 'check',
    designation: { planId: plan.planId },
  }
}

export const payment: Generate<'PostPayment'> = (random, moment) => {
  const inFull = random.oneIn(3) ? electedInFull(moment) : undefined
  const meant = inFull ?? asPromised(random, moment) ?? asAgreed(random, moment)
  if (meant) return meant
  const plans = standingPlans(moment)
  return {
    type: 'PostPayment',
    on: recently(random, moment.today),
    payment: `p${moment.number}`,
    amount: plans.length > 0 && random.oneIn(3) ? 30_000 : amount(random),
    tender: random.pick(['cash', 'check', 'card']),
    ...random.pick([
      {},
      {},
      { designation: { visitId: random.pick(visits) } },
      { designation: { lines: slip(random, [someLine(random, moment)]) } },
      { allocations: shares(random, moment, PATIENT) },
      { externalRef: random.pick(['r1', 'r2']) },
      { source: 'agency' as const },
      ...plans.map((planId) => ({ designation: { planId } })),
    ]),
  }
}

/** Card and ACH money that waits for settlement, where policy lets it wait; seldom some that has ended already. */
const waiting = (random: Random, { state }: Moment): string | undefined => {
  const known = [...state.payments.pending.keys(), ...state.payments.decided.keys()]
  return none(random, known) ? undefined : oneOf(random, known, 'p-unknown')
}

export const settle: Generate<'SettlePayment'> = (random, moment) => {
  const which = waiting(random, moment)
  return which === undefined ? undefined : { type: 'SettlePayment', on: moment.today, payment: which }
}

export const fail: Generate<'FailPayment'> = (random, moment) => {
  const which = waiting(random, moment)
  if (which === undefined) return undefined
  return { type: 'FailPayment', on: moment.today, payment: which, reason: 'declined' }
}

export const apply: Generate<'ApplyUnapplied'> = (random, moment) => {
  const payment = somePayment(random, moment, (one) => unappliedOf(one) > 0)
  if (payment === undefined) return undefined
  return {
    type: 'ApplyUnapplied',
    payment,
    ...(random.oneIn(2) ? { allocations: shares(random, moment, PATIENT) } : {}),
  }
}

export const deallocate: Generate<'DeallocatePayment'> = (random, moment) => {
  const payment = somePayment(random, moment, (one) => one.allocations.length > 0)
  if (payment === undefined) return undefined
  const parts = moment.state.payments.payments.get(payment as PaymentId)?.allocations ?? []
  const part = parts.length > 0 && random.oneIn(2) ? random.pick(parts) : undefined
  return {
    type: 'DeallocatePayment',
    payment,
    reason: 'redirected',
    ...(part ? { lines: slip(random, [{ line: part.lineId, amount: random.int(1, part.amount) }]) } : {}),
  }
}

export const reverse: Generate<'ReversePayment'> = (random, moment) => {
  const payment = somePayment(random, moment, (one) => remainingOf(one) > 0)
  if (payment === undefined) return undefined
  return {
    type: 'ReversePayment',
    on: recently(random, moment.today),
    payment,
    kind: random.pick(['nsf', 'chargeback', 'misposted', 'duplicate']),
    reason: 'went back',
    ...(random.oneIn(3) ? { amount: amount(random) } : {}),
  }
}

/** How its commands come into random lives. */
export const paymentWays: Ways<PaymentCommand> = {
  PostPayment: { make: payment, often: 6, collecting: 5, planning: 14 },
  SettlePayment: { make: settle, often: 2, collecting: 0, instead: 'PostPayment' },
  FailPayment: { make: fail, often: 2, collecting: 0, instead: 'PostPayment' },
  ApplyUnapplied: { make: apply, often: 4, collecting: 2, instead: 'PostPayment' },
  DeallocatePayment: { make: deallocate, often: 2, collecting: 2, instead: 'PostPayment' },
  ReversePayment: { make: reverse, often: 4, collecting: 2, planning: 1, instead: 'PostPayment' },
}
