import { z } from 'zod'
import { freeText, oneOf } from '../kernel/classes.ts'
import { event } from '../kernel/event.ts'
import { id } from '../kernel/id.ts'
import { datumId, datumSource } from './reach-events.ts'

// The wire contract: names and fields are the storage format. Change them only with a version and an upcast. Looking for
// somebody who can not be reached, as a case: where it was looked, what was found, how it ended (reference §11.6).

/** One search for a person. */
export const skipTraceId = id('SkipTraceId')
export type SkipTraceId = z.infer<typeof skipTraceId>

/** Somebody looks for the person: what was on file does not reach them. */
export const skipTraceStarted = event('SkipTraceStarted', {
  skipTraceId,
  because: oneOf(['returnedMail', 'wrongNumber', 'disconnected', 'moved', 'noAnswer', 'nothingOnFile', 'other']),
  /** What does not reach them. */
  datumId: datumId.optional(),
  note: freeText(500).optional(),
})
export interface SkipTraceStarted extends z.infer<typeof skipTraceStarted.schema> {}

/** It was looked in one place. What was found is on file as a datum of its own, with its source: no consent comes with it. */
export const skipTraceStepTaken = event('SkipTraceStepTaken', {
  skipTraceId,
  source: datumSource,
  /** What was found; absent: nothing. */
  found: z.array(datumId),
  note: freeText(500).optional(),
})
export interface SkipTraceStepTaken extends z.infer<typeof skipTraceStepTaken.schema> {}

/** The search has ended. */
export const skipTraceClosed = event('SkipTraceClosed', {
  skipTraceId,
  outcome: oneOf(['found', 'notFound', 'notNeeded']),
  note: freeText(500).optional(),
})
export interface SkipTraceClosed extends z.infer<typeof skipTraceClosed.schema> {}

export const skipTraceEvents = [skipTraceStarted, skipTraceStepTaken, skipTraceClosed] as const
export type SkipTraceEvent = SkipTraceStarted | SkipTraceStepTaken | SkipTraceClosed
