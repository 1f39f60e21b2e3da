import { type Cents, negateCents } from '../../kernel/cents.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import { together, type WorkingLedger } from '../ledger/working.ts'
import type { AccountState } from '../rooms.ts'
import type { CreditMoved } from './events.ts'

/** What tells a move of a credit: which one, from where, to where, whose money, from which day. */
export type MoveToUndo = Pick<CreditMoved, 'creditId' | 'from' | 'to' | 'of' | 'effectiveDate'>

/** A credit that was used for another item, and what of it has not come back, cents. */
export interface StandingMove {
  readonly event: MoveToUndo
  readonly amount: number
}

/** Moves of credits between these lines and others that stand, less what was moved back the same way. */
export const standingMoves = (
  { credits }: AccountState,
  lines: Iterable<LineId>,
  fits: (event: CreditMoved) => boolean,
): readonly StandingMove[] => {
  const events = new Set([...new Set(lines)].flatMap((line) => credits.moved.get(line) ?? []))
  const standing = new Map<string, StandingMove>()
  for (const event of events) {
    if (!fits(event)) continue
    const { from, to, amount } = event
    const back = standing.get(`${to.layerId} ${from.layerId}`)
    if (back && back.amount > 0) {
      standing.set(`${to.layerId} ${from.layerId}`, { ...back, amount: back.amount - amount })
      continue
    }
    const key = `${from.layerId} ${to.layerId}`
    standing.set(key, { event, amount: (standing.get(key)?.amount ?? 0) + amount })
  }
  return [...standing.values()].filter(({ amount }) => amount > 0)
}

/** The credit stands where it was again, from a day on, though not before it had moved. */
export const movedBack = (
  working: WorkingLedger,
  { event: { creditId, from, to, of, effectiveDate }, amount }: StandingMove,
  on: Day,
  reason: string,
): CreditMoved => {
  const day = maxDay(on, effectiveDate)
  const cents = amount as Cents
  return {
    type: 'CreditMoved',
    effectiveDate: day,
    creditId,
    amount: cents,
    from: to,
    to: from,
    of: { ...of, amount: cents },
    undoes: true,
    reason,
    ...together([
      working.restore(to.layerId, 'active', cents, day),
      working.restore(from.layerId, 'active', negateCents(cents), day),
    ]),
    contra: [],
  }
}
