import type { AccountEvent } from '../../account/index.ts'
import type { PaymentPromise } from '../../account/promises/state.ts'
import { sumOf } from '../../kernel/cents.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import { type Found, type Law, whole } from './law.ts'

type Posted = Extract<AccountEvent, { type: 'PatientPaymentPosted' }>

/** Whether money counts for a promise, told from the events alone: not from what the facet has kept of it. */
const countsFor = (
  { made }: PaymentPromise,
  posted: Posted,
  plans: ReadonlyMap<string, readonly string[]>,
): boolean => {
  const lines: readonly string[] = made.lines.map(({ lineId }) => lineId)
  const { designation, source } = posted
  if (source === 'agency') return false
  if (!designation) return true
  if (designation.lines) return designation.lines.some((line) => lines.includes(line))
  if (designation.planId) return (plans.get(designation.planId) ?? []).some((line) => lines.includes(line))
  return designation.visitId === undefined || made.lines.some(({ visitId }) => visitId === designation.visitId)
}

/** What came for a promise by a day, summed over the whole log behind it. */
const cameBy = (events: readonly AccountEvent[], promise: PaymentPromise, by: Day): number => {
  const { promiseId, effectiveDate: made, parts, graceDays } = promise.made
  const start = events.findIndex((event) => event.type === 'PromiseMade' && event.promiseId === promiseId)
  const end = addDays(parts.at(-1)?.due ?? made, graceDays)
  const plans = new Map<string, readonly string[]>()
  const counted = new Set<string>()
  let came = 0
  for (const [at, event] of events.entries()) {
    if (event.type === 'PlanProposed' || event.type === 'PlanAmended') plans.set(event.planId, event.lines)
    if (at <= start) continue
    if (event.type === 'PatientPaymentPosted') {
      const { effectiveDate: on } = event
      if (on < made || on > end || !countsFor(promise, event, plans)) continue
      counted.add(event.paymentId)
      if (on <= by) came += event.amount
    }
    if (event.type === 'PaymentReversed' && counted.has(event.paymentId) && event.effectiveDate <= by) {
      came -= event.amount
    }
  }
  return came
}

/** How postings say that a promise stands once its time has passed. */
const said = (events: readonly AccountEvent[], promise: PaymentPromise): 'kept' | 'partlyKept' | 'broken' => {
  const { parts, graceDays, partlyFrom } = promise.made
  for (const [at, { due }] of parts.entries()) {
    const asked = sumOf(parts.slice(0, at + 1), ({ amount }) => amount)
    const came = cameBy(events, promise, addDays(due, graceDays))
    if (came >= asked) continue
    return came > 0 && came / asked >= partlyFrom / 10_000 ? 'partlyKept' : 'broken'
  }
  return 'kept'
}

/** PL-06: what is recorded of a promise is what postings say of it. */
export const promiseLaws: readonly Law[] = [
  whole('PL-06', ({ steps, state }): Found => {
    const promises = [...state.promises.promises.values()]
    if (promises.length === 0) return []
    const events = steps.flatMap(({ decision }) => (decision.ok ? decision.events : []))
    return promises.flatMap((promise) => {
      const { status, promiseId } = promise
      if (status === 'closed') return []
      const wanted = said(events, promise)
      const isRight = status === 'open' ? wanted !== 'kept' : status === wanted
      return isRight ? [] : [`promise ${promiseId} is ${status}, and postings say ${wanted}`]
    })
  }),
]
