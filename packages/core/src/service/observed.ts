import * as Cause from 'effect/Cause'
import * as Context from 'effect/Context'
import * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Metric from 'effect/Metric'
import * as Tracer from 'effect/Tracer'
import type { AppendError } from '../ports/errors.ts'
import type { EventStoreShape, Receipt } from '../ports/event-store.ts'

// What can be measured of a book, by Effect's metrics: whoever runs it reads them with an exporter of his own. None names a
// person, an account or an amount.

/** How long appends take, as their sender sees it. */
export const appendTime = Metric.timer('daybook_append_time', {
  description: 'time of an append or of a batch of them',
})
/** How many appends go to the store together. */
export const batchSize = Metric.histogram('daybook_append_batch', {
  description: 'appends of one batch',
  boundaries: Metric.exponentialBoundaries({ start: 1, factor: 4, count: 6 }),
})
export const appended = Metric.counter('daybook_events_appended', { description: 'events written', incremental: true })
/** Appends that were refused because somebody else was first. */
export const conflicts = Metric.counter('daybook_append_conflicts', {
  description: 'appends refused since another writer was first',
  incremental: true,
})
/** Appends of which nobody knows whether they happened, or that the store did not take. */
export const unanswered = Metric.counter('daybook_append_unanswered', {
  description: 'appends that were not taken, or whose outcome is not known',
  incremental: true,
})
/** Commands that were decided again, on what another writer had left. */
export const retries = Metric.counter('daybook_command_retries', {
  description: 'commands decided again after a conflict',
  incremental: true,
})
/** Commands decided on what the process knew of their stream. */
export const cacheHits = Metric.counter('daybook_cache_hits', {
  description: 'commands whose stream was known',
  incremental: true,
})
export const cacheMisses = Metric.counter('daybook_cache_misses', {
  description: 'commands whose stream was read from its beginning',
  incremental: true,
})

/** One more of what a counter counts. */
export const count = (counter: Metric.Counter<number>): Effect.Effect<void> =>
  Effect.withFiberSucceed(({ context }) => counter.updateUnsafe(1, context))

/** Draws a span where somebody looks: under Effect's own tracer, which keeps them to itself, a span is only a cost. */
const spanned = <A, E>(
  effect: Effect.Effect<A, E>,
  name: string,
  attributes: Readonly<Record<string, number>> = {},
): Effect.Effect<A, E> =>
  Effect.withFiber(({ context }) =>
    Context.get(context, Tracer.Tracer) === Tracer.nativeTracer
      ? effect
      : Effect.withSpan(effect, name, { attributes }),
  )

/** Takes the time of appends, and counts what became of them, in one step for all of them. */
const measured = <A, E>(
  effect: Effect.Effect<A, E>,
  tell: (exit: Exit.Exit<A, E>, context: Context.Context<never>) => void,
): Effect.Effect<A, E> =>
  Effect.clockWith((clock) => {
    const began = clock.monotonicTimeNanosUnsafe()
    return Effect.onExit(effect, (exit) =>
      Effect.withFiberSucceed(({ context }) => {
        appendTime.updateUnsafe(Duration.nanos(clock.monotonicTimeNanosUnsafe() - began), context)
        tell(exit, context)
      }),
    )
  })

const tellError = ({ _tag }: AppendError, context: Context.Context<never>): void => {
  if (_tag === 'Conflict') conflicts.updateUnsafe(1, context)
  else if (_tag === 'Indeterminate' || _tag === 'Unavailable') unanswered.updateUnsafe(1, context)
}
const tellReceipt = ({ repeated }: Receipt, events: number, context: Context.Context<never>): void => {
  if (!repeated) appended.updateUnsafe(events, context)
}

/** A store whose appends are measured, and which draws a span of each call that a command waits for. */
export const observed = (store: EventStoreShape): EventStoreShape => ({
  ...store,
  append: (request) =>
    spanned(
      measured(store.append(request), (exit, context) => {
        if (Exit.isSuccess(exit)) return tellReceipt(exit.value, request.events.length, context)
        const error = Cause.findErrorOption(exit.cause)
        if (error._tag === 'Some') tellError(error.value, context)
      }),
      'daybook.append',
      { events: request.events.length },
    ),
  appendMany: (requests) =>
    spanned(
      measured(store.appendMany(requests), (exit, context) => {
        batchSize.updateUnsafe(requests.length, context)
        if (Exit.isFailure(exit)) return
        for (const [at, answer] of exit.value.entries()) {
          if (answer._tag === 'Failure') tellError(answer.failure, context)
          else tellReceipt(answer.success, requests[at]?.events.length ?? 0, context)
        }
      }),
      'daybook.appendMany',
      { appends: requests.length },
    ),
  readStream: (stream, page) => spanned(store.readStream(stream, page), 'daybook.readStream'),
  readMany: (pages) => spanned(store.readMany(pages), 'daybook.readMany', { streams: pages.length }),
})
