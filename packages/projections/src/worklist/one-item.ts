import {
  type AccountState,
  type CreditBalanceIdentified,
  type Net,
  nettable,
  type Payment,
} from '@daybook/core/account'
import { formatCents, toCents } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'

// Money without an item is one item of work: as unapplied money while something is owed that it can meet, as a credit else.

/** Whether a credit is an item of its own, not money that is first to meet what the guarantor owes. */
export const isCreditItem = ({ owner, provisional, sources }: CreditBalanceIdentified, owed: number): boolean => {
  const onItem = sources.length === 0 || sources.some(({ lineId }) => lineId !== undefined)
  return owner !== 'patient' || provisional || owed === 0 || onItem
}

/** What of a payment's unapplied money is an item as a credit. */
export const creditedOf = ({ credits }: AccountState, { paymentId }: Payment, owed: number): number =>
  [...credits.credits.values()]
    .filter((credit) => isCreditItem(credit, owed))
    .flatMap(({ sources }) => sources)
    .reduce((sum, source) => {
      const isHere = 'paymentId' in source && source.paymentId === paymentId && source.lineId === undefined
      return isHere ? sum + source.amount : sum
    }, 0)

/** What the guarantor owes beyond all that is theirs and not promised to a refund, cents. */
export const owedBeyond = (net: Net): number => Math.max(0, nettable(net) - net.credits - net.onAccount)

/** What is next for a refund that is approved: it goes out, unless the guarantor has come to owe something since (law Q7). */
export const approvedWords = (
  approved: number,
  beyond: number | undefined,
  { refundWhileOwed }: PracticePolicy['onAccount'],
): string => {
  const refund = `the refund of ${formatCents(toCents(approved))} that is approved`
  return beyond !== undefined && refundWhileOwed === 'refused'
    ? `void ${refund} (VoidRefund): the same guarantor owes ${formatCents(toCents(beyond))} by now, which the money pays first`
    : `issue ${refund} (IssueRefund), or void it`
}

/** What is next for money beside which nothing is owed but what agencies have, cents: on an item, or without one. */
export const placedWords = (amount: number, onItem: boolean): string =>
  onItem
    ? `recall what agencies have of theirs first (RecallAccount): ${formatCents(toCents(amount))} of it is for that (MoveCredit)`
    : `apply ${formatCents(toCents(amount))} by line to what an agency has (ApplyUnapplied), or recall that first`
