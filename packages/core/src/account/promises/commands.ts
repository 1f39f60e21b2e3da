import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { oneOf, reason } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { lineId } from '../../kernel/ids.ts'
import { planIntervals } from '../../kernel/plan-intervals.ts'
import { tender } from '../payments/events.ts'
import { promiseChannel, promisedBy, promiseId } from './events.ts'

// What the desk may ask of promises. The wire contract of the command line and the API. `on` is the effective date.

/** What is promised: one amount by a day, the same amount several times, or parts with days of their own. */
const pays = z.union([
  z.strictObject({ amount: positiveCents, due: day }),
  z.strictObject({
    amount: positiveCents,
    firstDue: day,
    every: oneOf(planIntervals),
    times: z.int().min(2).max(60),
  }),
  z.strictObject({
    parts: z
      .array(z.strictObject({ amount: positiveCents, due: day }))
      .min(2)
      .max(60),
  }),
])
export type Pays = z.output<typeof pays>

/** Asks to take a promise: while it is open nobody is asked for what it is about, so policy says how far it may reach. */
export const recordPromise = z.strictObject({
  type: z.literal('RecordPromise'),
  /** The day on which it was made. */
  on: day,
  /** Absent: a new one. */
  promise: promiseId.optional(),
  /** Absent: every line on which the patient owes and no agency has anything. */
  lines: z.array(lineId).min(1).optional(),
  pays,
  madeBy: promisedBy,
  channel: promiseChannel,
  method: tender.optional(),
})

/** Looks at a promise as of a day, not after today: records that its time has passed. */
export const evaluatePromise = z.strictObject({ type: z.literal('EvaluatePromise'), on: day, promise: promiseId })

/** Reports that nobody waits for it any more: it was withdrawn, or is broken and has been followed up. */
export const closePromise = z.strictObject({ type: z.literal('ClosePromise'), on: day, promise: promiseId, reason })

export const promiseCommands = [recordPromise, evaluatePromise, closePromise] as const
export type PromiseCommand = z.output<(typeof promiseCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const promiseAsksOrReports: { readonly [Type in PromiseCommand['type']]: 'asks' | 'reports' } = {
  ClosePromise: 'reports',
  EvaluatePromise: 'reports',
  // While a promise is open nobody is asked for what it is about: policy says how far that may reach.
  RecordPromise: 'asks',
}
