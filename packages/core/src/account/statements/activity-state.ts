import type { ActivityKind, ActivityLine } from '../../documents/statement/content.ts'
import { toCents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { PATIENT, type Posting } from '../../kernel/effects.ts'
import type { LineId, PaymentId } from '../../kernel/ids.ts'

// What a money event does to what the guarantor owes, as a statement tells it. Every event that moves money is read, by its
// effects alone: a facet that moves money is on the next statement on the day it is written (design §3.2).

/** How events are worded; one that is not here moves money as something else. */
const kinds: Readonly<Record<string, ActivityKind | undefined>> = {
  AccountPlaced: 'placed',
  AccountRecalled: 'recalled',
  AdjudicationReversed: 'takenBackByInsurance',
  AdjustmentReversed: 'adjustmentUndone',
  BalanceBroughtForward: 'broughtForward',
  ChargePosted: 'charge',
  ChargeVoided: 'adjustment',
  ContractualAdjustmentPosted: 'adjustment',
  InsurancePaymentPosted: 'insurance',
  PatientPaymentPosted: 'payment',
  PayerTakebackPosted: 'takenBackByInsurance',
  PayerTakebackUndone: 'insurance',
  PaymentReversed: 'paymentReturned',
  RefundDebtCancelled: 'adjustment',
  RefundIssued: 'refund',
  RefundOwedAgain: 'paymentReturned',
  ResponsibilityTransferred: 'yourShare',
  SelfPayEnded: 'yourShare',
  SelfPayHolds: 'yourShare',
  WriteOffPosted: 'adjustment',
}

/** A money event, as far as a statement reads it. */
export type MovesMoney = Posting & {
  readonly type: string
  readonly effectiveDate: Day
  readonly paymentId?: PaymentId
}

const isUnapplied = (account: string): boolean => account === 'unapplied' || account.startsWith('unapplied:')

const line = (
  { type, effectiveDate, paymentId }: MovesMoney,
  amount: number,
  lineId: LineId | undefined,
): ActivityLine => ({
  on: effectiveDate,
  what: kinds[type] ?? 'other',
  ...(lineId === undefined ? {} : { lineId }),
  ...(paymentId === undefined ? {} : { paymentId }),
  amount: toCents(amount) as ActivityLine['amount'],
})

const none: readonly ActivityLine[] = []

/**
 * What an event changed of the guarantor's balance: what they owe that no agency has, less money on account. By line where
 * it moved several; nothing where it left the balance as it was, as money that finds its item does.
 */
export const activityOf = (event: MovesMoney): readonly ActivityLine[] => {
  // Most events move one line, or nothing of the guarantor's: only several lines are added up one by one.
  let only: LineId | undefined
  let byLine: Map<LineId, number> | undefined
  let total = 0
  for (const { party, stage, lineId, amount } of event.effects) {
    if (party !== PATIENT || stage !== 'active') continue
    if (only !== undefined && only !== lineId) byLine ??= new Map([[only, total]])
    byLine?.set(lineId, (byLine.get(lineId) ?? 0) + amount)
    only ??= lineId
    total += amount
  }
  let onAccount = 0
  for (const { account, amount } of event.contra) if (isUnapplied(account)) onAccount += amount
  total += onAccount
  if (total === 0) return none
  if (!byLine) return [line(event, total, only)]
  if (event.type === 'PatientPaymentPosted' || event.type === 'PaymentReversed') return [line(event, total, undefined)]
  return [
    ...[...byLine].flatMap(([lineId, amount]) => (amount === 0 ? [] : [line(event, amount, lineId)])),
    ...(onAccount === 0 ? [] : [line(event, onAccount, undefined)]),
  ]
}
