import type { AccountEvent } from '@daybook/core/account'
import { type Day, isPosting } from '@daybook/core/kernel'
import { unappliedMoves } from './explanations.ts'
import type { Source } from './parts.ts'

/** Money of one payment that has no item yet. `amount` is negative: it stands against what is owed. */
export interface UnappliedPart {
  readonly payment?: string
  readonly words: string
  readonly amount: number
  readonly events: readonly Source[]
}

interface Held {
  payment?: string
  receivedOn?: Day
  amount: number
  readonly events: Source[]
}

/** Unapplied money by payment, as of a day: what the account's `unapplied` effects add up to, to the cent. */
export const unappliedParts = (
  events: Iterable<{ readonly source: Source; readonly event: AccountEvent }>,
  asOf: Day,
): readonly UnappliedPart[] => {
  const held = new Map<string, Held>()
  const add = (payment: string | undefined, amount: number, source: Source): Held => {
    const key = payment ?? ''
    const one = held.get(key) ?? { ...(payment ? { payment } : {}), amount: 0, events: [] }
    one.amount += amount
    one.events.push(source)
    held.set(key, one)
    return one
  }
  for (const { source, event } of events) {
    if (!isPosting(event) || event.effectiveDate > asOf) continue
    const moved = event.contra.reduce((sum, { account, amount }) => (account === 'unapplied' ? sum - amount : sum), 0)
    if (moved === 0) continue
    const moves = unappliedMoves[event.type]?.(event, moved) ?? []
    for (const { payment, amount } of moves) {
      const one = add(payment, amount, source)
      if (event.type === 'PatientPaymentPosted') one.receivedOn = event.receivedDate
    }
    const rest = moved - moves.reduce((sum, { amount }) => sum + amount, 0)
    if (rest !== 0) add(undefined, rest, source)
  }
  return [...held.values()]
    .filter(({ amount }) => amount !== 0)
    .map(({ payment, receivedOn, amount, events }) => ({
      ...(payment ? { payment } : {}),
      words: receivedOn ? `received ${receivedOn}, not applied to anything yet` : 'not applied to anything yet',
      amount: -amount,
      events,
    }))
}
