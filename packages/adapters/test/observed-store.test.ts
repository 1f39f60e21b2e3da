import { type EventStoreShape, NO_STREAM, Unavailable } from '@daybook/core/ports'
import { appended, batchSize, conflicts, observed, unanswered } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import * as Metric from 'effect/Metric'
import * as Tracer from 'effect/Tracer'
import { describe, expect, it } from 'vitest'
import { memoryEventStore } from '../src/memory/index.ts'
import { noteAppend } from './store/samples.ts'

const counts = Effect.map(
  Effect.all([Metric.value(appended), Metric.value(conflicts), Metric.value(unanswered), Metric.value(batchSize)]),
  ([events, refused, lost, batches]) => ({
    events: events.count,
    refused: refused.count,
    lost: lost.count,
    batches: batches.count,
  }),
)

/** What is counted while something is done. */
const counted = (
  work: (store: EventStoreShape) => Effect.Effect<unknown, unknown>,
  change: Partial<EventStoreShape> = {},
) =>
  Effect.runPromise(
    Effect.gen(function* () {
      const store = yield* memoryEventStore()
      const before = yield* counts
      yield* Effect.exit(work(observed({ ...store, ...change })))
      const after = yield* counts
      return Object.fromEntries(
        Object.entries(after).map(([name, n]) => [name, n - before[name as keyof typeof before]]),
      )
    }),
  )

describe('what is measured of a store', () => {
  it('counts the events that are written, and none that were there', async () => {
    const found = await counted((store) => {
      const request = noteAppend(store, 'account-a', NO_STREAM, ['1', '2'])
      return Effect.andThen(store.append(request), store.append(request))
    })
    expect(found).toEqual({ events: 2, refused: 0, lost: 0, batches: 0 })
  })

  it('counts who came second, alone or in a batch', async () => {
    const found = await counted((store) => {
      const [one, other, third] = ['1', '2', '3'].map((text) => noteAppend(store, 'account-a', NO_STREAM, [text]))
      return one && other && third ? Effect.andThen(store.appendMany([one, other]), store.append(third)) : Effect.void
    })
    expect(found).toEqual({ events: 1, refused: 2, lost: 0, batches: 1 })
  })

  it('counts what the store did not take', async () => {
    const append = () => Effect.fail(new Unavailable({ message: 'full' }))
    const found = await counted((store) => store.append(noteAppend(store, 'account-a', NO_STREAM, ['1'])), { append })
    expect(found).toEqual({ events: 0, refused: 0, lost: 1, batches: 0 })
  })

  it('draws spans that name calls and counts, and nothing of what is written', async () => {
    const spans: Tracer.NativeSpan[] = []
    const tracer = Tracer.make({
      span: (options) => {
        const span = new Tracer.NativeSpan(options)
        spans.push(span)
        return span
      },
    })
    const work = Effect.gen(function* () {
      const store = observed(yield* memoryEventStore())
      yield* store.append(noteAppend(store, 'account-a', NO_STREAM, ['Jo Roe owes 12.00', 'and more']))
      yield* store.readMany([{ stream: 'account-a', after: -1, limit: 9 }])
    })
    await Effect.runPromise(Effect.provideService(work, Tracer.Tracer, tracer))
    expect(spans.map(({ name, attributes }) => [name, Object.fromEntries(attributes)])).toEqual([
      ['daybook.append', { events: 2 }],
      ['daybook.readMany', { streams: 1 }],
    ])
  })
})
