import type {
  Conflict,
  EventStoreShape,
  ReadError,
  UnreadableEvent,
  ViewName,
  ViewStoreShape,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Metric from 'effect/Metric'
import { stillStands } from './standing.ts'

/** How far a view was behind the log when it was last asked. */
export const viewLag = Metric.gauge('daybook_view_lag_events', {
  description: 'events that a view had not seen when it was asked',
})

/** How far a view has been built, of how far it is to be built. */
export interface Progress {
  readonly position: number
  readonly head: number
}

export type ProjectionError = ReadError | UnreadableEvent | Conflict

/** A view on its way to a head of the log. */
export interface Advancing {
  readonly name: ViewName
  readonly events: EventStoreShape
  readonly views: ViewStoreShape
  readonly head: number
  /** Forgets what was read of the view: somebody else has written it. */
  readonly forget: () => void
  readonly progress?: ((progress: Progress) => void) | undefined
}

/**
 * Where the view stands in the log. One that stands on an event that the log no longer has is forgotten and built again
 * from the first event: what it shows came from a log that is gone.
 */
const standing = ({ name, events, views, forget }: Advancing): Effect.Effect<number, ReadError> =>
  Effect.gen(function* () {
    for (;;) {
      const checkpoint = yield* views.checkpoint(name)
      if (yield* stillStands(events, checkpoint)) return checkpoint.position
      forget()
      yield* views.forget(name, checkpoint)
    }
  })

/** Somebody else was first: goes on from where they came to. A conflict that moved nothing is a fault of the store. */
const resync = (run: Advancing, from: number, conflict: Conflict) =>
  Effect.gen(function* () {
    run.forget()
    const position = yield* standing(run)
    return position === from ? yield* conflict : position
  })

/**
 * Steps from the view's checkpoint to the head; a step commits one page and gives the checkpoint afterwards. Two runs at
 * once do no harm: each page is committed by one of them, and the other goes on behind it.
 */
export const advance = (
  run: Advancing,
  step: (from: number) => Effect.Effect<number, ProjectionError>,
): Effect.Effect<number, ProjectionError> =>
  Effect.gen(function* () {
    const { head, name, progress } = run
    let position = yield* standing(run)
    yield* Metric.update(Metric.withAttributes(viewLag, { view: name.view }), Math.max(0, head - position))
    while (position < head) {
      const from = position
      position = yield* Effect.catchTag(step(from), 'Conflict', (conflict) => resync(run, from, conflict))
      progress?.({ position, head })
      yield* Effect.yieldNow
    }
    return position
  })
