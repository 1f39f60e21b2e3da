import { formatCents } from '../kernel/cents.ts'
import { precondition, type Rejection, type RuleHit, reject, rejectIfAny } from '../kernel/decision.ts'
import { imbalance, isPosting } from '../kernel/effects.ts'
import type { AccountEvent } from './events.ts'
import { receivableOf } from './ledger/state.ts'
import { unappliedOf, unappliedTotal } from './payments/state.ts'
import type { AccountState } from './state.ts'

const hit = (reason: string): RuleHit => ({
  rule: 'AR-01',
  reason,
  citation: 'accounting identities (reference §1.3, laws A1, A4, C4, E1)',
  jurisdiction: 'policy',
})

/**
 * AR-01: what must hold of the books after every decision. A hit is a defect of Daybook, never of the caller: nothing
 * is written, and the hit says what did not add up.
 */
export const identityHits = (
  before: AccountState,
  events: readonly AccountEvent[],
  after: AccountState,
): Rejection | undefined => {
  const hits: RuleHit[] = []
  for (const event of events) {
    if (!isPosting(event)) continue
    const difference = imbalance(event)
    if (difference !== 0) hits.push(hit(`${event.type} does not balance: ${formatCents(difference)} over`))
    for (const effect of event.effects) {
      const layer = after.ledger.layers.get(effect.layerId)
      if (!layer) hits.push(hit(`${event.type} moves a layer that was never opened: ${effect.layerId}`))
      else if (event.effectiveDate < layer.openedOn) {
        hits.push(
          hit(`${event.type} counts from ${event.effectiveDate}, before its layer was opened on ${layer.openedOn}`),
        )
      }
    }
  }
  for (const payment of after.payments.payments.values()) {
    if (unappliedOf(payment) < 0) hits.push(hit(`payment ${payment.paymentId} is spent beyond its amount`))
  }
  const receivable = (state: AccountState) =>
    [...state.ledger.layers.values()].reduce((sum, layer) => sum + receivableOf(layer), 0)
  const moved = events.reduce(
    (sum, event) =>
      isPosting(event) ? sum + event.effects.reduce((s, e) => (e.stage === 'badDebt' ? s : s + e.amount), 0) : sum,
    0,
  )
  const owed = receivable(after)
  if (!Number.isSafeInteger(owed)) {
    return reject([
      precondition(
        'ledger.tooLarge',
        'the account would hold more than 2^53 cents',
        'look for an amount that is mistyped',
      ),
    ])
  }
  if (owed - receivable(before) !== moved) hits.push(hit('the receivable did not move by the effects'))
  const unapplied = -(after.ledger.control.get('unapplied') ?? 0)
  if (unapplied !== unappliedTotal(after.payments)) {
    hits.push(
      hit(
        `unapplied is ${formatCents(unapplied)} in the books, ${formatCents(unappliedTotal(after.payments))} by payment`,
      ),
    )
  }
  return rejectIfAny(hits)
}
