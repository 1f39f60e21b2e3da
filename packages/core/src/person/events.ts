import { makeCodec } from '../kernel/event.ts'
import { type ContactEvent, contactEvents } from './contact-events.ts'
import { type FileEvent, fileEvents } from './file-events.ts'
import { type LikenessEvent, likenessEvents } from './likeness-events.ts'
import { type ReachEvent, reachEvents } from './reach-events.ts'
import { type SkipTraceEvent, skipTraceEvents } from './skip-trace-events.ts'
import { type StandingEvent, standingEvents } from './standing-events.ts'

/** Everything that is kept of a person (decision 0015). */
export type PersonEvent = FileEvent | LikenessEvent | ReachEvent | SkipTraceEvent | StandingEvent | ContactEvent

/** Definitions of all events of a person. */
export const personEventDefinitions = [
  ...fileEvents,
  ...likenessEvents,
  ...reachEvents,
  ...skipTraceEvents,
  ...standingEvents,
  ...contactEvents,
] as const

/** Stored text to events of a person and back. */
export const personCodec = makeCodec<PersonEvent>(personEventDefinitions)

export type * from './contact-events.ts'
export type * from './file-events.ts'
export type * from './likeness-events.ts'
export type * from './reach-events.ts'
export type * from './skip-trace-events.ts'
export type * from './standing-events.ts'
