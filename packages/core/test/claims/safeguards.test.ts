import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { one } from './one-line.ts'
import { all, type ClaimSaid, control, owed, pays, takenBack, visitWith } from './visit.ts'

// Papers and people that say a thing twice, wrongly, or under another name: no money may move by it.

type Input<T extends AccountCommandInput['type']> = Extract<AccountCommandInput, { type: T }>

const paid80: ClaimSaid = { lines: [{ charge: 10_000, paid: 8_000, cas: [['CO', '45', 2_000]] }] }
const takeback = (over: Partial<Input<'PostTakeback'>> = {}): Input<'PostTakeback'> => ({
  type: 'PostTakeback',
  on: '2026-04-01',
  visit: 'v1',
  coverage: 'acme',
  lines: [{ line: 'l1', amount: 8_000 }],
  recoupment: { payerId: 'acme', payerControlNumber: 'P1', remittanceId: 'remit-x' },
  reason: 'PLB WO without a reversal',
  ...over,
})

describe('a recoupment is pushed to a claim once, and never beyond what the payer paid there (errata 1)', () => {
  it('the same recoupment on the same line a second time is refused', () => {
    const desk = one([['CO', '45', 2_000]])
    desk.does(takeback(), '2026-04-01')
    expect(desk.refused(takeback({ on: '2026-04-02' }), '2026-04-02')).toContain('claims.takebackKnown')
    expect(owed(desk)).toEqual({ 'l1 acme': 8_000 })
  })

  it('more than the payer paid on the line is refused; in parts, all of it is not', () => {
    const desk = one([['CO', '45', 2_000]])
    const part = (amount: number, remittanceId: string) =>
      takeback({
        lines: [{ line: 'l1', amount }],
        recoupment: { payerId: 'acme', payerControlNumber: 'P1', remittanceId },
      })
    expect(desk.refused(part(8_001, 'remit-x'), '2026-04-01')).toEqual(['claims.beyondPaid'])
    desk.does(part(5_000, 'remit-x'), '2026-04-01')
    expect(desk.refused(part(3_001, 'remit-y'), '2026-04-01')).toEqual(['claims.beyondPaid'])
    desk.does(part(3_000, 'remit-y'), '2026-04-01')
    expect(owed(desk)).toEqual({ 'l1 acme': 8_000 })
  })

  it.each(['P1', 'v1'])(
    'named %s (the payer’s number or ours), the reversal that comes later undoes it first',
    (pcn) => {
      const desk = one([['CO', '45', 2_000]])
      desk.does(
        takeback({ recoupment: { payerId: 'acme', payerControlNumber: pcn, remittanceId: 'remit-x' } }),
        '2026-04-01',
      )
      desk.does(pays('acme', takenBack(paid80), '2026-05-01'), '2026-05-01')
      expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
      expect(control(desk)['payerRecoupment:acme']).toBeUndefined()
    },
  )
})

describe('row 20: a refund is acknowledged once', () => {
  const refunded = () => {
    const desk = one([])
    desk.does({ type: 'VoidCharge', on: '2026-03-01', line: 'l1', reason: 'not performed' }, '2026-03-01')
    const credit = [...desk.state.credits.credits.keys()][0] ?? ''
    desk.does(
      {
        type: 'ApproveRefund',
        on: '2026-03-02',
        refund: 'r1',
        credit,
        payee: 'payer',
        method: 'check',
        reason: 'paid for nothing',
      },
      '2026-03-02',
    )
    desk.does({ type: 'IssueRefund', on: '2026-03-02', refund: 'r1' }, '2026-03-02')
    desk.does(pays('acme', takenBack({ lines: [{ charge: 10_000, paid: 10_000 }] }), '2026-04-01'), '2026-04-01')
    expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
    return desk
  }
  const acknowledge = (amount: number, remittanceId: string): Input<'AcknowledgeRefund'> => ({
    type: 'AcknowledgeRefund',
    on: '2026-04-02',
    refund: 'r1',
    remittanceId,
    visit: 'v1',
    line: 'l1',
    coverage: 'acme',
    amount,
  })

  it('in parts up to what was sent back, and no cent more: the payer’s item does not fall below zero', () => {
    const desk = refunded()
    desk.does(acknowledge(4_000, 'remit-x'), '2026-04-02')
    desk.does(acknowledge(6_000, 'remit-y'), '2026-04-02')
    expect(desk.refused(acknowledge(1, 'remit-z'), '2026-04-03')).toEqual(['credits.beyondRefund'])
    expect(owed(desk)).toEqual({})
  })

  it('a payer acknowledges no more than was sent to a payer: every reason against at once', () => {
    const desk = one([])
    desk.does(
      { type: 'PostPayment', on: '2026-03-01', payment: 'p1', amount: 500, tender: 'check', externalRef: 'x' },
      '2026-03-01',
    )
    const approve = { type: 'ApproveRefund', on: '2026-03-02', refund: 'r1', payment: 'p1', method: 'check' } as const
    desk.does({ ...approve, payee: 'guarantor', reason: 'nothing is owed' }, '2026-03-02')
    expect(desk.refused(acknowledge(501, 'remit-x'), '2026-04-02')).toEqual([
      'credits.refundNotIssued',
      'credits.otherPayee',
      'credits.beyondRefund',
    ])
    desk.does({ type: 'IssueRefund', on: '2026-03-02', refund: 'r1' }, '2026-03-02')
    expect(desk.refused(acknowledge(500, 'remit-x'), '2026-04-02')).toEqual(['credits.otherPayee'])
    expect(desk.refused({ ...acknowledge(1, 'remit-x'), refund: 'r9' }, '2026-04-02')).toEqual([
      'credits.refundUnknown',
    ])
  })

  it('what the payer has acknowledged it has: such a refund can not be voided', () => {
    const desk = refunded()
    desk.does(acknowledge(10_000, 'remit-x'), '2026-04-02')
    expect(
      desk.refused({ type: 'VoidRefund', on: '2026-04-03', refund: 'r1', reason: 'not cashed' }, '2026-04-03'),
    ).toEqual(['credits.refundAcknowledged'])
  })
})

describe('what the advice says of the patient stays known when a person moves the amount', () => {
  const qmb = () => one([['PR', '1', 3_000]], { remarks: ['N782'] })
  const release = (
    desk: ReturnType<typeof qmb>,
    evidence?: { group: string; carc: string },
  ): Input<'ReleaseResponsibility'> => ({
    type: 'ReleaseResponsibility',
    on: '2026-03-01',
    holding: [...desk.state.ledger.holdings.keys()][0] ?? '',
    outcome: { kind: 'toPatient', ...(evidence ? { evidence } : {}) },
    reason: 'reviewed',
  })

  it('AR-05 a share held for remark N782 is not released to the patient, whatever is left out of the evidence', () => {
    const desk = qmb()
    expect(desk.refused(release(desk), '2026-03-01')).toEqual(['AR-05'])
    expect(desk.refused(release(desk, { group: 'PR', carc: '1' }), '2026-03-01')).toEqual(['AR-05'])
    expect(owed(desk)).toEqual({ 'l1 acme': 3_000 })
  })

  it('AR-05 nor is it moved by hand', () => {
    const desk = qmb()
    const move: Input<'TransferResponsibility'> = {
      type: 'TransferResponsibility',
      on: '2026-03-01',
      lines: [{ line: 'l1' }],
      from: { coverageId: 'acme' },
      to: 'patient',
      because: 'manual',
      evidence: { group: 'PR', carc: '1' },
      reason: 'reviewed',
    }
    expect(desk.refused(move, '2026-03-01')).toEqual(['AR-05'])
  })

  it('DS-07 a share held for remark N882 is not released as it stands', () => {
    const desk = one([['PR', '1', 3_000]], { remarks: ['N882'] })
    expect(desk.refused(release(desk), '2026-03-01')).toEqual(['DS-07'])
  })

  it('PG-04 a share held on a denial code is a denial, said or not', () => {
    const desk = one([['PR', '204', 3_000]])
    expect(desk.refused(release(desk, { group: 'PR', carc: '204' }), '2026-03-01')).toEqual(['PG-04'])
    const denial = [...desk.state.claims.denials.keys()][0] ?? ''
    expect(all(desk, 'DenialRecorded')[0]?.denialId).toBe(denial)
  })

  it('PG-04 a denial that a person moves to the patient is a denial, said or not', () => {
    const desk = one([['CO', '50', 3_000]])
    const move: Input<'ResolveDenial'> = {
      type: 'ResolveDenial',
      on: '2026-03-01',
      denial: [...desk.state.claims.denials.keys()][0] ?? '',
      outcome: { kind: 'movedToPatient', evidence: { group: 'PR', carc: '50' } },
      reason: 'reviewed',
    }
    expect(desk.refused(move, '2026-03-01')).toEqual(['AR-04', 'PG-04'])
  })
})

describe('one decision for one claim of the payer (clarification 10)', () => {
  it('a unit that decides it twice is held, also where a reversal stands between', () => {
    const desk = one([['CO', '45', 2_000]])
    const denied: ClaimSaid = { lines: [{ charge: 10_000, cas: [['CO', '50', 10_000]] }] }
    for (const unit of [
      [takenBack(paid80), denied, paid80],
      [paid80, takenBack(paid80), denied],
    ]) {
      expect(desk.refused(pays('acme', unit, '2026-05-01'), '2026-05-01')).toEqual(['repeatedClaim'])
    }
  })
})

describe('two coverages of one payer', () => {
  const both = () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    desk.does(
      {
        type: 'AddCoverage',
        on: '2026-01-10',
        coverage: 'acme-second',
        payer: 'acme',
        payerName: 'acme health',
        filingIndicator: '12',
        memberId: 'M2',
      },
      '2026-01-10',
    )
    return desk
  }
  const first: ClaimSaid = {
    status: '1',
    lines: [
      {
        charge: 10_000,
        paid: 6_000,
        cas: [
          ['CO', '45', 2_000],
          ['PR', '2', 2_000],
        ],
      },
    ],
  }
  const second: ClaimSaid = {
    status: '2',
    icn: 'P2',
    lines: [{ charge: 10_000, paid: 2_000, cas: [['OA', '23', 8_000]] }],
  }

  it('CLP02 says which one speaks: the second pays what the first left', () => {
    const desk = both()
    desk.does(pays('acme', first, '2026-02-20'), '2026-02-21')
    expect(owed(desk)).toEqual({ 'l1 acme-second': 2_000 })
    desk.does(pays('acme', second, '2026-03-20'), '2026-03-21')
    expect(owed(desk)).toEqual({})
  })

  it('a denial (CLP02 4) that corrects the second one’s decision is the second one’s', () => {
    const desk = both()
    desk.does(pays('acme', first, '2026-02-20'), '2026-02-21')
    desk.does(pays('acme', second, '2026-03-20'), '2026-03-21')
    const denied: ClaimSaid = {
      status: '4',
      icn: 'P2',
      lines: [
        {
          charge: 10_000,
          cas: [
            ['OA', '23', 8_000],
            ['CO', '27', 2_000],
          ],
        },
      ],
    }
    desk.does(pays('acme', [takenBack(second), denied], '2026-04-20'), '2026-04-21')
    expect(owed(desk)).toEqual({ 'l1 acme-second': 2_000 })
  })
})

describe('one reversal for one adjudication', () => {
  it('rule R: a unit that takes the same claim back twice is held', () => {
    const desk = one([['CO', '45', 2_000]])
    expect(desk.refused(pays('acme', [takenBack(paid80), takenBack(paid80)], '2026-05-01'), '2026-05-01')).toEqual([
      'R',
    ])
  })
})

describe('clarification 2: a negative share nets the shares of its line, whatever its reason code', () => {
  it('PR-1 30.00 and PR-16 −10.00: 20.00 is the patient’s, nothing is denied or held', () => {
    const desk = one([
      ['PR', '1', 3_000],
      ['PR', '16', -1_000],
    ])
    expect(owed(desk)).toEqual({ 'l1 patient': 2_000 })
    expect(all(desk, 'ResponsibilityHeld')).toEqual([])
    expect(all(desk, 'DenialRecorded')).toEqual([])
  })

  it('PR-16 −10.00 alone raises what is owed, to meet a payment above the charge', () => {
    const desk = one([['PR', '16', -1_000]])
    expect(owed(desk)).toEqual({})
    expect(all(desk, 'ContractualAdjustmentPosted')[0]?.lines).toMatchObject([{ carc: '16', amount: -1_000 }])
  })
})

describe('a payer that decides again leaves nothing of its first decision waiting', () => {
  const paidNow: ClaimSaid = { lines: [{ charge: 10_000, paid: 8_000, cas: [['PR', '1', 2_000]] }] }

  it.each(['P1', 'P2'])('denied and held, then paid under number %s: the denial and the holding are closed', (icn) => {
    const desk = one([['PR', '16', 10_000]])
    desk.does(pays('acme', { ...paidNow, icn }, '2026-03-01'), '2026-03-01')
    expect(owed(desk)).toEqual({ 'l1 patient': 2_000 })
    expect(all(desk, 'DenialResolved').map(({ outcome }) => outcome)).toEqual([{ kind: 'superseded' }])
    expect(all(desk, 'ResponsibilityReleased').map(({ outcome }) => outcome)).toEqual(['reversed'])
  })

  it('a denial of another line stays', () => {
    const desk = visitWith({
      charges: [
        { line: 'l1', amount: 10_000, controlNumber: 'A' },
        { line: 'l2', amount: 5_000, controlNumber: 'B' },
      ],
    })
    desk.does(
      pays(
        'acme',
        {
          lines: [
            { charge: 10_000, cas: [['CO', '50', 10_000]], controlNumber: 'A' },
            { charge: 5_000, cas: [['CO', '16', 5_000]], controlNumber: 'B' },
          ],
        },
        '2026-02-20',
      ),
      '2026-02-20',
    )
    desk.does(
      pays('acme', { icn: 'P2', lines: [{ charge: 5_000, paid: 5_000, controlNumber: 'B' }] }, '2026-03-01'),
      '2026-03-01',
    )
    expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
    expect([...desk.state.claims.denials.values()].map(({ event, resolved }) => [event.category, resolved])).toEqual([
      ['mednec', undefined],
      ['missingInfo', { kind: 'superseded' }],
    ])
  })
})

describe('a payment date that can not be', () => {
  it('beyond the policy’s days ahead (a mistyped year) holds the claim: no report of today would show the money', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    expect(desk.refused(pays('acme', paid80, '2062-02-20'), '2026-02-21')).toEqual(['ledger.tooFarAhead'])
    desk.does(pays('acme', paid80, '2026-02-25'), '2026-02-21')
    expect(owed(desk)).toEqual({})
  })
})

describe('a credit that two payments make is refunded in parts', () => {
  it('G1 the second refund is of what the first left, payment by payment', { tags: ['G1'] }, () => {
    const share: ClaimSaid = { lines: [{ charge: 10_000, cas: [['PR', '1', 10_000]] }] }
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    desk.does(pays('acme', share, '2026-02-20'), '2026-02-20')
    desk.does({ type: 'PostPayment', on: '2026-03-01', payment: 'p1', amount: 6_000, tender: 'check' }, '2026-03-01')
    desk.does({ type: 'PostPayment', on: '2026-03-02', payment: 'p2', amount: 4_000, tender: 'check' }, '2026-03-02')
    const paidAll: ClaimSaid = { lines: [{ charge: 10_000, paid: 10_000 }] }
    desk.does(pays('acme', [takenBack(share), paidAll], '2026-04-01'), '2026-04-01')
    const approve = (refund: string, amount: number): Input<'ApproveRefund'> => ({
      type: 'ApproveRefund',
      on: '2026-04-02',
      refund,
      credit: [...desk.state.credits.credits.keys()][0] ?? '',
      amount,
      payee: 'guarantor',
      method: 'check',
      reason: 'the plan paid all of it',
    })
    desk.does(approve('r1', 5_000), '2026-04-02')
    desk.does(approve('r2', 5_000), '2026-04-02')
    expect(desk.refused(approve('r3', 1), '2026-04-02')).toEqual(['credits.beyondCredit'])
    for (const refund of ['r1', 'r2']) desk.does({ type: 'IssueRefund', on: '2026-04-03', refund }, '2026-04-03')
    expect(owed(desk)).toEqual({})
    expect([...desk.state.payments.payments.values()].map(({ amount, refunded }) => amount - refunded)).toEqual([0, 0])
  })
})
