import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { unappliedTotal } from '../../src/account/payments/state.ts'
import { laws } from '../../src/testing/index.ts'
import { control, credits, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import { type Desk, office } from '../support/desk.ts'
import { selfPay } from '../support/plan-desk.ts'

// Kind net: a refund beside what happens to its money before it, after it and meanwhile.

type Approve = Extract<AccountCommandInput, { type: 'ApproveRefund' }>

const pay = (desk: Desk, payment: string, amount: number, on: string, over: object = {}) =>
  desk.does({ type: 'PostPayment', on, payment, amount, tender: 'check', ...over }, on)
const bounced = (desk: Desk, payment: string, on: string, over: object = {}) =>
  desk.does({ type: 'ReversePayment', on, payment, kind: 'nsf', reason: 'no funds', ...over }, on)
const charge = (desk: Desk, line: string, amount: number, on: string) =>
  desk.does({ type: 'PostCharge', on, visit: `v-${line}`, line, code: '99213', amount, party: 'patient' }, on)
const approve = (on: string, over: Partial<Approve>): Approve => ({
  type: 'ApproveRefund',
  on,
  refund: 'r1',
  payee: 'guarantor',
  method: 'check',
  reason: 'overpaid',
  ...over,
})
const issue = (desk: Desk, on: string, refund = 'r1') => desk.does({ type: 'IssueRefund', on, refund }, on)
const voided = (desk: Desk, on: string) =>
  desk.does({ type: 'VoidRefund', on, refund: 'r1', reason: 'never cashed' }, on)
const reasons = (desk: Desk) => {
  const decision = desk.history.steps.at(-1)?.decision
  return decision && !decision.ok ? decision.hits.map(({ reason }) => reason) : []
}
const broken = (desk: Desk) => laws.flatMap((law) => law.holds(desk.history, office))
const creditOf = (desk: Desk) => [...desk.state.credits.credits.keys()][0] ?? 'none'

/** 150.00 paid in April; in June the share is 100.00: a credit of 50.00 on l1. */
const overpaidItem = (): Desk => {
  const first = { lines: [{ charge: 50_000, paid: 35_000, cas: [['PR', '1', 15_000]] }] } as const
  const second = { lines: [{ charge: 50_000, paid: 40_000, cas: [['PR', '1', 10_000]] }] } as const
  const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
  desk.does(pays('acme', first, '2026-02-20'), '2026-02-20')
  pay(desk, 'p1', 15_000, '2026-04-01')
  desk.does(pays('acme', [takenBack(first), second], '2026-06-01'), '2026-06-01')
  return desk
}

describe('the refund of an overpaid item, whose check bounced after it, was never cashed', () => {
  it('net-3 nothing was paid and nothing sent: the share is owed, once', () => {
    const desk = overpaidItem()
    desk.does(approve('2026-06-11', { credit: creditOf(desk) }), '2026-06-11')
    issue(desk, '2026-06-12')
    bounced(desk, 'p1', '2026-07-01')
    expect(Object.values(owed(desk)).toSorted((a, b) => a - b)).toEqual([5_000, 10_000])
    voided(desk, '2026-07-05')
    expect(owed(desk)).toEqual({ 'l1 patient': 10_000 })
    expect(unappliedTotal(desk.state.payments)).toBe(0)
    expect(control(desk)).toEqual({
      revenue: -50_000,
      'payerClearing:remit-acme-2026-02-20': 35_000,
      'payerClearing:remit-acme-2026-06-01': 5_000,
    })
    expect(broken(desk)).toEqual([])
  })

  it('net-3 net-6 a part of the credit was used for another item before', () => {
    const desk = overpaidItem()
    charge(desk, 'l2', 3_000, '2026-06-05')
    const to = { line: 'l2' }
    desk.does({ type: 'MoveCredit', on: '2026-06-10', credit: creditOf(desk), to, reason: 'x' }, '2026-06-10')
    desk.does(approve('2026-06-11', { credit: creditOf(desk) }), '2026-06-11')
    issue(desk, '2026-06-12')
    bounced(desk, 'p1', '2026-07-01')
    voided(desk, '2026-07-05')
    expect(owed(desk)).toEqual({ 'l1 patient': 10_000, 'l2 patient': 3_000 })
    expect(broken(desk)).toEqual([])
  })

  it.each([500, 1_000, 5_000, 6_000, 14_999])(
    'net-3 a part of it bounced (%i): what stayed is the guarantor’s',
    (part) => {
      const desk = overpaidItem()
      desk.does(approve('2026-06-11', { credit: creditOf(desk) }), '2026-06-11')
      issue(desk, '2026-06-12')
      bounced(desk, 'p1', '2026-07-01', { amount: part })
      voided(desk, '2026-07-05')
      const net =
        Object.values(owed(desk)).reduce((sum, amount) => sum + amount, 0) - unappliedTotal(desk.state.payments)
      expect(net).toBe(10_000 - (15_000 - part))
      expect(broken(desk)).toEqual([])
    },
  )

  it('net-3 voided before it bounced, or after a lone reversal of the payer', () => {
    const before = overpaidItem()
    before.does(approve('2026-06-11', { credit: creditOf(before) }), '2026-06-11')
    issue(before, '2026-06-12')
    voided(before, '2026-06-20')
    bounced(before, 'p1', '2026-07-01')
    expect(owed(before)).toEqual({ 'l1 patient': 10_000 })
    expect(broken(before)).toEqual([])
  })
})

describe('money that waits for a payer is asked back in parts as it is whole', () => {
  /** 50.00 for a visit that a payer has not decided; 40.00 are owed for another. */
  const waiting = (): Desk => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    pay(desk, 'p1', 5_000, '2026-01-12', { designation: { visitId: 'v1' } })
    charge(desk, 'l2', 4_000, '2026-01-15')
    return desk
  }

  it('net-2 10.00 of 50.00 are left over beside 40.00 owed, asked at once or as a part', () => {
    const desk = waiting()
    const on = '2026-01-20'
    expect(desk.refused(approve(on, { payment: 'p1' }), on)).toEqual(['credits.owed'])
    expect(reasons(desk)).toEqual(['40.00 is owed by the same guarantor: 10.00 may be refunded, not 50.00'])
    expect(desk.refused(approve(on, { payment: 'p1', amount: 1_001 }), on)).toEqual(['credits.owed'])
    desk.does(approve(on, { payment: 'p1', amount: 600 }), on)
    expect(desk.refused(approve(on, { payment: 'p1', amount: 401, refund: 'r2' }), on)).toEqual(['credits.owed'])
    desk.does(approve(on, { payment: 'p1', amount: 400, refund: 'r2' }), on)
    for (const refund of ['r1', 'r2']) {
      issue(desk, '2026-01-21', refund)
      const decision = desk.history.steps.at(-1)?.decision
      expect(decision?.ok && decision.warnings).toEqual([])
    }
    expect(broken(desk)).toEqual([])
  })
})

describe('G2 net-2 money goes back to whom it came from', { tags: ['G2'] }, () => {
  it.each([
    ['other', 'somebody else who paid'],
    ['trustee', 'trustee in bankruptcy'],
    ['estate', 'estate'],
  ] as const)(
    'G2 net-2 what a payer of another kind gave (%s) is not the guarantor’s without a word why',
    { tags: ['G2'] },
    (source, who) => {
      const desk = selfPay({ l1: 10_000 })
      pay(desk, 'p1', 15_000, '2026-01-10', { source })
      const on = '2026-01-20'
      expect(desk.refused(approve(on, { payment: 'p1' }), on)).toEqual(['credits.otherPayee'])
      expect(reasons(desk)).toEqual([`this money came from the ${who}`])
      desk.does(approve(on, { payment: 'p1', override: 'they asked for it in writing' }), on)
    },
  )

  it('G2 net-2 what an agency sends, the guarantor has paid', { tags: ['G2'] }, () => {
    const desk = selfPay({ l1: 10_000 })
    pay(desk, 'p1', 15_000, '2026-01-10', { source: 'agency' })
    desk.does(approve('2026-01-20', { payment: 'p1', amount: 5_000 }), '2026-01-20')
  })
})

describe('two payments of one debt, and an election that ends', () => {
  it('net-3 one of them refunded, both bounce: the debt and the refund are owed, each once', () => {
    const desk = selfPay({ l1: 10_000 })
    pay(desk, 'p1', 10_000, '2026-01-10')
    pay(desk, 'p2', 10_000, '2026-01-11')
    desk.does(approve('2026-01-20', { payment: 'p2' }), '2026-01-20')
    issue(desk, '2026-01-21')
    bounced(desk, 'p1', '2026-02-05')
    bounced(desk, 'p2', '2026-02-06')
    expect(Object.values(owed(desk))).toEqual([10_000, 10_000])
    expect(control(desk)).toEqual({ revenue: -10_000, refundsPayable: -10_000 })
  })

  it('net-2 an election that ends by a bounced check leaves the plan its charge, and all money to whom it is', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    desk.does(
      { type: 'ElectSelfPay', on: '2026-01-12', visit: 'v1', agreedOn: '2026-01-09', reference: 'form' },
      '2026-01-12',
    )
    for (const [payment, amount] of [
      ['p1', 6_000],
      ['p2', 4_000],
    ] as const) {
      pay(desk, payment, amount, '2026-01-13', { designation: { visitId: 'v1' } })
    }
    expect(owed(desk)).toEqual({})
    bounced(desk, 'p1', '2026-01-20')
    expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
    desk.does(approve('2026-01-21', { payment: 'p2' }), '2026-01-21')
    expect(credits(desk)).toEqual([])
    expect(broken(desk)).toEqual([])
  })
})
