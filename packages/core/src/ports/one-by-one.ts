import * as Effect from 'effect/Effect'
import type { EventStoreShape } from './event-store.ts'

/** Batches of a store that writes each command by itself: one after the other, in the order given. */
export const appendOneByOne =
  (append: EventStoreShape['append']): EventStoreShape['appendMany'] =>
  (requests) =>
    Effect.forEach(requests, (request) => Effect.result(append(request)))

/** Pages of several streams of a store that reads each by itself. */
export const readOneByOne =
  (readStream: EventStoreShape['readStream']): EventStoreShape['readMany'] =>
  (pages) =>
    Effect.forEach(pages, ({ stream, ...page }) => readStream(stream, page))
