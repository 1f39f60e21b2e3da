import { z } from 'zod'
import { reason, said } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { delegationId } from './events.ts'

// What is said of whose work another does. The wire contract of the command line and the API. `on` is the effective date.

/** A user id of the embedding product: on one line. */
const named = said(200).regex(/^[^\p{Cc}\p{Bidi_Control}\p{Cs}]+$/u, 'has control characters')

/** Asks that one does the work of another for some days. */
export const delegateQueue = z.strictObject({
  type: z.literal('DelegateQueue'),
  on: day,
  delegation: delegationId,
  from: named,
  to: named,
  /** Queues without their parts, such as `denials`; absent: all work. */
  queues: z
    .array(z.string().regex(/^[a-zA-Z]{1,40}$/, 'a queue without its part, such as denials'))
    .min(1)
    .optional(),
  /** The first day; absent: the day on which it is said. */
  since: day.optional(),
  /** The last day. */
  until: day,
  reason,
})

/** Asks that it ends before its last day. */
export const revokeDelegation = z.strictObject({
  type: z.literal('RevokeDelegation'),
  on: day,
  delegation: delegationId,
  reason,
})

export const delegationCommandSchemas = [delegateQueue, revokeDelegation] as const
export const delegationCommand = z.discriminatedUnion('type', delegationCommandSchemas)
export type DelegationCommand = z.output<typeof delegationCommand>
