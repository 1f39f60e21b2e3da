import { describe, expect, it } from 'vitest'
import { owedOn } from '../../src/account/ledger/balances.ts'
import { datedOf } from '../../src/account/ledger/layer-changes-state.ts'
import { unappliedTotal } from '../../src/account/payments/state.ts'
import type { LineId } from '../../src/kernel/ids.ts'
import { pays, takenBack, visitWith } from '../claims/visit.ts'
import { type Desk, opened } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'
import { selfPay } from '../support/plan-desk.ts'

// Faults net-4, net-5 and net-7 (clarification 35): an effect counts from the first day from which its item is open for
// it, and items that tie are paid as the claim numbers its lines.

const charge = (desk: Desk, line: string, amount: number, on: string, visit = 'v1') =>
  desk.does({ type: 'PostCharge', on, visit, line, code: '99213', amount }, on)
const check = (amount: number, on: string, payment: string) =>
  ({ type: 'PostPayment', on, payment, amount, tender: 'check' }) as const
const nsf = (payment: string, on: string) =>
  ({ type: 'ReversePayment', on, payment, kind: 'nsf', reason: 'returned' }) as const
const open = (desk: Desk, ...lines: string[]) => lines.map((line) => owedOn(desk.state.ledger, line as LineId))

/** 100.00 of 1 January, paid by a check of 10 January that the bank returned on 5 February. */
const bounced = (): Desk => {
  const desk = opened('2026-01-01')
  charge(desk, 'l1', 10_000, '2026-01-01')
  desk.does(check(10_000, '2026-01-10', 'p1'), '2026-01-10')
  desk.does(nsf('p1', '2026-02-05'), '2026-02-05')
  return desk
}

describe('money dated before its item was open again', () => {
  it('net-4 a check of 25 January entered after the NSF of 5 February is unapplied until then', () => {
    const desk = bounced()
    const events = desk.does(check(10_000, '2026-01-25', 'p2'), '2026-02-10')
    expect(events.map(({ type, effectiveDate }) => `${type} ${effectiveDate}`)).toEqual([
      'PatientPaymentPosted 2026-01-25',
      'UnappliedApplied 2026-02-05',
    ])
    expect(desk.at('2026-01-31', '2026-02-10')).toEqual({ layers: [], unapplied: -100, net: -100 })
    expect(desk.at('2026-02-04', '2026-02-10')).toEqual({ layers: [], unapplied: -100, net: -100 })
    expect(desk.at('2026-02-05', '2026-02-10')).toEqual({ layers: [], unapplied: 0, net: 0 })
  })

  it('net-4 each cent counts from the first day from which it has room: what was open at once, at once', () => {
    const desk = bounced()
    charge(desk, 'l2', 3_000, '2026-01-02')
    const events = desk.does(check(13_000, '2026-01-25', 'p2'), '2026-02-10')
    expect(events.map(({ type, effectiveDate }) => `${type} ${effectiveDate}`)).toEqual([
      'PatientPaymentPosted 2026-01-25',
      'UnappliedApplied 2026-02-05',
    ])
    expect(desk.at('2026-01-31', '2026-02-10')).toEqual({ layers: [], unapplied: -100, net: -100 })
    expect(desk.at('2026-02-05', '2026-02-10').net).toBe(0)
  })

  it('net-4 one layer that half of it had been open all the time takes half at once', () => {
    const desk = opened('2026-01-01')
    charge(desk, 'l1', 10_000, '2026-01-01')
    desk.does(check(6_000, '2026-01-10', 'p1'), '2026-01-10')
    desk.does(nsf('p1', '2026-02-05'), '2026-02-05')
    desk.does(check(10_000, '2026-01-25', 'p2'), '2026-02-10')
    expect(desk.at('2026-01-24', '2026-02-10').net).toBe(40)
    expect(desk.at('2026-01-31', '2026-02-10')).toEqual({ layers: [], unapplied: -60, net: -60 })
    expect(desk.at('2026-02-05', '2026-02-10')).toEqual({ layers: [], unapplied: 0, net: 0 })
  })

  it('net-4 its undoing takes the days of what it undoes, part by part', () => {
    const desk = opened('2026-01-01')
    charge(desk, 'l1', 10_000, '2026-01-01')
    desk.does(check(6_000, '2026-01-10', 'p1'), '2026-01-10')
    desk.does(nsf('p1', '2026-02-05'), '2026-02-05')
    desk.does(check(10_000, '2026-01-25', 'p2'), '2026-02-10')
    const events = desk.does({ type: 'DeallocatePayment', payment: 'p2', reason: 'meant for another' }, '2026-02-11')
    expect(events.map(({ type, effectiveDate }) => `${type} ${effectiveDate}`).sort()).toEqual([
      'PaymentDeallocated 2026-01-25',
      'PaymentDeallocated 2026-02-05',
    ])
    expect(desk.at('2026-01-31', '2026-02-11').layers).toEqual(['patient 40 30d'])
    expect(desk.at('2026-02-05', '2026-02-11').layers).toEqual(['patient 100 35d'])
    expect(unappliedTotal(desk.state.payments)).toBe(10_000)
  })

  it('net-4 money that another item had until March counts on its next item from March', () => {
    const desk = opened('2026-01-01')
    charge(desk, 'l1', 10_000, '2026-01-01')
    desk.does(check(10_000, '2026-01-10', 'p1'), '2026-01-10')
    charge(desk, 'l2', 10_000, '2026-01-05', 'v2')
    desk.does({ type: 'VoidCharge', on: '2026-03-01', line: 'l1', mode: 'economic', reason: 'not done' }, '2026-03-01')
    if (unappliedTotal(desk.state.payments) > 0) desk.does({ type: 'ApplyUnapplied', payment: 'p1' }, '2026-03-02')
    expect(desk.at('2026-02-28', '2026-03-02')).toEqual({ layers: ['patient 100 54d'], unapplied: 0, net: 100 })
    expect(desk.at('2026-03-01', '2026-03-02')).toEqual({ layers: [], unapplied: 0, net: 0 })
  })

  it('net-4 a write-off of an amount that came back later is refused before it was there (standing-5)', () => {
    const desk = bounced()
    const given = { visit: 'v1', party: 'patient', category: 'administrative', reason: 'given up' } as const
    const early = { ...given, type: 'WriteOff', on: '2026-01-20' } as const
    expect(desk.refused(early, '2026-02-10')).toEqual(['ledger.notYetOwed'])
    const [event] = desk.does({ ...early, on: '2026-02-05' }, '2026-02-10')
    expect(event?.effectiveDate).toBe('2026-02-05')
    expect(desk.at('2026-01-31', '2026-02-10').net).toBe(0)
  })
})

describe('what an agency has, and days before it had it', () => {
  it('net-5 a check dated before placement is on account until the agency has the item', () => {
    const desk = selfPay({ l1: 30_000 })
    desk.does(place('2026-08-01'), '2026-08-01')
    desk.does(check(30_000, '2026-07-25', 'p1'), '2026-08-05')
    if (unappliedTotal(desk.state.payments) > 0) {
      desk.does({ type: 'ApplyUnapplied', payment: 'p1', allocations: [{ line: 'l1' }] }, '2026-08-05')
    }
    const [layer] = [...desk.state.ledger.layers.values()]
    expect(layer).toMatchObject({ active: 0, placed: 0 })
    expect(layer && datedOf(layer)).toMatchObject({
      active: [
        { on: '2026-01-05', amount: 30_000 },
        { on: '2026-08-01', amount: -30_000 },
      ],
      placed: [],
    })
    expect(desk.at('2026-07-31', '2026-08-05')).toMatchObject({ unapplied: -300, net: 0 })
  })

  it('net-5 coverage found for a placed item: it comes back as of its placement, no stage is below zero on any day', () => {
    const desk = selfPay({ l1: 30_000 })
    desk.does(place('2026-08-01'), '2026-08-01')
    desk.does(
      {
        type: 'AddCoverage',
        on: '2026-08-10',
        coverage: 'cov',
        payer: 'acme',
        filingIndicator: '12',
        from: '2026-01-01',
      },
      '2026-08-10',
    )
    const events = desk.does(
      {
        type: 'TransferResponsibility',
        on: '2026-08-10',
        from: 'patient',
        to: { coverageId: 'cov' },
        lines: [{ line: 'l1' }],
        because: 'coverageFound',
        reason: 'eligible since January',
      },
      '2026-08-10',
    )
    expect(events.map(({ type, effectiveDate }) => `${type} ${effectiveDate}`)).toEqual([
      'AccountRecalled 2026-08-01',
      'ResponsibilityTransferred 2026-01-05',
      'AgencyNoticeRaised 2026-08-10',
    ])
    const [layer] = [...desk.state.ledger.layers.values()]
    expect(layer && datedOf(layer)).toEqual({ active: [], placed: [], badDebt: [] })
    expect(desk.at('2026-03-31', '2026-08-10').layers).toEqual(['cov 300 85d'])
    expect(desk.state.placement.placements.size).toBe(0)
  })

  it('net-5 a void of a placed charge takes it back from the agency first', () => {
    const desk = selfPay({ l1: 30_000 })
    desk.does(place('2026-08-01'), '2026-08-01')
    desk.does({ type: 'VoidCharge', on: '2026-08-10', line: 'l1', reason: 'never done' }, '2026-08-10')
    const [layer] = [...desk.state.ledger.layers.values()]
    expect(layer && datedOf(layer)).toEqual({ active: [], placed: [], badDebt: [] })
    expect(desk.state.placement.placements.size).toBe(0)
  })

  it('net-5 a placement recorded late is refused before its item was open (standing-3)', () => {
    const desk = selfPay({ l1: 30_000 })
    desk.does(check(30_000, '2026-02-01', 'p1'), '2026-02-01')
    desk.does(nsf('p1', '2026-07-25'), '2026-07-25')
    expect(desk.refused(place('2026-07-20'), '2026-07-31')).toContain('ledger.notYetOwed')
    desk.does(place('2026-07-25'), '2026-07-31')
    expect(desk.events().find(({ type }) => type === 'AccountPlaced')?.effectiveDate).toBe('2026-07-25')
  })
})

describe('lines that tie', () => {
  it.each([
    ['z-first', 'a-second'],
    ['a-first', 'z-second'],
  ])(
    'net-7 two lines of one visit, same age, same day: line number 1 is paid first, whatever its id (%s, %s)',
    (first, second) => {
      const desk = opened('2026-03-01')
      charge(desk, first, 10_000, '2026-03-01')
      charge(desk, second, 5_000, '2026-03-01')
      desk.does(check(7_000, '2026-03-20', 'p1'), '2026-03-20')
      expect(open(desk, first, second)).toEqual([3_000, 5_000])
    },
  )
})

describe('a payer takes back what an agency has', () => {
  it('net-5 a reversal dated before the placement leaves no stage below zero on any day', () => {
    const advice = { lines: [{ charge: 50_000, paid: 20_000, cas: [['PR', '1', 30_000]] }] } as const
    const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
    desk.does(pays('acme', advice, '2026-02-20'), '2026-02-21')
    desk.does(place('2026-08-01'), '2026-08-01')
    desk.does(pays('acme', takenBack(advice), '2026-06-01'), '2026-08-10')
    const layer = [...desk.state.ledger.layers.values()].find(({ party }) => party === 'patient')
    expect(layer && datedOf(layer)).toEqual({
      active: [
        { on: '2026-02-20', amount: 30_000 },
        { on: '2026-06-01', amount: -30_000 },
      ],
      placed: [],
      badDebt: [],
    })
  })
})
