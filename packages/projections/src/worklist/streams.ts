import { type Codec, isUnreadable } from '@daybook/core/kernel'
import { type EventStoreShape, type ReadError, type StoredEvent, UnreadableEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

const STREAM_PAGE = 1_000

/** A page of a stream's events with their ids and their positions in the log. */
export type StreamPage<E> = readonly { readonly id: string; readonly position: number; readonly event: E }[]

const decode = <E extends { readonly type: string }>(
  codec: Codec<E>,
  stored: readonly StoredEvent[],
): UnreadableEvent | { readonly events: StreamPage<E> } => {
  const events: { id: string; position: number; event: E }[] = []
  for (const one of stored) {
    const event = codec.decode(one)
    if (isUnreadable(event)) {
      const { stream, version, type } = one
      return new UnreadableEvent({
        stream,
        version,
        type,
        message: `${stream}#${version} (${type}) can not be read: ${event.reason}`,
      })
    }
    events.push({ id: one.id, position: one.position, event })
  }
  return { events }
}

/** A fold takes any event that was written; what it can not take was changed since. */
const folded = <S>(stream: string, last: StoredEvent, fold: () => S): Effect.Effect<S, UnreadableEvent> =>
  Effect.try({
    try: fold,
    catch: (cause) =>
      new UnreadableEvent({
        stream,
        version: last.version,
        type: last.type,
        message: `${stream} can not be folded up to version ${last.version} (${cause instanceof Error ? cause.name : 'a fault'}): it was changed since it was written, or a newer Daybook wrote it; ask daybook check`,
      }),
  })

/** Folds a stream page by page, up to a position of the log; only one page is held at a time. */
export const foldStream = <E extends { readonly type: string }, S>(
  { stream, upTo }: { readonly stream: string; readonly upTo: number },
  events: EventStoreShape,
  codec: Codec<E>,
  initial: S,
  fold: (state: S, page: StreamPage<E>) => S,
): Effect.Effect<S, ReadError | UnreadableEvent> =>
  Effect.gen(function* () {
    let state = initial
    for (let after = -1; ; ) {
      const page = yield* events.readStream(stream, { after, limit: STREAM_PAGE })
      const known = page.filter(({ position }) => position <= upTo)
      const decoded = decode(codec, known)
      if (decoded instanceof UnreadableEvent) return yield* decoded
      const last = page.at(-1)
      if (last) state = yield* folded(stream, last, () => fold(state, decoded.events))
      if (!last || known.length < page.length || page.length < STREAM_PAGE) return state
      after = last.version
    }
  })
