import { describe, expect, it } from 'vitest'
import { toDay } from '../../src/kernel/index.ts'
import { accountingOf, keptUntil, rules, validationNoticeDue, validationPeriod } from '../../src/rules/index.ts'

// Every rule of contact, privacy, disputes and dunning that the reference names (§4, §15) stands in the catalogue: under its own
// id, or where it is several, under those of the house.

const carriedBy: Readonly<Record<string, readonly string[]>> = {
  'CT-01': ['CT-01', 'CT-01.person'],
  'CT-02': ['CT-02'],
  'CT-03': [
    'CT-03',
    'CT-03.policy',
    'CT-03.declared',
    'CT-03.place',
    'CT-03.medium',
    'CT-03.workEmail',
    'CT-03.optOut',
  ],
  'CT-04': ['CT-04'],
  'CT-05': ['CT-05', 'CT-05.thirdParty'],
  'CT-06': ['CT-06', 'CT-06.email', 'CT-06.reassigned'],
  'CT-07': ['CT-07', 'CT-07.policy'],
  'CT-08': ['CT-08'],
  'CT-09': ['CT-09'],
  'CT-10': ['CT-10'],
  'CT-11': ['CT-11'],
  'CT-12': ['CT-12', 'CT-12.work'],
  'PR-01': ['PR-01', 'PR-01.fields', 'PR-01.identity'],
  'PR-02': ['PR-02'],
  'PR-03': ['PR-03'],
  'PR-04': ['PR-04'],
  'PR-05': ['PR-05'],
  'DS-01': ['DS-01'],
  'DS-02': ['DS-02'],
  'DS-08': ['DS-08'],
  'AR-10': ['AR-10'],
  'DN-01': ['ST-01.minimum', 'ST-01.paused', 'ST-02.hold', 'ST-02.assistance', 'ST-02.bankruptcy', 'ST-02.deceased'],
  'DN-02': ['ST-03.intended', 'ST-03.creditReporting'],
  'DN-03': ['ST-00'],
}
const byId = new Map(rules.map((rule) => [rule.id, rule]))

describe('the rules that the reference names', () => {
  it.each(Object.entries(carriedBy))(
    '%s is in the catalogue, cited and dated, with vectors on both sides',
    (_id, ids) => {
      for (const id of ids) {
        const rule = byId.get(id)
        expect(rule, id).toBeDefined()
        expect(rule?.citation.length).toBeGreaterThan(5)
        if (rule?.kind !== 'gate') continue
        const expected = rule.vectors.map((each) => each.expected)
        expect(expected).toContain('pass')
        expect(expected.some((each) => typeof each === 'object' || each === 'warn')).toBe(true)
      }
    },
  )

  it('CT-09 §4.4 the validation period of notices of a Monday, before Thanksgiving and before Christmas', () => {
    const periods = ['2026-11-02', '2026-11-20', '2026-12-22', '2026-10-19'].map((day) => validationPeriod(toDay(day)))
    expect(periods).toEqual([
      { received: '2026-11-09', ends: '2026-12-09' },
      { received: '2026-11-30', ends: '2026-12-30' },
      { received: '2026-12-30', ends: '2027-01-29' },
      { received: '2026-10-26', ends: '2026-11-25' },
    ])
  })

  it('CT-10 a validation notice is due five calendar days after the first communication, over a weekend too', () => {
    expect(validationNoticeDue(toDay('2026-11-20'))).toBe('2026-11-25')
  })

  it('PR-04 an accounting of disclosures: sixty days, thirty more once, six years back, also of 29 February', () => {
    expect(accountingOf(toDay('2026-11-20'))).toEqual({ due: '2027-01-19', extended: '2027-02-18', from: '2020-11-20' })
    expect(accountingOf(toDay('2028-02-29')).from).toBe('2022-02-28')
  })

  it('PR-05 a record is kept six years from its day', () => {
    expect(keptUntil(toDay('2026-11-20'))).toBe('2032-11-20')
    expect(keptUntil(toDay('2028-02-29'))).toBe('2034-02-28')
  })
})
