import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  type Day,
  day,
  daysBetween,
  daysInMonth,
  epochDay,
  fromEpochDay,
  instant,
  maxDay,
  minDay,
  parseDay,
  toDay,
  weekday,
} from '../../src/kernel/day.ts'

const MS = 86_400_000
const first = Date.UTC(1800, 0, 1) / MS
const last = Date.UTC(2199, 11, 31) / MS
const anyDay = fc.integer({ min: first, max: last }).map(fromEpochDay)

describe('civil days', () => {
  it('every day from 1800 to 2199 is that of the machine’s calendar, in UTC', () => {
    const wrong: string[] = []
    for (let n = first; n <= last; n++) {
      const date = new Date(n * MS)
      const text = date.toISOString().slice(0, 10)
      const ours = fromEpochDay(n)
      if (ours !== text || epochDay(ours) !== n || weekday(ours) !== date.getUTCDay()) wrong.push(text)
    }
    expect(wrong).toEqual([])
    expect(last - first + 1).toBe(146_097)
  })

  it('a text is a day when that day exists, and only then', () => {
    const exists = (text: string) => day.safeParse(text).success
    expect(['1800-01-01', '2024-02-29', '2000-02-29', '9999-12-31'].filter((text) => !exists(text))).toEqual([])
    const none = ['2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '1799-12-31']
    const forms = ['2026-1-1', '20260101', '2026-01-01T00:00:00Z', ' 2026-01-01', '2026-01-01\n', '+2026-01-01', '']
    expect([...none, ...forms].filter(exists)).toEqual([])
    for (const text of [...none, ...forms]) expect(() => toDay(text)).toThrow(RangeError)
  })

  it('agrees with the machine on which days of a month exist', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1800, max: 9999 }), fc.nat({ max: 14 }), fc.nat({ max: 33 }), (y, m, d) => {
        const text = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
        const date = new Date(Date.UTC(y, m - 1, d))
        const exists = date.getUTCMonth() === m - 1 && date.getUTCDate() === d
        expect(day.safeParse(text).success).toBe(exists)
      }),
      { numRuns: 1_000 },
    )
  })

  it('compares as text as it does in time', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(a < b).toBe(epochDay(a) < epochDay(b))
        expect([minDay(a, b), maxDay(a, b)]).toEqual([a, b].sort())
      }),
      { numRuns: 1_000 },
    )
  })

  it('D + n: n calendar days after D, D not counted (reference §0.2)', () => {
    expect(addDays(toDay('2026-10-22'), 30)).toBe('2026-11-21')
    expect(daysBetween(toDay('2026-07-24'), toDay('2026-11-21'))).toBe(120)
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -100_000, max: 100_000 }), (from, n) => {
        fc.pre(epochDay(from) + n >= first)
        expect(daysBetween(from, addDays(from, n))).toBe(n)
      }),
      { numRuns: 1_000 },
    )
  })

  it('never computes a day that its own schema would refuse', () => {
    expect(() => addDays(toDay('1800-01-01'), -1)).toThrow(RangeError)
    expect(() => addDays(toDay('9999-12-31'), 1)).toThrow(RangeError)
    expect(() => addMonths(toDay('1800-01-31'), -1)).toThrow(RangeError)
    expect(() => addMonths(toDay('9999-12-31'), 1)).toThrow(RangeError)
    expect(() => addDays(toDay('2026-11-21'), Number.NaN)).toThrow(RangeError)
    expect(addDays(toDay('9999-12-30'), 1)).toBe('9999-12-31')
  })
})

describe('months', () => {
  it('H3 due dates keep their day of the month; the month’s end stands in and does not stick', { tags: ['H3'] }, () => {
    const due = Array.from({ length: 14 }, (_, n) => addMonths(toDay('2027-12-31'), n))
    expect(due.slice(0, 6)).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
      '2028-05-31',
    ])
    expect(due.at(-1)).toBe('2029-01-31')
  })

  it('H3 strictly increasing, one a month, on the wanted day or on the month’s last', { tags: ['H3'] }, () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 240 }), (from, n) => {
        const due = addMonths(from, n)
        const [year, month, date] = due.split('-').map(Number) as [number, number, number]
        const wanted = Number(from.slice(8))
        expect(year * 12 + month - Number(from.slice(0, 4)) * 12 - Number(from.slice(5, 7))).toBe(n)
        expect(date).toBe(Math.min(wanted, new Date(Date.UTC(year, month, 0)).getUTCDate()))
        expect(addMonths(from, n + 1) > due).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('goes back as well', () => {
    expect(addMonths(toDay('2026-03-31'), -1)).toBe('2026-02-28')
    expect(addMonths(toDay('2026-01-15'), -13)).toBe('2024-12-15')
  })

  it('leap rule: one year after 29 February is 28 February (reference §0.2)', () => {
    expect(addMonths(toDay('2028-02-29'), 12)).toBe('2029-02-28')
    expect(addMonths(toDay('2028-02-29'), 48)).toBe('2032-02-29')
    expect([1900, 2000, 2026, 2028, 2100].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29, 28])
  })
})

describe('days as others write them', () => {
  it.each([
    ['2026-11-21', '2026-11-21'],
    ['20261121', '2026-11-21'],
    ['261121', '2026-11-21'],
    ['000101', '2000-01-01'],
    ['791231', '2079-12-31'],
    ['800101', '1980-01-01'],
    ['991231', '1999-12-31'],
  ])('%s is %s', (text, expected) => {
    expect(parseDay(text)).toBe(expected)
  })

  it.each([
    ['20260229'],
    ['260230'],
    ['2026-02-30'],
    ['00000000'],
    ['2611'],
    ['2026112'],
    ['202611211'],
    ['11/21/2026'],
    [''],
  ])('%j is no day', (text) => {
    expect(parseDay(text)).toBeUndefined()
  })

  it('reads any day in both X12 forms', () => {
    fc.assert(
      fc.property(anyDay, (value: Day) => {
        const digits = value.replaceAll('-', '')
        expect(parseDay(digits)).toBe(value)
        if (value >= '1980-01-01' && value <= '2079-12-31') expect(parseDay(digits.slice(2))).toBe(value)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('instants', () => {
  it('are in UTC with milliseconds, and exist', () => {
    const good = ['2026-11-21T09:14:00.000Z', '2026-11-21T23:59:59.999Z', '2024-02-29T00:00:00.000Z']
    const bad = [
      '2026-11-21T24:00:00.000Z',
      '2026-11-21T09:60:00.000Z',
      '2026-11-21T09:14:60.000Z',
      '2026-02-29T09:14:00.000Z',
      '2026-13-01T09:14:00.000Z',
      '2026-11-21T09:14:00Z',
      '2026-11-21T09:14:00.000+00:00',
      '2026-11-21 09:14:00.000Z',
      '2026-11-21',
    ]
    expect(good.filter((text) => !instant.safeParse(text).success)).toEqual([])
    expect(bad.filter((text) => instant.safeParse(text).success)).toEqual([])
  })

  it('every instant of the machine’s clock is one', () => {
    const years = { min: new Date('1800-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z') }
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (date) => {
        expect(instant.safeParse(date.toISOString()).success).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})
