import type { z } from 'zod'
import { code, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'

// Who works what, and what is put off (reference §11.1, §11.8). What stands open is found by the worklist from what has
// happened; here is only what people have said of it. The wire contract.

const piece = {
  /** The queue without its part, `denials`; absent: all work of the account. */
  queue: code(40).optional(),
  /** What it is about within the queue, as the worklist names it; absent: all of the queue. */
  subject: code(200).optional(),
}

/** Somebody has this work from now on; whoever had it has it no more. */
export const workItemAssigned = event('WorkItemAssigned', { ...piece, to: code(80) })
export interface WorkItemAssigned extends z.infer<typeof workItemAssigned.schema> {}

/** Nobody in particular has this work any more. */
export const workItemUnassigned = event('WorkItemUnassigned', piece)
export interface WorkItemUnassigned extends z.infer<typeof workItemUnassigned.schema> {}

/** This work is put off: it is on no list before a day, unless law has a day for it. */
export const workItemSnoozed = event('WorkItemSnoozed', { ...piece, queue: code(40), until: day, reason: why() })
export interface WorkItemSnoozed extends z.infer<typeof workItemSnoozed.schema> {}

export const workEvents = [workItemAssigned, workItemUnassigned, workItemSnoozed] as const
export type WorkEvent = WorkItemAssigned | WorkItemUnassigned | WorkItemSnoozed
