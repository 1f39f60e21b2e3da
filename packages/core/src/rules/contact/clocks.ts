import { addDays, type Day, type Instant, maxDay, weekday } from '../../kernel/day.ts'
import { isUnknownZone, MIDNIGHT, toTimeOfDay } from '../../kernel/local-time.ts'
import type { Moment, Verdict } from '../rule.ts'
import { block, pass } from '../verdicts.ts'

// Rules of contact go by the clocks of everywhere the person may be: what one zone forbids is forbidden (reference §4.3).

/** Times of a day, in minutes from its begin; on some days of the week alone where `days` names them. */
export interface Window {
  readonly from: number
  readonly until: number
  readonly days?: readonly number[] | undefined
}

/** What one zone has against it: words, and until when, where that can be told. */
export interface Against {
  readonly reason: string
  readonly earliest?: Instant
}

const findZone = { requiredAction: 'find out the time zone' }

/** Judges by each zone. What the zones have against it is said together, until the last of them has nothing more. */
export const inEveryZone = (
  zones: readonly string[],
  at: Moment,
  judge: (zone: string) => Against | undefined,
): Verdict => {
  const unknown = zones.filter((zone) => isUnknownZone(at.localTime.at(at.now, zone)))
  if (zones.length === 0) return block('nobody knows where the person is', findZone)
  if (unknown.length > 0) return block(`${unknown.join(', ')}: no time zone that is known`, findZone)
  const against = zones.flatMap((zone) => judge(zone) ?? [])
  if (against.length === 0) return pass
  const reason = [...new Set(against.map((each) => each.reason))].join('; ')
  const ends = against.flatMap(({ earliest }) => earliest ?? [])
  const last = ends.reduce<Instant | undefined>((a, b) => (a === undefined || a < b ? b : a), undefined)
  return block(reason, ends.length === against.length && last ? { earliest: last } : {})
}

/** The day that clocks of a known zone show. */
export const dayIn = (instant: Instant, zone: string, { localTime }: Pick<Moment, 'localTime'>): Day => {
  const local = localTime.at(instant, zone)
  if (isUnknownZone(local)) throw new RangeError(`no clocks of ${zone}`)
  return local.day
}

/** When a day begins in a known zone. */
export const beginIn = (day: Day, zone: string, { localTime }: Pick<Moment, 'localTime'>): Instant => {
  const begin = localTime.from(day, MIDNIGHT, zone)
  if (isUnknownZone(begin)) throw new RangeError(`no clocks of ${zone}`)
  return begin
}

const two = (n: number): string => String(n).padStart(2, '0')
/** `08:00`; the end of a day is `24:00`. */
export const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

const DAY_MINUTES = 1_440

/** The first and last instant of a window of a day in a zone: `from` as soon as clocks show it, `until` when they do no more. */
const spanOn = (day: Day, { from, until }: Window, zone: string, at: Moment): readonly [Instant, Instant] => {
  const begin = at.localTime.until(day, toTimeOfDay(clock(from % DAY_MINUTES)), zone)
  const end =
    until === DAY_MINUTES ? beginIn(addDays(day, 1), zone, at) : at.localTime.from(day, toTimeOfDay(clock(until)), zone)
  if (isUnknownZone(begin) || isUnknownZone(end)) throw new RangeError(`no clocks of ${zone}`)
  return [begin, end]
}

/** When the window ends that it is in by the clocks of a zone; undefined where it is in none. */
export const windowEnd = (windows: readonly Window[], zone: string, at: Moment): Instant | undefined => {
  const day = dayIn(at.now, zone, at)
  for (const window of windows) {
    if (window.days && !window.days.includes(weekday(day))) continue
    const [begin, end] = spanOn(day, window, zone, at)
    if (begin <= at.now && at.now < end) return end
  }
  return undefined
}

/** How many of these fall into so many days that end with a day, by the clocks of a zone. */
const countedUntil = (days: readonly Day[], last: Day, width: number): number => {
  const first = addDays(last, 1 - width)
  return days.filter((day) => day >= first && day <= last).length
}

/** At most so many within so many days in a row, the day of the next one among them (reference §4.2). */
export const capped = (
  instants: readonly Instant[],
  { cap, days, what }: { readonly cap: number; readonly days: number; readonly what: string },
  zone: string,
  at: Moment,
): Against | undefined => {
  const today = dayIn(at.now, zone, at)
  const on = instants.map((instant) => dayIn(instant, zone, at))
  const count = countedUntil(on, today, days)
  if (count < cap) return undefined
  const reason = `${count} ${what} in the ${days} days that end on ${today}; ${cap} are allowed`
  if (cap === 0) return { reason }
  let free = today
  while (countedUntil(on, free, days) >= cap) free = addDays(free, 1)
  return { reason, earliest: beginIn(free, zone, at) }
}

/** Whether a day is one of so many days from that of an instant on, its own the first. */
export const isWithin = (
  day: Day,
  instants: readonly Instant[],
  days: number,
  zone: string,
  at: Pick<Moment, 'localTime'>,
): boolean =>
  instants.some((instant) => {
    const first = dayIn(instant, zone, at)
    return day >= first && day < addDays(first, days)
  })

/** The last day of some instants by the clocks of a zone. */
export const lastDayOf = (instants: readonly Instant[], zone: string, at: Moment): Day | undefined =>
  instants
    .map((instant) => dayIn(instant, zone, at))
    .reduce<Day | undefined>((a, b) => (a ? maxDay(a, b) : b), undefined)
