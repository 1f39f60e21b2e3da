import { changedOn, type Dated } from '../../kernel/dated.ts'
import { isPosting, PATIENT } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import type { Follow } from '../follow.ts'
import { type DatedEffect, type WorkingLedger, workingOn } from '../ledger/working.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { allocate, designatedLines } from './allocate.ts'
import type { Designation } from './events.ts'
import { freeOf } from './on-account.ts'
import { unappliedEvents } from './post.ts'
import { type Payment, unappliedOf } from './state.ts'

/** A payment while it meets items: what of it has none yet, and since when. */
interface Purse {
  readonly payment: Payment
  unapplied: number
  dated: Dated
  readonly applied: DatedEffect[]
}

/** Up to an amount of a purse meets items. */
const spend = (
  state: AccountState,
  working: WorkingLedger,
  purse: Purse,
  limit: number,
  designation: Designation | undefined,
  context: Context,
): void => {
  const amount = Math.min(limit, purse.unapplied)
  if (amount <= 0) return
  const { receivedOn, event } = purse.payment
  const money = { amount, receivedOn, dated: purse.dated, source: event.source, designation }
  for (const taken of allocate(state, working, money, context).applied) {
    purse.applied.push(taken)
    purse.dated = changedOn(purse.dated, taken.on, taken.effect.amount)
    purse.unapplied += taken.effect.amount
  }
}

/** Lines on which the unit has made something the patient's. */
const openedFor = (events: readonly AccountEvent[]): ReadonlySet<LineId> =>
  new Set(
    events
      .flatMap((event) => (isPosting(event) ? (event.opens ?? []) : []))
      .filter((layer) => layer.party === PATIENT)
      .map((layer) => layer.lineId),
  )

/** Oldest first; of one day, in the order in which they came. */
const oldestFirst = (payments: readonly Payment[]): readonly Purse[] =>
  payments
    .toSorted((a, b) => (a.receivedOn === b.receivedOn ? 0 : a.receivedOn < b.receivedOn ? -1 : 1))
    .map((payment) => ({ payment, unapplied: unappliedOf(payment), dated: payment.dated, applied: [] }))

/**
 * Money without an item meets it at the end of the unit. What was given for a line that the unit opens goes there first
 * (W5): a copay taken before the payer spoke, a payment on a plan. Then, where policy says so, money that waits for no
 * payer goes to what it was given for and to the oldest eligible item of the guarantor; what a person took off an item
 * waits for that person.
 */
export const follow: Follow = (_before, after, events, context) => {
  const purses = oldestFirst(after.payments.payments.where('unapplied'))
  if (purses.length === 0) return []
  const opened = openedFor(events)
  const working = workingOn(after, context)
  for (const purse of opened.size > 0 ? purses : []) {
    const named = designatedLines(after, purse.payment.event.designation)
    const lines = [...(named ?? [])].filter((line) => opened.has(line))
    if (lines.length > 0) spend(after, working, purse, purse.unapplied, { lines }, context)
  }
  if (context.policy.policy.onAccount.unapplied === 'oldestItem') {
    for (const purse of purses) meetAny(after, working, purse, context)
  }
  return purses.flatMap(({ payment, applied }) => unappliedEvents(payment.paymentId, applied))
}

const meetAny = (state: AccountState, working: WorkingLedger, purse: Purse, context: Context): void => {
  const { payment } = purse
  // What somebody directed to lines went there and no further: the rest is theirs to direct (errata 22).
  if (payment.setAside || payment.event.designation?.lines) return
  const free = () => freeOf(state, payment) - (unappliedOf(payment) - purse.unapplied)
  const { designation } = payment.event
  if (designation) spend(state, working, purse, free(), designation, context)
  spend(state, working, purse, free(), undefined, context)
}
