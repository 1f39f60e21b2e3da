import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { freeUnapplied } from '../../src/account/payments/on-account.ts'
import { unappliedTotal } from '../../src/account/payments/state.ts'
import { credits, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import { byHand, type Desk, opened } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'
import { selfPay } from '../support/plan-desk.ts'

// Fault net-1: money on account meets what the guarantor owes, by policy, at the end of each unit.

type PostPayment = Extract<AccountCommandInput, { type: 'PostPayment' }>

const charge = (desk: Desk, line: string, amount: number, on: string, visit = 'v1', party?: 'patient') =>
  desk.does({ type: 'PostCharge', on, visit, line, code: '99213', amount, ...(party ? { party } : {}) }, on)
const check = (amount: number, on: string, payment: string, over: Partial<PostPayment> = {}): PostPayment => ({
  type: 'PostPayment',
  on,
  payment,
  amount,
  tender: 'check',
  ...over,
})
const unapplied = (desk: Desk) => unappliedTotal(desk.state.payments)

describe('100.00 owed, 100.00 on account', () => {
  it('net-1 a new charge: the money meets it, from the charge’s own day', () => {
    const desk = opened('2026-03-01')
    desk.does(check(10_000, '2026-03-01', 'p1'), '2026-03-01')
    const events = charge(desk, 'l1', 10_000, '2026-03-04')
    expect(events.find(({ type }) => type === 'UnappliedApplied')?.effectiveDate).toBe('2026-03-04')
    expect([owed(desk), unapplied(desk), credits(desk)]).toEqual([{}, 0, []])
  })

  it('net-1 after an NSF: other money on account meets what is owed again', () => {
    const desk = opened('2026-03-01')
    charge(desk, 'l1', 10_000, '2026-03-01')
    desk.does(check(10_000, '2026-03-05', 'p1'), '2026-03-05')
    desk.does(check(10_000, '2026-03-06', 'p2'), '2026-03-06')
    const nsf = { type: 'ReversePayment', on: '2026-03-12', payment: 'p1', kind: 'nsf', reason: 'x' } as const
    desk.does(nsf, '2026-03-12')
    expect([owed(desk), unapplied(desk), credits(desk)]).toEqual([{}, 0, []])
    expect(desk.at('2026-03-11', '2026-03-12')).toEqual({ layers: [], unapplied: -100, net: -100 })
  })

  it('net-1 after a write-off was undone', () => {
    const desk = opened('2026-03-01')
    charge(desk, 'l1', 10_000, '2026-03-01')
    const given = { type: 'WriteOff', visit: 'v1', party: 'patient', category: 'administrative', reason: 'x' } as const
    desk.does({ ...given, on: '2026-03-02', adjustment: 'w1' }, '2026-03-02')
    desk.does(check(10_000, '2026-03-05', 'p1'), '2026-03-05')
    const undo = {
      type: 'ReverseAdjustment',
      on: '2026-03-09',
      adjustment: 'w1',
      mode: 'economic',
      reason: 'x',
    } as const
    desk.does(undo, '2026-03-09')
    expect([owed(desk), unapplied(desk), credits(desk)]).toEqual([{}, 0, []])
  })

  it('net-1 after a share moved to the patient', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
    desk.does(check(10_000, '2026-02-01', 'p1'), '2026-02-01')
    const advice = { lines: [{ charge: 50_000, paid: 40_000, cas: [['PR', '1', 10_000]] }] } as const
    desk.does(pays('acme', advice, '2026-02-20'), '2026-02-20')
    expect([owed(desk), unapplied(desk)]).toEqual([{}, 0])
  })

  it('net-1 the oldest item of the guarantor comes first, whoever’s visit it is', () => {
    const desk = opened('2026-03-01')
    charge(desk, 'l1', 10_000, '2026-03-01', 'v1')
    charge(desk, 'l2', 10_000, '2026-02-01', 'v2')
    charge(desk, 'l3', 6_000, '2026-03-10', 'v3')
    desk.does(check(6_000, '2026-03-10', 'p1', { designation: { visitId: 'v3' } }), '2026-03-11')
    desk.does({ type: 'VoidCharge', on: '2026-03-12', line: 'l3', reason: 'not done' }, '2026-03-12')
    expect(owed(desk)).toEqual({ 'l1 patient': 10_000, 'l2 patient': 4_000 })
  })

  it('net-1 not by a policy that leaves it to a person', () => {
    const desk = opened('2026-03-01', byHand)
    desk.does(check(10_000, '2026-03-01', 'p1'), '2026-03-01')
    charge(desk, 'l1', 10_000, '2026-03-04')
    expect([owed(desk), unapplied(desk)]).toEqual([{ 'l1 patient': 10_000 }, 10_000])
    expect(freeUnapplied(desk.state)).toBe(10_000)
  })
})

describe('what money on account waits for', () => {
  it('net-1 P5 money for a visit on which a payer still owes waits there; what the visit leaves of it is free', {
    tags: ['P5'],
  }, () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 20_000 }] })
    desk.does(check(3_000, '2026-01-10', 'p1', { designation: { visitId: 'v1' } }), '2026-01-10')
    charge(desk, 'l2', 5_000, '2026-01-20', 'v2', 'patient')
    expect([owed(desk), unapplied(desk), freeUnapplied(desk.state)]).toEqual([
      { 'l1 acme': 20_000, 'l2 patient': 5_000 },
      3_000,
      0,
    ])
    const advice = { lines: [{ charge: 20_000, paid: 18_000, cas: [['PR', '3', 2_000]] }] } as const
    desk.does(pays('acme', advice, '2026-02-20'), '2026-02-20')
    expect([owed(desk), unapplied(desk)]).toEqual([{ 'l2 patient': 4_000 }, 0])
  })

  it('net-1 what a person took off an item waits for that person', () => {
    const desk = opened('2026-03-01')
    charge(desk, 'l1', 10_000, '2026-03-01')
    desk.does(check(10_000, '2026-03-05', 'p1'), '2026-03-05')
    desk.does({ type: 'DeallocatePayment', payment: 'p1', reason: 'meant for another' }, '2026-03-06')
    charge(desk, 'l2', 4_000, '2026-03-06')
    expect([owed(desk), unapplied(desk)]).toEqual([{ 'l1 patient': 10_000, 'l2 patient': 4_000 }, 10_000])
    desk.does({ type: 'ApplyUnapplied', payment: 'p1', allocations: [{ line: 'l2' }] }, '2026-03-06')
    expect([owed(desk), unapplied(desk)], 'the rest is free again').toEqual([{ 'l1 patient': 4_000 }, 0])
  })

  it('net-1 what an approved refund is to take meets no item', () => {
    const desk = opened('2026-03-01')
    desk.does(check(10_000, '2026-03-01', 'p1'), '2026-03-01')
    const approve = { type: 'ApproveRefund', payee: 'guarantor', method: 'check', reason: 'x', payment: 'p1' } as const
    desk.does({ ...approve, on: '2026-03-02', refund: 'r1', amount: 4_000 }, '2026-03-02')
    charge(desk, 'l1', 10_000, '2026-03-04')
    expect([owed(desk), unapplied(desk), freeUnapplied(desk.state)]).toEqual([{ 'l1 patient': 4_000 }, 4_000, 0])
  })

  it('net-1 never an item that an agency has', () => {
    const desk = selfPay({ l1: 30_000 })
    desk.does(place('2026-08-01'), '2026-08-01')
    desk.does(check(10_000, '2026-08-05', 'p1'), '2026-08-05')
    expect([owed(desk), unapplied(desk)]).toEqual([{ 'l1 patient': 30_000 }, 10_000])
    charge(desk, 'l2', 7_000, '2026-08-06', 'v2')
    expect([owed(desk), unapplied(desk)]).toEqual([{ 'l1 patient': 30_000 }, 3_000])
  })

  it('net-1 a provisional credit is no money on account: it waits for the correction', () => {
    const advice = { lines: [{ charge: 50_000, paid: 35_000, cas: [['PR', '1', 15_000]] }] } as const
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
    desk.does(pays('acme', advice, '2026-02-20'), '2026-02-20')
    desk.does(check(15_000, '2026-04-01', 'p1'), '2026-04-01')
    desk.does(pays('acme', takenBack(advice), '2026-06-01'), '2026-06-01')
    charge(desk, 'l2', 5_000, '2026-06-10', 'v2', 'patient')
    expect(owed(desk)).toEqual({ 'l1 acme': 50_000, 'l1 patient': -15_000, 'l2 patient': 5_000 })
  })
})
