import { type Day, parseDay } from '@daybook/core/kernel'
import { EventStore, type ReadError } from '@daybook/core/ports'
import { type NotAMoment, resolveKnownAt } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import type { Moments } from './contract.ts'
import { type InvalidQuery, invalidQuery } from './errors.ts'
import type { OpenBook } from './open-book.ts'

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
    return day ? Effect.succeed(day) : Effect.fail(invalidQuery(path, `${text} is not a day that exists (YYYY-MM-DD)`))
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
    const position =
      knownAt === undefined
        ? (yield* book.events.head).position
        : yield* Effect.provideService(resolveKnownAt(knownAt, policy.practice.timeZone), EventStore, book.events)
    return { asOf: day, position, knownAt: yield* committedAt(book, position) }
  })
