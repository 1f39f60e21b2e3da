import { describe, expect, it } from 'vitest'
import { remainingOf } from '../../src/account/plans/state.ts'
import type { Desk } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'
import { all, type ClaimSaid, control, credits, owed, pays, takenBack, visitWith } from './visit.ts'

const original: ClaimSaid = {
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
}
const correction = (paid: number, share: number, reduced = 50_000 - paid - share): ClaimSaid => ({
  lines: [
    {
      charge: 50_000,
      paid,
      cas: [
        ['CO', '45', reduced],
        ['PR', '1', share],
      ],
    },
  ],
})

const posted = (): Desk => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
  desk.does(pays('acme', original, '2026-02-20'), '2026-03-05')
  return desk
}
const reverses = (desk: Desk, on = '2026-05-01') => desk.does(pays('acme', takenBack(original), on), on)
const reversal = (desk: Desk) => all(desk, 'AdjudicationReversed').at(-1)

describe('rule R: a reversal negates what the adjudication had posted', () => {
  it('(1) a share still open at the patient is taken back; alone it is pending', () => {
    const desk = posted()
    reverses(desk)
    expect(owed(desk)).toEqual({ 'l1 acme': 50_000 })
    expect(reversal(desk)).toMatchObject({ pending: true, residual: [] })
    expect(control(desk)).toEqual({
      revenue: -50_000,
      'payerClearing:remit-acme-2026-02-20': 20_000,
      'payerClearing:remit-acme-2026-05-01': -20_000,
    })
    expect(credits(desk)).toEqual([])
  })

  it('(2) what the patient paid stays as a negative item, provisional until the correction, which it then meets', () => {
    const desk = posted()
    desk.does({ type: 'PostPayment', on: '2026-03-20', amount: 15_000, tender: 'check' }, '2026-03-20')
    reverses(desk)
    expect(owed(desk)).toEqual({ 'l1 acme': 50_000, 'l1 patient': -15_000 })
    expect(reversal(desk)?.residual).toEqual([{ lineId: 'l1', amount: 15_000, cause: 'paidByPatient' }])
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 15_000, provisional: true }])
    desk.does(pays('acme', correction(22_000, 13_000), '2026-06-01'), '2026-06-02')
    expect(owed(desk)).toEqual({ 'l1 patient': -2_000 })
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 2_000, provisional: false }])
  })

  it('(3) charity on the share is given back first, up to the amount, with a work item', () => {
    const desk = posted()
    desk.does(
      {
        type: 'WriteOff',
        on: '2026-04-01',
        visit: 'v1',
        party: 'patient',
        category: 'charity',
        lines: [{ line: 'l1', amount: 6_000 }],
        approval: { by: 'fay', roles: ['faSupervisor'], determination: 'fap-1' },
        reason: 'assistance',
      },
      '2026-04-01',
    )
    reverses(desk)
    expect(owed(desk)).toEqual({ 'l1 acme': 50_000 })
    expect(all(desk, 'AdjustmentReversed')[0]?.lines).toEqual([{ lineId: 'l1', amount: 6_000 }])
    expect(all(desk, 'ClaimWorkItemRaised').map(({ code }) => code)).toEqual(['writeOffReversedByPayer'])
    expect(control(desk)['writeOff:charity']).toBeUndefined()
    expect(reversal(desk)?.residual).toEqual([{ lineId: 'l1', amount: 6_000, cause: 'writtenOff' }])
  })

  it('(3) so is a denial that a person wrote off: the payer decides about it again', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
    const denied: ClaimSaid = { lines: [{ charge: 50_000, cas: [['CO', '197', 50_000]] }] }
    desk.does(pays('acme', denied, '2026-02-20'), '2026-02-21')
    const [denial] = all(desk, 'DenialRecorded')
    const approval = { by: 'max', roles: ['manager' as const] }
    desk.does(
      {
        type: 'ResolveDenial',
        on: '2026-03-01',
        denial: denial?.denialId ?? '',
        outcome: { kind: 'writtenOff', category: 'administrative', avoidable: true, approval },
        reason: 'no authorisation',
      },
      '2026-03-01',
    )
    expect(owed(desk)).toEqual({})
    desk.does(pays('acme', [takenBack(denied), correction(30_000, 5_000)], '2026-05-01'), '2026-05-02')
    expect(owed(desk)).toEqual({ 'l1 patient': 5_000 })
    expect(control(desk)).toEqual({
      revenue: -50_000,
      contractual: 15_000,
      'payerClearing:remit-acme-2026-05-01': 30_000,
    })
  })

  it('(4) a share that is placed is recalled first', () => {
    const desk = posted()
    desk.does(place('2026-08-01'), '2026-08-01')
    expect([...desk.state.ledger.layers.values()].map(({ placed }) => placed)).toContain(15_000)
    reverses(desk, '2026-08-20')
    expect(owed(desk)).toEqual({ 'l1 acme': 50_000 })
    expect(all(desk, 'AccountRecalled')[0]).toMatchObject({
      reason: 'reversal',
      items: [{ lineId: 'l1', amount: 15_000 }],
    })
    expect(reversal(desk)?.residual).toEqual([{ lineId: 'l1', amount: 15_000, cause: 'placed' }])
    expect([...desk.state.ledger.layers.values()].map(({ placed }) => placed)).not.toContain(15_000)
  })

  it('(5) a share on a plan is taken back: the plan follows at the end of the unit', () => {
    const desk = posted()
    desk.does(
      {
        type: 'ProposePlan',
        on: '2026-03-10',
        plan: 'p1',
        divide: { instalments: 3 },
        firstDue: '2026-04-15',
        household: { monthlyIncome: 300_000 },
        writtenAgreement: false,
      },
      '2026-03-10',
    )
    desk.does({ type: 'AcceptPlan', on: '2026-03-10', plan: 'p1' }, '2026-03-10')
    desk.does(pays('acme', [takenBack(original), correction(29_000, 6_000)], '2026-05-01'), '2026-05-01')
    expect(owed(desk)).toEqual({ 'l1 patient': 6_000 })
    const plan = [...desk.state.plans.plans.values()][0]
    expect(plan && remainingOf(plan), 'law H10: no more is promised than is open').toBe(6_000)
  })

  it('D4 reversal and correction in one unit: payments, reductions and shares net to the new ones', {
    tags: ['D4'],
  }, () => {
    const desk = posted()
    desk.does(pays('acme', [takenBack(original), correction(14_000, 21_000)], '2026-05-01'), '2026-05-04')
    expect(owed(desk)).toEqual({ 'l1 patient': 21_000 })
    expect(reversal(desk)?.pending).toBe(false)
    expect(all(desk, 'ClaimAdjudicated').at(-1)?.supersedes).toBe(all(desk, 'ClaimAdjudicated')[0]?.adjudicationId)
    const [old, young] = all(desk, 'ResponsibilityTransferred').map(({ effects }) =>
      effects.filter(({ party }) => party === 'patient').map(({ layerId, amount }) => [layerId, amount]),
    )
    expect(young?.[0], 'the overlap returns to its layer').toEqual([old?.[0]?.[0], 15_000])
    expect(young?.[1]?.[1]).toBe(6_000)
  })

  it('a reversal that is not the original’s negation is held: another amount, other adjustments', () => {
    const desk = posted()
    const less: ClaimSaid = { ...takenBack(original), paid: -19_000 }
    expect(desk.refused(pays('acme', less, '2026-05-01'), '2026-05-01')).toContain('B4')
    const other = takenBack(correction(19_000, 15_000))
    expect(desk.refused(pays('acme', other, '2026-05-01'), '2026-05-01')).toEqual(['R', 'R'])
    const groups = takenBack({
      lines: [
        {
          charge: 50_000,
          paid: 20_000,
          cas: [
            ['CR', '45', 15_000],
            ['CR', '1', 15_000],
            ['CO', '42', 0],
          ],
        },
      ],
    })
    desk.does(pays('acme', groups, '2026-05-01'), '2026-05-01')
    expect(owed(desk), 'group letters and zero amounts are ignored').toEqual({ 'l1 acme': 50_000 })
  })

  it('a reversal before its original is held, and so is its correction', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
    const unit = pays('acme', [takenBack(original), correction(14_000, 21_000)], '2026-05-01')
    expect(desk.refused(unit, '2026-05-01')).toEqual(['R'])
    expect(owed(desk)).toEqual({ 'l1 acme': 50_000 })
    desk.does(pays('acme', original, '2026-02-20'), '2026-05-02')
    desk.does(unit, '2026-05-03')
    expect(owed(desk)).toEqual({ 'l1 patient': 21_000 })
  })

  it('the same adjudication is reversed once', () => {
    const desk = posted()
    reverses(desk)
    expect(desk.refused(pays('acme', takenBack(original), '2026-05-02'), '2026-05-02')).toEqual(['R'])
  })

  it('a takeback that a person had pushed is undone by the payer’s own reversal', () => {
    const desk = posted()
    desk.does(
      {
        type: 'PostTakeback',
        on: '2026-04-01',
        visit: 'v1',
        coverage: 'acme',
        lines: [{ line: 'l1', amount: 20_000 }],
        recoupment: { payerId: 'acme', payerControlNumber: 'P1', remittanceId: 'remit-x' },
        reason: 'PLB WO without a reversal',
      },
      '2026-04-01',
    )
    expect(owed(desk)).toEqual({ 'l1 acme': 20_000, 'l1 patient': 15_000 })
    expect(control(desk)['payerRecoupment:acme']).toBe(-20_000)
    reverses(desk)
    expect(owed(desk)).toEqual({ 'l1 acme': 50_000 })
    expect(control(desk)['payerRecoupment:acme']).toBeUndefined()
    expect(all(desk, 'PayerTakebackUndone').length).toBe(1)
  })

  it('a charge voided in between (a replaced claim): only the payer’s cash is left to take back there', () => {
    const desk = posted()
    desk.does({ type: 'VoidCharge', on: '2026-04-01', line: 'l1', reason: 'coded wrong' }, '2026-04-01')
    desk.does(
      { type: 'PostCharge', on: '2026-01-10', visit: 'v1', line: 'l2', code: '99214', amount: 50_000 },
      '2026-04-01',
    )
    expect(owed(desk)).toEqual({ 'l1 acme': -20_000, 'l2 acme': 50_000 })
    const anew = correction(22_000, 13_000)
    const [line] = anew.lines ?? []
    if (!line) throw new Error('no line')
    desk.does(
      pays('acme', [takenBack(original), { ...anew, lines: [{ ...line, code: '99214' }] }], '2026-05-01'),
      '2026-05-02',
    )
    expect(owed(desk)).toEqual({ 'l2 patient': 13_000 })
    expect(control(desk)).toEqual({
      revenue: -50_000,
      contractual: 15_000,
      'payerClearing:remit-acme-2026-02-20': 20_000,
      'payerClearing:remit-acme-2026-05-01': 2_000,
    })
    expect(credits(desk)).toEqual([])
  })

  it('a share that the next payer had paid stays as that payer’s credit, and the correction meets it', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }], payers: ['acme', 'beta'] })
    desk.does(pays('acme', original, '2026-02-20'), '2026-02-21')
    const secondary: ClaimSaid = {
      status: '2',
      icn: 'B1',
      lines: [{ charge: 50_000, paid: 15_000, cas: [['OA', '23', 35_000]] }],
    }
    desk.does(pays('beta', secondary, '2026-03-20'), '2026-03-21')
    expect(owed(desk)).toEqual({})
    reverses(desk)
    expect(owed(desk)).toEqual({ 'l1 acme': 50_000, 'l1 beta': -15_000 })
    expect(credits(desk)).toEqual([{ owner: 'payer', amount: 15_000, provisional: true }])
    desk.does(pays('acme', correction(22_000, 13_000), '2026-06-01'), '2026-06-02')
    expect(owed(desk)).toEqual({ 'l1 beta': -2_000 })
  })

  it('denials and held shares of what is reversed are closed with it', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
    const mixed: ClaimSaid = {
      lines: [
        {
          charge: 50_000,
          cas: [
            ['CO', '50', 30_000],
            ['PR', '96', 20_000],
          ],
        },
      ],
    }
    desk.does(pays('acme', mixed, '2026-02-20'), '2026-02-21')
    expect(all(desk, 'DenialRecorded').length).toBe(2)
    desk.does(pays('acme', takenBack(mixed), '2026-05-01'), '2026-05-02')
    expect(all(desk, 'DenialResolved').map(({ outcome }) => outcome.kind)).toEqual(['superseded', 'superseded'])
    expect(all(desk, 'ResponsibilityReleased').map(({ outcome }) => outcome)).toEqual(['reversed'])
    expect(owed(desk)).toEqual({ 'l1 acme': 50_000 })
  })
})
