import { type Cents, formatCents, negateCents, sumOf } from '../../kernel/cents.ts'
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
import type { LineId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import type { CreditMoved } from '../credits/events.ts'
import { type MoveToUndo, movedBack } from '../credits/move-back.ts'
import { lapsedRefunds, refundsOwedAgain } from '../credits/owed-again.ts'
import type { Mode } from '../ledger/events.ts'
import { together, type WorkingLedger, workingOn } from '../ledger/working.ts'
import { placedLayers } from '../placement/placed-layers.ts'
import { datingHits, twiceHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { allocationsOf } from './allocate.ts'
import type { PaymentCommand } from './commands.ts'
import type { PaymentDeallocated } from './events.ts'
import { type AppliedPart, type Payment, partsUpTo, remainingOf, unappliedOf } from './state.ts'

type Reverse = Of<PaymentCommand, 'ReversePayment'>
type Deallocate = Of<PaymentCommand, 'DeallocatePayment'>

/** Up to `amount` of a payment's parts, the newest first, on one line where named. */
const newestParts = (payment: Payment, amount: number, line?: LineId): readonly AppliedPart[] => {
  const parts: AppliedPart[] = []
  let left = amount
  for (const part of payment.allocations.toReversed()) {
    if (line !== undefined && part.lineId !== line) continue
    const share = Math.min(left, part.amount)
    if (share <= 0) continue
    parts.push(...partsUpTo([part], share))
    left -= share
  }
  return parts
}

/** Gives parts back to their layers, age and all; to stage `placed` only while the agency still has the layer. */
const restoreParts = (state: AccountState, working: WorkingLedger, parts: readonly AppliedPart[]) => {
  const placed = placedLayers(state)
  return together(
    parts.map(({ layerId, stage, amount }) =>
      working.restore(layerId, stage === 'placed' && !placed.has(layerId) ? 'active' : stage, amount),
    ),
  )
}

/**
 * Parts as they stood on a day, or where they were applied first: a credit that was used for their item since goes back on the day of its
 * move, to where the money was until then (clarification 35). Else that day would show money without an item that was never there.
 */
const asTheyStood = (
  working: WorkingLedger,
  { paymentId }: Payment,
  of: readonly AppliedPart[],
  on: Day | undefined,
  reason: string,
): { readonly moves: readonly CreditMoved[]; readonly parts: readonly AppliedPart[] } => {
  const moves: CreditMoved[] = []
  const back = (part: AppliedPart): readonly AppliedPart[] => {
    const { cameFrom, lineId, layerId } = part
    if (cameFrom === undefined || (on !== undefined && part.on <= on)) return [part]
    for (const { lineId: fromLine, layerId: fromLayer, amount } of cameFrom.parts) {
      const event: MoveToUndo = {
        creditId: cameFrom.creditId,
        from: { lineId: fromLine, party: PATIENT, layerId: fromLayer },
        to: { lineId, party: PATIENT, layerId },
        of: { paymentId, lineId: fromLine, layerId: fromLayer, amount },
        effectiveDate: part.on,
      }
      moves.push(movedBack(working, { event, amount }, part.on, reason))
    }
    return cameFrom.parts.flatMap(back)
  }
  return { parts: of.flatMap(back), moves }
}

/**
 * Parts taken off their layers: where an allocation was dated, its undoing is too (law E5). What a credit had brought there comes off
 * where it was applied first, as if it had never been.
 */
const deallocations = (
  state: AccountState,
  working: WorkingLedger,
  payment: Payment,
  parts: readonly AppliedPart[],
  reason: string,
): readonly (CreditMoved | PaymentDeallocated)[] => {
  const first = asTheyStood(working, payment, parts, undefined, reason)
  const byDay = new Map<Day, AppliedPart[]>()
  for (const part of first.parts) {
    byDay.set(part.on, [...(byDay.get(part.on) ?? []), part])
  }
  const off = [...byDay].map(
    ([effectiveDate, ofDay]): PaymentDeallocated => ({
      type: 'PaymentDeallocated',
      effectiveDate,
      paymentId: payment.paymentId,
      allocations: allocationsOf(ofDay),
      reason,
      ...restoreParts(state, working, ofDay),
      contra: [{ account: 'unapplied', amount: negateCents(sumOf(ofDay, (part) => part.amount)) }],
    }),
  )
  return [...first.moves, ...off]
}

/** Patient money that credits have brought to a line comes off where it was applied first. */
export const movedHereTakenOff = (
  state: AccountState,
  working: WorkingLedger,
  line: LineId,
  reason: string,
): readonly (CreditMoved | PaymentDeallocated)[] =>
  state.payments.payments.by('line', line).flatMap((payment) => {
    const parts = payment.allocations.filter(({ lineId, cameFrom }) => lineId === line && cameFrom !== undefined)
    return deallocations(state, working, payment, parts, reason)
  })

/** All patient money on these lines comes off them: it has no item again. */
export const takenOff = (
  state: AccountState,
  working: WorkingLedger,
  lines: readonly LineId[],
  reason: string,
): readonly (CreditMoved | PaymentDeallocated)[] =>
  state.payments.payments.by('line', ...lines).flatMap((payment) => {
    const parts = payment.allocations.filter(({ lineId }) => lines.includes(lineId))
    return deallocations(state, working, payment, parts, reason)
  })

const unknownPayment = (id: string): RuleHit => precondition('payments.unknown', `payment ${id} is not on this account`)

/** Takes a payment off its items, the newest part first; it is unapplied again, and the items have their age back. */
export const deallocatePayment = (
  state: AccountState,
  command: Deallocate,
  context: Context,
): Decision<AccountEvent> => {
  const payment = state.payments.payments.get(command.payment)
  if (!payment) return reject([unknownPayment(command.payment)])
  const hits: RuleHit[] = []
  const on = (line: LineId) => sumOf(newestParts(payment, payment.amount, line), (part) => part.amount)
  const all = [...new Set(payment.allocations.map((part) => part.lineId))].map((line) => ({ line, amount: undefined }))
  const wanted = command.lines ?? all
  for (const share of command.lines ?? []) {
    const there = on(share.line)
    if (there > 0 && (share.amount ?? 0) <= there) continue
    hits.push(precondition('payments.notAllocated', `${formatCents(there)} of the payment is on line ${share.line}`))
  }
  hits.push(...twiceHits((command.lines ?? []).map(({ line }) => line)))
  if (wanted.length === 0) hits.push(precondition('payments.notAllocated', 'nothing of the payment is allocated'))
  const rejection = rejectIfAny(hits)
  if (rejection) return rejection
  const parts = wanted.flatMap((share) => newestParts(payment, share.amount ?? on(share.line), share.line))
  const working = workingOn(state, context)
  return accept<AccountEvent>(deallocations(state, working, payment, parts, command.reason))
}

const modeOf = (command: Reverse): Mode =>
  command.mode ?? (command.kind === 'misposted' || command.kind === 'duplicate' ? 'correction' : 'economic')

const reversalHits = (payment: Payment, command: Reverse, mode: Mode): readonly RuleHit[] => {
  const hits: RuleHit[] = []
  const remaining = remainingOf(payment)
  if (remaining <= 0) hits.push(precondition('payments.reversed', 'nothing of the payment remains to reverse'))
  else if ((command.amount ?? 0) > remaining) {
    hits.push(
      precondition(
        'payments.beyondAmount',
        `${formatCents(remaining)} of the payment remains, not ${formatCents(command.amount ?? 0)}`,
      ),
    )
  }
  if (mode === 'economic' && command.on < payment.receivedOn) {
    hits.push(
      precondition(
        'payments.beforeOriginal',
        `the payment counts from ${payment.receivedOn}; it did not bounce before`,
      ),
    )
  }
  return hits
}

/**
 * Takes a payment back: its unapplied money first, then its newest allocations, which return to their layers with their
 * own age (law E6). A part on a layer that opened after the reversal counts is taken off as of that opening, one that had been
 * moved there after it goes back first to where it was. What had been
 * refunded is owed again by whoever got it, and a refund that was only approved lapses (clarification 34).
 */
export const reversePayment = (state: AccountState, command: Reverse, context: Context): Decision<AccountEvent> => {
  const payment = state.payments.payments.get(command.payment)
  const dating = datingHits(state, command.on, context)
  if (!payment) return reject([unknownPayment(command.payment), ...dating])
  const mode = modeOf(command)
  const rejection = rejectIfAny([...dating, ...reversalHits(payment, command, mode)])
  if (rejection) return rejection

  const on = mode === 'correction' ? payment.receivedOn : command.on
  const amount = (command.amount ?? remainingOf(payment)) as Cents
  const parts = newestParts(payment, Math.max(0, amount - unappliedOf(payment)))
  const fromItems = sumOf(parts, (part) => part.amount)
  const refunded = amount - Math.min(amount, unappliedOf(payment)) - fromItems
  const working = workingOn(state, context)
  const stood = asTheyStood(working, payment, parts, on, command.reason)
  const late = stood.parts.filter((part) => part.on > on)
  const released = stood.parts.filter((part) => part.on <= on)
  const before = deallocations(state, working, payment, late, command.reason)
  const unspent = remainingOf(payment) - amount - (payment.refunded - payment.owedAgain - refunded)
  const restored = sumOf(released, (part) => part.amount)
  const placed = placedLayers(state)
  const warnings = [...new Set(parts.filter((part) => placed.has(part.layerId)).map((part) => part.lineId))].map(
    (line) => precondition('payments.placedMeanwhile', `line ${line} is with an agency`, 'tell the agency'),
  )
  return accept<AccountEvent>(
    [
      ...stood.moves,
      ...before,
      {
        type: 'PaymentReversed',
        effectiveDate: on,
        paymentId: payment.paymentId,
        amount,
        kind: command.kind,
        mode,
        released: allocationsOf(released),
        reason: command.reason,
        ...restoreParts(state, working, released),
        contra: netContra([
          { account: 'cash', amount: -amount },
          { account: 'unapplied', amount: amount - restored },
        ]),
      },
      ...refundsOwedAgain(state, payment.paymentId, refunded, on, context),
      ...lapsedRefunds(state, payment.paymentId, unspent, on),
    ],
    { warnings },
  )
}
