import { describe, expect, it } from 'vitest'
import { laws, type Office } from '../../src/testing/index.ts'
import { credits, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import { type Desk, office } from '../support/desk.ts'
import { selfPay } from '../support/plan-desk.ts'

// Fault net-2, what was left of it: a refund is approved, the same guarantor comes to owe something, and it goes out.

const warned = (desk: Desk) => {
  const decision = desk.history.steps.at(-1)?.decision
  return decision?.ok
    ? decision.warnings.map(({ rule, reason, requiredAction }) => `${rule}: ${reason} → ${requiredAction}`)
    : ['refused']
}
const charge = (desk: Desk, line: string, amount: number, on: string) =>
  desk.does({ type: 'PostCharge', on, visit: 'v2', line, code: '99213', amount, party: 'patient' }, on)
const bounced = (desk: Desk, payment: string, on: string) =>
  desk.does({ type: 'ReversePayment', on, payment, kind: 'nsf', reason: 'no funds' }, on)
const issue = (desk: Desk, on: string, recorded = on) => {
  desk.does({ type: 'IssueRefund', on, refund: 'r1' }, recorded)
  return warned(desk)
}

/** 100.00 paid by one check, 60.00 more by another that has no item; its refund is approved on the 20th. */
const approved = (at: Office = office): Desk => {
  const desk = selfPay({ l1: 10_000 }, '2026-01-05', at)
  desk.does({ type: 'PostPayment', on: '2026-01-10', payment: 'p1', amount: 10_000, tender: 'check' }, '2026-01-10')
  desk.does({ type: 'PostPayment', on: '2026-01-11', payment: 'p2', amount: 6_000, tender: 'check' }, '2026-01-11')
  const refund = { refund: 'r1', payment: 'p2', payee: 'guarantor', method: 'check', reason: 'paid too much' } as const
  desk.does({ type: 'ApproveRefund', on: '2026-01-20', ...refund }, '2026-01-20')
  return desk
}

describe('a refund that goes out after the guarantor has come to owe something', () => {
  it('net-2 nothing is said where nothing is owed', () => {
    expect(issue(approved(), '2026-02-01')).toEqual([])
  })

  it('net-2 a new charge since the approval is told when the check is written; it goes out all the same, for it is a fact', () => {
    const desk = approved()
    charge(desk, 'l2', 8_000, '2026-01-25')
    expect(owed(desk)).toEqual({ 'l2 patient': 8_000 })
    expect(issue(desk, '2026-02-01')).toEqual([
      'credits.owed: 80.00 is owed by the same guarantor: 0.00 may be refunded, not 60.00 → void it (VoidRefund) and use the money for what is owed first',
    ])
    expect(desk.state.credits.refunds.get('r1' as never)?.status).toBe('issued')
  })

  it('net-2 so is a check that the bank took back', () => {
    const desk = approved()
    bounced(desk, 'p1', '2026-01-25')
    expect(issue(desk, '2026-02-01')).toEqual([
      'credits.owed: 100.00 is owed by the same guarantor: 0.00 may be refunded, not 60.00 → void it (VoidRefund) and use the money for what is owed first',
    ])
  })

  it('net-2 less is owed than other money of theirs pays: nothing is said', () => {
    const desk = approved()
    charge(desk, 'l2', 8_000, '2026-01-25')
    desk.does({ type: 'PostPayment', on: '2026-01-30', payment: 'p3', amount: 8_000, tender: 'check' }, '2026-01-30')
    expect(issue(desk, '2026-02-01')).toEqual([])
  })

  it('net-2 a charge of the day after, recorded before the check is, was nothing against it', () => {
    const desk = approved()
    charge(desk, 'l2', 8_000, '2026-02-02')
    expect(issue(desk, '2026-02-01', '2026-02-03')).toEqual([])
  })

  it('net-2 what was paid by the time of the record, and owed on the day of the check, is told too', () => {
    const desk = approved()
    charge(desk, 'l2', 8_000, '2026-01-25')
    desk.does({ type: 'PostPayment', on: '2026-02-02', payment: 'p3', amount: 8_000, tender: 'check' }, '2026-02-02')
    expect(issue(desk, '2026-02-01', '2026-02-03')).toHaveLength(1)
  })

  it('net-2 voided instead, the money meets the charge by itself', () => {
    const desk = approved()
    charge(desk, 'l2', 8_000, '2026-01-25')
    desk.does({ type: 'VoidRefund', on: '2026-02-01', refund: 'r1', reason: 'owed meanwhile' }, '2026-02-01')
    expect(owed(desk)).toEqual({ 'l2 patient': 2_000 })
  })

  it('net-2 policy may allow it (law G4)', () => {
    const { policy } = office.policy
    const onAccount = { ...policy.onAccount, refundWhileOwed: 'allowed' as const }
    const desk = approved({ ...office, policy: { version: 1, policy: { ...policy, onAccount } } })
    charge(desk, 'l2', 8_000, '2026-01-25')
    expect(issue(desk, '2026-02-01')).toEqual([])
  })

  it('net-2 a credit on an item likewise; a payer’s money goes back whatever the guarantor owes', () => {
    const first = { lines: [{ charge: 50_000, paid: 35_000, cas: [['PR', '1', 15_000]] }] } as const
    const second = { lines: [{ charge: 50_000, paid: 40_000, cas: [['PR', '1', 10_000]] }] } as const
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
    desk.does(pays('acme', first, '2026-02-20'), '2026-02-20')
    desk.does({ type: 'PostPayment', on: '2026-04-01', payment: 'p1', amount: 15_000, tender: 'check' }, '2026-04-01')
    desk.does(pays('acme', [takenBack(first), second], '2026-06-01'), '2026-06-01')
    const credit = [...desk.state.credits.credits.keys()][0] ?? 'none'
    const back = { refund: 'r1', credit, payee: 'guarantor', method: 'check', reason: 'overpaid' } as const
    desk.does({ type: 'ApproveRefund', on: '2026-06-02', ...back }, '2026-06-02')
    charge(desk, 'l2', 3_000, '2026-06-10')
    expect(issue(desk, '2026-06-15')).toEqual([
      'credits.owed: 30.00 is owed by the same guarantor: 20.00 may be refunded, not 50.00 → void it (VoidRefund) and use the money for what is owed first',
    ])

    const payers = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    payers.does(pays('acme', { lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-02-20'), '2026-02-20')
    payers.does({ type: 'VoidCharge', on: '2026-03-01', line: 'l1', reason: 'never done' }, '2026-03-01')
    const its = [...payers.state.credits.credits.keys()][0] ?? 'none'
    const sent = { refund: 'r1', credit: its, payee: 'payer', method: 'check', reason: 'voided' } as const
    payers.does({ type: 'ApproveRefund', on: '2026-03-02', ...sent }, '2026-03-02')
    charge(payers, 'l2', 8_000, '2026-03-03')
    expect(credits(payers)).toMatchObject([{ owner: 'payer' }])
    expect(issue(payers, '2026-03-04')).toEqual([])
  })

  it('Q7 net-2 a history that keeps silent about it breaks the law', { tags: ['Q7'] }, () => {
    const desk = approved()
    charge(desk, 'l2', 8_000, '2026-01-25')
    issue(desk, '2026-02-01')
    const law = laws.find(({ id }) => id === 'Q7')
    expect(law?.holds(desk.history, office)).toEqual([])
    const steps = desk.history.steps.map((step) => ({
      ...step,
      decision: step.decision.ok ? { ...step.decision, warnings: [] } : step.decision,
    }))
    expect(law?.holds({ ...desk.history, steps }, office)).toMatchObject([{ law: 'Q7' }])
  })
})
