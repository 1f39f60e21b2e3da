import { firstUnmet, judgedOn, lastDayOf, type PaymentPromise } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { Page, SummaryPart } from '../part.ts'

export interface PromiseSummary {
  readonly promise: string
  /** By postings and days: one whose time has passed is broken also where nobody has recorded that yet. */
  readonly status: string
  readonly madeOn: Day
  readonly parts: readonly { readonly due: Day; readonly amount: number }[]
  /** The part that is waited for, or was not met: what is missing by its last day, cents. */
  readonly missing?: { readonly due: Day; readonly lastDay: Day; readonly amount: number }
}

const watched = ({ status }: PaymentPromise): boolean => status !== 'closed' && status !== 'kept'

const statusOf = (promise: PaymentPromise, asOf: Day): string =>
  promise.status === 'open' ? judgedOn(promise, asOf) : promise.status

const summaryOf = (promise: PaymentPromise, asOf: Day): PromiseSummary => {
  const unmet = firstUnmet(promise)
  return {
    promise: promise.promiseId,
    status: statusOf(promise, asOf),
    madeOn: promise.made.effectiveDate,
    parts: promise.made.parts.map(({ due, amount }) => ({ due, amount })),
    ...(unmet
      ? {
          missing: { due: unmet.part.due, lastDay: lastDayOf(promise, unmet.part), amount: unmet.asked - unmet.paid },
        }
      : {}),
  }
}

const some = ({ state, asOf }: Page, ...wanted: readonly string[]): boolean =>
  [...state.promises.promises.values()].some((promise) => watched(promise) && wanted.includes(statusOf(promise, asOf)))

/** Promises that somebody waits for, or has to follow up. */
export const summary = {
  sections: {
    promises: ({ state, asOf }): readonly PromiseSummary[] | undefined => {
      const open = [...state.promises.promises.values()].filter(watched)
      return open.length === 0 ? undefined : open.map((promise) => summaryOf(promise, asOf))
    },
  },
  flags: {
    promised: (page) => some(page, 'open'),
    promiseBroken: (page) => some(page, 'broken', 'partlyKept'),
  },
} satisfies SummaryPart
