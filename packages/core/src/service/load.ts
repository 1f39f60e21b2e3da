import * as Effect from 'effect/Effect'
import type { Aggregate } from '../kernel/aggregate.ts'
import { isUnreadable } from '../kernel/event.ts'
import { type Integrity, type ReadError, UnreadableEvent } from '../ports/errors.ts'
import { NO_STREAM, type StoredEvent } from '../ports/event-store.ts'
import type { Service, World } from './service.ts'
import type { Loaded } from './state-cache.ts'
import { provenPage } from './verify-chain.ts'

const PAGE = 1_000

const decodeAll = <E extends { readonly type: string }>(
  aggregate: Pick<Aggregate<never, never, E, never>, 'codec'>,
  stored: readonly StoredEvent[],
): Effect.Effect<readonly E[], UnreadableEvent> => {
  const events: E[] = []
  for (const row of stored) {
    const decoded = aggregate.codec.decode(row)
    if (isUnreadable(decoded)) {
      return Effect.fail(
        new UnreadableEvent({
          stream: row.stream,
          version: row.version,
          type: row.type,
          message: `${row.stream}#${row.version} (${row.type}) can not be read: ${decoded.reason}. A newer Daybook may have written it.`,
        }),
      )
    }
    events.push(decoded)
  }
  return Effect.succeed(events)
}

/** What loads streams: a service, or as much of one. */
type Loading = Pick<Service, 'store' | 'cache' | 'glance'> & { readonly world: Pick<World, 'sha256'> }

const knownOf = <S, E extends { readonly type: string }>(
  { cache }: Loading,
  { initial }: Pick<Aggregate<S, never, E, never>, 'initial'>,
  stream: string,
): Loaded<S> => (cache.get(stream) as Loaded<S> | undefined) ?? { state: initial, token: NO_STREAM }

/** What is known of a stream, and the events that were read behind it: proved, decoded, folded. */
const goneOn = <S, E extends { readonly type: string }>(
  { store, world }: Loading,
  aggregate: Pick<Aggregate<S, never, E, never>, 'codec' | 'fold'>,
  known: Loaded<S>,
  page: readonly StoredEvent[],
): Effect.Effect<Loaded<S>, Integrity | UnreadableEvent> =>
  Effect.gen(function* () {
    const last = page.at(-1)
    if (!last) return known
    yield* provenPage(
      page,
      { sha256: world.sha256, origin: store.origin },
      { ...known.token, recordedAt: known.recordedAt },
    )
    return {
      state: aggregate.fold(known.state, yield* decodeAll(aggregate, page)),
      token: { version: last.version, headHash: last.leaf },
      recordedAt: last.recordedAt,
    }
  })

/**
 * Loads a stream from the store: what the cache has of it, and what came since. What is read must be what was sealed: its
 * hashes are computed again, from where the cache ends.
 */
export const reload = <S, C extends { readonly type: string }, E extends { readonly type: string }, X>(
  service: Loading,
  aggregate: Aggregate<S, C, E, X>,
  stream: string,
): Effect.Effect<Loaded<S>, ReadError | UnreadableEvent> =>
  Effect.gen(function* () {
    let loaded = knownOf(service, aggregate, stream)
    for (;;) {
      const page = yield* service.store.readStream(stream, { after: loaded.token.version, limit: PAGE })
      loaded = yield* goneOn(service, aggregate, loaded, page)
      if (page.length < PAGE) break
    }
    service.cache.set(stream, loaded)
    service.glance?.seen.add(stream)
    return loaded
  })

/** The same; in a batch what it has read of the stream, or written to it, will do. */
export const load = <S, C extends { readonly type: string }, E extends { readonly type: string }, X>(
  service: Loading,
  aggregate: Aggregate<S, C, E, X>,
  stream: string,
): Effect.Effect<Loaded<S>, ReadError | UnreadableEvent> => {
  const seen = service.glance?.seen.has(stream) ? service.cache.get(stream) : undefined
  return seen ? Effect.succeed(seen as Loaded<S>) : reload(service, aggregate, stream)
}

/** Streams of one round trip, and the events of each that come with it: an account that is longer is read on by itself. */
const STREAMS_AT_ONCE = 256
const EVENTS_AHEAD = 64

/**
 * Reads streams ahead of a batch, many in a round trip. One that is not what was sealed, or can not be read, is left to
 * whoever needs it: it is nobody else's matter.
 */
export const loadAhead = <S, C extends { readonly type: string }, E extends { readonly type: string }, X>(
  service: Loading,
  aggregate: Aggregate<S, C, E, X>,
  streams: readonly string[],
): Effect.Effect<void, ReadError> =>
  Effect.gen(function* () {
    const { store, cache, glance } = service
    const wanted = [...new Set(streams)].filter((stream) => !glance?.seen.has(stream))
    for (let at = 0; at < wanted.length; at += STREAMS_AT_ONCE) {
      const some = wanted.slice(at, at + STREAMS_AT_ONCE).map((stream) => {
        const known = knownOf(service, aggregate, stream)
        return { known, page: { stream, after: known.token.version, limit: EVENTS_AHEAD } }
      })
      const found = yield* store.readMany(some.map(({ page }) => page))
      for (const [nth, { known, page }] of some.entries()) {
        const events = found[nth] ?? []
        const loaded = yield* Effect.result(goneOn(service, aggregate, known, events))
        if (loaded._tag === 'Failure') continue
        cache.set(page.stream, loaded.success)
        if (events.length < EVENTS_AHEAD) glance?.seen.add(page.stream)
      }
    }
  })
