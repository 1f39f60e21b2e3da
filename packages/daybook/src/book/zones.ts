import { type Day, endOfDay, type Instant, isUnknownZone, type LocalTimes, localTimes } from '@daybook/core/kernel'

const MINUTE = 60_000
/** Since then no zone has moved its clocks in the midst of a minute of UTC. */
const WHOLE_MINUTES = Date.UTC(1973, 0)

/** More zones than there are: names in other letters are read as zones of their own. */
const READERS = 2_000

/** Milliseconds of `GMT-07:00`. */
const offsetOf = (name: string): number => {
  const [, sign, hours, minutes, seconds] = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name) ?? []
  const ahead = ((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)) * 1_000
  return sign === '-' ? -ahead : ahead
}

/** Reads how far one zone is ahead of UTC; the answer for a minute is kept, because most are asked for again. */
const readerOf = (zone: string): ((epochMilliseconds: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  let kept: { readonly minute: number; readonly offset: number } | undefined
  return (epochMilliseconds) => {
    const minute = Math.floor(epochMilliseconds / MINUTE)
    if (kept?.minute === minute && epochMilliseconds >= WHOLE_MINUTES) return kept.offset
    const name = format.formatToParts(epochMilliseconds).find(({ type }) => type === 'timeZoneName')
    kept = { minute, offset: offsetOf(name?.value ?? 'GMT') }
    return kept.offset
  }
}

type Reader = ReturnType<typeof readerOf>
const readers = new Map<string, Reader>()

/** Undefined: the machine has no data of such a zone. */
const readerFor = (zone: string): Reader | undefined => {
  const known = readers.get(zone)
  if (known) return known
  try {
    const reader = readerOf(zone)
    if (readers.size >= READERS) readers.clear()
    readers.set(zone, reader)
    return reader
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The clocks of the world by the machine's zone data. */
export const systemZones: LocalTimes = localTimes((milliseconds, zone) => readerFor(zone)?.(milliseconds))

/** Whether this machine has data of a zone. */
export const knowsZone = (zone: string, now: Instant): boolean => !isUnknownZone(systemZones.at(now, zone))

/** The instant at which a day is looked at: now where it is that day in the zone, else the day's end there. */
export const instantOn = (day: Day, zone: string, now: Instant, localTime: LocalTimes = systemZones): Instant => {
  const local = localTime.at(now, zone)
  const end = endOfDay(day, zone, localTime)
  return isUnknownZone(local) || isUnknownZone(end) || local.day === day ? now : end
}
