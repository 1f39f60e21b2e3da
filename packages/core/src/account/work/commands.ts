import { z } from 'zod'
import { reason, said } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'

// What the desk says of its work. The wire contract of the command line and the API. `on` is the effective date.

const queue = z.string().regex(/^[a-zA-Z]{1,40}$/, 'a queue without its part, such as denials')
/** An id of somebody or something, as others gave it: on one line. */
const named = (max: number) => said(max).regex(/^[^\p{Cc}\p{Bidi_Control}\p{Cs}]+$/u, 'has control characters')
const piece = {
  /** The queue without its part, `denials`; absent: all work of the account. */
  queue: queue.optional(),
  /** What it is about within the queue, as the worklist names it; absent: all of the queue. */
  subject: named(200).optional(),
}

/** Reports that somebody has this work from now on. */
export const assignWork = z.strictObject({ type: z.literal('AssignWork'), on: day, ...piece, to: named(80) })

/** Reports that nobody in particular has this work any more. */
export const unassignWork = z.strictObject({ type: z.literal('UnassignWork'), on: day, ...piece })

/** Asks to put work off until a day, no further than policy lets it. What has a day by law stays on its list. */
export const snoozeWork = z.strictObject({
  type: z.literal('SnoozeWork'),
  on: day,
  ...piece,
  queue,
  until: day,
  reason,
})

export const workCommands = [assignWork, unassignWork, snoozeWork] as const
export type WorkCommand = z.output<(typeof workCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const workAsksOrReports: { readonly [Type in WorkCommand['type']]: 'asks' | 'reports' } = {
  AssignWork: 'reports',
  // Policy says how far work may be put off.
  SnoozeWork: 'asks',
  UnassignWork: 'reports',
}
