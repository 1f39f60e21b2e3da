import { describe, expect, it } from 'vitest'
import { type AdviceClaim, adviceClaim } from '../../src/documents/advice.ts'
import { followsReversal, postingUnits } from '../../src/documents/units.ts'
import type { Cents } from '../../src/kernel/cents.ts'
import { toDay } from '../../src/kernel/day.ts'

const claim = (
  number: number,
  pcn: string,
  status: string,
  icn: string,
  over: Partial<AdviceClaim> = {},
): AdviceClaim => ({
  ...adviceClaim.parse({
    number,
    segment: number,
    patientControlNumber: pcn,
    status,
    charge: 100,
    paid: 100,
    filingIndicator: '12',
    payerControlNumber: icn,
    patient: { id: 'M1' },
    adjustments: [],
    remarks: [],
    lines: [],
    defects: [],
    findings: [],
  }),
  ...over,
})
const numbers = (claims: readonly AdviceClaim[]) =>
  postingUnits(claims).map((unit) => [
    ...unit.claims.map(({ number }) => number),
    ...(unit.problem ? [unit.problem] : []),
  ])

describe('clarification 10: one key twice, and no reversal between', () => {
  it('is told with a reversal before or after the two, and not with one between', () => {
    const of = (...statuses: readonly string[]) =>
      numbers(statuses.map((status, at) => claim(at + 1, 'A', status, 'I1')))[0]?.at(-1)
    expect(of('22', '1', '1')).toBe('repeatedClaim')
    expect(of('1', '4', '22')).toBe('repeatedClaim')
    expect(of('1', '1')).toBe('repeatedClaim')
    expect(of('1', '22', '1')).toBe(3)
    expect(of('22', '1')).toBe(2)
  })

  it('a correction in two claims of their own numbers is none', () => {
    const split = (number: number, icn: string) => claim(number, 'A', '1', icn, { originalReference: 'I1' })
    expect(numbers([claim(1, 'A', '22', 'I1'), split(2, 'I2'), split(3, 'I3')])).toEqual([[1, 2, 3]])
  })
})

describe('clarification 4: what is one posting unit', () => {
  it('a reversal and a correction of one payer control number; the reversal comes first', () => {
    expect(numbers([claim(1, 'A', '1', 'I1'), claim(2, 'B', '1', 'I2'), claim(3, 'A', '22', 'I1')])).toEqual([
      [3, 1],
      [2],
    ])
  })

  it('REF F8 of one names CLP07 of the other, whichever says it', () => {
    const others = [claim(3, 'A', '1', 'I9'), claim(4, 'A', '22', 'I8')]
    expect(
      numbers([claim(1, 'A', '22', 'I1'), claim(2, 'A', '1', 'I2', { originalReference: 'I1' }), ...others]),
    ).toEqual([[1, 2], [3], [4]])
    expect(
      numbers([claim(1, 'A', '22', 'I1', { originalReference: 'I2' }), claim(2, 'A', '1', 'I2'), ...others]),
    ).toEqual([[1, 2], [3], [4]])
  })

  it('exactly one of each under one CLP01 and patient, though the numbers differ', () => {
    expect(numbers([claim(1, 'A', '22', 'I1'), claim(2, 'A', '1', 'I2')])).toEqual([[1, 2]])
    expect(numbers([claim(1, 'A', '22', 'I1'), claim(2, 'A', '1', 'I2', { patient: { id: 'M2' } })])).toEqual([
      [1],
      [2],
    ])
  })

  it('CLP01 alone is no key: three claims of one number are three units', () => {
    expect(numbers([claim(1, 'A', '1', 'I1'), claim(2, 'A', '1', 'I2'), claim(3, 'A', '1', 'I3')])).toEqual([
      [1],
      [2],
      [3],
    ])
  })

  it('clarification 10: two of one key with no reversal between can not be told apart', () => {
    expect(numbers([claim(1, 'A', '1', 'I1'), claim(2, 'A', '1', 'I1')])).toEqual([[1, 2, 'repeatedClaim']])
  })
})

describe('law L2: a decision that follows a reversal waits with it', { tags: ['L2'] }, () => {
  const of = (status: string, over: Partial<AdviceClaim> = {}) => claim(1, 'A', status, 'I1', over)
  const on = (day: string, of: AdviceClaim) => ({ claim: of, on: toDay(day) })
  const cas = (carc: string, amount: number, group = 'CO') => ({ group, carc, amount: amount as Cents })
  const paid = (amount: number, ...adjustments: AdviceClaim['adjustments']) => ({
    paid: amount as Cents,
    adjustments,
  })
  const original = of('1', paid(70, cas('45', 30)))
  const reversal = on('2026-06-01', of('22', paid(-70, cas('45', -30, 'CR'), cas('1', 0))))
  const follows = (decision: AdviceClaim, day = '2026-07-01') => followsReversal(on(day, decision), reversal)

  it('other figures, decided on the day of the reversal or later', () => {
    const anew = of('1', paid(80, cas('45', 20)))
    expect(follows(anew)).toBe(true)
    expect(follows(anew, '2026-06-01')).toBe(true)
    expect(follows(anew, '2026-05-31'), 'decided before it').toBe(false)
    expect(follows(of('1', paid(70, cas('50', 30)))), 'the same money for another reason').toBe(true)
    expect(follows(of('4', paid(0, cas('50', 100)))), 'a denial').toBe(true)
  })

  it('not the original: what the reversal takes back, whatever the group letters', () => {
    expect(follows(original)).toBe(false)
    expect(follows(original, '2026-06-01')).toBe(false)
  })

  it('the same claim: CLP01, patient, and CLP07 or REF F8', () => {
    const anew = paid(80, cas('45', 20))
    expect(follows(claim(1, 'B', '1', 'I1', anew))).toBe(false)
    expect(follows(of('1', { ...anew, patient: { id: 'M2' } }))).toBe(false)
    expect(follows(claim(1, 'A', '1', 'I2', anew))).toBe(false)
    expect(follows(claim(1, 'A', '1', 'I2', { ...anew, originalReference: 'I1' }))).toBe(true)
    expect(follows(of('22', anew)), 'a reversal is no decision').toBe(false)
    expect(followsReversal(on('2026-07-01', of('1', anew)), on('2026-06-01', original)), 'no reversal').toBe(false)
  })
})
