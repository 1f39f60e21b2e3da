import { formatCents, sumOf } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { Context } from '../context.ts'
import { nettable } from '../payments/net-as-of.ts'
import { besides, netsFor, spendable, useFirst } from '../payments/on-account.ts'
import type { Payment } from '../payments/state.ts'
import type { AccountState } from '../rooms.ts'
import type { CreditSource, RefundApproved } from './events.ts'

/** Money of the patient's side: a payment's, or what overpays the patient's share. */
export const isPatients = (source: CreditSource): boolean => 'paymentId' in source || source.party === PATIENT

interface Asking extends Pick<Context, 'policy' | 'today'> {
  /** The day that the command counts from. */
  readonly on: Day
  /** The refund was approved before: what it takes is promised, and is in no net. */
  readonly approved: boolean
}

/**
 * Nobody is sent a check and a bill at once: while the same guarantor owes something, only what is left over of what is
 * theirs goes back, unless policy lets all of it (laws G4, Q7). What no money may be netted against keeps none back.
 */
const owedHits = (
  state: AccountState,
  amount: number,
  sources: readonly CreditSource[],
  { on, today, approved, policy: { policy } }: Asking,
): readonly RuleHit[] => {
  if (policy.onAccount.refundWhileOwed === 'allowed' || !sources.some(isPatients)) return []
  const [hit] = netsFor(state, on, today).flatMap(({ net, waits }) => {
    const owed = nettable(net)
    // Money that waits for a payer is asked back by itself.
    const waiting = (payment: Payment | undefined, source: CreditSource): boolean =>
      payment !== undefined && waits(payment) && source.lineId === undefined
    const asked = new Set<Payment>()
    const beside = sumOf(sources, (source) => {
      const payment = 'paymentId' in source ? state.payments.payments.get(source.paymentId) : undefined
      const promised = approved ? source.amount : 0
      if (payment && waiting(payment, source)) {
        // All of it that no refund is to take: whoever asks for a part of it leaves the rest there.
        const rest = asked.has(payment) ? 0 : spendable(state, payment)
        asked.add(payment)
        return rest + promised
      }
      const nets = source.lineId === undefined || policy.onAccount.moveCredits === 'allowed'
      return nets && isPatients(source) ? promised : 0
    })
    const left = Math.max(0, besides(net, policy) + beside - owed)
    if (owed === 0 || amount <= left) return []
    const reason = `${formatCents(owed)} is owed by the same guarantor: ${formatCents(left)} may be refunded, not ${formatCents(amount)}`
    const instead = approved
      ? 'void it (VoidRefund) and use the money for what is owed first'
      : useFirst(net) || 'apply it to what is owed first'
    return [precondition('credits.owed', reason, instead)]
  })
  return hit ? [hit] : []
}

/** Reasons against approving a refund of these sources. */
export const owedBeforeRefund = (
  state: AccountState,
  amount: number,
  sources: readonly CreditSource[],
  context: Pick<Context, 'policy' | 'today'> & { readonly on: Day },
): readonly RuleHit[] => owedHits(state, amount, sources, { ...context, approved: false })

/**
 * What stands against a refund on the day on which it goes out: since the approval the same guarantor may have come to owe
 * something, by a new charge or by a payment that the bank took back.
 */
export const owedSinceApproval = (
  state: AccountState,
  { amount, of }: Pick<RefundApproved, 'amount' | 'of'>,
  { on, policy, today }: Pick<Context, 'policy' | 'today'> & { readonly on: Day },
): readonly RuleHit[] => owedHits(state, amount, of, { on, policy, today, approved: true })
