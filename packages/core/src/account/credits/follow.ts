import { canonicalJson } from '../../kernel/canonical.ts'
import type { Cents } from '../../kernel/cents.ts'
import { firstDayOf, negated } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import type { CreditId } from '../../kernel/ids.ts'
import type { Follow } from '../follow.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { CreditBalanceIdentified, CreditBalanceResolved, CreditEvent, CreditSource } from './events.ts'
import { type CreditNow, creditsNow, keyOf } from './judge.ts'
import type { Standing } from './state.ts'
import { creditThrough, standingOn, toldAnew } from './through-time.ts'

/**
 * Credits are judged once, at the end of a unit (postings.md): what overpays an item or waits for nothing is somebody's
 * money. A credit that stands as before is not told again; one that changed keeps its id and the day it was found. What is
 * dated back takes it away from its own day on, also from one that has ended since.
 */
export const follow: Follow = (before, after, events, context) => {
  const now = creditsNow(after)
  const { credits, told } = before.credits
  const open = new Map([...credits.values()].map((credit) => [keyOf(credit.sources), credit]))
  const how = howResolved(events)
  const datedBack = events.some(({ effectiveDate }) => effectiveDate < context.today)
  const again = (old: CreditBalanceIdentified, credit: CreditNow | undefined): readonly CreditEvent[] => {
    if (credit && !datedBack && sameStanding(old, credit)) return []
    const standings = told.get(old.creditId)?.standings ?? []
    return toldAgain(old, credit, { standings, after, how, today: context.today })
  }
  const ended = datedBack ? [...told.values()].filter(({ last }) => !credits.has(last.creditId)) : []
  const identified = [...now].flatMap(([key, credit]): readonly CreditEvent[] => {
    const old = open.get(key)
    if (old) return again(old, credit)
    return [
      {
        type: 'CreditBalanceIdentified',
        effectiveDate: dayFrom(after, credit.sources, credit.amount, context.today),
        creditId: context.newId('credit') as CreditId,
        ...credit,
        sources: [...credit.sources],
        identifiedDate: context.today,
      },
    ]
  })
  return [
    ...ended.flatMap(({ last }) => again(last, undefined)),
    ...[...open].flatMap(([key, credit]) => (now.has(key) ? [] : again(credit, undefined))),
    ...identified,
  ]
}

interface Told {
  /** What was told of the credit so far. */
  readonly standings: readonly Standing[]
  readonly after: AccountState
  readonly how: CreditBalanceResolved['how']
  readonly today: Day
}

/** What is to be told of a credit that was told before: as it stands now, or that it has ended. */
const toldAgain = (
  old: CreditBalanceIdentified,
  now: CreditNow | undefined,
  { standings, after, how, today }: Told,
): readonly CreditEvent[] => {
  const amount = now?.amount ?? 0
  const on = dayFrom(after, old.sources, amount, today)
  const anew = toldAnew(standings, creditThrough(after, old.sources), { on, amount })
  const another = now !== undefined && (old.owner !== now.owner || old.provisional !== now.provisional)
  const untold = another ? anew.at(-1)?.on !== on : now && anew.length === 0 && !sameStanding(old, now)
  // Whose it is, and how sure, is told from today on, also where its amount was another before.
  const steps = untold ? [...anew.filter((step) => step.on < on), { on, amount }] : anew
  const { creditId } = old
  return steps.map((step, at) => {
    if (step.amount === 0) return { type: 'CreditBalanceResolved', effectiveDate: step.on, creditId, how }
    const last = now !== undefined && at === steps.length - 1
    // What it was on a day of the past it stays, but for the amount.
    const then = standingOn(standings, step.on) ?? old
    const { owner, provisional } = last ? now : then
    return {
      type: 'CreditBalanceIdentified',
      effectiveDate: step.on,
      creditId,
      owner,
      amount: step.amount as Cents,
      sources: [...(last ? now.sources : partOf(then.sources, step.amount))],
      provisional,
      identifiedDate: last && provisional !== old.provisional ? today : (last ? old : then).identifiedDate,
    }
  })
}

/** Of what a credit stands on, so much. */
const partOf = (sources: readonly CreditSource[], amount: number): readonly CreditSource[] => {
  let left = amount
  return sources.flatMap((source) => {
    const part = Math.min(left, source.amount)
    left -= part
    return part > 0 ? [{ ...source, amount: part as Cents }] : []
  })
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
