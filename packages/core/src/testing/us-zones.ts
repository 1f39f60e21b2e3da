import { addDays, type Day, toDay, weekday } from '../kernel/day.ts'
import { type LocalTimes, localTimes, MIDNIGHT, wallOf } from '../kernel/local-time.ts'

const HOUR = 3_600_000

/** Standard time, in hours from UTC; and whether clocks are moved there for summer. */
const zones: Readonly<Record<string, readonly [hours: number, summerTime: boolean]>> = {
  'America/Anchorage': [-9, true],
  'America/Chicago': [-6, true],
  'America/Denver': [-7, true],
  'America/Los_Angeles': [-8, true],
  'America/New_York': [-5, true],
  'America/Phoenix': [-7, false],
  'Pacific/Honolulu': [-10, false],
}

/** Clocks have been moved by the law of today since then. */
const FIRST = wallOf(toDay('2007-01-01'), MIDNIGHT)
const YEAR = 365.2425 * 24 * HOUR

const sunday = (year: number, month: string, n: number): Day => {
  const first = toDay(`${year}-${month}-01`)
  return addDays(first, ((7 - weekday(first)) % 7) + (n - 1) * 7)
}

/** From 02:00 standard time on the second Sunday in March until 02:00 summer time on the first in November. */
const summerOf = (year: number): readonly [begins: number, ends: number] => [
  wallOf(sunday(year, '03', 2), MIDNIGHT) + 2 * HOUR,
  wallOf(sunday(year, '11', 1), MIDNIGHT) + HOUR,
]
/** Random lives ask for a million instants of a few years. */
const summers = new Map<number, readonly [begins: number, ends: number]>()

const isSummer = (standard: number): boolean => {
  // Some hours around New Year may be counted to the year beside: they are in no summer, of neither.
  const year = 1970 + Math.floor(standard / YEAR)
  const known = summers.get(year) ?? summerOf(year)
  summers.set(year, known)
  return standard >= known[0] && standard < known[1]
}

/**
 * Clocks of the United States for tests, by 15 U.S.C. 260a as it stands since 2007: the same on every machine. Any other
 * zone, and any year before, is not known.
 */
export const usZones: LocalTimes = localTimes((milliseconds, name) => {
  const zone = Object.hasOwn(zones, name) ? zones[name] : undefined
  if (!zone || milliseconds < FIRST) return undefined
  const [hours, summerTime] = zone
  const standard = milliseconds + hours * HOUR
  return hours * HOUR + (summerTime && isSummer(standard) ? HOUR : 0)
})
