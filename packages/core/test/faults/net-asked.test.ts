import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import type { Office } from '../../src/testing/index.ts'
import { credits, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import { byHand, type Desk, office } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'
import { proposal, selfPay } from '../support/plan-desk.ts'

// Fault net-2: whoever places, asks a person to pay, or refunds reads what is owed net of what is the guarantor's.

type Approve = Extract<AccountCommandInput, { type: 'ApproveRefund' }>

const told = (desk: Desk) => {
  const decision = desk.history.steps.at(-1)?.decision
  return decision && !decision.ok
    ? decision.hits.map(({ reason, requiredAction }) => `${reason} → ${requiredAction}`)
    : []
}
const pay = (desk: Desk, amount: number, on: string, payment = 'p1') =>
  desk.does({ type: 'PostPayment', on, payment, amount, tender: 'check' }, on)
const charge = (desk: Desk, line: string, amount: number, on: string) =>
  desk.does({ type: 'PostCharge', on, visit: 'v2', line, code: '99213', amount, party: 'patient' }, on)

/** A self-pay account on which 300.00 is owed and some money on account waits for a person. */
const beside = (amount: number): Desk => {
  const desk = selfPay({ l1: 30_000 }, '2026-01-05', byHand)
  pay(desk, 30_000, '2026-01-10', 'p0')
  pay(desk, amount, '2026-01-11')
  desk.does({ type: 'ReversePayment', on: '2026-01-20', payment: 'p0', kind: 'nsf', reason: 'x' }, '2026-01-20')
  return desk
}

/** The patient has a credit of 50.00 on l1, since June. */
const creditOf50 = (at: Office = office): Desk => {
  const first = { lines: [{ charge: 50_000, paid: 35_000, cas: [['PR', '1', 15_000]] }] } as const
  const second = { lines: [{ charge: 50_000, paid: 40_000, cas: [['PR', '1', 10_000]] }] } as const
  const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }], at })
  desk.does(pays('acme', first, '2026-02-20'), '2026-02-20')
  pay(desk, 15_000, '2026-04-01')
  desk.does(pays('acme', [takenBack(first), second], '2026-06-01'), '2026-06-01')
  return desk
}
const approve = (desk: Desk, on: string, over: Partial<Approve> = {}): Approve => ({
  type: 'ApproveRefund',
  on,
  refund: 'r1',
  credit: [...desk.state.credits.credits.keys()][0] ?? 'none',
  payee: 'guarantor',
  method: 'check',
  reason: 'overpaid',
  ...over,
})

describe('placing what is owed net', () => {
  it('net-2 an account at net 0.00 is not placed: the money on account comes first', () => {
    const desk = beside(30_000)
    expect(desk.refused(place('2026-08-01'), '2026-08-01')).toEqual(['placement.onAccount'])
    expect(told(desk)).toEqual([
      "300.00 of the guarantor's stands beside 300.00 owed: 0.00 may be asked, not 300.00 → apply 300.00 on account first (ApplyUnapplied)",
    ])
    desk.does({ type: 'ApplyUnapplied', payment: 'p1' }, '2026-08-01')
    expect(owed(desk)).toEqual({})
  })

  it('net-2 of 300.00 with 100.00 on account no more than 200.00 is placed', () => {
    const desk = beside(10_000)
    expect(desk.refused(place('2026-08-01'), '2026-08-01')).toEqual(['placement.onAccount'])
    desk.does({ type: 'ApplyUnapplied', payment: 'p1' }, '2026-08-01')
    desk.does(place('2026-08-01'), '2026-08-01')
    expect([...desk.state.placement.placements.values()][0]?.items).toMatchObject([{ amount: 20_000 }])
  })

  it('net-2 a review says so too, and a plan is not proposed over more than is owed net', () => {
    const desk = beside(30_000)
    const { agency: _agency, kind: _kind, placement: _placement, ...checklist } = place('2026-08-01')
    const [review] = desk.does({ ...checklist, type: 'ReviewForPlacement' }, '2026-08-01')
    expect(review).toMatchObject({ pass: false, failures: ['placement.onAccount'] })
    const plan = proposal('2026-01-25', { divide: { instalments: 3 } })
    expect(desk.refused(plan, '2026-01-25')).toEqual(['plans.onAccount'])
  })
})

describe('refunding what is left over', () => {
  it('net-2 the whole credit is not refunded while 80.00 is owed by the same guarantor', () => {
    const desk = creditOf50()
    charge(desk, 'l2', 8_000, '2026-06-10')
    expect(desk.refused(approve(desk, '2026-06-15'), '2026-06-15')).toEqual(['credits.owed'])
    expect(told(desk)).toEqual([
      '80.00 is owed by the same guarantor: 0.00 may be refunded, not 50.00 → use the credit of 50.00 first (MoveCredit)',
    ])
  })

  it('net-2 what is left over of it is', () => {
    const desk = creditOf50()
    charge(desk, 'l2', 3_000, '2026-06-10')
    expect(desk.refused(approve(desk, '2026-06-15', { amount: 2_001 }), '2026-06-15')).toEqual(['credits.owed'])
    desk.does(approve(desk, '2026-06-15', { amount: 2_000 }), '2026-06-15')
    expect(desk.refused(approve(desk, '2026-06-16', { refund: 'r2', amount: 1 }), '2026-06-16')).toEqual([
      'credits.owed',
    ])
  })

  it('net-2 policy may allow the refund (law G4)', () => {
    const { policy } = office.policy
    const lenient: Office = {
      ...office,
      policy: { version: 1, policy: { ...policy, onAccount: { ...policy.onAccount, refundWhileOwed: 'allowed' } } },
    }
    const desk = creditOf50(lenient)
    charge(desk, 'l2', 8_000, '2026-06-10')
    desk.does(approve(desk, '2026-06-15'), '2026-06-15')
    expect(credits(desk)).toMatchObject([{ amount: 5_000 }])
  })

  it('net-2 a payer’s money goes back to the payer, whatever the guarantor owes', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    desk.does(pays('acme', { lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-02-20'), '2026-02-20')
    desk.does({ type: 'VoidCharge', on: '2026-03-01', line: 'l1', reason: 'never done' }, '2026-03-01')
    charge(desk, 'l2', 8_000, '2026-03-02')
    desk.does(approve(desk, '2026-03-03', { payee: 'payer' }), '2026-03-03')
  })
})
