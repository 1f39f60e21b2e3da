import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Day, fromEpochDay, type Instant, instant, isInstant, toDay } from '../../src/kernel/day.ts'
import {
  accept,
  dayBegins,
  earliestWords,
  latestOf,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../../src/kernel/decision.ts'
import { usZones } from '../../src/testing/us-zones.ts'

const hit = fc.record(
  {
    rule: fc.string(),
    reason: fc.string(),
    citation: fc.string(),
    jurisdiction: fc.string(),
    earliest: fc.integer({ min: 0, max: 40_000 }).map(fromEpochDay),
    requiredAction: fc.constantFrom('call', 'write', 'wait'),
  },
  { requiredKeys: ['rule', 'reason', 'citation', 'jurisdiction'] },
)
const hits = fc.array(hit, { minLength: 1 }).map((list) => list as [RuleHit, ...RuleHit[]])

describe('a rejection', () => {
  it('lists every hit, in order (design §3.11)', () => {
    fc.assert(
      fc.property(hits, (list) => {
        const rejection = reject(list)
        expect(rejection).toMatchObject({ ok: false, hits: list })
      }),
      { numRuns: 1_000 },
    )
  })

  it('names as earliest the latest day of all hits, and none when one of them names none', () => {
    fc.assert(
      fc.property(hits, (list) => {
        const { earliest } = reject(list)
        const days = list.flatMap((item) => item.earliest ?? [])
        if (days.length < list.length) expect(earliest).toBeUndefined()
        else {
          expect(days).toContain(earliest)
          expect(days.every((value) => earliest !== undefined && value <= earliest)).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
    const on = (text: string): RuleHit => ({ ...precondition('r', 'x'), earliest: toDay(text) })
    expect(reject([on('2026-12-05'), on('2027-01-01'), on('2026-12-31')]).earliest).toBe('2027-01-01')
    expect(reject([on('2026-12-05'), precondition('r', 'x')])).not.toHaveProperty('earliest')
  })

  describe('whose reasons name days and instants', () => {
    const named = (text: string): RuleHit => ({
      ...precondition('r', 'x'),
      earliest: isInstant(text as Day | Instant) ? instant.parse(text) : toDay(text),
    })
    const inChicago = dayBegins('America/Chicago', usZones)
    const latest = (...texts: readonly [string, ...string[]]) => latestOf(texts.map(named), inChicago)

    it('the latest, a day counted from its first instant at the practice (decision 0011)', () => {
      // 30 November begins in Chicago at 06:00 UTC.
      expect(latest('2026-11-30', '2026-11-30T05:59:59.999Z')).toBe('2026-11-30')
      expect(latest('2026-11-30', '2026-11-30T06:00:00.000Z')).toBe('2026-11-30')
      expect(latest('2026-11-30', '2026-11-30T06:00:00.001Z')).toBe('2026-11-30T06:00:00.001Z')
      expect(latest('2026-11-30T15:00:00.000Z', '2026-11-30', '2026-12-01')).toBe('2026-12-01')
      expect(latest('2026-11-30T15:00:00.000Z', '2026-11-30T14:00:00.000Z', '2026-11-29')).toBe(
        '2026-11-30T15:00:00.000Z',
      )
      // By clocks further west the day is the later of the same two.
      const two = [named('2026-11-30'), named('2026-11-30T08:00:00.000Z')]
      expect(latestOf(two, inChicago)).toBe('2026-11-30T08:00:00.000Z')
      expect(latestOf(two, dayBegins('Pacific/Honolulu', usZones))).toBe('2026-11-30')
    })

    it('before it one of them stands, and from it on none: in any order', () => {
      const day = fc.integer({ min: 20_400, max: 20_420 }).map(fromEpochDay)
      const time = fc
        .integer({ min: 20_400 * 1_440, max: 20_421 * 1_440 })
        .map((minutes) => new Date(minutes * 60_000).toISOString())
      fc.assert(
        fc.property(fc.array(fc.oneof(day, time), { minLength: 1, maxLength: 6 }), (texts) => {
          const all = texts.map(named)
          const begins = (value: Day | Instant): Instant => (isInstant(value) ? value : (inChicago(value) as Instant))
          const found = latestOf(all, inChicago)
          const instants = all.flatMap(({ earliest }) => (earliest ? [begins(earliest)] : []))
          expect(texts).toContain(found)
          expect(found && begins(found)).toBe(instants.toSorted().at(-1))
          expect(latestOf(all.toReversed(), inChicago)).toBe(found)
        }),
        { numRuns: 500 },
      )
    })

    it('none where one names none, or where nobody tells when a day begins', () => {
      expect(
        latestOf([named('2026-11-30'), named('2026-11-30T15:00:00.000Z'), precondition('r', 'x')], inChicago),
      ).toBeUndefined()
      const both = [named('2026-11-30'), named('2026-11-30T15:00:00.000Z')] as const
      expect(reject(both)).not.toHaveProperty('earliest')
      expect(latestOf(both, dayBegins('Mars/Olympus_Mons', usZones))).toBeUndefined()
      expect(reject([named('2026-11-30T15:00:00.000Z'), named('2026-11-30T14:00:00.000Z')]).earliest).toBe(
        '2026-11-30T15:00:00.000Z',
      )
    })

    it('is told to people by the practice’s clocks, with their zone', () => {
      expect(earliestWords(toDay('2026-11-30'), 'America/Denver', usZones)).toBe('2026-11-30')
      const eight = instant.parse('2026-11-30T15:00:00.000Z')
      expect(earliestWords(eight, 'America/Denver', usZones)).toBe('2026-11-30 08:00 in America/Denver')
      expect(earliestWords(eight, 'Mars/Olympus_Mons', usZones)).toBe(eight)
    })
  })

  it('asks for each action once', () => {
    fc.assert(
      fc.property(hits, (list) => {
        const { required } = reject(list)
        expect(new Set(required).size).toBe(required.length)
        expect(new Set(required)).toEqual(new Set(list.flatMap((item) => item.requiredAction ?? [])))
      }),
      { numRuns: 1_000 },
    )
  })

  it('is made only of hits', () => {
    expect(rejectIfAny([])).toBeUndefined()
    expect(rejectIfAny([precondition('ledger.lineUnknown', 'no such line', 'post the charge')])).toEqual({
      ok: false,
      hits: [
        {
          rule: 'ledger.lineUnknown',
          reason: 'no such line',
          citation: 'Daybook: precondition of the command',
          jurisdiction: 'daybook',
          requiredAction: 'post the charge',
        },
      ],
      required: ['post the charge'],
    })
  })
})

describe('an acceptance', () => {
  it('doing nothing is no events, and nothing that was not given is made up', () => {
    expect(accept([])).toEqual({ ok: true, events: [], allowedBy: [], warnings: [] })
    expect(accept([])).not.toHaveProperty('inputs')
    const passed = {
      allowedBy: [{ id: 'PC-02', version: 1 }],
      warnings: [precondition('w', 'x')],
      inputs: { poverty: 'a' },
    }
    expect(accept(['e'], passed)).toEqual({ ok: true, events: ['e'], ...passed })
  })
})
