import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Instant, instant, toDay, weekday } from '../../src/kernel/day.ts'
import {
  endOfDay,
  epochMilliseconds,
  fromEpochMilliseconds,
  isUnknownZone,
  toTimeOfDay,
  wallOf,
} from '../../src/kernel/local-time.ts'
import { usZones } from '../../src/testing/us-zones.ts'
import { realZones } from '../support/zones.ts'

const at = (text: string): Instant => instant.parse(text)
const { from, until } = realZones
const clock = (end: typeof from, day: string, time: string, zone: string) => end(toDay(day), toTimeOfDay(time), zone)

describe('what clocks show at an instant', () => {
  it.each([
    ['2026-11-30T15:00:00.000Z', 'America/Denver', '2026-11-30', '08:00'],
    ['2026-11-30T14:59:59.999Z', 'America/Denver', '2026-11-30', '07:59'],
    ['2026-07-01T15:00:00.000Z', 'America/Denver', '2026-07-01', '09:00'],
    ['2026-07-01T15:00:00.000Z', 'America/Phoenix', '2026-07-01', '08:00'],
    ['2026-12-01T04:59:59.999Z', 'America/New_York', '2026-11-30', '23:59'],
    ['2026-12-01T05:00:00.000Z', 'America/New_York', '2026-12-01', '00:00'],
    // half an hour of summer time
    ['2026-01-15T00:00:00.000Z', 'Australia/Lord_Howe', '2026-01-15', '11:00'],
    ['2026-07-15T00:00:00.000Z', 'Australia/Lord_Howe', '2026-07-15', '10:30'],
    ['2026-11-30T23:59:59.999Z', 'Pacific/Kiritimati', '2026-12-01', '13:59'],
  ])('%s in %s is %s %s', (text, zone, day, time) => {
    expect(realZones.at(at(text), zone)).toEqual({ day, time })
  })

  it('names the day of the week: Monday in Denver is Tuesday in Kiritimati', () => {
    const weekdayIn = (zone: string) => {
      const local = realZones.at(at('2026-11-30T23:00:00.000Z'), zone)
      return isUnknownZone(local) ? undefined : weekday(local.day)
    }
    expect([weekdayIn('America/Denver'), weekdayIn('Pacific/Kiritimati')]).toEqual([1, 2])
  })
})

describe('when clocks show a time', () => {
  it.each([
    ['an ordinary day', '2026-11-30', '08:00', 'America/Denver', '2026-11-30T15:00:00.000Z'],
    ['the day clocks go forward', '2026-03-08', '08:00', 'America/Denver', '2026-03-08T14:00:00.000Z'],
    ['the day before', '2026-03-07', '08:00', 'America/Denver', '2026-03-07T15:00:00.000Z'],
    ['the day clocks go back', '2026-11-01', '08:00', 'America/Denver', '2026-11-01T15:00:00.000Z'],
    ['the day before', '2026-10-31', '08:00', 'America/Denver', '2026-10-31T14:00:00.000Z'],
    ['Arizona moves no clock', '2026-03-08', '08:00', 'America/Phoenix', '2026-03-08T15:00:00.000Z'],
    ['forward by half an hour', '2026-10-04', '08:00', 'Australia/Lord_Howe', '2026-10-03T21:00:00.000Z'],
    ['back by half an hour', '2026-04-05', '08:00', 'Australia/Lord_Howe', '2026-04-04T21:30:00.000Z'],
  ])('%s: %s %s in %s is %s, whichever end it is', (_, day, time, zone, expected) => {
    expect(clock(from, day, time, zone)).toBe(expected)
    expect(clock(until, day, time, zone)).toBe(expected)
  })

  it.each([
    ['2026-03-08', '02:00', 'America/Denver', '2026-03-08T09:00:00.000Z'],
    ['2026-03-08', '02:30', 'America/Denver', '2026-03-08T09:00:00.000Z'],
    ['2026-03-08', '03:00', 'America/Denver', '2026-03-08T09:00:00.000Z'],
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00.000Z'],
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
    // A day without a midnight begins when clocks are moved; one that is skipped whole, when the next begins.
    ['2026-03-29', '00:00', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
    ['2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('a time that clocks skip is when they skip it: %s %s in %s', (day, time, zone, moved) => {
    expect(clock(from, day, time, zone)).toBe(moved)
    expect(clock(until, day, time, zone)).toBe(moved)
  })

  it.each([
    ['2026-11-01', '01:30', 'America/Denver', '2026-11-01T07:30:00.000Z', '2026-11-01T08:30:00.000Z'],
    ['2026-11-01', '01:59', 'America/New_York', '2026-11-01T05:59:00.000Z', '2026-11-01T06:59:00.000Z'],
    ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
  ])(
    'of a time shown twice, what is forbidden after it ends the first time, what is forbidden before it the second: %s %s in %s',
    (day, time, zone, first, second) => {
      expect(clock(until, day, time, zone)).toBe(first)
      expect(clock(from, day, time, zone)).toBe(second)
      expect(realZones.at(at(first), zone)).toEqual(realZones.at(at(second), zone))
    },
  )

  it('a day whose midnight is shown twice begins the first time: no clock shows the day before again', () => {
    expect(clock(from, '2026-11-01', '00:00', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z')
    expect(realZones.at(at('2026-11-01T05:00:00.000Z'), 'America/Havana')).toEqual({ day: '2026-11-01', time: '00:00' })
  })

  it('is what clocks show minute by minute, around every kind of change', () => {
    const changes = [
      ['America/Denver', '2026-03-08'],
      ['America/Denver', '2026-11-01'],
      ['America/Havana', '2026-03-08'],
      ['America/Havana', '2026-11-01'],
      ['America/Phoenix', '2026-11-01'],
      ['America/St_Johns', '2010-11-07'],
      ['Asia/Beirut', '2026-03-29'],
      ['Asia/Beirut', '2026-10-25'],
      ['Australia/Lord_Howe', '2026-04-05'],
      ['Australia/Lord_Howe', '2026-10-04'],
      ['Pacific/Apia', '2011-12-30'],
    ] as const
    const MINUTE = 60_000
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.integer({ min: -1, max: 1 }),
        fc.integer({ min: 0, max: 1_439 }),
        ([zone, changed], days, minute) => {
          const day = addDays(toDay(changed), days)
          const time = toTimeOfDay(
            `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
          )
          const wanted = wallOf(day, time)
          const shows = (milliseconds: number) => {
            const local = realZones.at(fromEpochMilliseconds(milliseconds), zone)
            if (isUnknownZone(local)) throw new RangeError(zone)
            return wallOf(local.day, local.time)
          }
          const begins = epochMilliseconds(from(day, time, zone) as Instant)
          const ends = epochMilliseconds(until(day, time, zone) as Instant)
          // from: never again before it, and a minute earlier it was.
          expect(shows(begins - MINUTE)).toBeLessThan(wanted)
          // until: not yet so late before, and so late now.
          expect(shows(ends)).toBeGreaterThanOrEqual(wanted)
          for (let minutes = 0; minutes <= 180; minutes += 1) {
            expect(shows(begins + minutes * MINUTE)).toBeGreaterThanOrEqual(wanted)
            expect(shows(ends - (minutes + 1) * MINUTE)).toBeLessThan(wanted)
          }
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('a zone that nobody knows', () => {
  it.each(['Mars/Olympus_Mons', '', 'constructor', '../etc/passwd'])('is an answer, never thrown: %j', (zone) => {
    const unknown = { unknownZone: zone }
    for (const clocks of [realZones, usZones]) {
      expect(clocks.at(at('2026-11-30T15:00:00.000Z'), zone)).toEqual(unknown)
      expect(clocks.from(toDay('2026-11-30'), toTimeOfDay('08:00'), zone)).toEqual(unknown)
      expect(clocks.until(toDay('2026-11-30'), toTimeOfDay('21:00'), zone)).toEqual(unknown)
      expect(endOfDay(toDay('2026-11-30'), zone, clocks)).toEqual(unknown)
    }
  })
})

describe('instants as numbers', () => {
  it('are those of the machine’s calendar', () => {
    const years = { min: new Date('1800-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z') }
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (date) => {
        const text = date.toISOString() as Instant
        expect(epochMilliseconds(text)).toBe(date.getTime())
        expect(fromEpochMilliseconds(date.getTime())).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })

  it('at the ends of the calendar stay in it: nothing is thrown in the midst of a decision', () => {
    const last = toDay('9999-12-31')
    expect(realZones.at(at('9999-12-31T23:59:59.999Z'), 'Pacific/Kiritimati')).toEqual({ day: last, time: '23:59' })
    expect(realZones.at(at('1800-01-01T00:00:00.000Z'), 'America/Denver')).toMatchObject({ day: '1800-01-01' })
    expect(endOfDay(last, 'America/Denver', realZones)).toBe('9999-12-31T23:59:59.999Z')
    expect(clock(from, '1800-01-01', '00:00', 'Asia/Tokyo')).toBe('1800-01-01T00:00:00.000Z')
  })
})

describe('a time of day', () => {
  it.each(['24:00', '8:00', '08:60', '0800', '08:00:00', ''])('is HH:MM of a day, so not %j', (text) => {
    expect(() => toTimeOfDay(text)).toThrow(RangeError)
  })
})

describe('the clocks of the United States for tests', () => {
  it('are those of the machine’s zone data, around every change from 2007 to 2036', () => {
    const names = [
      'America/Anchorage',
      'America/Chicago',
      'America/Denver',
      'America/Los_Angeles',
      'America/New_York',
      'America/Phoenix',
      'Pacific/Honolulu',
    ]
    const wrong: string[] = []
    for (let year = 2007; year <= 2036; year += 1) {
      for (const month of ['01', '03', '07', '11']) {
        for (let hour = 0; hour < 15 * 24; hour += 1) {
          const when = epochMilliseconds(at(`${year}-${month}-01T12:00:00.000Z`)) + hour * 3_600_000
          const [zone = ''] = names.slice((year + hour) % names.length)
          if (usZones.offset(when, zone) !== realZones.offset(when, zone)) {
            wrong.push(`${zone} ${fromEpochMilliseconds(when)}`)
          }
        }
      }
    }
    expect(wrong).toEqual([])
  })
})
