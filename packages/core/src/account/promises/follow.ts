import { type Day, maxDay } from '../../kernel/day.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { Follow } from '../follow.ts'
import { owedOn } from '../ledger/balances.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { PromiseEvent } from './events.ts'
import { firstUnmet, isPartly, type PaymentPromise } from './state.ts'

/** What postings say now against what was recorded: kept, or to be judged again. */
const judged = (promise: PaymentPromise, on: Day): PromiseEvent | undefined => {
  const { promiseId, status, shortfall } = promise
  const unmet = firstUnmet(promise)
  if (!unmet) return status === 'kept' ? undefined : { type: 'PromiseKept', effectiveDate: on, promiseId }
  const isAsRecorded =
    status === 'open' ||
    (shortfall?.number === unmet.number &&
      shortfall.paid === unmet.paid &&
      (status === 'partlyKept') === isPartly(promise, unmet))
  return isAsRecorded ? undefined : { type: 'PromiseReopened', effectiveDate: on, promiseId }
}

/** Why nobody waits for an open promise any more, though it was not kept. */
const ended = (after: AccountState, promise: PaymentPromise, planned: ReadonlySet<LineId>) => {
  const lines = promise.made.lines.map(({ lineId }) => lineId)
  if (lines.some((line) => planned.has(line))) return 'planned' as const
  return lines.every((line) => owedOn(after.ledger, line, PATIENT) <= 0) ? ('settled' as const) : undefined
}

const plannedBy = (after: AccountState, events: readonly AccountEvent[]): ReadonlySet<LineId> =>
  new Set(
    events.flatMap((event) =>
      event.type === 'PlanActivated' ? (after.plans.plans.get(event.planId)?.lines ?? []) : [],
    ),
  )

/**
 * What money, plans and adjustments do to promises, in the same unit. Postings say that one is kept, also where it had been
 * found broken and the money is recorded late; where they say otherwise than what was recorded, it is judged again. One that
 * is open ends with the last cent that is owed, and with a plan over its lines.
 */
export const follow: Follow = (before, after, events, context) => {
  const watched = after.promises.promises.where('judged')
  if (watched.length === 0) return []
  const latest = events.map((event) => event.effectiveDate).reduce(maxDay, events[0]?.effectiveDate ?? context.today)
  const planned = plannedBy(after, events)
  return watched.flatMap((promise): readonly PromiseEvent[] => {
    const { promiseId, made } = promise
    const on = maxDay(latest, made.effectiveDate)
    const was = before.promises.promises.get(promiseId)
    const verdict = was && was.received !== promise.received ? judged(promise, on) : undefined
    if (verdict?.type === 'PromiseKept') return [verdict]
    const isOpen = promise.status === 'open' || verdict !== undefined
    const because = isOpen && was ? ended(after, promise, planned) : undefined
    return [
      ...(verdict ? [verdict] : []),
      ...(because ? [{ type: 'PromiseClosed' as const, effectiveDate: on, promiseId, because }] : []),
    ]
  })
}
