import { canonicalJson } from '../../kernel/canonical.ts'
import { firstDayOf, negated } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import type { CreditId } from '../../kernel/ids.ts'
import type { Follow } from '../follow.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { CreditBalanceIdentified, CreditBalanceResolved, CreditSource } from './events.ts'
import { type CreditNow, creditsNow, keyOf } from './judge.ts'
import { creditThrough } from './through-time.ts'

/**
 * Credits are judged once, at the end of a unit (postings.md): what overpays an item or waits for nothing is somebody's
 * money. A credit that stands as before is not told again; one that changed keeps its id and the day it was found.
 */
export const follow: Follow = (before, after, events, context) => {
  const now = creditsNow(after)
  const open = new Map([...before.credits.credits.values()].map((credit) => [keyOf(credit.sources), credit]))
  const resolved = [...open].flatMap(([key, credit]): readonly CreditBalanceResolved[] =>
    now.has(key)
      ? []
      : [
          {
            type: 'CreditBalanceResolved',
            effectiveDate: dayFrom(after, credit.sources, 0, context.today),
            creditId: credit.creditId,
            how: howResolved(events),
          },
        ],
  )
  const identified = [...now].flatMap(([key, credit]): readonly CreditBalanceIdentified[] => {
    const old = open.get(key)
    if (old && sameStanding(old, credit)) return []
    return [
      {
        type: 'CreditBalanceIdentified',
        effectiveDate: dayFrom(after, credit.sources, credit.amount, context.today),
        creditId: old?.creditId ?? (context.newId('credit') as CreditId),
        ...credit,
        sources: [...credit.sources],
        identifiedDate: old && old.provisional === credit.provisional ? old.identifiedDate : context.today,
      },
    ]
  })
  return [...resolved, ...identified]
}

/** From when, today or later, a credit stands, or (0) has gone: what leaves it, or takes it, may be dated ahead. */
const dayFrom = (state: AccountState, sources: readonly CreditSource[], amount: number, today: Day): Day => {
  const through = creditThrough(state, sources)
  return firstDayOf(amount, today, [amount > 0 ? through : negated(through)]) ?? today
}

const sameStanding = (old: CreditBalanceIdentified, now: CreditNow): boolean =>
  old.owner === now.owner &&
  old.amount === now.amount &&
  old.provisional === now.provisional &&
  canonicalJson(old.sources) === canonicalJson(now.sources)

const howResolved = (events: readonly AccountEvent[]): CreditBalanceResolved['how'] => {
  const types = new Set(events.map((event) => event.type))
  if (types.has('RefundIssued')) return 'refunded'
  if (types.has('UnappliedApplied') || types.has('PatientPaymentPosted') || types.has('CreditMoved')) return 'applied'
  return types.has('ClaimAdjudicated') || types.has('PaymentReversed') || types.has('ChargeVoided')
    ? 'corrected'
    : 'changed'
}
