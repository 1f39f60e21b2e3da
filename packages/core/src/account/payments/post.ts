import { formatCents, negateCents, sumOf } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import {
  accept,
  type Decision,
  type Of,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../../kernel/decision.ts'
import { netContra, PATIENT } from '../../kernel/effects.ts'
import type { LineId, PaymentId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { mergeEffects } from '../ledger/taken.ts'
import { type DatedEffect, workingLedger, workingOn } from '../ledger/working.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { allocate, allocationsOf, type Money } from './allocate.ts'
import type { PaymentCommand } from './commands.ts'
import type { Allocation, PatientPaymentPosted, PaymentCapturePending, UnappliedApplied } from './events.ts'
import { moneyKey, unappliedOf } from './state.ts'

type PostPayment = Of<PaymentCommand, 'PostPayment'>
type Shares = NonNullable<PostPayment['allocations']>

/** What was taken off layers, as events state allocations. */
const allocated = (applied: readonly DatedEffect[]): Allocation[] =>
  allocationsOf(applied.map(({ effect }) => ({ ...effect, amount: negateCents(effect.amount) })))

/** Unapplied money meets items: one event for each day on which it begins to count. */
export const unappliedEvents = (paymentId: PaymentId, applied: readonly DatedEffect[]): readonly UnappliedApplied[] => {
  const byDay = new Map<Day, DatedEffect[]>()
  for (const part of applied) byDay.set(part.on, [...(byDay.get(part.on) ?? []), part])
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([effectiveDate, parts]) => ({
      type: 'UnappliedApplied',
      effectiveDate,
      paymentId,
      allocations: allocated(parts),
      effects: mergeEffects(parts.map((part) => part.effect)),
      contra: [{ account: 'unapplied', amount: negateCents(sumOf(parts, (part) => part.effect.amount)) }],
    }))
}

/** What is said of money that came in, without where it goes. */
type Received = Pick<
  PatientPaymentPosted,
  'paymentId' | 'tender' | 'source' | 'externalRef' | 'receivedDate' | 'depositBatch' | 'amount' | 'designation'
>

/** The money as events: what counts on the day of receipt, then what waits for layers that open later. */
export const received = (
  state: AccountState,
  money: Received,
  on: Day,
  directed: Money['directed'],
  context: Context,
): Decision<AccountEvent> => {
  const working = workingOn(state, context)
  const { applied, skipped } = allocate(state, working, { ...money, receivedOn: on, directed }, context)
  const now = applied.filter((part) => part.on === on)
  const later = applied.filter((part) => part.on !== on)
  const taken = -sumOf(now, (part) => part.effect.amount)
  const posted: PatientPaymentPosted = {
    type: 'PatientPaymentPosted',
    effectiveDate: on,
    ...money,
    allocations: allocated(now),
    effects: mergeEffects(now.map((part) => part.effect)),
    contra: netContra([
      { account: 'cash', amount: money.amount },
      { account: 'unapplied', amount: taken - money.amount },
    ]),
  }
  return accept<AccountEvent>([posted, ...unappliedEvents(money.paymentId, later)], { warnings: skipped })
}

/** Directed shares must be lines of this account, once each, within what the patient owes and the money there is. */
export const shareHits = (state: AccountState, shares: Shares | undefined, amount: number): readonly RuleHit[] => {
  const hits: RuleHit[] = []
  const seen = new Set<LineId>()
  const working = workingLedger(state.ledger, () => '')
  for (const share of shares ?? []) {
    const open = Math.max(0, working.owed(share.line, PATIENT))
    if (!state.ledger.lines.has(share.line)) {
      hits.push(precondition('ledger.lineUnknown', `line ${share.line} is not on this account`))
    } else if (seen.has(share.line)) {
      hits.push(precondition('ledger.lineTwice', `line ${share.line} is named twice`))
    } else if ((share.amount ?? 0) > open) {
      hits.push(
        precondition(
          'payments.beyondOpen',
          `the patient owes ${formatCents(open)} on line ${share.line}, not ${formatCents(share.amount ?? 0)}`,
          'direct what is open; the rest stays unapplied',
        ),
      )
    }
    seen.add(share.line)
  }
  const asked = (shares ?? []).reduce((sum, share) => sum + (share.amount ?? 0), 0)
  if (asked > amount) {
    hits.push(precondition('payments.beyondAmount', `${formatCents(asked)} is directed of ${formatCents(amount)}`))
  }
  return hits
}

const designationHits = (state: AccountState, { designation }: PostPayment): readonly RuleHit[] => {
  const hits: RuleHit[] = []
  if (designation?.visitId !== undefined && !state.registration.visits.has(designation.visitId)) {
    hits.push(precondition('payments.visitUnknown', `visit ${designation.visitId} is not on this account`, 'open it'))
  }
  if (designation?.planId !== undefined && !state.plans.plans.has(designation.planId)) {
    hits.push(precondition('payments.planUnknown', `plan ${designation.planId} is not on this account`))
  }
  for (const line of designation?.lines ?? []) {
    if (!state.ledger.lines.has(line)) {
      hits.push(precondition('ledger.lineUnknown', `line ${line} is not on this account`))
    }
  }
  return hits
}

type Known = PatientPaymentPosted | PaymentCapturePending

const sameMoney = (a: Known, b: PostPayment): boolean =>
  a.tender === b.tender && a.amount === b.amount && a.receivedDate === b.on

/** Law E7: with an external reference equal money is one payment; without, it is two and only flagged. */
const duplicates = (state: AccountState, command: PostPayment): { hits: RuleHit[]; warnings: RuleHit[] } => {
  const standing: readonly Known[] = [
    ...state.payments.payments
      .by('money', moneyKey({ ...command, receivedDate: command.on }))
      .flatMap((one) => (one.reversed < one.amount ? [one.event] : [])),
    ...state.payments.pending.values(),
  ]
  const same = standing.filter((one) => sameMoney(one, command))
  const posted = same.find((one) => command.externalRef !== undefined && one.externalRef === command.externalRef)
  const alike = same.find((one) => command.externalRef === undefined || one.externalRef === undefined)
  const id = command.payment
  const hits =
    id !== undefined &&
    (state.payments.payments.has(id) || state.payments.pending.has(id) || state.payments.decided.has(id))
      ? [precondition('payments.known', `payment ${id} is already on file`)]
      : []
  if (posted) {
    hits.push(
      precondition('payments.duplicate', `${command.externalRef} was posted already as payment ${posted.paymentId}`),
    )
  }
  return {
    hits,
    warnings: alike
      ? [precondition('payments.alike', `payment ${alike.paymentId} has the same tender, amount and day`, 'compare')]
      : [],
  }
}

/**
 * Patient money counts from the day of receipt and finds its items in the order of reference §1.8. Card and ACH money
 * waits for its settlement where policy `posting.electronicTender` says so.
 */
export const postPayment = (state: AccountState, command: PostPayment, context: Context): Decision<AccountEvent> => {
  const { on, amount, tender } = command
  const { hits, warnings } = duplicates(state, command)
  const rejection = rejectIfAny([
    ...datingHits(state, on, context),
    ...hits,
    ...designationHits(state, command),
    ...shareHits(state, command.allocations, amount),
  ])
  if (rejection) return rejection
  const directed = command.allocations?.map(({ line }) => line)
  const money: Received = {
    paymentId: command.payment ?? (context.newId('payment') as PaymentId),
    tender,
    source: command.source ?? 'guarantor',
    externalRef: command.externalRef,
    receivedDate: on,
    depositBatch: command.depositBatch,
    amount,
    // Directed money that finds nothing open waits for the lines it was directed to (W5).
    designation: command.designation ?? (directed ? { lines: directed } : undefined),
  }
  const electronic = tender === 'card' || tender === 'ach'
  if (electronic && context.policy.policy.posting.electronicTender === 'onSettlement') {
    const shares = command.allocations?.map(({ line, amount: share }) => ({ lineId: line, amount: share }))
    return accept<AccountEvent>(
      [{ type: 'PaymentCapturePending', effectiveDate: on, ...money, ...(shares ? { directed: shares } : {}) }],
      { warnings },
    )
  }
  const decision = received(state, money, on, command.allocations, context)
  return decision.ok ? { ...decision, warnings: [...warnings, ...decision.warnings] } : decision
}

/** Unapplied money of a payment meets items; each part counts from the day its item was there, or the receipt. */
export const applyUnapplied = (
  state: AccountState,
  command: Of<PaymentCommand, 'ApplyUnapplied'>,
  context: Context,
): Decision<AccountEvent> => {
  const payment = state.payments.payments.get(command.payment)
  if (!payment) {
    return reject([precondition('payments.unknown', `payment ${command.payment} is not on this account`)])
  }
  const unapplied = unappliedOf(payment)
  const hits = [...shareHits(state, command.allocations, unapplied)]
  if (unapplied <= 0) hits.push(precondition('payments.nothingUnapplied', 'all of the payment has its place'))
  const rejection = rejectIfAny(hits)
  if (rejection) return rejection
  const money = {
    amount: unapplied,
    receivedOn: payment.receivedOn,
    dated: payment.dated,
    source: payment.event.source,
    designation: payment.event.designation,
    directed: command.allocations,
  }
  const working = workingOn(state, context)
  const { applied, skipped } = allocate(state, working, money, context)
  const nothing = precondition('payments.nothingOpen', 'no open item may take this money')
  return applied.length === 0
    ? reject([nothing, ...skipped])
    : accept<AccountEvent>(unappliedEvents(payment.paymentId, applied), { warnings: skipped })
}
