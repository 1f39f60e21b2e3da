import * as Effect from 'effect/Effect'
import type { Aggregate } from '../kernel/aggregate.ts'
import { isUnreadable } from '../kernel/event.ts'
import { type ReadError, UnreadableEvent } from '../ports/errors.ts'
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

/**
 * Loads a stream: what the cache has of it, and what came since. What is read must be what was sealed: its hashes are
 * computed again, from where the cache ends.
 */
export const load = <S, C extends { readonly type: string }, E extends { readonly type: string }, X>(
  service: Pick<Service, 'store' | 'cache'> & { readonly world: Pick<World, 'sha256'> },
  aggregate: Aggregate<S, C, E, X>,
  stream: string,
): Effect.Effect<Loaded<S>, ReadError | UnreadableEvent> =>
  Effect.gen(function* () {
    const proving = { sha256: service.world.sha256, origin: service.store.origin }
    let loaded = (service.cache.get(stream) as Loaded<S> | undefined) ?? { state: aggregate.initial, token: NO_STREAM }
    for (;;) {
      const page = yield* service.store.readStream(stream, { after: loaded.token.version, limit: PAGE })
      const last = page.at(-1)
      if (!last) break
      yield* provenPage(page, proving, { ...loaded.token, recordedAt: loaded.recordedAt })
      const events = yield* decodeAll(aggregate, page)
      loaded = {
        state: aggregate.fold(loaded.state, events),
        token: { version: last.version, headHash: last.leaf },
        recordedAt: last.recordedAt,
      }
      if (page.length < PAGE) break
    }
    service.cache.set(stream, loaded)
    return loaded
  })
