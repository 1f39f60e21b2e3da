import {
  fromEpochMilliseconds,
  type Instant,
  type LocalTimes,
  MIDNIGHT,
  parseDay,
  shown,
  wallOf,
  whenShown,
} from '@daybook/core/kernel'
import { EventStore, type ReadError, Told } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

/** A text that names no moment: neither `@position`, nor a day, nor a time; or a position that the book has not reached. */
export class NotAMoment extends Told('NotAMoment')<{ readonly text: string; readonly message: string }> {}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const timePattern =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(?:(Z)|([+-])(\d{2}):(\d{2}))?$/

/** The clocks of one zone. */
export interface ZoneClocks {
  readonly zone: string
  readonly localTime: LocalTimes
}

/** The last instant at which the clocks of the zone show a time; where they skip it, the last one before. */
const lastInstantAt = (wall: number, { zone, localTime }: ZoneClocks): Instant | undefined => {
  const after = whenShown(wall + 1, 'from', (milliseconds) => localTime.offset(milliseconds, zone))
  return after === undefined ? undefined : fromEpochMilliseconds(after - 1)
}

const instantOf = (text: string, clocks: ZoneClocks): Instant | undefined => {
  const bare = parseDay(text)
  if (bare) return lastInstantAt(wallOf(bare, MIDNIGHT) + DAY - 1, clocks)
  const match = timePattern.exec(text)
  const day = match && parseDay(match[1] ?? '')
  if (!match || !day) return undefined
  const [hour, minute, second] = [match[2], match[3], match[4]].map((digits) => Number(digits ?? 0))
  if (hour === undefined || minute === undefined || second === undefined) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const milliseconds = Number((match[5] ?? '0').padEnd(3, '0'))
  const wall = wallOf(day, MIDNIGHT) + ((hour * 60 + minute) * 60 + second) * 1_000 + milliseconds
  if (match[6]) return fromEpochMilliseconds(wall)
  if (match[7]) {
    const offset = (Number(match[8]) * 60 + Number(match[9])) * MINUTE
    return fromEpochMilliseconds(match[7] === '-' ? wall + offset : wall - offset)
  }
  return lastInstantAt(wall, clocks)
}

/**
 * The position that a known-at names (law C3): `@123` itself; a bare day, its end in the practice's zone; a time, the
 * last position committed until then. A time without an offset is of the practice's zone.
 */
export const resolveKnownAt = (
  text: string,
  clocks: ZoneClocks,
): Effect.Effect<number, NotAMoment | ReadError, EventStore> =>
  Effect.gen(function* () {
    const events = yield* EventStore
    const position = /^@(\d{1,15})$/.exec(text)
    if (position) {
      const head = (yield* events.head).position
      const asked = Number(position[1])
      // Answered from the head, the same question would get another answer tomorrow.
      if (asked > head)
        return yield* new NotAMoment({ text, message: `${shown(text)} is not there yet: the book ends at @${head}` })
      return asked
    }
    const instant = instantOf(text, clocks)
    if (instant) return yield* events.positionAt(instant)
    const message = `${shown(text)} is no moment: give @position, YYYY-MM-DD, or YYYY-MM-DDTHH:MM with Z, an offset or neither`
    return yield* new NotAMoment({ text, message })
  })
