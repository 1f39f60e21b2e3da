import { describe, expect, it } from 'vitest'
import type { AgencyNoticeRaised } from '../../src/account/placement/events.ts'
import type { Desk } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'
import { selfPay } from '../support/plan-desk.ts'

// Fault watch-4 (law J4): a placed balance was paid, given up or voided here, and the agency went on asking for it.

const july = '2026-07-31'
const on = '2026-08-10'
const placed = (): Desk => {
  const desk = selfPay({ l1: 40_000 })
  desk.does(place(july), july)
  return desk
}
const pays = (desk: Desk, amount: number, source: 'guarantor' | 'agency', payment = 'p1') =>
  desk.does(
    { type: 'PostPayment', on, payment, amount, tender: 'check', source, allocations: [{ line: 'l1', amount }] },
    on,
  )
const notices = (events: readonly { readonly type: string }[]) =>
  events.flatMap((event) => (event.type === 'AgencyNoticeRaised' ? [event as AgencyNoticeRaised] : []))

describe('an agency is told what happened here to what it has', () => {
  it('watch-4 J4 a payment here makes one notice, with what it has now', () => {
    const desk = placed()
    expect(notices(pays(desk, 10_000, 'guarantor'))).toMatchObject([
      {
        effectiveDate: on,
        placementId: 'pl1',
        agencyId: 'acme-collect',
        cause: 'payment',
        items: [{ lineId: 'l1', was: 40_000, now: 30_000 }],
        left: 30_000,
      },
    ])
  })

  it('watch-4 J4 what it collected itself makes none; the bank taking that back makes one', () => {
    const desk = placed()
    expect(notices(pays(desk, 10_000, 'agency'))).toEqual([])
    const bounced = desk.does({ type: 'ReversePayment', on, payment: 'p1', kind: 'nsf', reason: 'nsf' }, on)
    expect(notices(bounced)).toMatchObject([{ cause: 'returned', items: [{ was: 30_000, now: 40_000 }], left: 40_000 }])
  })

  it('watch-4 J4 a void and a recall make one each', () => {
    const voided = placed().does({ type: 'VoidCharge', on, line: 'l1', reason: 'never rendered' }, on)
    expect(notices(voided)).toMatchObject([{ cause: 'recall', left: 0 }])
    const recalled = placed().does({ type: 'RecallAccount', on, placement: 'pl1', reason: 'bankruptcy' }, on)
    expect(notices(recalled)).toMatchObject([{ cause: 'recall', items: [{ was: 40_000, now: 0 }], left: 0 }])
  })

  it('watch-4 what was told is told: each notice once, not before it came up', () => {
    const desk = placed()
    expect(desk.refused({ type: 'TellAgency', on, how: 'file' }, on)).toEqual(['placement.nothingToTell'])
    const [first] = notices(pays(desk, 10_000, 'guarantor'))
    const [second] = notices(pays(desk, 5_000, 'guarantor', 'p2'))
    const tell = { type: 'TellAgency', on, how: 'file', reference: 'daily.txt' } as const
    expect(desk.refused({ ...tell, on: '2026-08-09' }, on)).toEqual([
      'placement.beforeNotice',
      'placement.beforeNotice',
    ])
    const [told] = desk.does({ ...tell, notices: [first?.noticeId ?? ''] }, on)
    expect(told).toMatchObject({ type: 'AgencyTold', notices: [first?.noticeId], how: 'file', reference: 'daily.txt' })
    expect(desk.refused({ ...tell, notices: [first?.noticeId ?? '', 'n-unknown'] }, on)).toEqual([
      'placement.told',
      'placement.noticeUnknown',
    ])
    expect([...desk.state.placement.toTell.keys()]).toEqual([second?.noticeId])
    desk.does(tell, on)
    expect(desk.state.placement.toTell.size).toBe(0)
  })
})
