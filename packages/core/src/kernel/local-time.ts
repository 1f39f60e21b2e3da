import type { z } from 'zod'
import { type Day, epochDay, fromEpochDay, type Instant } from './day.ts'

/** A time of day on some zone's clocks, `08:00`. Compares correctly as text. */
export type TimeOfDay = string & z.$brand<'TimeOfDay'>

/** What the clocks of a zone show. The day of the week is `weekday(day)`. */
export interface LocalTime {
  readonly day: Day
  /** To the minute that has begun: `08:00` from 08:00:00.000 to 08:00:59.999. */
  readonly time: TimeOfDay
}

/** Instead of a time: nobody who keeps the clocks has heard of a zone of this name. */
export interface UnknownZone {
  readonly unknownZone: string
}

/** Milliseconds by which the clocks of an IANA zone are ahead of UTC at an instant; undefined: there is no such zone. */
export type OffsetAt = (epochMilliseconds: number, zone: string) => number | undefined

/**
 * The clocks of the world. Zones are IANA names (`America/Denver`). A zone that is not known is an answer, never thrown:
 * a decision says so to whoever asked.
 *
 * Where clocks are moved, `from` and `until` are the two ends of what is allowed between two times of day, and each
 * keeps the law: what is forbidden before 01:30 is forbidden until clocks show no time before 01:30 any more, what is
 * forbidden after 01:30 is so from the first 01:30 on. A time that clocks skip is when they skip it.
 */
export interface LocalTimes {
  readonly offset: OffsetAt
  /** The day and the time of day that clocks show at an instant. */
  readonly at: (instant: Instant, zone: string) => LocalTime | UnknownZone
  /** The first instant from which on clocks show no time before this one any more: of a time shown twice the second. */
  readonly from: (day: Day, time: TimeOfDay, zone: string) => Instant | UnknownZone
  /** The first instant at which clocks show this time or a later one: of a time shown twice the first. */
  readonly until: (day: Day, time: TimeOfDay, zone: string) => Instant | UnknownZone
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
// The calendar of `Day`. What lies a zone's width beyond its ends is shown at its ends.
const firstMillisecond = epochDay('1800-01-01' as Day) * DAY
const lastMillisecond = (epochDay('9999-12-31' as Day) + 1) * DAY - 1

const pattern = /^(?:[01]\d|2[0-3]):[0-5]\d$/
/** @throws RangeError when the text is no time of day. For times that a rule or a test writes down. */
export const toTimeOfDay = (text: string): TimeOfDay => {
  if (!pattern.test(text)) throw new RangeError(`not a time of day (HH:MM): ${text}`)
  return text as TimeOfDay
}
/** When a civil day begins. */
export const MIDNIGHT = toTimeOfDay('00:00')

export const isUnknownZone = (value: LocalTime | Instant | UnknownZone): value is UnknownZone =>
  typeof value === 'object' && 'unknownZone' in value

const digits = (n: number, width: number): string => String(n).padStart(width, '0')
const hoursAndMinutes = (minutes: number): string => `${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}`

/** Milliseconds since 1970-01-01T00:00:00.000Z. */
export const epochMilliseconds = (instant: Instant): number =>
  epochDay(instant.slice(0, 10) as Day) * DAY +
  Number(instant.slice(11, 13)) * 60 * MINUTE +
  Number(instant.slice(14, 16)) * MINUTE +
  Number(instant.slice(17, 19)) * 1_000 +
  Number(instant.slice(20, 23))

/** The instant so many milliseconds after 1970-01-01T00:00:00.000Z; beyond the years 1800 to 9999 their first or last. */
export const fromEpochMilliseconds = (milliseconds: number): Instant => {
  const within = Math.min(lastMillisecond, Math.max(firstMillisecond, milliseconds))
  const day = Math.floor(within / DAY)
  const rest = within - day * DAY
  const seconds = `${digits(Math.floor(rest / 1_000) % 60, 2)}.${digits(rest % 1_000, 3)}`
  return `${fromEpochDay(day)}T${hoursAndMinutes(Math.floor(rest / MINUTE))}:${seconds}Z` as Instant
}

/** A day and a time as a zone's clocks show them, in milliseconds: what they would be if the zone were UTC. */
export const wallOf = (day: Day, time: TimeOfDay): number =>
  epochDay(day) * DAY + Number(time.slice(0, 2)) * 60 * MINUTE + Number(time.slice(3)) * MINUTE

/** The first of the milliseconds in (low, high] that `is` holds for; it holds from some one on. */
const firstOf = (low: number, high: number, is: (milliseconds: number) => boolean): number => {
  let before = low
  let after = high
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (is(middle)) after = middle
    else before = middle
  }
  return after
}

/**
 * When clocks show `wall`, in milliseconds: `from` and `until` of `LocalTimes`, for times to the millisecond. Clocks are
 * moved once within two days at most.
 */
export const whenShown = (
  wall: number,
  end: 'from' | 'until',
  offset: (epochMilliseconds: number) => number | undefined,
): number | undefined => {
  // No zone is a day away from UTC: the first is before the time is shown, the second after it.
  const before = offset(wall - DAY)
  const after = offset(wall + DAY)
  if (before === undefined || after === undefined) return undefined
  if (before === after) return wall - before
  const moved = firstOf(wall - DAY, wall + DAY, (milliseconds) => offset(milliseconds) === after)
  const by = { old: wall - before, moved: wall - after }
  if (end === 'until') return by.old < moved ? by.old : Math.max(by.moved, moved)
  // Moved back to this very time, clocks show nothing before it a second time: the first time counts.
  return by.moved > moved ? by.moved : Math.min(by.old, moved)
}

/** The clocks of the world, from what tells how far each zone is ahead of UTC. */
export const localTimes = (offset: OffsetAt): LocalTimes => {
  const when =
    (end: 'from' | 'until') =>
    (day: Day, time: TimeOfDay, zone: string): Instant | UnknownZone => {
      const shown = whenShown(wallOf(day, time), end, (milliseconds) => offset(milliseconds, zone))
      return shown === undefined ? { unknownZone: zone } : fromEpochMilliseconds(shown)
    }
  return {
    offset,
    at: (instant, zone) => {
      const milliseconds = epochMilliseconds(instant)
      const ahead = offset(milliseconds, zone)
      if (ahead === undefined) return { unknownZone: zone }
      const wall = fromEpochMilliseconds(milliseconds + ahead)
      return { day: wall.slice(0, 10) as Day, time: wall.slice(11, 16) as TimeOfDay }
    },
    from: when('from'),
    until: when('until'),
  }
}

/** The last millisecond of a civil day on a zone's clocks. */
export const endOfDay = (day: Day, zone: string, { offset }: LocalTimes): Instant | UnknownZone => {
  const next = whenShown((epochDay(day) + 1) * DAY, 'from', (milliseconds) => offset(milliseconds, zone))
  return next === undefined ? { unknownZone: zone } : fromEpochMilliseconds(next - 1)
}
