import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../../src/account/index.ts'
import { balancesByParty } from '../../../src/account/ledger/balances.ts'
import { unappliedTotal } from '../../../src/account/payments/state.ts'
import { byHand, claimOf, type Desk, insured, office, opened, remit } from '../../support/desk.ts'

type Approve = Extract<AccountCommandInput, { type: 'ApproveRefund' }>
const on = '2026-03-02'
const balances = (desk: Desk) => Object.fromEntries(balancesByParty(desk.state.ledger))
const credits = (desk: Desk) => [...desk.state.credits.credits.values()]
const creditId = (desk: Desk) => credits(desk)[0]?.creditId ?? ''
const charge = (desk: Desk, amount: number, line = 'l1') =>
  desk.does({ type: 'PostCharge', on, visit: 'v1', line, code: '99213', amount }, on)
const refund = (over: Partial<Approve>): Approve => ({
  type: 'ApproveRefund',
  on: '2026-04-01',
  refund: 'r1',
  payee: 'guarantor',
  method: 'check',
  reason: 'overpaid',
  ...over,
})
/** Self-pay 90.00, paid 100.00: the patient has 10.00 to get back. */
const overpaid = (tender: 'check' | 'card' = 'check', at = office): Desk => {
  const desk = opened(on, at)
  charge(desk, 9_000)
  desk.does({ type: 'PostPayment', on, payment: 'p1', amount: 10_000, tender }, on)
  return desk
}

describe('whose money a credit is (F30)', () => {
  it('a patient who overpays 10.00 is owed 10.00', () => {
    const desk = overpaid()
    expect(credits(desk)).toMatchObject([
      { owner: 'patient', amount: 1_000, provisional: false, sources: [{ paymentId: 'p1', amount: 1_000 }] },
    ])
  })

  it.each([
    ['12', 'payer'],
    ['MB', 'government'],
    ['MC', 'government'],
  ])('a payer with filing indicator %s that pays twice is owed as %s', (filingIndicator, owner) => {
    const desk = opened(on)
    desk.does({ type: 'AddCoverage', on, coverage: 'cov', payer: 'acme', filingIndicator }, on)
    charge(desk, 20_000)
    desk.does(remit([claimOf({ charge: 20_000, paid: 20_000 }, [])], '2026-03-20'), '2026-03-20')
    desk.does({ type: 'VoidCharge', on: '2026-03-21', line: 'l1', reason: 'not performed' }, '2026-03-21')
    expect(credits(desk)).toMatchObject([
      { owner, amount: 20_000, sources: [{ lineId: 'l1', party: { coverageId: 'cov' }, amount: 20_000 }] },
    ])
  })

  it('P5 a copay taken before any charge is no credit; it becomes one when nothing pending can use it', {
    tags: ['P5'],
  }, () => {
    const desk = insured(on)
    desk.does({ type: 'RegisterPatient', on, patient: 'jo', relationshipToGuarantor: 'other' }, on)
    desk.does(
      { type: 'OpenVisit', on, visit: 'v1', patient: [...desk.state.registration.patients.keys()][0] ?? '' },
      on,
    )
    desk.does(
      { type: 'PostPayment', on, payment: 'p1', amount: 3_000, tender: 'cash', designation: { visitId: 'v1' } },
      on,
    )
    expect(credits(desk)).toEqual([])
    charge(desk, 20_000)
    expect(credits(desk)).toEqual([])
    desk.does(remit([claimOf({ charge: 20_000, paid: 18_000 }, [['PR', '3', 2_000]])], '2026-03-20'), '2026-03-20')
    expect(credits(desk)).toMatchObject([{ owner: 'patient', amount: 1_000 }])
  })

  it('N8 a visit that is opened, and not charged yet, takes nobody’s credit away', { tags: ['N8'] }, () => {
    const desk = overpaid()
    const told = credits(desk)
    desk.does({ type: 'RegisterPatient', on, patient: 'kid', relationshipToGuarantor: 'child' }, on)
    desk.does({ type: 'OpenVisit', on, visit: 'vx', patient: 'kid' }, on)
    expect(credits(desk)).toEqual(told)
    // Nor does one that was opened before keep the money from being one.
    const early = opened(on)
    early.does({ type: 'RegisterPatient', on, patient: 'kid', relationshipToGuarantor: 'child' }, on)
    early.does({ type: 'OpenVisit', on, visit: 'vx', patient: 'kid' }, on)
    early.does({ type: 'PostPayment', on, payment: 'p1', amount: 1_000, tender: 'check' }, on)
    expect(credits(early)).toMatchObject([{ owner: 'patient', amount: 1_000 }])
    early.does(
      {
        type: 'ApproveRefund',
        on,
        refund: 'r1',
        payee: 'guarantor',
        method: 'check',
        reason: 'asked for',
        credit: creditId(early),
      },
      on,
    )
  })

  it('G5 is told once, again when its amount changes, with its first day, and resolved when it is gone', {
    tags: ['G5'],
  }, () => {
    const desk = overpaid('check', byHand)
    const id = creditId(desk)
    charge(desk, 100, 'l9')
    const later = { type: 'PostPayment', on: '2026-03-05', payment: 'p2', amount: 100, tender: 'cash' } as const
    expect(desk.does(later, '2026-03-05').map((event) => event.type)).toEqual(
      expect.arrayContaining(['PatientPaymentPosted']),
    )
    desk.does(
      { type: 'ReversePayment', on: '2026-03-06', payment: 'p1', amount: 400, kind: 'chargeback', reason: 'x' },
      '2026-03-06',
    )
    expect(credits(desk)).toMatchObject([{ creditId: id, amount: 600, identifiedDate: on }])
    const events = desk.does(
      { type: 'ReversePayment', on: '2026-03-07', payment: 'p1', amount: 600, kind: 'chargeback', reason: 'x' },
      '2026-03-07',
    )
    expect(events.at(-1)).toMatchObject({ type: 'CreditBalanceResolved', creditId: id, how: 'corrected' })
  })
})

describe('paying back', () => {
  it('G3 approved, issued, cleared: unapplied to refunds payable to cash, each step once', { tags: ['G3'] }, () => {
    const desk = overpaid()
    const step = (type: 'IssueRefund' | 'ClearRefund') => ({ type, on: '2026-04-02', refund: 'r1' }) as const
    expect(desk.refused(step('IssueRefund'), '2026-04-02')).toEqual(['credits.refundUnknown'])
    desk.does(refund({ credit: creditId(desk) }), '2026-04-01')
    expect(desk.refused(step('ClearRefund'), '2026-04-02')).toEqual(['credits.refundStatus'])
    desk.does(step('IssueRefund'), '2026-04-02')
    expect(desk.state.ledger.control.get('refundsPayable')).toBe(-1_000)
    expect(unappliedTotal(desk.state.payments)).toBe(0)
    expect(credits(desk)).toEqual([])
    expect(desk.refused(step('IssueRefund'), '2026-04-02')).toEqual(['credits.refundStatus'])
    desk.does(step('ClearRefund'), '2026-04-02')
    expect(desk.state.ledger.control.get('refundsPayable')).toBe(0)
    expect(desk.state.ledger.control.get('cash')).toBe(9_000)
  })

  it('G1 no more than the credit, also when part of it is approved already', { tags: ['G1'] }, () => {
    const desk = overpaid()
    const credit = creditId(desk)
    expect(desk.refused(refund({ credit, amount: 1_001 }), '2026-04-01')).toEqual(['credits.beyondCredit'])
    desk.does(refund({ credit, amount: 700 }), '2026-04-01')
    expect(desk.refused(refund({ credit, refund: 'r2', amount: 301 }), '2026-04-01')).toEqual(['credits.beyondCredit'])
    desk.does(refund({ credit, refund: 'r2' }), '2026-04-01')
    desk.does({ type: 'IssueRefund', on: '2026-04-01', refund: 'r1' }, '2026-04-01')
    expect(credits(desk)).toMatchObject([{ amount: 300 }])
  })

  it('G1 an approved refund whose payment went back has lapsed, and is not issued', { tags: ['G1'] }, () => {
    const desk = overpaid()
    desk.does(refund({ credit: creditId(desk) }), '2026-04-01')
    desk.does({ type: 'ReversePayment', on: '2026-04-02', payment: 'p1', kind: 'nsf', reason: 'x' }, '2026-04-02')
    const issue = { type: 'IssueRefund', on: '2026-04-03', refund: 'r1' } as const
    expect(desk.refused(issue, '2026-04-03')).toEqual(['credits.refundStatus'])
  })

  it('G2 back to whom and how it came, unless somebody says why not', { tags: ['G2'] }, () => {
    const desk = overpaid('card')
    const credit = creditId(desk)
    expect(desk.refused(refund({ credit, payee: 'payer' }), '2026-04-01')).toEqual([
      'credits.otherPayee',
      'credits.otherTender',
    ])
    const [event] = desk.does(refund({ credit, override: 'card account closed, bank letter on file' }), '2026-04-01')
    expect(event).toMatchObject({ type: 'RefundApproved', override: 'card account closed, bank letter on file' })
  })

  it('G3 voided after issue: the credit stands again, exactly', { tags: ['G3'] }, () => {
    const desk = overpaid()
    const before = credits(desk).map(({ owner, amount, sources }) => ({ owner, amount, sources }))
    desk.does(refund({ credit: creditId(desk) }), '2026-04-01')
    desk.does({ type: 'IssueRefund', on: '2026-04-02', refund: 'r1' }, '2026-04-02')
    desk.does({ type: 'VoidRefund', on: '2026-07-01', refund: 'r1', reason: 'never cashed' }, '2026-07-01')
    expect(credits(desk).map(({ owner, amount, sources }) => ({ owner, amount, sources }))).toEqual(before)
    expect(desk.state.ledger.control.get('refundsPayable')).toBe(0)
  })

  it('a payer’s credit is refunded at its coverage, and its void restores the layer', () => {
    const desk = insured(on)
    charge(desk, 20_000)
    desk.does(remit([claimOf({ charge: 20_000, paid: 20_000 }, [])], '2026-03-20'), '2026-03-20')
    desk.does({ type: 'VoidCharge', on: '2026-03-21', line: 'l1', reason: 'not performed' }, '2026-03-21')
    expect(desk.refused(refund({ credit: creditId(desk) }), '2026-04-01')).toEqual(['credits.otherPayee'])
    desk.does(refund({ credit: creditId(desk), payee: 'payer' }), '2026-04-01')
    desk.does({ type: 'IssueRefund', on: '2026-04-02', refund: 'r1' }, '2026-04-02')
    expect(balances(desk)).toEqual({})
    desk.does({ type: 'VoidRefund', on: '2026-04-03', refund: 'r1', reason: 'stopped' }, '2026-04-03')
    expect(balances(desk)).toEqual({ cov: -20_000 })
  })

  it('a provisional credit waits for the correction; then the patient’s overpaid layer is refunded', () => {
    const desk = insured(on, office)
    charge(desk, 50_000)
    const claim = claimOf({ charge: 50_000, paid: 35_000 }, [['PR', '1', 15_000]])
    desk.does(remit([claim], '2026-03-10'), '2026-03-10')
    desk.does({ type: 'PostPayment', on: '2026-03-12', payment: 'p1', amount: 15_000, tender: 'check' }, '2026-03-12')
    const back = claimOf({ charge: -50_000, paid: -35_000 }, [['PR', '1', -15_000]], { status: '22' })
    desk.does(remit([back], '2026-03-20'), '2026-03-20')
    expect(desk.refused(refund({ credit: creditId(desk) }), '2026-04-01')).toEqual(['credits.provisional'])
    const better = claimOf({ charge: 50_000, paid: 40_000 }, [['PR', '1', 10_000]])
    desk.does(remit([better], '2026-04-05'), '2026-04-05')
    expect(credits(desk)).toMatchObject([
      {
        owner: 'patient',
        amount: 5_000,
        provisional: false,
        identifiedDate: '2026-04-05',
        sources: [{ paymentId: 'p1' }],
      },
    ])
    desk.does(refund({ credit: creditId(desk), on: '2026-04-06' }), '2026-04-06')
    desk.does({ type: 'IssueRefund', on: '2026-04-07', refund: 'r1' }, '2026-04-07')
    expect(balances(desk)).toEqual({})
    expect(credits(desk)).toEqual([])
    desk.does({ type: 'VoidRefund', on: '2026-04-08', refund: 'r1', reason: 'lost' }, '2026-04-08')
    expect(balances(desk)).toEqual({ patient: -5_000 })
  })

  it('asks for exactly one source', () => {
    const desk = overpaid()
    expect(desk.refused(refund({}), '2026-04-01')).toEqual(['credits.oneSource'])
    expect(desk.refused(refund({ credit: creditId(desk), payment: 'p1' }), '2026-04-01')).toEqual(['credits.oneSource'])
    desk.does(refund({ payment: 'p1', amount: 500 }), '2026-04-01')
  })
})
