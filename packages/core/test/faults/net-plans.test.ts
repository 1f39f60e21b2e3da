import { describe, expect, it } from 'vitest'
import { unappliedTotal } from '../../src/account/payments/state.ts'
import { all, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'
import { agreed, pay, planOf, selfPay } from '../support/plan-desk.ts'

// Faults net-9 and net-10: a plan waits for the correction of a reversal (37), and takes what comes a little early (38).

const advice = { lines: [{ charge: 50_000, paid: 35_000, cas: [['PR', '1', 15_000]] }] } as const
const less = { lines: [{ charge: 50_000, paid: 38_000, cas: [['PR', '1', 12_000]] }] } as const
const nothing = { lines: [{ charge: 50_000, paid: 50_000 }] } as const

/** A plan of 150.00 in 3 from 15 March; the first is paid on its day. */
const onPlan = (): Desk => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
  desk.does(pays('acme', advice, '2026-02-20'), '2026-02-20')
  agreed(desk, { divide: { instalments: 3 }, firstDue: '2026-03-15' }, '2026-03-01')
  pay(desk, 5_000, '2026-03-15')
  return desk
}
const dues = (desk: Desk) => planOf(desk).schedule.map(({ due, amount, paid }) => `${due} ${amount} ${paid}`)
const evaluate = (desk: Desk, on: string) => desk.does({ type: 'EvaluatePlan', on, plan: 'p1' }, on)

describe('a CLP 22 alone on a visit with a plan', () => {
  it('net-9 the plan waits: it is neither shortened nor complete, and nothing falls due', () => {
    const desk = onPlan()
    const events = desk.does(pays('acme', takenBack(advice), '2026-04-01'), '2026-04-02')
    expect(events.map(({ type }) => type)).toContain('PlanSuspended')
    expect(planOf(desk)).toMatchObject({ status: 'active', total: 15_000, suspendedFrom: '2026-04-01' })
    for (const on of ['2026-04-25', '2026-05-25', '2026-06-30']) expect(evaluate(desk, on)).toEqual([])
    expect([...all(desk, 'PlanCompleted'), ...all(desk, 'PlanRecomputed'), ...all(desk, 'InstalmentMissed')]).toEqual(
      [],
    )
    for (const type of ['CurePlan', 'AmendPlan'] as const) {
      const on = '2026-06-30'
      const command =
        type === 'CurePlan'
          ? ({ type, on, plan: 'p1' } as const)
          : ({ type, on, plan: 'p1', divide: { instalments: 2 }, firstDue: '2026-07-15', reason: 'x' } as const)
      expect(desk.refused(command, on)).toContain('plans.suspended')
    }
  })

  it('net-9 with the same share again it goes on where it stood, its instalments due later', () => {
    const desk = onPlan()
    desk.does(pays('acme', takenBack(advice), '2026-04-01'), '2026-04-02')
    desk.does(pays('acme', { ...advice, icn: 'P2' }, '2026-06-20'), '2026-06-20')
    expect(planOf(desk)).toMatchObject({ status: 'active', total: 15_000 })
    expect(planOf(desk).suspendedFrom).toBeUndefined()
    expect(dues(desk)).toEqual(['2026-03-15 5000 5000', '2026-07-15 5000 0', '2026-08-15 5000 0'])
    expect(evaluate(desk, '2026-07-10'), 'nothing was missed while it waited').toEqual([])
    expect(evaluate(desk, '2026-07-21').map(({ type }) => type)).toEqual(['InstalmentMissed'])
  })

  it('net-9 a correction that asks less shortens it, one that asks nothing ends it', () => {
    const shorter = onPlan()
    shorter.does(pays('acme', takenBack(advice), '2026-04-01'), '2026-04-02')
    shorter.does(pays('acme', { ...less, icn: 'P2' }, '2026-04-20'), '2026-04-20')
    expect(planOf(shorter)).toMatchObject({ status: 'active', total: 12_000 })
    const ended = onPlan()
    ended.does(pays('acme', takenBack(advice), '2026-04-01'), '2026-04-02')
    ended.does(pays('acme', { ...nothing, icn: 'P2' }, '2026-04-20'), '2026-04-20')
    expect(planOf(ended).status).toBe('completed')
  })

  it('net-9 money for the plan waits with it, on account, and pays its instalments when it goes on', () => {
    const desk = onPlan()
    desk.does(pays('acme', takenBack(advice), '2026-04-01'), '2026-04-02')
    desk.does(
      {
        type: 'PostPayment',
        on: '2026-04-15',
        payment: 'second',
        amount: 5_000,
        tender: 'check',
        designation: { planId: 'p1' },
      },
      '2026-04-15',
    )
    desk.does(
      { type: 'PostCharge', on: '2026-04-16', visit: 'v2', line: 'l2', code: '99213', amount: 2_000, party: 'patient' },
      '2026-04-16',
    )
    expect([owed(desk), unappliedTotal(desk.state.payments)]).toEqual([
      { 'l1 acme': 50_000, 'l1 patient': -5_000, 'l2 patient': 2_000 },
      5_000,
    ])
    desk.does(pays('acme', { ...advice, icn: 'P2' }, '2026-04-20'), '2026-04-20')
    expect(planOf(desk).schedule.map(({ paid }) => paid)).toEqual([5_000, 5_000, 0])
    expect([owed(desk), unappliedTotal(desk.state.payments)]).toEqual([{ 'l1 patient': 5_000, 'l2 patient': 2_000 }, 0])
  })

  it('net-9 by a person’s word it goes on without the correction', () => {
    const desk = onPlan()
    desk.does(pays('acme', takenBack(advice), '2026-04-01'), '2026-04-02')
    const resume = { type: 'ResumePlan', on: '2026-05-01', plan: 'p1', reason: 'the payer will not pay again' } as const
    desk.does(resume, '2026-05-01')
    expect(planOf(desk).status, 'the patient owes nothing by now').toBe('completed')
    expect(desk.refused(resume, '2026-05-01')).toEqual(['plans.standing'])
    const other = onPlan()
    expect(other.refused(resume, '2026-05-01')).toEqual(['plans.notSuspended'])
  })
})

describe('instalments that are paid a little early', () => {
  it('net-10 50.00 due on the 1st and paid one day before counts for it, beside an older open item', () => {
    const desk = selfPay({ old: 30_000 })
    desk.does(
      { type: 'PostCharge', on: '2026-01-07', visit: 'v-l1', line: 'l1', code: '99213', amount: 15_000 },
      '2026-01-07',
    )
    agreed(desk, { lines: ['l1'], divide: { instalments: 3 }, firstDue: '2026-02-01' })
    for (const on of ['2026-01-31', '2026-02-28', '2026-03-31']) {
      pay(desk, 5_000, on)
      desk.does({ type: 'EvaluatePlan', on, plan: 'p1' }, on)
    }
    expect(planOf(desk).status).toBe('completed')
    expect(owed(desk)).toEqual({ 'old patient': 30_000 })
  })

  it('net-10 within the days that policy says, and no more than instalments ask', () => {
    const desk = selfPay({ old: 30_000 })
    desk.does(
      { type: 'PostCharge', on: '2026-01-07', visit: 'v-l1', line: 'l1', code: '99213', amount: 15_000 },
      '2026-01-07',
    )
    agreed(desk, { lines: ['l1'], divide: { instalments: 3 }, firstDue: '2026-02-10' })
    pay(desk, 5_000, '2026-02-04')
    expect(owed(desk), 'six days before').toEqual({ 'old patient': 25_000, 'l1 patient': 15_000 })
    pay(desk, 8_000, '2026-02-05')
    expect(owed(desk), 'five days before').toEqual({ 'old patient': 22_000, 'l1 patient': 10_000 })
  })
})
