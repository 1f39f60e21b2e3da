// What clocks show in the zones of the year, by the machine's zone data. Where people may be, from their numbers and
// addresses: a table of its own, of the numbers that the year uses.

const NY = 'America/New_York'
const CHI = 'America/Chicago'
const DEN = 'America/Denver'
const LA = 'America/Los_Angeles'
const HNL = 'Pacific/Honolulu'
const PHX = 'America/Phoenix'
export const PRACTICE = CHI
export const zoneNames: readonly string[] = [NY, CHI, DEN, PHX, LA, HNL]

export const zonesOfState: Readonly<Record<string, readonly string[]>> = {
  MA: [NY],
  NY: [NY],
  MN: [CHI],
  IL: [CHI],
  CO: [DEN],
  AZ: [PHX, DEN],
  CA: [LA],
  HI: [HNL],
}
export const zonesOfCode: Readonly<Record<string, readonly string[]>> = {
  '212': [NY],
  '617': [NY],
  '312': [CHI],
  '612': [CHI],
  '303': [DEN],
  '602': [PHX],
  '415': [LA],
  '808': [HNL],
}

export interface Shown {
  /** Days since 1970. */
  readonly day: number
  readonly minute: number
  /** 0 is Sunday. */
  readonly week: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...numeric })
  formats.set(zone, made)
  return made
}

const kept = new Map<string, Shown>()
/** What clocks of a zone show. */
export const shownIn = (zone: string, at: number): Shown => {
  const key = `${zone} ${Math.floor(at / 60_000)}`
  const known = kept.get(key)
  if (known) return known
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const day = Date.UTC(of('year'), of('month') - 1, of('day')) / 86_400_000
  const shown = { day, minute: of('hour') * 60 + of('minute'), week: (day + 4) % 7 }
  if (kept.size > 300_000) kept.clear()
  kept.set(key, shown)
  return shown
}

export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00.000Z`) / 86_400_000
