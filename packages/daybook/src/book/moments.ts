import { type Day, type Instant, instant, parseDay, shown } from '@daybook/core/kernel'
import { EventStore, type ReadError } from '@daybook/core/ports'
import { type NotAMoment, resolveKnownAt } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import { type InvalidQuery, invalidQuery } from './errors.ts'
import type { OpenBook } from './open-book.ts'
import type { Moments } from './requests.ts'
import { instantOn } from './zones.ts'

/** A question's two clocks, read: the day, and the position of the log with the time it was committed. */
export interface At {
  readonly asOf: Day
  readonly position: number
  readonly knownAt: string | null
}

export const todayOf = ({ desk }: OpenBook): Day => desk.service.world.dayOf(desk.service.world.now())

export const dayAsked = (book: OpenBook, path: string, text: string | undefined): Effect.Effect<Day, InvalidQuery> =>
  Effect.suspend(() => {
    if (text === undefined) return Effect.succeed(todayOf(book))
    const day = /^\d{4}-/.test(text) ? parseDay(text) : undefined
    return day
      ? Effect.succeed(day)
      : Effect.fail(invalidQuery(path, `${shown(text)} is not a day that exists (YYYY-MM-DD)`))
  })

/** A day that is asked for, and an instant of it. */
export interface Asked {
  readonly asOf: Day
  readonly now: Instant
}

const instantAsked = (path: string, text: string): Effect.Effect<Instant, InvalidQuery> => {
  const parsed = instant.safeParse(text)
  if (parsed.success) return Effect.succeed(parsed.data)
  return Effect.fail(invalidQuery(path, `${shown(text)} is not an instant in UTC (YYYY-MM-DDTHH:MM:SS.mmmZ)`))
}

/**
 * The day and the instant of it that a question is about. Of an instant alone the day is its own; of a day alone it is
 * now where that is today, else the day's end at the practice.
 */
export const askedOn = (
  book: OpenBook,
  asked: { readonly asOf?: string | undefined; readonly now?: string | undefined },
): Effect.Effect<Asked, InvalidQuery> =>
  Effect.gen(function* () {
    const { world } = book.desk.service
    if (asked.now === undefined) {
      const asOf = yield* dayAsked(book, 'asOf', asked.asOf)
      const { timeZone } = book.desk.policy().policy.practice
      return { asOf, now: instantOn(asOf, timeZone, world.now(), world.localTime) }
    }
    const now = yield* instantAsked('now', asked.now)
    const own = world.dayOf(now)
    const asOf = asked.asOf === undefined ? own : yield* dayAsked(book, 'asOf', asked.asOf)
    if (asOf !== own) return yield* invalidQuery('now', `${now} is on ${own} at the practice, not on ${asOf}`)
    return { asOf, now }
  })

/** When the event at a position was committed; null at the beginning of the log. */
export const committedAt = ({ events }: OpenBook, position: number): Effect.Effect<string | null, ReadError> =>
  position === 0
    ? Effect.succeed(null)
    : Effect.map(events.readAll({ after: position - 1, limit: 1 }), ([event]) => event?.committedAt ?? null)

export const momentsOf = (
  book: OpenBook,
  { asOf, knownAt }: Moments,
): Effect.Effect<At, InvalidQuery | NotAMoment | ReadError> =>
  Effect.gen(function* () {
    const day = yield* dayAsked(book, 'asOf', asOf)
    const { policy } = book.desk.policy()
    const clocks = { zone: policy.practice.timeZone, localTime: book.desk.service.world.localTime }
    const position =
      knownAt === undefined
        ? (yield* book.events.head).position
        : yield* Effect.provideService(resolveKnownAt(knownAt, clocks), EventStore, book.events)
    return { asOf: day, position, knownAt: yield* committedAt(book, position) }
  })
