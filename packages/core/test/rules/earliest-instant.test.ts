import { describe, expect, it } from 'vitest'
import type { AccountEvent } from '../../src/account/index.ts'
import { type Day, instant, toDay } from '../../src/kernel/day.ts'
import { toTimeOfDay } from '../../src/kernel/local-time.ts'
import { rules } from '../../src/rules/catalogue.ts'
import { explainRule, gateRule, knownFacts, makeCatalogue, sinceBefore } from '../../src/rules/index.ts'
import { blocked, vector } from '../../src/rules/vectors.ts'
import { notBefore, withinHours } from '../../src/rules/verdicts.ts'
import { type Office, vectorMoment } from '../../src/testing/index.ts'
import { violationsOf } from '../../src/testing/laws.ts'
import { type Desk, office, openDesk, sha256 } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'
import { realZones } from '../support/zones.ts'

// No rule of the house asks for the time of day yet. This one stands where a rule of the house would: it lets nothing go
// to an agency while it is night where the guarantor lives.

const zones: Readonly<Record<string, string>> = {
  AZ: 'America/Phoenix',
  CO: 'America/Denver',
  NY: 'America/New_York',
  ZZ: 'Mars/Olympus_Mons',
}
const eightInDenver = instant.parse('2026-07-31T14:00:00.000Z')

const notAtNight = gateRule({
  id: 'TEST-08',
  version: 1,
  title: 'Nothing goes to an agency at night',
  capability: 'placement',
  jurisdiction: 'policy',
  citation: 'a rule of this test',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['placeAccount'],
  reads: 'today',
  needs: ['guarantor.state'],
  judge: ({ 'guarantor.state': state }, at) =>
    withinHours(
      { from: toTimeOfDay('08:00'), until: toTimeOfDay('21:00') },
      zones[state] ?? 'America/Chicago',
      at,
      'not at night',
    ),
  vectors: [
    vector(
      'one millisecond before 08:00 in Denver',
      { 'guarantor.state': 'CO' },
      { ...blocked, earliest: eightInDenver },
      {
        today: '2026-07-31',
        now: '2026-07-31T13:59:59.999Z',
      },
    ),
    vector('08:00 in Denver', { 'guarantor.state': 'CO' }, 'pass', { today: '2026-07-31', now: eightInDenver }),
    vector(
      '08:00 in Denver is 07:00 in Phoenix',
      { 'guarantor.state': 'AZ' },
      {
        ...blocked,
        earliest: instant.parse('2026-07-31T15:00:00.000Z'),
      },
      { today: '2026-07-31', now: eightInDenver },
    ),
    vector(
      '21:00 in New York, still the same day in Chicago',
      { 'guarantor.state': 'NY' },
      { ...blocked, earliest: instant.parse('2026-08-01T12:00:00.000Z') },
      { today: '2026-07-31', now: '2026-08-01T01:00:00.000Z' },
    ),
    vector('a day alone: offices are open', { 'guarantor.state': 'CO' }, 'pass', '2026-07-31'),
  ],
})

/** A wait in days beside it, until the day given. */
const waitUntil = (day: Day) =>
  gateRule({
    ...notAtNight,
    id: 'TEST-09',
    vectors: [],
    judge: (_, at) => notBefore(day, at.today, 'a wait'),
  })

const at = (...more: Parameters<typeof makeCatalogue>[0]): Office => ({
  ...office,
  localTime: realZones,
  catalogue: makeCatalogue([...rules, ...more], sha256),
})

/** A clean case of a guarantor who lives there: every other rule lets it go to the agency in July. */
const living = (state: string, where = at(notAtNight)): Desk => {
  const on = '2026-01-05'
  const desk = openDesk(where)
  const guarantor = { name: 'Jo Roe', born: '1980-02-01', state, standing: 'confirmed' } as const
  desk.does({ type: 'OpenAccount', accountId: 'a1', on, guarantor }, on)
  desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 40_000 }, on)
  return desk
}
const july = '2026-07-31'
const answer = (desk: Desk) => {
  const decision = desk.history.steps.at(-1)?.decision
  if (!decision || decision.ok) throw new Error('must be refused')
  return decision
}

describe('a rule answers an instant', () => {
  it.each(notAtNight.vectors)('vector: $name', (worked) => {
    const said = explainRule(notAtNight, knownFacts(worked.facts), vectorMoment(at(), worked))
    if (typeof worked.expected === 'string') expect(said.decision).toBe(worked.expected)
    else expect([said.decision, said.earliest]).toEqual(['block', worked.expected.earliest])
  })

  it('a vector whose instant is on another day at the practice than it says is a mistake, told', () => {
    const slip = vector('slip', {}, 'pass', { today: '2026-08-01', now: '2026-08-01T01:00:00.000Z' })
    expect(() => vectorMoment(at(), slip)).toThrow('is on 2026-07-31 at the office, not on 2026-08-01')
  })

  it('not before 08:00 in Denver: refused with the instant, and taken from it on', () => {
    const desk = living('CO')
    expect(desk.refused(place(july), '2026-07-31T13:59:59.999Z')).toEqual(['TEST-08'])
    expect(answer(desk)).toMatchObject({
      earliest: eightInDenver,
      hits: [{ earliest: eightInDenver, reason: expect.stringContaining('in America/Denver, where it is 07:59') }],
    })
    desk.does(place(july), eightInDenver)
    expect(violationsOf(desk.history, at(notAtNight))).toEqual([])
  })

  it('by the clocks of where the guarantor lives, not of the practice', () => {
    expect(living('AZ').refused(place(july), eightInDenver)).toEqual(['TEST-08'])
    living('NY').does(place(july), '2026-07-31T12:00:00.000Z')
  })

  it('a zone that nobody knows blocks, and names no earliest', () => {
    const desk = living('ZZ')
    expect(desk.refused(place(july), eightInDenver)).toEqual(['TEST-08'])
    expect(answer(desk)).not.toHaveProperty('earliest')
    expect(answer(desk).required).toContain('find out the time zone')
  })

  it('of a day and an instant the later is told, the day from its first instant at the practice', () => {
    const refusedBefore = (until: string, now: string) => {
      const wait = waitUntil(toDay(until))
      const desk = living('CO', at(notAtNight, wait))
      expect(desk.refused(place(july), now)).toEqual(['TEST-08', 'TEST-09'])
      return answer(desk).earliest
    }
    // 31 July 23:00 in Chicago, 22:00 in Denver: 08:00 there on 1 August is 14:00 UTC, 1 August begins at 05:00 UTC.
    expect(refusedBefore('2026-08-01', '2026-08-01T04:00:00.000Z')).toBe('2026-08-01T14:00:00.000Z')
    expect(refusedBefore('2026-08-02', '2026-08-01T04:00:00.000Z')).toBe('2026-08-02')
  })

  it('a placement that is recorded late is judged by its own day, as that day ended at the practice', () => {
    // Recorded at noon of 1 August for 31 July: 23:59 in Chicago is 22:59 in Denver, and night.
    const desk = living('CO')
    expect(desk.refused(place(july), '2026-08-01T17:00:00.000Z')).toEqual(['TEST-08'])
  })

  it('a review on record names the day on which the instant falls at the practice', () => {
    const desk = living('CO')
    const { attested } = place(july)
    const [reviewed] = desk.does({ type: 'ReviewForPlacement', on: july, attested }, '2026-07-31T13:59:59.999Z')
    expect(reviewed satisfies AccountEvent | undefined).toMatchObject({ pass: false, earliest: july })
  })
})
