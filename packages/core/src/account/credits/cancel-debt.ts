import { type Cents, negateCents, toCents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { type Effect, netContra, PATIENT } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import { givenBack, remainingOn } from '../ledger/given-back.ts'
import type { WorkingLedger } from '../ledger/working.ts'
import { takenOff } from '../payments/reverse.ts'
import { recallParts } from '../placement/recall-parts.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { CreditSource } from './events.ts'
import { movedBack, standingMoves } from './move-back.ts'
import type { Refund, RefundDebt } from './state.ts'

// Clarification 34: a refund was owed again, and its void says that it was never cashed. There was no debt then.

const REASON = 'the refund that was owed again was never cashed'

/**
 * What a void gives back, where a payment that the refund came of was taken back since: that part has no item any more, for the
 * item has its amount again already. It is without an item until the debt takes it. Sources without an item come first.
 */
export const givenBackBy = ({
  issued,
  owedAgain,
}: Refund): { readonly of: readonly CreditSource[]; readonly effects: readonly Effect[] } => {
  const of = issued?.of ?? []
  const open = new Map<string, number>()
  for (const { paymentId, amount } of owedAgain) open.set(paymentId, (open.get(paymentId) ?? 0) + amount)
  for (const source of of) {
    if ('paymentId' in source && source.layerId === undefined) {
      open.set(source.paymentId, Math.max(0, (open.get(source.paymentId) ?? 0) - source.amount))
    }
  }
  const gone = new Map<string, number>()
  const back = of.flatMap((source): readonly CreditSource[] => {
    if (!('paymentId' in source) || source.layerId === undefined) return [source]
    const part = Math.min(source.amount, open.get(source.paymentId) ?? 0)
    if (part === 0) return [source]
    open.set(source.paymentId, (open.get(source.paymentId) ?? 0) - part)
    gone.set(source.layerId, (gone.get(source.layerId) ?? 0) + part)
    const stays = { ...source, amount: (source.amount - part) as Cents }
    return [...(stays.amount > 0 ? [stays] : []), { paymentId: source.paymentId, amount: part as Cents }]
  })
  const effects = (issued?.effects ?? []).flatMap((effect) => {
    const amount = toCents((gone.get(effect.layerId) ?? 0) - effect.amount)
    return amount === 0 ? [] : [{ ...effect, amount }]
  })
  return { of: back, effects }
}

/** Write-offs on a line are given back: what was given up there was owed by nobody. */
const writeOffsGivenBack = (
  state: AccountState,
  working: WorkingLedger,
  lineId: LineId,
  on: Day,
): readonly AccountEvent[] =>
  state.ledger.adjustments.by('line', lineId).flatMap((adjustment) => {
    const amount = remainingOn(adjustment, lineId)
    if (amount <= 0) return []
    return givenBack(state, working, adjustment, [{ lineId, amount }], { on, mode: 'economic', reason: REASON })
  })

/** Whatever stands on the guarantor's line for a debt comes off it: money, what was given up, credits, an agency. */
const emptied = (state: AccountState, working: WorkingLedger, lineId: LineId, on: Day): readonly AccountEvent[] => {
  const money = takenOff(state, working, [lineId], REASON)
  const credits = standingMoves(state, [lineId], ({ of }) => !('paymentId' in of)).map((move) =>
    movedBack(working, move, on, REASON),
  )
  const writeOffs = writeOffsGivenBack(state, working, lineId, on)
  const placed = working.layers(lineId, PATIENT).map(({ layerId, placed: amount }) => ({ lineId, layerId, amount }))
  return [...money, ...credits, ...writeOffs, ...recallParts(state, working, placed, on, 'error')]
}

const cancelled = (
  state: AccountState,
  working: WorkingLedger,
  { approved: { refundId, payee } }: Refund,
  { paymentId, lineId, amount: open }: RefundDebt,
  on: Day,
): readonly AccountEvent[] => {
  if (open <= 0) return []
  const amount = open as Cents
  const event = { type: 'RefundDebtCancelled', refundId, paymentId, amount } as const
  if (lineId === undefined) {
    const contra = netContra([
      { account: 'unapplied', amount },
      { account: `refundReceivable:${payee}`, amount: negateCents(amount) },
    ])
    return [{ ...event, effectiveDate: on, effects: [], contra }]
  }
  const before = emptied(state, working, lineId, on)
  const { effects } = working.take(lineId, PATIENT, amount)
  return [
    ...before,
    {
      ...event,
      lineId,
      effectiveDate: working.openFrom(on, effects),
      effects: [...effects],
      contra: [{ account: 'unapplied', amount }],
    },
  ]
}

/** A refund that was never cashed is owed by nobody: its void ends the debt, whoever has paid it or given it up meanwhile. */
export const cancelledDebts = (
  state: AccountState,
  working: WorkingLedger,
  refund: Refund,
  on: Day,
): readonly AccountEvent[] => refund.owedAgain.flatMap((debt) => cancelled(state, working, refund, debt, on))
