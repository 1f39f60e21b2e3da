import { localTimes } from '../../src/kernel/local-time.ts'

const formats = new Map<string, Intl.DateTimeFormat>()
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  formats.set(zone, format)
  return format
}

/** Milliseconds of `GMT-07:00`, as the machine's zone data writes how far a zone is ahead of UTC. */
const offsetIn = (zone: string, epochMilliseconds: number): number => {
  const parts = formatOf(zone).formatToParts(epochMilliseconds)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value
  const [, sign = '+', hours, minutes, seconds] = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name ?? '') ?? []
  const ahead = ((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)) * 1_000
  return sign === '-' ? -ahead : ahead
}

const known = new Set(Intl.supportedValuesOf('timeZone'))

/** The clocks of the world by the zone data of the machine that runs the tests. */
export const realZones = localTimes((milliseconds, zone) =>
  known.has(zone) ? offsetIn(zone, milliseconds) : undefined,
)
