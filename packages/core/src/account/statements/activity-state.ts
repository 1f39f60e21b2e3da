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

/**
 * One change of the guarantor's balance, linked to what was changed before it. A fold makes one for nearly every event that
 * moves their money, and nothing else: they are put in order when a statement asks.
 */
export interface Change {
  readonly on: Day
  readonly type: string
  readonly lineId: LineId | undefined
  readonly paymentId: PaymentId | undefined
  readonly amount: number
  readonly before: Change | undefined
}

/** What a fold writes changes into. */
export interface Changing {
  pending?: Change | undefined
  balance: number
}

const isUnapplied = (account: string): boolean => account === 'unapplied' || account.startsWith('unapplied:')

const link = (slice: Changing, event: MovesMoney, lineId: LineId | undefined, amount: number): void => {
  if (amount === 0) return
  const { effectiveDate: on, type, paymentId } = event
  slice.pending = { on, type, lineId, paymentId, amount, before: slice.pending }
}

/** Lines of which an event of several says each: those of money are told as one. */
const linkEach = (slice: Changing, event: MovesMoney, onAccount: number): void => {
  const byLine = new Map<LineId, number>()
  for (const { party, stage, lineId, amount } of event.effects) {
    if (party === PATIENT && stage === 'active') byLine.set(lineId, (byLine.get(lineId) ?? 0) + amount)
  }
  for (const [lineId, amount] of byLine) link(slice, event, lineId, amount)
  link(slice, event, undefined, onAccount)
}

/**
 * Adds what an event changed of the guarantor's balance: what they owe that no agency has, less money on account. By line where
 * it moved several; nothing where it left the balance as it was, as money that finds its item does. Runs for every money event
 * of every facet.
 */
export const post = (slice: Changing, event: MovesMoney): void => {
  let only: LineId | undefined
  let several = false
  let total = 0
  for (const { party, stage, lineId, amount } of event.effects) {
    if (party !== PATIENT || stage !== 'active') continue
    if (only === undefined) only = lineId
    else if (only !== lineId) several = true
    total += amount
  }
  let onAccount = 0
  for (const { account, amount } of event.contra) if (isUnapplied(account)) onAccount += amount
  total += onAccount
  if (total === 0) return
  slice.balance += total
  if (!several) link(slice, event, only, total)
  else if (event.type === 'PatientPaymentPosted' || event.type === 'PaymentReversed')
    link(slice, event, undefined, total)
  else linkEach(slice, event, onAccount)
}

/** Changes in the order of the book, the oldest first. */
const inOrder = (pending: Change | undefined): readonly Change[] => {
  const changes: Change[] = []
  for (let change = pending; change; change = change.before) changes.push(change)
  return changes.reverse()
}

/** Those that count by a day, as a statement tells them. */
export const toldBy = (pending: Change | undefined, on: Day): readonly ActivityLine[] =>
  inOrder(pending)
    .filter((change) => change.on <= on)
    .map(({ on: since, type, lineId, paymentId, amount }) => ({
      on: since,
      what: kinds[type] ?? 'other',
      ...(lineId === undefined ? {} : { lineId }),
      ...(paymentId === undefined ? {} : { paymentId }),
      amount: toCents(amount) as ActivityLine['amount'],
    }))

/** Those that count later: the next statement tells them. */
export const leftAfter = (pending: Change | undefined, on: Day): Change | undefined =>
  inOrder(pending).reduce<Change | undefined>(
    (before, change) => (change.on > on ? { ...change, before } : before),
    undefined,
  )
