import { allForYear } from '@18f/us-federal-holidays'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addBusinessDays,
  type BusinessCalendar,
  holidaysOf,
  isBusinessDay,
  rollForward,
} from '../../src/kernel/business-days.ts'
import { addDays, fromEpochDay, toDay, weekday } from '../../src/kernel/day.ts'

const calendars: readonly BusinessCalendar[] = ['FED_OBSERVED', 'FED_6103A']
const fromMonthDays = (year: number, list: string) => list.split(' ').map((monthDay) => `${year}-${monthDay}`)

describe('federal holidays', () => {
  it.each([
    [2026, '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25'],
    [2027, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31'],
  ])('FED_OBSERVED in %i is the list of reference §0.2', (year, list) => {
    expect(holidaysOf('FED_OBSERVED', year)).toEqual(fromMonthDays(year, list))
  })

  it.each([
    [2026, '01-01 01-19 02-16 05-25 06-19 07-04 09-07 10-12 11-11 11-26 12-25'],
    [2027, '01-01 01-18 02-15 05-31 06-19 07-04 09-06 10-11 11-11 11-25 12-25'],
  ])('FED_6103A in %i has the dates themselves, not the days on which they are observed', (year, list) => {
    expect(holidaysOf('FED_6103A', year)).toEqual(fromMonthDays(year, list))
  })

  it('1990 to 2050 are those of @18f/us-federal-holidays, on both calendars', () => {
    const shifts = (shift: boolean) => ({ shiftSaturdayHolidays: shift, shiftSundayHolidays: shift })
    for (let year = 1990; year <= 2050; year++) {
      const dates = allForYear(year, shifts(false)).map((holiday) => holiday.dateString)
      expect(holidaysOf('FED_6103A', year)).toEqual(dates)
      const observed = [...allForYear(year, shifts(true)), ...allForYear(year + 1, shifts(true)).slice(0, 1)]
        .map((holiday) => holiday.dateString)
        .filter((date) => date.startsWith(`${year}`))
      expect(holidaysOf('FED_OBSERVED', year)).toEqual(observed)
    }
  })

  it('a holiday is kept from the year in which it was made one', () => {
    const names = (year: number) => holidaysOf('FED_6103A', year).map((date) => date.slice(5))
    expect(names(1985).some((date) => date.startsWith('01-2'))).toBe(false)
    expect(names(1986)).toContain('01-20')
    expect(names(2020)).not.toContain('06-19')
    expect(names(2021)).toContain('06-19')
  })
})

describe('counting business days', () => {
  it.each([
    ['2026-11-20', '2026-12-07'],
    ['2026-12-18', '2027-01-05'],
  ])(
    '47 CFR 64.1200(a)(10): consent revoked %s is honoured by %s, 10 business days (reference §4.5)',
    (revoked, by) => {
      expect(addBusinessDays('FED_OBSERVED', toDay(revoked), 10)).toBe(by)
    },
  )

  it.each([
    ['2026-11-02', '2026-11-09', '2026-12-09'],
    ['2026-11-20', '2026-11-30', '2026-12-30'],
    ['2026-12-22', '2026-12-30', '2027-01-29'],
    ['2026-10-19', '2026-10-26', '2026-11-25'],
  ])(
    '12 CFR 1006.34(b)(5): a notice of %s is assumed received %s, its period ends %s (reference §4.4)',
    (provided, received, end) => {
      const assumed = addBusinessDays('FED_6103A', toDay(provided), 5)
      expect(assumed).toBe(received)
      expect(addDays(assumed, 30)).toBe(end)
    },
  )

  it('the calendars part where a holiday falls on a weekend: 4 July 2026 is a Saturday', () => {
    const friday = toDay('2026-07-03')
    expect(calendars.map((calendar) => isBusinessDay(calendar, friday))).toEqual([false, true])
    const newYearsEve = toDay('2027-12-31')
    expect(calendars.map((calendar) => isBusinessDay(calendar, newYearsEve))).toEqual([false, true])
  })

  const anyDay = fc.integer({ min: 0, max: 40_000 }).map(fromEpochDay)
  const anyCalendar = fc.constantFrom(...calendars)

  it('n business days later is a business day, with exactly n of them after the first and up to it', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.integer({ min: 1, max: 60 }), (calendar, from, n) => {
        const to = addBusinessDays(calendar, from, n)
        let counted = 0
        for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (isBusinessDay(calendar, at)) counted += 1
        expect(counted).toBe(n)
        expect(isBusinessDay(calendar, to)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('counting back from a business day undoes counting on', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.nat({ max: 60 }), (calendar, given, n) => {
        const from = rollForward(calendar, given)
        expect(addBusinessDays(calendar, addBusinessDays(calendar, from, n), -n)).toBe(from)
      }),
      { numRuns: 300 },
    )
  })

  it('rolls forward to the first business day not before', () => {
    expect(rollForward('FED_OBSERVED', toDay('2026-07-03'))).toBe('2026-07-06')
    expect(rollForward('FED_6103A', toDay('2026-07-03'))).toBe('2026-07-03')
    fc.assert(
      fc.property(anyCalendar, anyDay, (calendar, given) => {
        const to = rollForward(calendar, given)
        expect(isBusinessDay(calendar, to)).toBe(true)
        for (let at = given; at < to; at = addDays(at, 1)) expect(isBusinessDay(calendar, at)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('no weekend is a business day', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, (calendar, value) => {
        if ([0, 6].includes(weekday(value))) expect(isBusinessDay(calendar, value)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
})
