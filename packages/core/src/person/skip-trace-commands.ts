import { z } from 'zod'
import { freeText } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { recordDatum } from './file-commands.ts'
import { datumId } from './reach-events.ts'
import { skipTraceClosed, skipTraceId, skipTraceStarted } from './skip-trace-events.ts'

// Looking for somebody who can not be reached (reference §11.6). The wire contract of the command line and the API.

/** Reports that somebody looks for the person. One search at a time. */
export const startSkipTrace = z.strictObject({
  type: z.literal('StartSkipTrace'),
  on: day,
  skipTrace: skipTraceId.optional(),
  because: skipTraceStarted.schema.shape.because,
  /** What does not reach them. */
  datum: datumId.optional(),
  note: freeText(500).optional(),
})

const { type: _type, on: _on, source, ...finding } = recordDatum.shape

/**
 * Reports that it was looked in one place, and what was found there: each finding comes on file with that source. A number
 * that was found is no consent to be texted or called by a machine.
 */
export const recordSkipTraceStep = z.strictObject({
  type: z.literal('RecordSkipTraceStep'),
  on: day,
  skipTrace: skipTraceId,
  source,
  /** Absent: nothing. */
  found: z.array(z.strictObject(finding)).optional(),
  note: freeText(500).optional(),
})

/** Reports how it ended. */
export const closeSkipTrace = z.strictObject({
  type: z.literal('CloseSkipTrace'),
  on: day,
  skipTrace: skipTraceId,
  outcome: skipTraceClosed.schema.shape.outcome,
  note: freeText(500).optional(),
})

export const skipTraceCommands = [startSkipTrace, recordSkipTraceStep, closeSkipTrace] as const
export type SkipTraceCommand = z.output<(typeof skipTraceCommands)[number]>
