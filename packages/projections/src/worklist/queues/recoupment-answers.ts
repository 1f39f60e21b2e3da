import type { AccountState } from '@daybook/core/account'
import { type Day, sumOf } from '@daybook/core/kernel'
import { isNamedIn } from '@daybook/core/remittance'

/** What an account says to what a payer's remittance took or showed: it ends that much of the work on the remittance. */
export interface Answer {
  readonly remittance: string
  /** The name of the claim in PLB03-2. Absent for a refund that the payer shows to have received, where nobody named it. */
  readonly reference?: string
  /** Cents as in the PLB: above zero what was pushed to a claim, below zero what was acknowledged. */
  readonly amount: number
  readonly since: Day
}

/** Takebacks that were pushed to claims and stand, and refunds that payers have shown to have received. */
export const answersOf = ({ claims }: AccountState): readonly Answer[] => [
  ...[...claims.takebacks.values()].flatMap(({ event, undone }): readonly Answer[] => {
    const { remittanceId: remittance, payerControlNumber: reference } = event.recoupment
    const amount = sumOf(event.lines, (line) => line.amount)
    return undone ? [] : [{ remittance, reference, amount, since: event.effectiveDate }]
  }),
  ...claims.acknowledged.map(
    ({ remittanceId, reference, amount, effectiveDate }): Answer => ({
      remittance: remittanceId,
      ...(reference === undefined ? {} : { reference }),
      amount: -amount,
      since: effectiveDate,
    }),
  ),
]

const isFor = ({ reference }: Answer, named: string): boolean => reference === undefined || isNamedIn(reference, named)

/**
 * What is left of the items of one remittance once its answers are taken off, in their order: each answer goes to items of
 * its sign and its reference, and to each no more than there is.
 */
export const unanswered = <Item extends { readonly reference: string; readonly amount: number }>(
  items: readonly Item[],
  answers: readonly Answer[],
): readonly Item[] => {
  const left = answers.map(({ amount }) => amount)
  return items.flatMap((item) => {
    let amount = item.amount
    for (const [at, answer] of answers.entries()) {
      const there = left[at] ?? 0
      if (Math.sign(there) !== Math.sign(amount) || !isFor(answer, item.reference)) continue
      const taken = Math.sign(amount) * Math.min(Math.abs(amount), Math.abs(there))
      amount -= taken
      left[at] = there - taken
    }
    return amount === 0 ? [] : [{ ...item, amount }]
  })
}
