import type { Of } from '../kernel/decision.ts'
import type {
  SkipTraceClosed,
  SkipTraceEvent,
  SkipTraceId,
  SkipTraceStarted,
  SkipTraceStepTaken,
} from './skip-trace-events.ts'

/** A search for a person, step by step. */
export interface SkipTrace {
  readonly started: SkipTraceStarted
  readonly steps: readonly SkipTraceStepTaken[]
  readonly closed?: SkipTraceClosed | undefined
}

/** What is written to while searches are folded. */
export interface SkipTraceBuilder {
  skipTraces: ReadonlyMap<SkipTraceId, SkipTrace>
}

const change = (builder: SkipTraceBuilder, id: SkipTraceId, to: (trace: SkipTrace) => SkipTrace): void => {
  const trace = builder.skipTraces.get(id)
  if (trace) builder.skipTraces = new Map(builder.skipTraces).set(id, to(trace))
}

export const evolveSkipTraces: {
  readonly [K in SkipTraceEvent['type']]: (builder: SkipTraceBuilder, event: Of<SkipTraceEvent, K>) => void
} = {
  SkipTraceStarted: (builder, event) => {
    builder.skipTraces = new Map(builder.skipTraces).set(event.skipTraceId, { started: event, steps: [] })
  },
  SkipTraceStepTaken: (builder, event) => {
    change(builder, event.skipTraceId, (trace) => ({ ...trace, steps: [...trace.steps, event] }))
  },
  SkipTraceClosed: (builder, event) => {
    change(builder, event.skipTraceId, (trace) => ({ ...trace, closed: event }))
  },
}
