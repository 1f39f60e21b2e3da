import { describe, expect, it } from 'vitest'
import { all, control, credits, opens, owed, pays, takenBack, visitWith } from './visit.ts'

const first = {
  lines: [
    {
      charge: 50_000,
      paid: 20_000,
      cas: [
        ['CO', '45', 15_000],
        ['PR', '1', 15_000],
      ],
    },
  ],
} as const

const second = (paid: number, reduced: number, share: number, prior = 50_000 - paid - reduced - share) =>
  ({
    status: '2',
    icn: 'B1',
    lines: [
      {
        charge: 50_000,
        paid,
        cas: [
          ['OA', '23', prior],
          ['CO', '45', reduced],
          ['PR', '2', share],
        ],
      },
    ],
  }) as const

describe('rule N: a later payer repeats reductions that are taken already', () => {
  const desk = () => {
    const both = visitWith({ charges: [{ line: 'l1', amount: 50_000 }], payers: ['acme', 'beta'] })
    both.does(pays('acme', first, '2026-02-20'), '2026-03-05')
    expect(owed(both)).toEqual({ 'l1 beta': 15_000 })
    return both
  }

  it('of a reported 190.00 it takes the 40.00 that leave 10.00 to the patient', () => {
    const both = desk()
    both.does(pays('beta', second(10_000, 19_000, 1_000), '2026-03-20'), '2026-03-21')
    expect(owed(both)).toEqual({ 'l1 patient': 1_000 })
    expect(all(both, 'ContractualAdjustmentPosted').at(-1)?.lines).toEqual([
      { lineId: 'l1', group: 'CO', carc: '45', amount: 4_000, reported: 19_000 },
    ])
    expect(all(both, 'PriorPayerSettled'), 'the earlier payer is on file').toEqual([])
    expect(control(both)).toMatchObject({ contractual: 19_000, revenue: -50_000 })
  })

  it('holds the claim where more than the reported reduction would be needed, with the difference', () => {
    const both = desk()
    expect(both.refused(pays('beta', second(10_000, 3_000, 1_000), '2026-03-20'), '2026-03-21')).toEqual(['N'])
    const decision = both.history.steps.at(-1)?.decision
    expect(decision?.ok === false && decision.hits[0]?.amount).toBe(1_000)
    expect(owed(both)).toEqual({ 'l1 beta': 15_000 })
  })

  it('holds it where payment and share are more than what is open', () => {
    const both = desk()
    expect(both.refused(pays('beta', second(14_500, 3_000, 1_000), '2026-03-20'), '2026-03-21')).toEqual(['N'])
    const decision = both.history.steps.at(-1)?.decision
    expect(decision?.ok === false && decision.hits[0]?.amount).toBe(-500)
  })

  it('an OA-23 that agrees with no figure of the earlier payer is a finding', () => {
    const agrees = desk()
    agrees.does(pays('beta', second(10_000, 4_000, 1_000, 35_000), '2026-03-20'), '2026-03-21')
    expect(all(agrees, 'ClaimAdjudicated').at(-1)?.findings).toEqual([])
    const other = desk()
    other.does(pays('beta', second(10_000, 6_500, 1_000), '2026-03-20'), '2026-03-21')
    expect(all(other, 'ClaimAdjudicated').at(-1)?.findings.join()).toContain('OA-23')
    expect(owed(other)).toEqual({ 'l1 patient': 1_000 })
  })

  it('a first payer whose advice does not explain what is open is held', () => {
    const one = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
    one.does(pays('acme', { lines: [{ charge: 50_000, cas: [['CO', '197', 50_000]] }] }, '2026-02-20'), '2026-02-21')
    const [denial] = all(one, 'DenialRecorded')
    one.does(
      {
        type: 'ResolveDenial',
        on: '2026-02-25',
        denial: denial?.denialId ?? '',
        outcome: {
          kind: 'writtenOff',
          category: 'administrative',
          avoidable: true,
          approval: { by: 'max', roles: ['manager'] },
        },
        reason: 'too late',
      },
      '2026-02-25',
    )
    expect(one.refused(pays('acme', { ...first, icn: 'P2' }, '2026-03-20'), '2026-03-21')).toEqual(['open'])
  })

  it('CO-94 and other negative reductions come signed: paid above the charge leaves nothing and no credit', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    desk.does(
      pays('acme', { lines: [{ charge: 10_000, paid: 12_000, cas: [['CO', '94', -2_000]] }] }, '2026-02-20'),
      '2026-02-21',
    )
    expect(owed(desk)).toEqual({})
    expect(credits(desk)).toEqual([])
    expect(control(desk)).toMatchObject({ contractual: -2_000 })
  })
})

describe('clarification 6: a prior payer that comes later', () => {
  it('undoes its stand-in, posts itself, and ends where the right order ends', () => {
    const desk = visitWith({ charges: [], payers: [] })
    desk.does(pays('beta', second(14_000, 0, 1_000, 35_000), '2026-03-01', { visit: opens }), '2026-03-02')
    expect(owed(desk)).toMatchObject({})
    expect(control(desk)['priorPayerUnverified']).toBe(35_000)
    const [line] = all(desk, 'ChargePosted')
    desk.does(pays('acme', { ...first, icn: 'A1' }, '2026-03-10'), '2026-03-11')
    expect(control(desk)['priorPayerUnverified']).toBeUndefined()
    expect(all(desk, 'PriorPayerSettlementUndone').length).toBe(1)
    expect(owed(desk)).toEqual({ [`${line?.lineId} patient`]: 1_000 })
    expect(control(desk)).toMatchObject({ contractual: 15_000, 'payerClearing:remit-beta-2026-03-01': 14_000 })
    expect(credits(desk)).toEqual([])
    // The stand-in's layer was restored with its own age: effects of the undoing name the coverage's first layer.
    const settled = all(desk, 'PriorPayerSettled')[0]?.effects.map(({ layerId }) => layerId)
    expect(all(desk, 'PriorPayerSettlementUndone')[0]?.effects.map(({ layerId }) => layerId)).toEqual(settled)
  })

  it('the second payer’s advice first, on a visit billed to the first: the same end', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }], payers: ['acme', 'beta'] })
    desk.does(pays('beta', second(14_000, 0, 1_000, 35_000), '2026-03-01'), '2026-03-02')
    expect(owed(desk)).toEqual({ 'l1 patient': 1_000 })
    desk.does(pays('acme', first, '2026-03-10'), '2026-03-11')
    expect(owed(desk)).toEqual({ 'l1 patient': 1_000 })
    expect(control(desk)).toEqual({
      revenue: -50_000,
      contractual: 15_000,
      'payerClearing:remit-acme-2026-03-10': 20_000,
      'payerClearing:remit-beta-2026-03-01': 14_000,
    })
    expect(credits(desk)).toEqual([])
  })

  it('a difference to what the later payer had said is a finding, not a credit', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }], payers: ['acme', 'beta'] })
    desk.does(pays('beta', second(12_000, 2_000, 1_000, 35_000), '2026-03-01'), '2026-03-02')
    const more = {
      lines: [
        {
          charge: 50_000,
          paid: 20_500,
          cas: [
            ['CO', '45', 15_000],
            ['PR', '1', 14_500],
          ],
        },
      ],
    } as const
    desk.does(pays('acme', more, '2026-03-10'), '2026-03-11')
    expect(all(desk, 'ClaimAdjudicated').at(-1)?.findings.length).toBeGreaterThan(0)
    expect(credits(desk), 'the later payer’s reduction gives way').toEqual([])
    expect(owed(desk)).toEqual({ 'l1 patient': 1_000 })
    expect(control(desk)['contractual']).toBe(16_500)
  })

  it('a first payer that pays less leaves the rest open at the later one, and says so', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }], payers: ['acme', 'beta'] })
    desk.does(pays('beta', second(14_000, 0, 1_000, 35_000), '2026-03-01'), '2026-03-02')
    const less = {
      lines: [
        {
          charge: 50_000,
          paid: 19_000,
          cas: [
            ['CO', '45', 15_000],
            ['PR', '1', 16_000],
          ],
        },
      ],
    } as const
    desk.does(pays('acme', less, '2026-03-10'), '2026-03-11')
    expect(owed(desk)).toEqual({ 'l1 beta': 1_000, 'l1 patient': 1_000 })
    expect(all(desk, 'ClaimAdjudicated').at(-1)?.findings.length).toBeGreaterThan(1)
  })

  it('what moves between the payers names the decision that caused it, and stays when that is reversed', () => {
    const more = {
      lines: [
        {
          charge: 50_000,
          paid: 20_500,
          cas: [
            ['CO', '45', 15_000],
            ['PR', '1', 14_500],
          ],
        },
      ],
    } as const
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }], payers: ['acme', 'beta'] })
    desk.does(pays('beta', second(12_000, 2_000, 1_000, 35_000), '2026-03-01'), '2026-03-02')
    desk.does(pays('acme', more, '2026-03-10'), '2026-03-11')
    const [ofBeta, ofAcme] = all(desk, 'ClaimAdjudicated').map(({ adjudicationId }) => adjudicationId)
    const between = all(desk, 'ResponsibilityTransferred').filter(({ reason }) => reason.kind === 'cobChanged')
    expect(between.map(({ note }) => note)).toEqual([
      `beta health decided (adjudication ${ofBeta})`,
      `acme health decided (adjudication ${ofAcme})`,
      `acme health decided (adjudication ${ofAcme})`,
    ])
    desk.does(pays('acme', takenBack(more), '2026-04-01'), '2026-04-02')
    expect(owed(desk), 'acme has its own part to explain anew').toEqual({ 'l1 acme': 35_500, 'l1 patient': 1_000 })
  })
})
