import { z } from 'zod'
import { classified } from './classes.ts'

/** A civil day `YYYY-MM-DD` of the proleptic Gregorian calendar, without a zone. Compares correctly as text. */
export type Day = string & z.$brand<'Day'>
/** An instant in UTC with milliseconds, `2026-11-21T09:14:00.000Z`. Compares correctly as text. */
export type Instant = string & z.$brand<'Instant'>

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
/** Days of a month, 1-based. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0)

/** No day of a book is before this year. */
const FIRST_YEAR = 1800

const isDay = (text: string): boolean => {
  const match = pattern.exec(text)
  if (!match) return false
  const year = Number(match[1])
  const month = Number(match[2])
  const date = Number(match[3])
  return year >= FIRST_YEAR && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
}

/** The schema of a civil day: the day must exist. */
export const day = classified(z.string().refine(isDay, 'not a day that exists (YYYY-MM-DD)').brand<'Day'>(), 'date')

const timeOfDay = /^T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
const existsAsInstant = (text: string): boolean => isDay(text.slice(0, 10)) && timeOfDay.test(text.slice(10))

/** The schema of an instant: its day and its time of day must exist. */
export const instant = classified(
  z.string().refine(existsAsInstant, 'not an instant in UTC with milliseconds').brand<'Instant'>(),
  'date',
)

/** Tells an instant from a day, by its shape. */
export const isInstant = (value: Day | Instant): value is Instant => value.length > '2026-11-21'.length

/** @throws RangeError when the text is no existing day. For texts from outside use the schema or `parseDay`. */
export const toDay = (text: string): Day => {
  if (!isDay(text)) throw new RangeError(`not a day that exists (YYYY-MM-DD): ${text}`)
  return text as Day
}

/** The first day that a book can name. */
export const firstDay: Day = toDay(`${FIRST_YEAR}-01-01`)

/** A day from `YYYY-MM-DD` or the X12 forms `CCYYMMDD` and `YYMMDD` (two-digit years: 00–79 are 20xx); else undefined. */
export const parseDay = (text: string): Day | undefined => {
  const digits = /^\d{8}$/.test(text)
    ? text
    : /^\d{6}$/.test(text)
      ? `${Number(text.slice(0, 2)) < 80 ? '20' : '19'}${text}`
      : undefined
  const iso = digits ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : text
  return isDay(iso) ? (iso as Day) : undefined
}

/** Days since 1970-01-01. Own arithmetic: some tenfold faster than `Date`, and free of zones. */
export const epochDay = (value: Day): number => {
  let year = Number(value.slice(0, 4))
  const month = Number(value.slice(5, 7))
  const date = Number(value.slice(8, 10))
  if (month <= 2) year -= 1
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))
// Outside these years a day would not compare correctly as text, and the schema would refuse it.
const fromParts = (year: number, month: number, date: number): Day => {
  if (!(year >= 1800 && year <= 9999)) throw new RangeError(`not a day of the years 1800 to 9999: year ${year}`)
  return `${year}-${two(month)}-${two(date)}` as Day
}

/** @throws RangeError outside the years 1800 to 9999, as all that computes a day. */
export const fromEpochDay = (days: number): Day => {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return fromParts(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date)
}

/** `D + n`: n calendar days after D, D itself not counted (reference §0.2). */
export const addDays = (from: Day, days: number): Day => fromEpochDay(epochDay(from) + days)
/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => epochDay(to) - epochDay(from)

/** The same day of the month `months` later, the month's end where that day does not exist (law H3). */
export const addMonths = (from: Day, months: number): Day => {
  const index = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + months
  const year = Math.floor(index / 12)
  const month = (index % 12) + 1
  return fromParts(year, month, Math.min(Number(from.slice(8, 10)), daysInMonth(year, month)))
}

/** The later of two days. */
export const maxDay = (a: Day, b: Day): Day => (a < b ? b : a)
/** The earlier of two days. */
export const minDay = (a: Day, b: Day): Day => (a < b ? a : b)

/** 0 = Sunday … 6 = Saturday. */
export const weekday = (value: Day): number => (((epochDay(value) + 4) % 7) + 7) % 7
