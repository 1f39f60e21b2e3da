import { formatCents, negateCents, sumOf } from '../../kernel/cents.ts'
import { firstDayOf } from '../../kernel/dated.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import { accept, type Decision, type Of, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import { type ControlAccount, type Effect, netContra } from '../../kernel/effects.ts'
import type { Context } from '../context.ts'
import { notYet } from '../ledger/owed-by-day.ts'
import { mergeEffects } from '../ledger/taken.ts'
import { type Moved, type WorkingLedger, workingOn } from '../ledger/working.ts'
import { unappliedOf } from '../payments/state.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { cancelledDebts, givenBackBy } from './cancel-debt.ts'
import type { CreditCommand } from './commands.ts'
import type { CreditSource, RefundApproved } from './events.ts'
import { owedSinceApproval } from './owed-first.ts'
import { payersMoney } from './payers-money.ts'
import type { Refund } from './state.ts'

type Step = Of<CreditCommand, 'IssueRefund' | 'ClearRefund' | 'VoidRefund'>

/** Law G3: approved, issued, then cleared or voided; each once. */
const stepHits = (
  state: AccountState,
  command: Step,
  from: readonly Refund['status'][],
  context: Context,
): readonly RuleHit[] => {
  const refund = state.credits.refunds.get(command.refund)
  const dating = datingHits(state, command.on, context)
  if (!refund) return [precondition('credits.refundUnknown', `refund ${command.refund} is not on file`), ...dating]
  const since = refund.issued?.effectiveDate ?? refund.approved.effectiveDate
  return [
    ...dating,
    ...(from.includes(refund.status)
      ? []
      : [precondition('credits.refundStatus', `the refund is ${refund.status}, not ${from.join(' or ')}`)]),
    ...(command.on < since ? [precondition('credits.beforeOriginal', `the refund counts from ${since}`)] : []),
  ]
}

/** What a source still bears at the moment the money leaves (law G1). */
const stillThere = (state: AccountState, working: WorkingLedger, source: CreditSource): number => {
  if (!('paymentId' in source)) {
    const there = Math.max(0, -working.owed(source.lineId, source.party))
    return Math.min(there, payersMoney(state, [source]) ?? there)
  }
  const payment = state.payments.payments.get(source.paymentId)
  if (!payment) return 0
  if (source.layerId === undefined || source.lineId === undefined) return unappliedOf(payment)
  const layer = working.layers(source.lineId).find((one) => one.layerId === source.layerId)
  return layer ? Math.max(0, -layer.active) : 0
}

/** Raises the overpaid item towards zero; unapplied money has no item. */
const raise = (working: WorkingLedger, source: CreditSource, on: Day): Moved => {
  if (!('paymentId' in source)) return working.put(source.lineId, source.party, source.amount, { on, agingFrom: on })
  return source.layerId === undefined
    ? { effects: [], opens: [] }
    : working.restore(source.layerId, 'active', source.amount)
}

const unappliedPart = (of: readonly CreditSource[]): number =>
  sumOf(of, (source) => ('paymentId' in source && source.layerId === undefined ? source.amount : 0))

/** Issued (sign 1) or taken back (sign −1): the items, the unapplied money, and what we owe in checks. */
const refundPosting = (of: readonly CreditSource[], effects: readonly Effect[], amount: number, sign: 1 | -1) => ({
  effects: mergeEffects(effects),
  contra: netContra([
    { account: 'unapplied' as ControlAccount, amount: sign * unappliedPart(of) },
    { account: 'refundsPayable', amount: -sign * amount },
  ]),
})

/**
 * The credit turns into refunds payable: checked against what is still there, for it may have been used since the
 * approval. It reports a check that is written: what the guarantor has come to owe meanwhile is told beside it (law Q8).
 */
export const issueRefund = (
  state: AccountState,
  command: Of<CreditCommand, 'IssueRefund'>,
  context: Context,
): Decision<AccountEvent> => {
  const refund = state.credits.refunds.get(command.refund)
  const hits = [...stepHits(state, command, ['approved'], context)]
  if (!refund) return rejectIfAny(hits) ?? accept<AccountEvent>([])
  const working = workingOn(state, context)
  const { of, amount } = refund.approved
  const moves: Moved[] = []
  for (const source of of) {
    const there = stillThere(state, working, source)
    if (refund.status === 'approved' && source.amount > there) {
      hits.push(
        precondition('credits.beyondCredit', `${formatCents(there)} of the credit is left`, 'void and approve anew'),
      )
    }
    moves.push(raise(working, source, command.on))
  }
  const effects = moves.flatMap((move) => move.effects)
  const from = issueDay(state, refund.approved, working.openFrom(command.on, effects))
  if (from > command.on) {
    hits.push(notYet('credits.notYet', `what it takes is there from ${from}, not on ${command.on}`, from))
  }
  const rejection = rejectIfAny(hits)
  if (rejection) return rejection
  return accept<AccountEvent>(
    [
      {
        type: 'RefundIssued',
        effectiveDate: command.on,
        refundId: command.refund,
        amount,
        of: [...of],
        ...refundPosting(of, effects, amount, 1),
      },
    ],
    { warnings: owedSinceApproval(state, refund.approved, { ...context, on: command.on }) },
  )
}

/** Money can not go back before it came, nor before it had no item any more (clarification 35). */
const issueDay = (state: AccountState, approved: RefundApproved, on: Day): Day =>
  approved.of.reduce((latest, source) => {
    const payment = 'paymentId' in source ? state.payments.payments.get(source.paymentId) : undefined
    if (!payment) return latest
    const from = maxDay(latest, payment.receivedOn)
    const onItem = 'layerId' in source && source.layerId !== undefined
    return onItem ? from : (firstDayOf(source.amount, from, [payment.dated]) ?? from)
  }, on)

/** The bank paid: refunds payable turn into cash. */
export const clearRefund = (
  state: AccountState,
  command: Of<CreditCommand, 'ClearRefund'>,
  context: Context,
): Decision<AccountEvent> => {
  const rejection = rejectIfAny(stepHits(state, command, ['issued'], context))
  const refund = state.credits.refunds.get(command.refund)
  if (rejection || !refund) return rejection ?? accept<AccountEvent>([])
  const { amount } = refund.approved
  return accept<AccountEvent>([
    {
      type: 'RefundCleared',
      effectiveDate: command.on,
      refundId: command.refund,
      effects: [],
      contra: [
        { account: 'refundsPayable', amount },
        { account: 'cash', amount: negateCents(amount) },
      ],
    },
  ])
}

/**
 * The exact mirror of the issue: the same layers, the same payments, the same amounts (law G3). Where it was owed again,
 * there is no such debt any more, and what came of the payment that was taken back goes to no item (clarification 34).
 */
export const voidRefund = (
  state: AccountState,
  command: Of<CreditCommand, 'VoidRefund'>,
  context: Context,
): Decision<AccountEvent> => {
  const hits = stepHits(state, command, ['approved', 'issued'], context)
  const refund = state.credits.refunds.get(command.refund)
  const received =
    refund && refund.acknowledged > 0
      ? [precondition('credits.refundAcknowledged', `the payer has received ${formatCents(refund.acknowledged)} of it`)]
      : []
  const rejection = rejectIfAny([...hits, ...received])
  if (rejection || !refund) return rejection ?? accept<AccountEvent>([])
  const { issued } = refund
  const { of, effects } = givenBackBy(refund)
  const cancelled = issued ? cancelledDebts(state, workingOn(state, context), refund, command.on) : []
  return accept<AccountEvent>([
    {
      type: 'RefundVoided',
      effectiveDate: command.on,
      refundId: command.refund,
      of: [...of],
      reason: command.reason,
      status: issued ? 'issued' : 'approved',
      ...refundPosting(of, effects, issued?.amount ?? 0, -1),
    },
    ...cancelled,
  ])
}
