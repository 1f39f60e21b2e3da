import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { all, type ClaimSaid, owed, pays } from './visit.ts'

// A second 837 for a visit (postings.md, claim and charge identity): none of them posts charges twice.

type Record = Extract<AccountCommandInput, { type: 'RecordSubmittedClaim' }>
type Claim = Record['claim']
type Coverage = Claim['destination']

const payer = (name: string, sequence: string, memberId: string): Coverage => ({
  sequence,
  relationship: '18',
  filingIndicator: '12',
  payerName: name,
  payerId: name,
  memberId,
  subscriber: {},
})
const line = (over: Partial<Claim['lines'][number]> = {}): Claim['lines'][number] => ({
  number: 1,
  code: '99213',
  modifiers: [],
  charge: 10_000,
  units: '1',
  diagnosisPointers: [1],
  serviceFrom: '2026-01-10',
  ...over,
})
const claim = (over: Partial<Claim> = {}): Claim => {
  const lines = over.lines ?? [line()]
  return {
    number: 1,
    segment: 1,
    kind: 'professional',
    patientControlNumber: 'v1',
    charge: lines.reduce((sum, each) => sum + each.charge, 0),
    frequency: '1',
    billingProvider: { name: 'Clinic' },
    diagnoses: [],
    patient: { last: 'Roe', first: 'Jo', id: 'M1' },
    destination: payer('acme', 'P', 'M1'),
    otherCoverages: [],
    lines,
    defects: [],
    findings: [],
    ...over,
  }
}
const opening = { open: { accountId: 'a1', patientId: 'pt1', visitId: 'v1' } } as const
const submits = (said: Claim, on: string, visit: Record['visit'] = { known: 'v1' }): Record => ({
  type: 'RecordSubmittedClaim',
  on,
  claim: said,
  visit,
})
const submitted = (said: Claim = claim()): Desk => {
  const desk = openDesk()
  desk.does(submits(said, '2026-01-12', opening), '2026-01-12')
  return desk
}
const charged = (desk: Desk) =>
  all(desk, 'ChargePosted').map(({ code, modifiers, amount }) => ({ code, modifiers, amount }))

describe('charges post once per visit and line', () => {
  it('the claim to the next coverage says a modifier more: the same service', () => {
    const desk = submitted()
    const second = claim({
      destination: payer('beta', 'S', 'B1'),
      otherCoverages: [payer('acme', 'P', 'M1')],
      lines: [line({ modifiers: ['25'] })],
    })
    desk.does(submits(second, '2026-02-12'), '2026-02-12')
    expect(charged(desk)).toEqual([{ code: '99213', modifiers: [], amount: 10_000 }])
    expect(all(desk, 'ClaimSubmitted').length).toBe(2)
  })

  it('a line that is the same but for its modifiers stands beside one that is the very same', () => {
    const both = claim({ lines: [line(), line({ number: 2, modifiers: ['25'] })] })
    const desk = submitted(both)
    desk.does(submits({ ...both, lines: [...both.lines].reverse() }, '2026-02-12'), '2026-02-12')
    expect(charged(desk).length).toBe(2)
  })

  it('a replacement (frequency 7) with another modifier voids the charge and posts it anew', () => {
    const desk = submitted()
    desk.does(submits(claim({ frequency: '7', lines: [line({ modifiers: ['25'] })] }), '2026-02-12'), '2026-02-12')
    expect(all(desk, 'ChargeVoided').length).toBe(1)
    expect(charged(desk).at(-1)).toEqual({ code: '99213', modifiers: ['25'], amount: 10_000 })
    expect(Object.values(owed(desk))).toEqual([10_000])
  })
})

describe('D1 a claim that takes its charges away (frequency 7 or 8)', { tags: ['D1'] }, () => {
  const denied: readonly ClaimSaid[] = [
    {
      lines: [
        { code: '99213', charge: 10_000, cas: [['CO', '197', 10_000]] },
        { code: '80053', charge: 5_000, cas: [['CO', '197', 5_000]] },
      ],
    },
  ]
  const both = claim({ lines: [line(), line({ number: 2, code: '80053', charge: 5_000 })] })

  it.each([
    ['8', both],
    ['7', claim({ lines: [line({ charge: 12_000 })] })],
  ])('frequency %s ends a denial over two lines: nobody has to work it any more', (frequency, again) => {
    const desk = submitted(both)
    desk.does(pays('acme', denied, '2026-02-01'), '2026-02-02')
    expect(all(desk, 'DenialRecorded').map(({ lines }) => lines.length)).toEqual([2])
    desk.does(submits({ ...again, frequency }, '2026-02-12'), '2026-02-12')
    expect(all(desk, 'ChargeVoided').length).toBe(2)
    expect(all(desk, 'DenialResolved').map(({ outcome, effectiveDate }) => [outcome.kind, effectiveDate])).toEqual([
      ['voided', '2026-02-01'],
    ])
    expect([...desk.state.claims.denials.values()].filter(({ resolved }) => resolved === undefined)).toEqual([])
  })

  it('ends a holding over two lines, and leaves a denial of a line that stays', () => {
    const held: ClaimSaid = {
      remarks: ['N782'],
      lines: [
        { code: '99213', charge: 10_000, paid: 9_000, cas: [['PR', '1', 1_000]] },
        { code: '80053', charge: 5_000, paid: 4_000, cas: [['PR', '1', 1_000]] },
      ],
    }
    const desk = submitted(both)
    desk.does(pays('acme', held, '2026-02-01'), '2026-02-02')
    const open = () => [...desk.state.ledger.holdings.values()].filter((holding) => holding.open).length
    expect(open()).toBeGreaterThan(0)
    desk.does(submits({ ...both, frequency: '8' }, '2026-02-12'), '2026-02-12')
    expect(open()).toBe(0)

    const stays = submitted(both)
    stays.does(pays('acme', denied, '2026-02-01'), '2026-02-02')
    stays.does(submits(claim({ frequency: '7' }), '2026-02-12'), '2026-02-12')
    expect(all(stays, 'ChargeVoided').length).toBe(1)
    expect(all(stays, 'DenialResolved')).toEqual([])
  })
})

describe('two coverages of one payer in a claim', () => {
  it('are two, in their places, where their member ids differ', () => {
    const desk = submitted(claim({ destination: payer('acme', 'P', 'M1'), otherCoverages: [payer('acme', 'S', 'M2')] }))
    const onFile = [...desk.state.coverage.coverages.values()]
    expect(onFile.map(({ order, memberId }) => ({ order, memberId }))).toEqual([
      { order: 1, memberId: 'M1' },
      { order: 2, memberId: 'M2' },
    ])
    desk.does(
      submits(
        claim({ destination: payer('acme', 'S', 'M2'), otherCoverages: [payer('acme', 'P', 'M1')] }),
        '2026-02-12',
      ),
      '2026-02-12',
    )
    expect(desk.state.coverage.coverages.size).toBe(2)
    expect(all(desk, 'ClaimSubmitted').map(({ coverageId }) => coverageId)).toEqual(
      onFile.map(({ coverageId }) => coverageId),
    )
  })

  it('one payer named twice with one member id is one coverage', () => {
    const desk = submitted(claim({ destination: payer('acme', 'P', 'M1'), otherCoverages: [payer('acme', 'S', 'M1')] }))
    expect(desk.state.coverage.coverages.size).toBe(1)
  })
})

describe('a day of service that can not be', () => {
  it('beyond the policy’s days ahead (a mistyped year) is refused: no report of today would show the charge', () => {
    const desk = openDesk()
    const future = claim({ lines: [line({ serviceFrom: '2062-01-10' })] })
    expect(desk.refused(submits(future, '2026-01-12', opening), '2026-01-12')).toEqual(['ledger.tooFarAhead'])
  })
})
