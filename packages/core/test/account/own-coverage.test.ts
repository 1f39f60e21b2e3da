import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { one } from '../claims/one-line.ts'
import { all, owed, SERVED } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'

// An account may answer for several patients: the money of one never goes to the coverage of another.

const on = '2026-03-10'

/** Beside the patient of visit `v1`, a child with a coverage of its own. */
const withChild = (desk: Desk): Desk => {
  desk.does({ type: 'RegisterPatient', on: SERVED, patient: 'kid', relationshipToGuarantor: 'child' }, '2026-02-21')
  desk.does({ type: 'AddCoverage', on: SERVED, coverage: 'kids', payer: 'beta', patient: 'kid' }, '2026-02-21')
  return desk
}
const denied = () => withChild(one([['CO', '197', 10_000]]))
const held = () => withChild(one([['PR', '1', 3_000]], { remarks: ['N782'] }))

const resolve = (desk: Desk, coverage: string): AccountCommandInput => ({
  type: 'ResolveDenial',
  on,
  denial: all(desk, 'DenialRecorded')[0]?.denialId ?? '',
  outcome: { kind: 'rebilledNext', coverage },
  reason: 'billed on',
})
const release = (desk: Desk, coverage: string): AccountCommandInput => ({
  type: 'ReleaseResponsibility',
  on,
  holding: [...desk.state.ledger.holdings.keys()][0] ?? '',
  outcome: { kind: 'toNext', coverage },
  reason: 'billed on',
})
const takeback = (coverage: string): AccountCommandInput => ({
  type: 'PostTakeback',
  on,
  visit: 'v1',
  coverage,
  lines: [{ line: 'l1', amount: 1 }],
  recoupment: { payerId: 'beta', payerControlNumber: 'P1', remittanceId: 'remit-x' },
  reason: 'PLB WO',
})

describe('a coverage of another patient', () => {
  it.each([
    ['a denial is not billed to it', denied, resolve, { 'l1 acme': 10_000 }],
    ['a holding is not released to it', held, release, { 'l1 acme': 3_000 }],
  ] as const)('%s', (_says, begin, command, stays) => {
    const desk = begin()
    expect(desk.refused(command(desk, 'kids'), on)).toEqual(['coverage.otherPatient'])
    expect(desk.refused(command(desk, 'nobody'), on)).toEqual(['coverage.unknown'])
    expect(desk.refused(command(desk, 'acme'), on)).toEqual(['coverage.noNext'])
    expect(owed(desk)).toEqual(stays)
  })

  it('takes nothing back', () => {
    expect(withChild(one([])).refused(takeback('kids'), on)).toContain('coverage.otherPatient')
  })
})

describe('every reason at once (design §3.11)', () => {
  it('a denial is told that its day is too far ahead and that there is no other coverage', () => {
    const desk = one([['CO', '197', 10_000]])
    const resolved = { ...resolve(desk, 'acme'), on: '2027-03-10' } as AccountCommandInput
    expect(desk.refused(resolved, on)).toEqual(['ledger.tooFarAhead', 'coverage.noNext'])
  })
})
