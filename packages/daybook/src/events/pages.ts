import { type ReadError, type StoredEvent, UnreadableEvent } from '@daybook/core/ports'
import { accountStream, nextPage, provenEach, provingStreams } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { type InvalidQuery, invalidQuery, type NotFound, noAccount } from '../book/errors.ts'
import { eventsAsked, questionGiven } from '../book/given.ts'
import type { OpenBook } from '../book/open-book.ts'
import { sha256 } from '../book/world.ts'
import type { EventPage, EventsRequest, Reached } from './contract.ts'
import { type EventType, eventTypes, type RecordedEvent, recordedOf } from './recorded.ts'

const AT_ONCE = 200

const decoded = (stored: readonly StoredEvent[]): Effect.Effect<readonly RecordedEvent[], UnreadableEvent> =>
  Effect.suspend(() => {
    const events: RecordedEvent[] = []
    for (const one of stored) {
      const event = recordedOf(one)
      if (event instanceof UnreadableEvent) return Effect.fail(event)
      events.push(event)
    }
    return Effect.succeed(events)
  })

const asked = (request: EventsRequest): Effect.Effect<void, InvalidQuery> =>
  Effect.gen(function* () {
    yield* questionGiven(eventsAsked, request)
    for (const [at, type] of (request.types ?? []).entries()) {
      if (!eventTypes.has(type)) return yield* invalidQuery(`types.${at}`, `${type} is not the name of an event`)
    }
  })

/** The next events of one account: its stream is read, and what stands before `after` passed by. */
const ofAccount = (book: OpenBook, account: string, { types }: EventsRequest, from: Reached, withinMs: number) =>
  Effect.gen(function* () {
    const stream = accountStream(account)
    // What was reached of the stream is behind: it has more only when the log has.
    const head = yield* withinMs > 0 ? book.events.headBeyond(from.position, withinMs) : book.events.head
    const page = yield* provingStreams(book.events, sha256).readStream(stream, { after: from.version, limit: AT_ONCE })
    if (page.length === 0 && from.version < 0) return yield* noAccount(account)
    const last = page.at(-1)
    const wanted = page.filter(
      ({ position, type }) => position > from.position && (types?.includes(type as EventType) ?? true),
    )
    const end = page.length < AT_ONCE
    return {
      events: yield* decoded(wanted),
      reached: {
        // All that the stream had up to the head was read; what was read beyond it is not to come again either.
        position: end ? Math.max(from.position, head.position, last?.position ?? 0) : from.position,
        version: last?.version ?? from.version,
      },
      end,
    }
  })

/** The next events of the book, up to its head. */
const ofBook = (book: OpenBook, { types }: EventsRequest, from: Reached, withinMs: number) =>
  Effect.gen(function* () {
    const page = yield* nextPage(book.events, { after: from.position, types, limit: AT_ONCE, withinMs })
    yield* provenEach(page.events, { sha256, origin: book.events.origin })
    return { events: yield* decoded(page.events), reached: { ...from, position: page.reached }, end: page.live }
  })

export type EventsError = ReadError | UnreadableEvent | InvalidQuery | NotFound

/**
 * A page of the events that are asked for, behind what was reached; from the beginning of the request without it. Where the
 * log has no more, it waits so many milliseconds for some to come.
 */
export const eventPageIn =
  (book: OpenBook) =>
  (request: EventsRequest = {}, reached?: Reached, withinMs = 0): Effect.Effect<EventPage, EventsError> =>
    Effect.gen(function* () {
      yield* asked(request)
      const from = reached ?? { position: request.after ?? 0, version: -1 }
      const { account } = request
      return yield* account === undefined
        ? ofBook(book, request, from, withinMs)
        : ofAccount(book, account, request, from, withinMs)
    })
