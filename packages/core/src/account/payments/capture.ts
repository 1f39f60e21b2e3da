import { maxDay } from '../../kernel/day.ts'
import { accept, type Decision, type Of, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { PaymentCommand } from './commands.ts'
import { received } from './post.ts'

// Card and ACH money that policy lets count only when it has settled: how the waiting ends.

/** Law E8: a pending payment settles or fails at most once. */
const pendingHits = (state: AccountState, payment: PaymentId): readonly RuleHit[] => {
  if (state.payments.pending.has(payment)) return []
  return [
    state.payments.decided.has(payment)
      ? precondition('payments.decided', `payment ${payment} has settled or failed already`)
      : precondition('payments.notPending', `payment ${payment} is not pending`),
  ]
}

/** The captured money arrives: it counts from the day of settlement, by policy, and finds its items now. */
export const settlePayment = (
  state: AccountState,
  command: Of<PaymentCommand, 'SettlePayment'>,
  context: Context,
): Decision<AccountEvent> => {
  const pending = state.payments.pending.get(command.payment)
  const hits = [...datingHits(state, command.on, context), ...pendingHits(state, command.payment)]
  const rejection = rejectIfAny(hits)
  if (rejection || !pending) return rejection ?? accept<AccountEvent>([])
  const { type: _type, effectiveDate: _date, directed, ...money } = pending
  const shares = directed?.map(({ lineId, amount }) => ({ line: lineId, amount }))
  const on = maxDay(command.on, pending.receivedDate)
  const decision = received(state, money, on, shares, context)
  if (!decision.ok) return decision
  return {
    ...decision,
    events: [{ type: 'PaymentCaptureSettled', effectiveDate: on, paymentId: command.payment }, ...decision.events],
  }
}

/** The money never came: what waited is a fact that is over, and nothing was ever posted. */
export const failPayment = (
  state: AccountState,
  { on, payment, reason }: Of<PaymentCommand, 'FailPayment'>,
  context: Context,
): Decision<AccountEvent> =>
  rejectIfAny([...datingHits(state, on, context), ...pendingHits(state, payment)]) ??
  accept<AccountEvent>([{ type: 'PaymentCaptureFailed', effectiveDate: on, paymentId: payment, reason }])
