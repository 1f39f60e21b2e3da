import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day, type Instant, instant, toDay } from '../../src/kernel/day.ts'
import {
  epochMilliseconds,
  fromEpochMilliseconds,
  isUnknownZone,
  type LocalTimes,
  toTimeOfDay,
} from '../../src/kernel/local-time.ts'
import { withinHours } from '../../src/rules/verdicts.ts'
import { momentAt, usZones } from '../../src/testing/index.ts'
import { office } from '../support/desk.ts'
import { realZones } from '../support/zones.ts'

const hours = (from: string, until: string) => ({ from: toTimeOfDay(from), until: toTimeOfDay(until) })
const waking = hours('08:00', '21:00')
const said = (now: string, zone: string, within = waking, localTime: LocalTimes = realZones) =>
  withinHours(within, zone, { ...momentAt(office, now), localTime }, 'no calls at night')

describe('a rule that asks for the time of day where somebody is', () => {
  it.each([
    ['2026-11-30T14:59:59.999Z', 'America/Denver', '2026-11-30T15:00:00.000Z'],
    ['2026-11-30T07:00:00.000Z', 'America/Denver', '2026-11-30T15:00:00.000Z'],
    // 21:00 in Denver: the next morning
    ['2026-12-01T04:00:00.000Z', 'America/Denver', '2026-12-01T15:00:00.000Z'],
    // the same instant is 20:59 further west, and night in New York
    ['2026-12-01T04:00:00.000Z', 'America/New_York', '2026-12-01T13:00:00.000Z'],
    // the evening before clocks go forward, and before they go back
    ['2026-03-08T05:00:00.000Z', 'America/Denver', '2026-03-08T14:00:00.000Z'],
    ['2026-11-01T04:00:00.000Z', 'America/Denver', '2026-11-01T15:00:00.000Z'],
    ['2026-03-08T05:00:00.000Z', 'America/Phoenix', '2026-03-08T15:00:00.000Z'],
    ['2026-04-04T19:00:00.000Z', 'Australia/Lord_Howe', '2026-04-04T21:30:00.000Z'],
    ['2026-10-03T19:00:00.000Z', 'Australia/Lord_Howe', '2026-10-03T21:00:00.000Z'],
  ])('at %s in %s blocks until %s', (now, zone, earliest) => {
    expect(said(now, zone)).toMatchObject({ kind: 'block', earliest, reason: expect.stringContaining(zone) })
    expect(said(earliest, zone)).toEqual({ kind: 'pass' })
  })

  it.each([
    ['2026-11-30T15:00:00.000Z', 'America/Denver'],
    ['2026-12-01T03:59:59.999Z', 'America/Denver'],
    ['2026-12-01T03:59:59.999Z', 'America/Los_Angeles'],
  ])('at %s in %s passes', (now, zone) => {
    expect(said(now, zone)).toEqual({ kind: 'pass' })
  })

  it('of an hour that clocks show twice neither end is stretched', () => {
    // Clocks in Denver show 01:00 to 02:00 at 07:00 and again at 08:00 UTC.
    const at = (within: ReturnType<typeof hours>) => (now: string) =>
      said(`2026-11-01T${now}:00.000Z`, 'America/Denver', within)
    const fromTwice = at(hours('01:30', '21:00'))
    expect(fromTwice('07:45')).toMatchObject({ kind: 'block', earliest: '2026-11-01T08:30:00.000Z' })
    expect(fromTwice('08:30')).toEqual({ kind: 'pass' })
    const untilTwice = at(hours('00:10', '01:30'))
    expect(untilTwice('07:29')).toEqual({ kind: 'pass' })
    expect(untilTwice('08:00')).toMatchObject({ kind: 'block', earliest: '2026-11-02T07:10:00.000Z' })
    // Begins the second time, ends the first: not at all on that day.
    const never = at(hours('01:15', '01:45'))
    for (const now of ['07:00', '07:30', '08:30', '09:00']) {
      expect(never(now)).toMatchObject({ kind: 'block', earliest: '2026-11-02T08:15:00.000Z' })
    }
  })

  it('of an hour that clocks skip it begins when they skip it', () => {
    const fromSkipped = (now: string) => said(now, 'America/Denver', hours('02:30', '21:00'))
    expect(fromSkipped('2026-03-08T08:59:59.999Z')).toMatchObject({ earliest: '2026-03-08T09:00:00.000Z' })
    expect(fromSkipped('2026-03-08T09:00:00.000Z')).toEqual({ kind: 'pass' })
  })

  it('passes at no instant at which clocks there show night, and what it names as earliest passes', () => {
    const zones = ['America/Denver', 'America/New_York', 'America/Phoenix', 'Australia/Lord_Howe', 'Asia/Beirut']
    const minutes = fc.integer({ min: 0, max: 366 * 1_440 })
    const start = epochMilliseconds(instant.parse('2026-01-01T00:00:00.000Z'))
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zones), (after, zone) => {
        const now = fromEpochMilliseconds(start + after * 60_000)
        const verdict = said(now, zone)
        const local = realZones.at(now, zone)
        if (isUnknownZone(local)) throw new RangeError(zone)
        expect(verdict.kind).toBe(local.time >= '08:00' && local.time < '21:00' ? 'pass' : 'block')
        if (verdict.kind !== 'block') return
        const earliest = verdict.earliest as Instant
        expect(earliest > now).toBe(true)
        expect(said(earliest, zone)).toEqual({ kind: 'pass' })
        const justBefore = fromEpochMilliseconds(epochMilliseconds(earliest) - 1)
        expect(said(justBefore, zone)).toMatchObject({ kind: 'block', earliest })
      }),
      { numRuns: 500 },
    )
  })

  it('blocks where nobody knows the zone, and says what to find out', () => {
    const verdict = said('2026-11-30T18:00:00.000Z', 'Mars/Olympus_Mons', waking, usZones)
    expect(verdict).toEqual({
      kind: 'block',
      reason: 'no calls at night: Mars/Olympus_Mons is no time zone that is known',
      requiredAction: 'find out the time zone',
    })
  })
})

describe('when a gate is asked', () => {
  it('of a day alone it is an hour at which offices are open; an instant is on the office’s day', () => {
    expect(momentAt(office, '2026-11-30')).toMatchObject({ today: '2026-11-30', now: '2026-11-30T18:00:00.000Z' })
    // The office is in Chicago: 05:59 UTC is still the day before.
    expect(momentAt(office, '2026-12-01T05:59:00.000Z')).toMatchObject({ today: '2026-11-30' })
    expect(momentAt(office, '2026-12-01T06:00:00.000Z')).toMatchObject({ today: '2026-12-01' })
    const effective: Day = addDays(toDay('2026-11-30'), -3)
    expect(momentAt(office, '2026-11-30', effective)).toMatchObject({ effectiveDate: '2026-11-27' })
  })
})
