import * as Effect from 'effect/Effect'
import { questionGiven, subscribeAsked } from '../book/given.ts'
import type { EventPage, EventsRequest, Reached, SubscribeRequest } from './contract.ts'
import type { EventType, RecordedEvent } from './recorded.ts'

const USUALLY_EVERY = 500

/** Reads a page; rejects when the signal has fired or the book is closed. */
export type ReadPage = (request: EventsRequest, reached?: Reached, withinMs?: number) => Promise<EventPage>

/** The events up to the head of the book, as each page finds it. */
export async function* eventsBy<Type extends EventType>(
  read: ReadPage,
  request: EventsRequest<Type>,
): AsyncGenerator<RecordedEvent<Type>, void, void> {
  for (let reached: Reached | undefined; ; ) {
    const page = await read(request, reached)
    yield* page.events as readonly RecordedEvent<Type>[]
    if (page.end) return
    reached = page.reached
  }
}

/**
 * The same, and then whatever comes, until the book is closed. `isLate`: it was closed before this began, which reading tells.
 */
export async function* subscribeBy<Type extends EventType>(
  read: ReadPage,
  asked: SubscribeRequest<Type>,
  ends: { readonly closing: AbortSignal; readonly signal?: AbortSignal | undefined; readonly isLate: boolean },
): AsyncGenerator<RecordedEvent<Type>, void, void> {
  const { closing, signal, isLate } = ends
  await Effect.runPromise(questionGiven(subscribeAsked, asked))
  const { every = USUALLY_EVERY, ...request } = asked
  if (isLate) await read(request)
  for (let reached: Reached | undefined; !closing.aborted; ) {
    let page: EventPage
    try {
      page = await read(request, reached, reached ? every : 0)
    } catch (error) {
      if (closing.aborted && !signal?.aborted) return
      throw error
    }
    for (const event of page.events as readonly RecordedEvent<Type>[]) {
      yield event
      if (closing.aborted) return
    }
    reached = page.reached
  }
}
