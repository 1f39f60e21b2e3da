import type { AccountState, CreditBalanceIdentified, Payment } from '@daybook/core/account'

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
