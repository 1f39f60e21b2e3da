import { describe, expect, it } from 'vitest'
import { denials, one, withPosting } from './one-line.ts'
import { all, type ClaimSaid, control, owed, pays, type Triple, visitWith } from './visit.ts'

describe('clarification 2: patient responsibility nets within its line', () => {
  it('a negative PR comes off the smaller components; only the positive net moves', () => {
    const desk = one([
      ['CO', '45', 2_000],
      ['PR', '1', 3_000],
      ['PR', '2', 1_000],
      ['PR', '23', -1_500],
    ])
    expect(owed(desk)).toEqual({ 'l1 patient': 2_500 })
    expect(all(desk, 'ResponsibilityTransferred')[0]?.reason).toEqual({ kind: 'pr', carc: '1' })
    expect(all(desk, 'PriorPayerSettled'), 'PR-23 is never a stand-in').toEqual([])
  })

  it('a negative net raises what is owed and posts as a signed adjustment', () => {
    const desk = one([
      ['CO', '45', 2_000],
      ['PR', '23', -1_500],
    ])
    expect(owed(desk)).toEqual({})
    expect(control(desk)).toMatchObject({ contractual: 500 })
  })
})

describe('clarification 2: all PR of a line is netted, on a denial code too', () => {
  it('PR-96 50.00 and PR-1 −10.00: 40.00 waits under PR-96, and nothing else is posted', () => {
    const desk = one([
      ['PR', '96', 5_000],
      ['PR', '1', -1_000],
    ])
    expect(owed(desk)).toEqual({ 'l1 acme': 4_000 })
    expect(all(desk, 'ResponsibilityHeld').flatMap(({ lines }) => lines)).toMatchObject([{ carc: '96', amount: 4_000 }])
    expect(denials(desk)).toEqual([{ category: 'nonCovered', amount: 4_000, amountHeld: true }])
    expect(all(desk, 'ContractualAdjustmentPosted')).toEqual([])
  })

  it('the smaller component gives way: PR-1 30.00 before PR-96 50.00', () => {
    const desk = one([
      ['PR', '96', 5_000],
      ['PR', '1', 3_000],
      ['PR', '2', -1_000],
    ])
    expect(owed(desk)).toEqual({ 'l1 acme': 5_000, 'l1 patient': 2_000 })
  })
})

describe('clarification 3: CO-24', () => {
  it('is capitated where the coverage is, or the remittance pays capitation', () => {
    const onFile = one(
      [
        ['CO', '24', 9_000],
        ['PR', '3', 1_000],
      ],
      {},
      { capitated: true },
    )
    expect(owed(onFile)).toEqual({ 'l1 patient': 1_000 })
    expect(denials(onFile)).toEqual([])
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    const claim: ClaimSaid = { lines: [{ charge: 10_000, cas: [['CO', '24', 10_000]] }] }
    desk.does(pays('acme', claim, '2026-02-20', { capitation: true }), '2026-02-21')
    expect(owed(desk)).toEqual({})
    expect(all(desk, 'ClaimAdjudicated')[0]?.lines[0]?.adjustments[0]?.disposition).toBe('capitated')
  })

  it('is a denial, category cob, without such a contract and with CLP02 4: bill the managed-care plan', () => {
    expect(denials(one([['CO', '24', 10_000]]))).toEqual([{ category: 'cob', amount: 10_000 }])
    expect(denials(one([['CO', '24', 10_000]], { status: '4' }))[0]?.category).toBe('cob')
    expect(denials(one([['CO', '24', 10_000]], { status: '4' }, { capitated: true }))[0]?.category).toBe('cob')
    expect(denials(one([['CO', '16', 10_000]], { status: '4' }))[0]?.category, 'clarification 5').toBe('eligibility')
  })
})

describe('clarification 5: CARC 23 outside OA', () => {
  it('stands for an earlier payer only where a later one speaks; else it is a denial', () => {
    const later = one([['CO', '23', 6_000]], { status: '2' })
    expect(control(later)).toMatchObject({ priorPayerUnverified: 6_000 })
    expect(all(later, 'ClaimAdjudicated')[0]?.findings.join()).toContain('OA was due')
    expect(denials(one([['CO', '23', 6_000]]))).toEqual([{ category: 'cob', amount: 6_000 }])
  })
})

describe('clarification 5: CLP02 4 and 23 name the category of the denials they carry', () => {
  it.each(['4', '23'])('CLP02 %s: eligibility, and none is made where none is said', (status) => {
    expect(denials(one([['CO', '50', 10_000]], { status }))).toEqual([{ category: 'eligibility', amount: 10_000 }])
    expect(denials(one([], { status }))).toEqual([])
  })
})

describe('clarifications 7, 15 and 20: which reductions post', () => {
  it('44, 161, 222, 245, 274, A2 are contractual; CR goes as CO would', () => {
    for (const carc of ['44', '161', '222', '245', '274', 'A2']) {
      expect(control(one([['CO', carc, 1_000]])), carc).toMatchObject({ contractual: 1_000 })
    }
    expect(control(one([['CR', '45', 1_000]]))).toMatchObject({ contractual: 1_000 })
    expect(denials(one([['CR', '50', 10_000]]))).toEqual([{ category: 'mednec', amount: 10_000 }])
  })

  it('a negative amount posts signed whatever its code; a code in no row is a denial `unlisted` and a finding', () => {
    expect(control(one([['CO', '91', -1_000]]))).toMatchObject({ contractual: -1_000 })
    const odd = one([['CO', 'Z9', 1_000]])
    expect(denials(odd)).toEqual([{ category: 'unlisted', amount: 1_000 }])
    expect(all(odd, 'ClaimAdjudicated')[0]?.findings.join()).toContain('Z9')
  })

  it('a group that is none posts nothing by default: a denial `unlisted` and a finding that names both codes', () => {
    const findings = (cas: readonly Triple[]) => all(one(cas), 'ClaimAdjudicated')[0]?.findings ?? []
    const desk = one([['XX', '253', 2_000]])
    expect(owed(desk)).toEqual({ 'l1 acme': 2_000 })
    expect(denials(desk)).toEqual([{ category: 'unlisted', amount: 2_000 }])
    expect(findings([['XX', '253', 2_000]])).toEqual(['unlisted: XX-253: XX is no group of the code list'])
    expect(findings([['XX', '253', -2_000]])).toEqual(['unlisted: XX-253: XX is no group of the code list'])
    expect(findings([['CO', '999', 2_000]])).toEqual(['unlisted: CO-999: 999 is in no row of the table'])
    expect(findings([['PR', '999', 2_000]])).toEqual(['unlisted: PR-999: 999 is in no row of the table'])
    expect(findings([['OA', '253', 2_000]])).toEqual(['unlisted: OA-253: no contract is claimed'])
    expect(findings([['XX', '253', 0]])).toEqual([])
  })

  it('errata 4: OA-45 reduces nothing, nor does PI-45: a denial `unlisted`, open at the payer', () => {
    for (const group of ['OA', 'PI']) {
      const desk = one([[group, '45', 2_000]])
      expect(denials(desk), group).toEqual([{ category: 'unlisted', amount: 2_000 }])
      expect(owed(desk), group).toEqual({ 'l1 acme': 2_000 })
      expect(control(desk)['contractual'], group).toBeUndefined()
    }
  })

  it('CO-45 of the whole charge is contractual only beside a paid line', () => {
    expect(denials(one([['CO', '45', 10_000]]))).toEqual([{ category: 'nonCovered', amount: 10_000 }])
    const two = visitWith({
      charges: [
        { line: 'l1', amount: 10_000 },
        { line: 'l2', amount: 5_000, code: '73562' },
      ],
    })
    const lines = [
      { charge: 10_000, cas: [['CO', '45', 10_000]] as const },
      { code: '73562', charge: 5_000, paid: 5_000 },
    ]
    two.does(pays('acme', { lines }, '2026-02-20'), '2026-02-21')
    expect(owed(two)).toEqual({})
    expect(control(two)).toMatchObject({ contractual: 10_000 })
  })

  it('104 and 105 are withheld in any group and sign: a receivable from the payer, never a write-off', () => {
    for (const [group, amount] of [
      ['CO', 800],
      ['PI', 800],
      ['OA', -800],
    ] as const) {
      const desk = one([[group, '104', amount]])
      expect(control(desk), `${group} ${amount}`).toMatchObject({ 'withhold:acme': amount })
      expect(owed(desk)).toEqual({})
    }
  })

  it('104 and 105 of group PR are withheld too: neither the patient’s nor a denial', () => {
    for (const carc of ['104', '105']) {
      const desk = one([['PR', carc, 4_000]])
      expect(owed(desk), carc).toEqual({})
      expect(control(desk), carc).toMatchObject({ 'withhold:acme': 4_000 })
      expect(denials(desk), carc).toEqual([])
    }
  })

  it('94 posts in any group, PR too; 144 is contractual whoever’s word it is', () => {
    for (const [group, carc] of [
      ['PR', '94'],
      ['OA', '94'],
      ['CO', '144'],
      ['PI', '144'],
      ['OA', '144'],
    ] as const) {
      const desk = one([[group, carc, 1_000]])
      expect(owed(desk), `${group}-${carc}`).toEqual({})
      expect(control(desk), `${group}-${carc}`).toMatchObject({ contractual: 1_000 })
    }
  })

  it('59 reduces a paid line and denies an unpaid one', () => {
    expect(control(one([['CO', '59', 5_000]]))).toMatchObject({ contractual: 5_000 })
    expect(denials(one([['CO', '59', 10_000]]))).toMatchObject([{ category: 'bundled', amount: 10_000 }])
  })

  it('133 and 277 are pending: a diary, no appeal', () => {
    expect(denials(one([['OA', '133', 10_000]]))).toEqual([{ category: 'pending', amount: 10_000, pending: true }])
  })
})

describe('clarification 8 and the gates: what may not reach the patient', () => {
  it('PR on a denial code is held at the coverage and stands in the queue without an amount of its own', () => {
    const desk = one([['PR', '96', 10_000]])
    expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
    expect(denials(desk)).toEqual([{ category: 'nonCovered', amount: 10_000, amountHeld: true }])
    expect(all(desk, 'ResponsibilityHeld')[0]).toMatchObject({
      denialId: all(desk, 'DenialRecorded')[0]?.denialId,
      blockedBy: ['PG-04'],
    })
  })

  it('on a forwarded claim it moves to the next coverage like other PR', () => {
    const desk = one([['PR', '96', 10_000]], { status: '19' }, { payers: ['acme', 'beta'] })
    expect(owed(desk)).toEqual({ 'l1 beta': 10_000 })
  })

  it('a claim crossed over to an unknown carrier makes a stub coverage and work items, never a patient', () => {
    const desk = one(
      [
        ['CO', '45', 2_000],
        ['PR', '2', 1_600],
      ],
      { status: '19', crossover: 'GAP PLAN', crossoverId: 'GAP1' },
    )
    const [, stub] = all(desk, 'CoverageAdded')
    expect(stub).toMatchObject({ stub: true, payerName: 'GAP PLAN', payerId: 'GAP1', order: 2 })
    expect(owed(desk)).toEqual({ [`l1 ${stub?.coverageId}`]: 1_600 })
    expect(all(desk, 'ClaimWorkItemRaised').map(({ code }) => code)).toEqual([
      'completeCrossoverCoverage',
      'awaitCrossover',
    ])
  })

  it('QMB: OA-209 stays off the patient; with no next payer the practice’s policy holds it or writes it off', () => {
    const cas: readonly Triple[] = [
      ['CO', '45', 2_000],
      ['OA', '209', 1_600],
    ]
    const held = one(cas, { filing: 'MB' }, { filing: { acme: 'MB' } })
    expect(owed(held)).toEqual({ 'l1 acme': 1_600 })
    expect(all(held, 'ResponsibilityHeld')[0]).toMatchObject({ blockedBy: ['AR-05'] })
    const written = one(
      cas,
      { filing: 'MB' },
      { filing: { acme: 'MB' }, at: withPosting({ qmbWithoutNextPayer: 'writeOff' }) },
    )
    expect(owed(written)).toEqual({})
    expect(control(written)).toMatchObject({ 'writeOff:qmb': 1_600 })
    expect(all(written, 'ResponsibilityReleased')[0]?.outcome).toBe('writtenOff')
  })

  it('D5 the QMB alert keeps PR off the patient, and moves freely to a next payer', { tags: ['D5'] }, () => {
    const cas: readonly Triple[] = [
      ['CO', '45', 2_000],
      ['PR', '2', 1_600],
    ]
    const filing = { acme: 'MB' }
    const alone = one(cas, { filing: 'MB', remarks: ['N782'] }, { filing })
    expect(owed(alone)).toEqual({ 'l1 acme': 1_600 })
    expect(all(alone, 'ResponsibilityHeld')[0]?.blockedBy).toContain('AR-05')
    const next = one(cas, { filing: 'MB', remarks: ['N782'] }, { filing, payers: ['acme', 'beta'] })
    expect(owed(next)).toEqual({ 'l1 beta': 1_600 })
  })

  it('clarification 24: the patient had paid more than the share: a work item with the difference, no posting', () => {
    const desk = one(
      [
        ['CO', '45', 2_000],
        ['PR', '2', 1_600],
      ],
      { patientPaid: 2_500 },
    )
    expect(all(desk, 'ClaimWorkItemRaised')).toMatchObject([{ code: 'patientMayBeOverpaid', amount: 900 }])
    expect(control(desk)).toEqual({
      revenue: -10_000,
      contractual: 2_000,
      'payerClearing:remit-acme-2026-02-20': 6_400,
    })
  })
})
