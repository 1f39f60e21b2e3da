import { expect, it } from 'vitest'
import type { Desk } from '../support/desk.ts'
import { agreed, pay, planOf, selfPay } from '../support/plan-desk.ts'

// Fault standing-7: what a dispute holds of a plan is not asked for, and not missed when the money for it goes back meanwhile.

const plan = () => agreed(selfPay({ l1: 20_000, l2: 10_000 }), { divide: { instalments: 3 }, firstDue: '2026-02-05' })
const dispute = (desk: Desk, lines: readonly string[], on: string) =>
  desk.does(
    {
      type: 'OpenDispute',
      on,
      dispute: 'd1',
      kind: 'billingError',
      lines: [...lines],
      raisedBy: 'patient',
      channel: 'mail',
      written: true,
      says: 'never there',
    },
    on,
  )
const bounces = (desk: Desk, payment: string, on: string) =>
  desk.does({ type: 'ReversePayment', on, payment, kind: 'nsf', reason: 'no funds' }, on)
const evaluated = (desk: Desk, on: string) => {
  desk.does({ type: 'EvaluatePlan', on, plan: 'p1' }, on)
  return planOf(desk).misses
}

it('standing-7 all of the plan is in dispute: the instalment of February is not missed by its bounce', () => {
  const desk = plan()
  pay(desk, 10_000, '2026-02-05', { payment: 'b1' })
  dispute(desk, ['l1', 'l2'], '2026-02-10')
  bounces(desk, 'b1', '2026-02-20')
  expect(evaluated(desk, '2026-02-25')).toEqual([])
  expect(planOf(desk).status).toBe('active')
})

it('standing-7 a part of it: what nobody disputes is asked for, and is missed from the day of the bounce', () => {
  const desk = plan()
  pay(desk, 10_000, '2026-02-05', { payment: 'b1' })
  dispute(desk, ['l1'], '2026-02-10')
  bounces(desk, 'b1', '2026-02-20')
  expect(evaluated(desk, '2026-02-25')).toEqual([1])
})

it('standing-7 standing-4 without a dispute it is missed from the day of the bounce, as ever', () => {
  const desk = plan()
  pay(desk, 10_000, '2026-02-05', { payment: 'b1' })
  bounces(desk, 'b1', '2026-02-20')
  expect(evaluated(desk, '2026-02-25')).toEqual([1])
})
