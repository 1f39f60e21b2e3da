import { describe, expect, it } from 'vitest'
import { owed } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'
import { agreed, pay, planOf, selfPay } from '../support/plan-desk.ts'

// Fault net-13: who gives money for a visit, or for a plan, has not said that it is for what they dispute of it (reference §1.8(1),
// (5)): it goes there last.

const dispute = (desk: Desk, line: string, on: string) =>
  desk.does(
    {
      type: 'OpenDispute',
      on,
      dispute: 'd1',
      kind: 'billingError',
      lines: [line],
      raisedBy: 'patient',
      channel: 'mail',
      written: true,
      says: 'never there',
    },
    on,
  )
const give = (desk: Desk, amount: number, designation: object, on: string) =>
  desk.does({ type: 'PostPayment', on, payment: `p-${on}`, amount, tender: 'check', designation }, on)

/** Two lines of visit v1: 100.00, the older one, is disputed; 50.00 is not. */
const disputed = (): Desk => {
  const desk = selfPay({})
  for (const [line, amount, on] of [
    ['l1', 10_000, '2026-01-05'],
    ['l2', 5_000, '2026-01-06'],
  ] as const) {
    desk.does({ type: 'PostCharge', on, visit: 'v1', line, code: '99213', amount }, on)
  }
  dispute(desk, 'l1', '2026-02-01')
  return desk
}

describe('net-13 money for a visit or a plan of which something is in dispute', () => {
  it('net-13 for the visit: what nobody disputes first, the rest as it was given', () => {
    const desk = disputed()
    give(desk, 4_000, { visitId: 'v1' }, '2026-02-03')
    expect(owed(desk)).toEqual({ 'l1 patient': 10_000, 'l2 patient': 1_000 })
    give(desk, 3_000, { visitId: 'v1' }, '2026-02-04')
    expect(owed(desk)).toEqual({ 'l1 patient': 8_000 })
  })

  it('net-13 for both lines likewise; for the one that is disputed as was said', () => {
    const desk = disputed()
    give(desk, 4_000, { lines: ['l1', 'l2'] }, '2026-02-03')
    expect(owed(desk)).toEqual({ 'l1 patient': 10_000, 'l2 patient': 1_000 })
    give(desk, 4_000, { lines: ['l1'] }, '2026-02-04')
    expect(owed(desk)).toEqual({ 'l1 patient': 6_000, 'l2 patient': 1_000 })
  })

  it('net-13 for a plan: its instalment is of what is not disputed, and what is held stays held', () => {
    const desk = agreed(selfPay({ l1: 20_000, l2: 10_000 }), { divide: { instalments: 3 }, firstDue: '2026-02-05' })
    pay(desk, 10_000, '2026-02-05')
    dispute(desk, 'l1', '2026-02-10')
    give(desk, 10_000, { planId: 'p1' }, '2026-03-04')
    expect(owed(desk)).toEqual({ 'l1 patient': 10_000 })
    expect(planOf(desk).schedule.map(({ paid }) => paid)).toEqual([10_000, 10_000, 0])
    desk.does({ type: 'EvaluatePlan', on: '2026-05-20', plan: 'p1' }, '2026-05-20')
    expect(planOf(desk)).toMatchObject({ status: 'active' })
  })
})
