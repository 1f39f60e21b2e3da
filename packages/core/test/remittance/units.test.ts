import { describe, expect, it } from 'vitest'
import { type AdviceClaim, adviceClaim } from '../../src/remittance/advice.ts'
import { postingUnits } from '../../src/remittance/units.ts'

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
