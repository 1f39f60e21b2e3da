import { formatCents } from '../kernel/cents.ts'
import { precondition, type Rejection, type RuleHit, reject, rejectIfAny } from '../kernel/decision.ts'
import { imbalance, isPosting, isReceivable } from '../kernel/effects.ts'
import { takenBeforeThere } from './ledger/through-time.ts'
import type { AccountEvent, AccountState } from './rooms.ts'

const hit = (reason: string): RuleHit => ({
  rule: 'AR-01',
  reason,
  citation: 'accounting identities (reference §1.3, laws A1, A4, C4, E1, Q5)',
  jurisdiction: 'policy',
})

/** Every posting balances, and moves only layers that are open by its day. */
const postingHits = (events: readonly AccountEvent[], after: AccountState): readonly RuleHit[] => {
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
  return hits
}

/** Nothing is taken on a day on which it was not there, and no stage is below zero on any day (clarification 35). */
const pastHits = (before: AccountState, events: readonly AccountEvent[], after: AccountState): readonly RuleHit[] =>
  events.flatMap((event) =>
    takenBeforeThere(event, before.ledger, after.ledger).map(({ effect: { layerId, stage }, on, amount }) =>
      hit(`${event.type} of ${event.effectiveDate} leaves ${formatCents(amount)} ${stage} on ${layerId} as of ${on}`),
    ),
  )

/** Payment by payment and in the books, the same money is unapplied, and none is spent twice. */
const unappliedHits = ({ ledger, payments: { payments } }: AccountState): readonly RuleHit[] => {
  const hits = payments
    .where('overspent')
    .map((payment) => hit(`payment ${payment.paymentId} is spent beyond its amount`))
  const inBooks = -(ledger.control.get('unapplied') ?? 0)
  const byPayment = payments.sum('unapplied')
  return inBooks === byPayment
    ? hits
    : [...hits, hit(`unapplied is ${formatCents(inBooks)} in the books, ${formatCents(byPayment)} by payment`)]
}

const receivable = (state: AccountState): number => state.ledger.layers.sum('receivable')

const movedBy = (events: readonly AccountEvent[]): number =>
  events
    .flatMap((event) => (isPosting(event) ? event.effects : []))
    .reduce((sum, effect) => (isReceivable(effect.stage) ? sum + effect.amount : sum), 0)

/**
 * AR-01: what must hold of the books after every decision. A hit is a defect of Daybook, never of the caller: nothing
 * is written, and the hit says what did not add up.
 */
export const identityHits = (
  before: AccountState,
  events: readonly AccountEvent[],
  after: AccountState,
): Rejection | undefined => {
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
  const drift = owed - receivable(before) !== movedBy(events)
  return rejectIfAny([
    ...postingHits(events, after),
    ...pastHits(before, events, after),
    ...(drift ? [hit('the receivable did not move by the effects')] : []),
    ...unappliedHits(after),
  ])
}
