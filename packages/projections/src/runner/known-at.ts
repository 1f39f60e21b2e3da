import { type Day, epochDay, fromEpochDay, type Instant, parseDay } from '@daybook/core/kernel'
import { EventStore, type ReadError } from '@daybook/core/ports'
import * as Data from 'effect/Data'
import * as Effect from 'effect/Effect'

/** A text that names no moment: neither `@position`, nor a day, nor a time; or a position that the book has not reached. */
export class NotAMoment extends Data.TaggedError('NotAMoment')<{ readonly text: string; readonly message: string }> {}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** The wall clock of a zone at an instant, as if it were UTC: milliseconds. */
const wallClock = (zone: string): ((milliseconds: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (milliseconds) => {
    const parts = new Map(format.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]))
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
    const days = epochDay(
      `${String(part('year')).padStart(4, '0')}-${String(part('month')).padStart(2, '0')}-${String(part('day')).padStart(2, '0')}` as Day,
    )
    const within = ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1_000
    return days * DAY + within + (((milliseconds % 1_000) + 1_000) % 1_000)
  }
}

/** The last instant at which the clocks of the zone show a time; where they skip it, the last one before. */
const lastInstantAt = (wall: number, zone: string): number => {
  const clock = wallClock(zone)
  // Clocks that go back show an hour twice: once by the offset of the day before, once by that of the day after.
  const shown = [wall - DAY, wall + DAY].map((near) => wall - (clock(near) - near)).filter((t) => clock(t) === wall)
  if (shown.length > 0) return Math.max(...shown)
  let low = wall - DAY
  let high = wall + DAY
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (clock(middle) <= wall) low = middle
    else high = middle - 1
  }
  return low
}

const toInstant = (milliseconds: number): Instant => {
  const day = Math.floor(milliseconds / DAY)
  const rest = milliseconds - day * DAY
  const two = (n: number): string => String(n).padStart(2, '0')
  const seconds = Math.floor(rest / 1_000)
  const time = `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${fromEpochDay(day)}T${time}.${String(rest % 1_000).padStart(3, '0')}Z` as Instant
}

/** The last millisecond of a civil day in a zone. */
export const endOfDay = (day: Day, zone: string): Instant =>
  toInstant(lastInstantAt((epochDay(day) + 1) * DAY - 1, zone))

const timePattern =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(?:(Z)|([+-])(\d{2}):(\d{2}))?$/

const instantOf = (text: string, zone: string): Instant | undefined => {
  const bare = parseDay(text)
  if (bare) return endOfDay(bare, zone)
  const match = timePattern.exec(text)
  const day = match && parseDay(match[1] ?? '')
  if (!match || !day) return undefined
  const [hour, minute, second] = [match[2], match[3], match[4]].map((digits) => Number(digits ?? 0))
  if (hour === undefined || minute === undefined || second === undefined) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const milliseconds = Number((match[5] ?? '0').padEnd(3, '0'))
  const wall = epochDay(day) * DAY + ((hour * 60 + minute) * 60 + second) * 1_000 + milliseconds
  if (match[6]) return toInstant(wall)
  if (match[7]) {
    const offset = (Number(match[8]) * 60 + Number(match[9])) * MINUTE
    return toInstant(match[7] === '-' ? wall + offset : wall - offset)
  }
  return toInstant(lastInstantAt(wall, zone))
}

/**
 * The position that a known-at names (law C3): `@123` itself; a bare day, its end in the practice's zone; a time, the
 * last position committed until then. A time without an offset is of the practice's zone (an IANA name).
 */
export const resolveKnownAt = (text: string, zone: string): Effect.Effect<number, NotAMoment | ReadError, EventStore> =>
  Effect.gen(function* () {
    const events = yield* EventStore
    const position = /^@(\d{1,15})$/.exec(text)
    if (position) {
      const head = (yield* events.head).position
      const asked = Number(position[1])
      // Answered from the head, the same question would get another answer tomorrow.
      if (asked > head)
        return yield* new NotAMoment({ text, message: `${text} is not there yet: the book ends at @${head}` })
      return asked
    }
    const instant = instantOf(text, zone)
    if (instant) return yield* events.positionAt(instant)
    const message = `${text} is no moment: give @position, YYYY-MM-DD, or YYYY-MM-DDTHH:MM with Z, an offset or neither`
    return yield* new NotAMoment({ text, message })
  })
