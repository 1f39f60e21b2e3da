import { addDays, type Day, toDay, weekday } from './day.ts'

/**
 * The two business-day calendars that rules name (reference §0.2). `FED_OBSERVED`: Monday to Friday without federal
 * holidays as observed, 5 U.S.C. 6103(b). `FED_6103A`: without the holiday dates themselves, 5 U.S.C. 6103(a).
 */
export type BusinessCalendar = 'FED_OBSERVED' | 'FED_6103A'

interface FederalHoliday {
  readonly name: string
  /** First year on which the holiday was kept. */
  readonly since: number
  readonly on: (year: number) => Day
}

const ymd = (year: number, month: number, date: number): Day =>
  toDay(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`)
const fixed = (month: number, date: number) => (year: number) => ymd(year, month, date)
const nthMonday = (month: number, n: number) => (year: number) => nthWeekday(year, month, 1, n)
const nthWeekday = (year: number, month: number, wanted: number, n: number): Day => {
  const first = ymd(year, month, 1)
  return addDays(first, ((wanted - weekday(first) + 7) % 7) + (n - 1) * 7)
}
const lastMonday = (month: number) => (year: number) => {
  const next = ymd(month === 12 ? year + 1 : year, (month % 12) + 1, 1)
  return addDays(next, -((weekday(next) + 6) % 7 || 7))
}

/** 5 U.S.C. 6103(a), in force since 1971 as amended in 1983 (King) and 2021 (Juneteenth). */
const federalHolidays: readonly FederalHoliday[] = [
  { name: "New Year's Day", since: 1971, on: fixed(1, 1) },
  { name: 'Birthday of Martin Luther King, Jr.', since: 1986, on: nthMonday(1, 3) },
  { name: "Washington's Birthday", since: 1971, on: nthMonday(2, 3) },
  { name: 'Memorial Day', since: 1971, on: lastMonday(5) },
  { name: 'Juneteenth', since: 2021, on: fixed(6, 19) },
  { name: 'Independence Day', since: 1971, on: fixed(7, 4) },
  { name: 'Labor Day', since: 1971, on: nthMonday(9, 1) },
  { name: 'Columbus Day', since: 1971, on: nthMonday(10, 2) },
  { name: 'Veterans Day', since: 1978, on: fixed(11, 11) },
  { name: 'Thanksgiving Day', since: 1971, on: (year) => nthWeekday(year, 11, 4, 4) },
  { name: 'Christmas Day', since: 1971, on: fixed(12, 25) },
]

/** Saturday's holiday is observed on Friday, Sunday's on Monday (5 U.S.C. 6103(b), E.O. 11582). */
const observed = (holiday: Day): Day =>
  weekday(holiday) === 6 ? addDays(holiday, -1) : weekday(holiday) === 0 ? addDays(holiday, 1) : holiday

const datesOf = (year: number): readonly Day[] =>
  federalHolidays.filter((holiday) => year >= holiday.since).map((holiday) => holiday.on(year))

/** The days of a year that a calendar skips besides weekends; a Friday 31 December observes next year's New Year. */
export const holidaysOf = (calendar: BusinessCalendar, year: number): readonly Day[] =>
  calendar === 'FED_6103A'
    ? datesOf(year)
    : [...datesOf(year), ...datesOf(year + 1).slice(0, 1)]
        .map(observed)
        .filter((holiday) => holiday.startsWith(String(year)))

const cache = new Map<string, ReadonlySet<Day>>()
const holidaySet = (calendar: BusinessCalendar, year: number): ReadonlySet<Day> => {
  const key = `${calendar}${year}`
  const known = cache.get(key) ?? new Set(holidaysOf(calendar, year))
  cache.set(key, known)
  return known
}

/** Whether offices that keep this calendar are open: no weekend, no holiday of it. */
export const isBusinessDay = (calendar: BusinessCalendar, value: Day): boolean => {
  const dayOfWeek = weekday(value)
  return dayOfWeek !== 0 && dayOfWeek !== 6 && !holidaySet(calendar, Number(value.slice(0, 4))).has(value)
}

/** `n` business days after a day, that day not counted; negative n counts back. */
export const addBusinessDays = (calendar: BusinessCalendar, from: Day, n: number): Day => {
  const step = n < 0 ? -1 : 1
  let current = from
  for (let left = Math.abs(n); left > 0; ) {
    current = addDays(current, step)
    if (isBusinessDay(calendar, current)) left -= 1
  }
  return current
}

/** The day itself when it is a business day, else the next one: for deadlines that a rule says roll forward. */
export const rollForward = (calendar: BusinessCalendar, value: Day): Day =>
  isBusinessDay(calendar, value) ? value : addBusinessDays(calendar, value, 1)
