import { describe, expect, it } from 'vitest'
import { agreed, pay, planOf, selfPay } from '../support/plan-desk.ts'

const dues = (desk: ReturnType<typeof selfPay>) => planOf(desk).schedule.map(({ due }) => due)
const defer = (on: string, months: number) =>
  ({ type: 'DeferPlan', on, plan: 'p1', months, hardship: true, reason: 'out of work' }) as const

describe('§5.3 a plan that is put off', () => {
  it('asks nothing sooner than it was promised: what a dispute has moved stays as far behind', () => {
    const desk = agreed(selfPay({ l1: 20_000, l2: 20_000 }), { divide: { instalments: 4 } })
    const of = { kind: 'billingError', raisedBy: 'patient', channel: 'mail', written: true, says: 'no' } as const
    desk.does({ type: 'OpenDispute', on: '2026-02-01', dispute: 'd1', lines: ['l1'], ...of }, '2026-02-01')
    pay(desk, 10_000, '2026-02-15', { line: 'l2' })
    desk.does(
      { type: 'CloseDispute', on: '2026-05-20', dispute: 'd1', because: { kind: 'withdrawn', reason: 'mine' } },
      '2026-05-20',
    )
    expect(dues(desk)).toEqual(['2026-02-15', '2026-03-15', '2026-06-15', '2026-07-15'])
    desk.does(defer('2026-05-21', 3), '2026-05-21')
    expect(dues(desk)).toEqual(['2026-02-15', '2026-06-15', '2026-09-15', '2026-10-15'])
  })

  it('nor does a dispute that is over after it', () => {
    const desk = agreed(selfPay({ l1: 20_000, l2: 20_000 }), { divide: { instalments: 4 } })
    const of = { kind: 'billingError', raisedBy: 'patient', channel: 'mail', written: true, says: 'no' } as const
    const disputed = (from: string, until: string, dispute: string, lines: string[]) => {
      desk.does({ type: 'OpenDispute', on: from, dispute, lines, ...of }, from)
      const because = { kind: 'withdrawn', reason: 'mine' } as const
      desk.does({ type: 'CloseDispute', on: until, dispute, because }, until)
    }
    pay(desk, 10_000, '2026-01-20', { line: 'l2' })
    disputed('2026-02-01', '2026-05-20', 'd1', ['l1'])
    desk.does(defer('2026-05-21', 3), '2026-05-21')
    expect(dues(desk)).toEqual(['2026-02-15', '2026-06-15', '2026-09-15', '2026-10-15'])
    disputed('2026-06-10', '2026-06-20', 'd2', ['l1', 'l2'])
    expect(dues(desk)).toEqual(['2026-02-15', '2026-07-15', '2026-09-15', '2026-10-15'])
  })

  it('every week it keeps its week', () => {
    const desk = agreed(selfPay({ l1: 40_000 }), {
      ...{ divide: { amount: 2_500 }, every: 'week', firstDue: '2026-01-29' },
    })
    desk.does(defer('2026-01-28', 1), '2026-01-28')
    expect(dues(desk).slice(0, 4)).toEqual(['2026-02-28', '2026-03-07', '2026-03-14', '2026-03-21'])
  })
})
