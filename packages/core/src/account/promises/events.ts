import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { classified, count, oneOf, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'
import { id } from '../../kernel/id.ts'
import { lineId, visitId } from '../../kernel/ids.ts'
import { tender } from '../payments/events.ts'

// Promises to pay, reference §5.5. A promise names days; postings alone say whether it was kept. The wire contract.

/** One promise to pay. */
export const promiseId = id('PromiseId')
export type PromiseId = z.infer<typeof promiseId>

/** What is promised by one day, beyond what was promised by those before it. */
export const promisePart = z.strictObject({
  number: classified(z.int().positive(), 'count'),
  due: day,
  amount: positiveCents,
})
export interface PromisePart extends z.infer<typeof promisePart> {}

/** Who promised. */
export const promisedBy = oneOf(['guarantor', 'spouse', 'representative', 'attorney', 'other'])
/** How it reached us. */
export const promiseChannel = oneOf(['phone', 'inPerson', 'text', 'email', 'portal', 'mail'])

/**
 * Somebody promised money by days, for what the patient owes on these lines. `graceDays` and `partlyFrom` are those of the
 * policy that it was taken under: a later policy does not judge it.
 */
export const promiseMade = event('PromiseMade', {
  promiseId,
  parts: z.array(promisePart).min(1),
  lines: z.array(z.strictObject({ visitId, lineId })).min(1),
  /** Days after a due day in which the money is still in time. */
  graceDays: count(),
  /** Basis points of what was due that must have come for a promise to count as kept in part. */
  partlyFrom: count(),
  madeBy: promisedBy,
  channel: promiseChannel,
  method: tender.optional(),
})
export interface PromiseMade extends z.infer<typeof promiseMade.schema> {}

/** All that was promised has come, each part in its time. Effective the day of the posting that made it so. */
export const promiseKept = event('PromiseKept', { promiseId })
export interface PromiseKept extends z.infer<typeof promiseKept.schema> {}

const shortfall = {
  promiseId,
  /** The first part by whose last day too little had come. */
  number: classified(z.int().positive(), 'count'),
  /** Promised by then, all parts together, and come by then, cents. */
  asked: positiveCents,
  paid: classified(z.int().nonnegative(), 'financial'),
}

/** Some of it came in time, and at least `partlyFrom` of what was due; for measures it is broken. Effective the day after grace. */
export const promisePartiallyKept = event('PromisePartiallyKept', shortfall)
export interface PromisePartiallyKept extends z.infer<typeof promisePartiallyKept.schema> {}

/** Its time passed with too little paid. Effective the day after grace. */
export const promiseBroken = event('PromiseBroken', shortfall)
export interface PromiseBroken extends z.infer<typeof promiseBroken.schema> {}

/** Postings of its time are not what they were: what was said of it holds no longer, and it is judged again. */
export const promiseReopened = event('PromiseReopened', { promiseId })
export interface PromiseReopened extends z.infer<typeof promiseReopened.schema> {}

/**
 * Nobody waits for it any more. `settled`: nothing is owed on its lines. `planned`: a plan was agreed over one of them.
 * `byHand`: withdrawn, or broken and followed up, with the words for it.
 */
export const promiseClosed = event('PromiseClosed', {
  promiseId,
  because: oneOf(['settled', 'planned', 'byHand']),
  reason: why(({ because }) => because !== 'byHand').optional(),
})
export interface PromiseClosed extends z.infer<typeof promiseClosed.schema> {}

export const promiseEvents = [
  promiseMade,
  promiseKept,
  promisePartiallyKept,
  promiseBroken,
  promiseReopened,
  promiseClosed,
] as const
export type PromiseEvent =
  | PromiseMade
  | PromiseKept
  | PromisePartiallyKept
  | PromiseBroken
  | PromiseReopened
  | PromiseClosed

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const promiseBrings = {
  PromiseMade: 'promise',
} as const
