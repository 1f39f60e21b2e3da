import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type { ReadError } from '../ports/errors.ts'
import type { EventStoreShape, StoredEvent } from '../ports/event-store.ts'

/** What of a log is followed, and from where on. */
export interface TailRequest {
  /** Events behind this position; 0 from the first. Whoever keeps `reached` goes on from there. */
  readonly after: number
  readonly types?: readonly string[] | undefined
  /** Events read at once; 200 when not given. */
  readonly limit?: number | undefined
  /** Milliseconds after which the log is looked at anyhow where nothing wakes the reader; 500 when not given. */
  readonly withinMs?: number | undefined
}

/** Some events that follow each other, of those that are asked for. */
export interface TailPage {
  readonly events: readonly StoredEvent[]
  /** Everything up to this position was seen: the next page goes on behind it. */
  readonly reached: number
  /** There was no more when it was read. */
  readonly live: boolean
}

const AT_ONCE = 200
const WITHIN = 500

/**
 * The next page behind a position. Where there is none yet it waits, and after `withinMs` gives an empty one. A page of few
 * types may be empty and still have reached further.
 */
export const nextPage = (
  store: EventStoreShape,
  { after, types, limit = AT_ONCE, withinMs = WITHIN }: TailRequest,
): Effect.Effect<TailPage, ReadError> =>
  Effect.gen(function* () {
    const { position: head } = yield* withinMs > 0 ? store.headBeyond(after, withinMs) : store.head
    // Read only to the head that was seen: what is committed meanwhile comes next, and nothing is taken for passed by.
    const events = head > after ? yield* store.readAll({ after, upTo: head, limit, types }) : []
    const isFull = events.length === limit
    return {
      events,
      reached: isFull ? (events.at(-1)?.position ?? head) : Math.max(head, after),
      live: !isFull,
    }
  })

/**
 * Follows a log: what is there, and then whatever comes, each event once and in order, until it is interrupted. The next
 * page is read when the reader asks for it: one that is slow keeps nobody waiting and piles up nothing.
 */
export const tail = (store: EventStoreShape, request: TailRequest): Stream.Stream<TailPage, ReadError> =>
  Stream.unfold(request.after, (after) =>
    Effect.map(nextPage(store, { ...request, after }), (page) => [page, page.reached] as const),
  )
