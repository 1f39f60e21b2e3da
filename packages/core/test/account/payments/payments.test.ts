import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../../src/account/index.ts'
import { balancesByParty, owedOn } from '../../../src/account/ledger/balances.ts'
import { unappliedTotal } from '../../../src/account/payments/state.ts'
import type { LineId } from '../../../src/kernel/ids.ts'
import { byHand, claimOf, type Desk, insured, office, opened, remit, settling } from '../../support/desk.ts'
import { place } from '../../support/placement-desk.ts'
import { agreed, selfPay } from '../../support/plan-desk.ts'

type PostPayment = Extract<AccountCommandInput, { type: 'PostPayment' }>
const balances = (desk: Desk) => Object.fromEntries(balancesByParty(desk.state.ledger))
const charge = (desk: Desk, line: string, amount: number, on: string, visit = 'v1') =>
  desk.does({ type: 'PostCharge', on, visit, line, code: '99213', amount }, on)
const pay = (amount: number, on: string, over: Partial<PostPayment> = {}): PostPayment => ({
  type: 'PostPayment',
  on,
  amount,
  tender: 'check',
  ...over,
})
const open = (desk: Desk, ...lines: string[]) => lines.map((line) => owedOn(desk.state.ledger, line as LineId))

/** Three self-pay lines of two visits: 100.00 of 03-01, 50.00 of 03-05, 80.00 of 03-10. */
const three = (at = office): Desk => {
  const desk = opened('2026-03-01', at)
  charge(desk, 'l1', 10_000, '2026-03-01')
  charge(desk, 'l2', 5_000, '2026-03-05', 'v2')
  charge(desk, 'l3', 8_000, '2026-03-10')
  return desk
}

describe('where patient money goes (reference §1.8, errata 3 and 22)', () => {
  it('E4 undirected money pays the oldest responsibility first', { tags: ['E4'] }, () => {
    const desk = three()
    desk.does(pay(12_000, '2026-03-20'), '2026-03-20')
    expect(open(desk, 'l1', 'l2', 'l3')).toEqual([0, 3_000, 8_000])
  })

  it('money of the day of service pays that encounter first', () => {
    const desk = three()
    desk.does(pay(9_000, '2026-03-10'), '2026-03-10')
    expect(open(desk, 'l1', 'l2', 'l3')).toEqual([9_000, 5_000, 0])
  })

  it('§1.8(2) a plan takes the instalments that are due and no more; the rest pays the oldest responsibility', () => {
    const desk = selfPay({ old: 30_000 })
    charge(desk, 'l1', 120_000, '2026-01-07')
    agreed(desk, { lines: ['l1'] })
    desk.does(pay(25_000, '2026-02-15'), '2026-02-15')
    expect(open(desk, 'old', 'l1'), 'one instalment of 100.00 is due').toEqual([15_000, 110_000])
    desk.does(pay(25_000, '2026-04-15'), '2026-04-15')
    expect(open(desk, 'old', 'l1'), 'two more are due').toEqual([10_000, 90_000])
    desk.does(pay(5_000, '2026-04-16'), '2026-04-16')
    expect(open(desk, 'old', 'l1'), 'nothing is due').toEqual([5_000, 90_000])
  })

  it('§1.8(2) of the lines on a plan the oldest service comes first, whenever the patient came to owe it', () => {
    const desk = insured('2026-01-05')
    charge(desk, 'served', 60_000, '2026-01-05')
    desk.does(
      {
        type: 'PostCharge',
        on: '2026-02-01',
        visit: 'v2',
        line: 'owed',
        code: '99213',
        amount: 60_000,
        party: 'patient',
      },
      '2026-02-01',
    )
    desk.does(remit([claimOf({ charge: 60_000, paid: 0 }, [['PR', '1', 60_000]])], '2026-03-01'), '2026-03-01')
    agreed(desk, { firstDue: '2026-04-15' }, '2026-03-02')
    desk.does(pay(10_000, '2026-04-15'), '2026-04-15')
    expect(open(desk, 'served', 'owed')).toEqual([50_000, 60_000])
  })

  it('designated money pays what it was given for and no further, where money on account waits for a person', () => {
    const desk = three(byHand)
    desk.does(pay(7_000, '2026-03-20', { designation: { visitId: 'v2' } }), '2026-03-20')
    expect(open(desk, 'l1', 'l2', 'l3')).toEqual([10_000, 0, 8_000])
    expect(unappliedTotal(desk.state.payments)).toBe(2_000)
  })

  it('E2 directed money goes to its lines, never beyond what the patient owes there', { tags: ['E2'] }, () => {
    const desk = three()
    const beyond = pay(20_000, '2026-03-20', { allocations: [{ line: 'l3', amount: 8_001 }] })
    expect(desk.refused(beyond, '2026-03-20')).toEqual(['payments.beyondOpen'])
    desk.does(pay(20_000, '2026-03-20', { allocations: [{ line: 'l3' }, { line: 'l1', amount: 4_000 }] }), '2026-03-20')
    expect(open(desk, 'l1', 'l2', 'l3')).toEqual([6_000, 5_000, 0])
    expect(unappliedTotal(desk.state.payments)).toBe(8_000)
  })

  it('money received before the layer opened is unapplied until then', () => {
    const desk = three()
    desk.does(pay(23_000, '2026-03-07'), '2026-03-20')
    expect(desk.at('2026-03-08', '2026-03-20')).toEqual({ layers: [], unapplied: -80, net: -80 })
    expect(desk.at('2026-03-10', '2026-03-20')).toEqual({ layers: [], unapplied: 0, net: 0 })
  })

  it('a payment in advance meets the charge it was given for in the charge’s own unit', () => {
    const desk = opened('2026-03-01')
    charge(desk, 'l1', 5_000, '2026-03-01')
    desk.does(pay(9_000, '2026-03-01', { designation: { visitId: 'v1' } }), '2026-03-01')
    const events = charge(desk, 'l2', 6_000, '2026-03-04')
    expect(events.map((event) => event.type)).toEqual(['ChargePosted', 'UnappliedApplied', 'CreditBalanceResolved'])
    expect(events[1]?.effectiveDate).toBe('2026-03-04')
    expect(balances(desk)).toEqual({ patient: 2_000 })
  })

  it('undesignated unapplied money waits for a person by policy, and meets items by ApplyUnapplied', () => {
    const desk = opened('2026-03-01', byHand)
    desk.does(pay(9_000, '2026-03-01', { payment: 'p1' }), '2026-03-01')
    charge(desk, 'l1', 6_000, '2026-03-04')
    expect(balances(desk)).toEqual({ patient: 6_000 })
    const [event] = desk.does({ type: 'ApplyUnapplied', payment: 'p1' }, '2026-03-20')
    expect(event?.effectiveDate).toBe('2026-03-04')
    expect(unappliedTotal(desk.state.payments)).toBe(3_000)
    expect(desk.refused({ type: 'ApplyUnapplied', payment: 'p1' }, '2026-03-20')).toEqual(['payments.nothingOpen'])
  })
})

describe('an overpaid item', () => {
  it('E2 takes no more patient money though a new layer stands beside its credit', { tags: ['E2'] }, () => {
    const desk = insured('2026-03-02')
    charge(desk, 'l1', 50_000, '2026-03-02')
    const claim = claimOf({ charge: 50_000, paid: 35_000 }, [['PR', '1', 15_000]])
    desk.does(remit([claim], '2026-03-10'), '2026-03-10')
    desk.does(pay(15_000, '2026-03-12'), '2026-03-12')
    const back = claimOf({ charge: -50_000, paid: -35_000 }, [['PR', '1', -15_000]], { status: '22' })
    desk.does(remit([back], '2026-03-20'), '2026-03-20')
    desk.does(
      { type: 'TerminateCoverage', on: '2026-03-21', coverage: 'cov', lastDay: '2026-02-28', reason: 'ended' },
      '2026-03-21',
    )
    desk.does(
      {
        type: 'TransferResponsibility',
        on: '2026-03-21',
        from: { coverageId: 'cov' },
        to: 'patient',
        lines: [{ line: 'l1', amount: 20_000 }],
        because: 'coverageTermed',
        reason: 'letter of the payer',
      },
      '2026-03-21',
    )
    expect(balances(desk)).toEqual({ cov: 30_000, patient: 5_000 })
    desk.does(pay(20_000, '2026-03-22'), '2026-03-22')
    expect(balances(desk)).toEqual({ cov: 30_000 })
    expect(unappliedTotal(desk.state.payments)).toBe(15_000)
  })

  it('a copay directed to a line of which the patient owes nothing yet waits for that line', () => {
    const desk = insured('2026-03-02')
    charge(desk, 'l1', 20_000, '2026-03-02')
    desk.does(pay(3_000, '2026-03-02', { allocations: [{ line: 'l1' }] }), '2026-03-02')
    expect(desk.state.credits.credits.size).toBe(0)
    desk.does(remit([claimOf({ charge: 20_000, paid: 15_000 }, [['PR', '3', 5_000]])], '2026-03-25'), '2026-03-27')
    expect(balances(desk)).toEqual({ patient: 2_000 })
  })
})

describe('one payment is one payment', () => {
  it('E7 the same reference, tender, amount and day is refused; without a reference it is flagged', {
    tags: ['E7'],
  }, () => {
    const desk = three()
    desk.does(pay(1_000, '2026-03-20', { externalRef: '1077' }), '2026-03-20')
    expect(desk.refused(pay(1_000, '2026-03-20', { externalRef: '1077' }), '2026-03-21')).toEqual([
      'payments.duplicate',
    ])
    desk.does(pay(1_000, '2026-03-20', { externalRef: '1078' }), '2026-03-21')
    desk.does(pay(1_000, '2026-03-20'), '2026-03-21')
    const { decision } = desk.history.steps.at(-1) ?? {}
    expect(decision?.ok && decision.warnings.map((hit) => hit.rule)).toEqual(['payments.alike'])
    expect(open(desk, 'l1')).toEqual([7_000])
  })

  it.each<[string, Partial<PostPayment>, string]>([
    ['of another day', {}, '2026-03-21'],
    ['of another tender', { tender: 'moneyOrder' }, '2026-03-20'],
    ['of another amount', { amount: 1_001 }, '2026-03-20'],
    ['of another reference', { externalRef: '1078' }, '2026-03-20'],
  ])('E7 one %s is another payment, not even flagged', { tags: ['E7'] }, (_, over, on) => {
    const desk = three()
    desk.does(pay(1_000, '2026-03-20', { externalRef: '1077' }), '2026-03-20')
    desk.does(pay(1_000, on, { externalRef: '1077', ...over }), on)
    const { decision } = desk.history.steps.at(-1) ?? {}
    expect(decision?.ok && decision.warnings).toEqual([])
    expect(desk.state.payments.payments.size).toBe(2)
  })

  it('what the payer directed is kept for the settlement: each share on its line, the rest unapplied', () => {
    const desk = opened('2026-03-01', settling)
    for (const line of ['l1', 'l2']) {
      desk.does(
        { type: 'PostCharge', on: '2026-03-01', visit: 'v1', line, code: '99213', amount: 10_000 },
        '2026-03-01',
      )
    }
    const allocations = [
      { line: 'l2', amount: 7_000 },
      { line: 'l1', amount: 2_000 },
    ]
    const card = { type: 'PostPayment', on: '2026-03-02', payment: 'p1', tender: 'card', amount: 10_000 } as const
    desk.does({ ...card, allocations }, '2026-03-02')
    const settled = desk.does({ type: 'SettlePayment', on: '2026-03-04', payment: 'p1' }, '2026-03-04')
    expect(settled.find((event) => event.type === 'PatientPaymentPosted')).toMatchObject({
      allocations: [
        { lineId: 'l2', amount: 7_000 },
        { lineId: 'l1', amount: 2_000 },
      ],
      contra: [
        { account: 'cash', amount: 10_000 },
        { account: 'unapplied', amount: -1_000 },
      ],
    })
  })

  it('E8 a pending card payment moves no money until it settles, and settles or fails once', { tags: ['E8'] }, () => {
    const desk = opened('2026-03-01', settling)
    charge(desk, 'l1', 10_000, '2026-03-01')
    desk.does(pay(4_000, '2026-03-02', { payment: 'p1', tender: 'card' }), '2026-03-02')
    desk.does(pay(1_000, '2026-03-02', { payment: 'p2', tender: 'ach' }), '2026-03-02')
    expect(balances(desk)).toEqual({ patient: 10_000 })
    desk.does({ type: 'SettlePayment', on: '2026-03-04', payment: 'p1' }, '2026-03-04')
    desk.does({ type: 'FailPayment', on: '2026-03-04', payment: 'p2', reason: 'declined' }, '2026-03-04')
    expect(desk.at('2026-03-03', '2026-03-04').net).toBe(100)
    expect(desk.at('2026-03-04', '2026-03-04').net).toBe(60)
    for (const payment of ['p1', 'p2']) {
      const settle = { type: 'SettlePayment', on: '2026-03-05', payment } as const
      expect(desk.refused(settle, '2026-03-05')).toEqual(['payments.decided'])
    }
    expect(desk.refused({ type: 'SettlePayment', on: '2026-03-05', payment: 'p9' }, '2026-03-05')).toEqual([
      'payments.notPending',
    ])
  })
})

describe('money that goes back', () => {
  it('E6 takes the unapplied first, then the newest allocations, which get their age back', { tags: ['E6'] }, () => {
    const desk = three()
    desk.does(pay(25_000, '2026-03-20', { payment: 'p1' }), '2026-03-20')
    expect(unappliedTotal(desk.state.payments)).toBe(2_000)
    const part = { type: 'ReversePayment', on: '2026-03-25', payment: 'p1', kind: 'chargeback', reason: 'x' } as const
    desk.does({ ...part, amount: 12_000 }, '2026-03-25')
    expect(open(desk, 'l1', 'l2', 'l3')).toEqual([0, 2_000, 8_000])
    expect(desk.at('2026-04-01', '2026-04-01').layers).toEqual(['patient 20 27d', 'patient 80 22d'])
    expect(desk.refused({ ...part, amount: 13_001 }, '2026-03-26')).toEqual(['payments.beyondAmount'])
    desk.does(part, '2026-03-26')
    expect(open(desk, 'l1', 'l2', 'l3')).toEqual([10_000, 5_000, 8_000])
    expect(desk.refused(part, '2026-03-27')).toEqual(['payments.reversed'])
  })

  it('E6 a share that the agency had and gave back is the practice’s again when its check bounces', {
    tags: ['E6'],
  }, () => {
    const desk = selfPay({ l1: 40_000 })
    desk.does(place('2026-08-01'), '2026-08-01')
    const atAgency = { payment: 'p1', source: 'agency', externalRef: '7' } as const
    desk.does(pay(10_000, '2026-08-10', atAgency), '2026-08-10')
    const nsf = { type: 'ReversePayment', on: '2026-09-01', payment: 'p1', kind: 'nsf', reason: 'x' } as const
    const stages = (of: Desk) => [...of.state.ledger.layers.values()].map(({ active, placed }) => ({ active, placed }))
    expect(stages(desk)).toEqual([{ active: 0, placed: 30_000 }])
    desk.does({ type: 'RecallAccount', on: '2026-08-20', placement: 'pl1', reason: 'insurance' }, '2026-08-20')
    desk.does(nsf, '2026-09-01')
    expect(stages(desk)).toEqual([{ active: 40_000, placed: 0 }])
  })

  it('does not bounce before it came', () => {
    const desk = three()
    desk.does(pay(1_000, '2026-03-20', { payment: 'p1' }), '2026-03-20')
    expect(
      desk.refused({ type: 'ReversePayment', on: '2026-03-19', payment: 'p1', kind: 'nsf', reason: 'x' }, '2026-03-21'),
    ).toEqual(['payments.beforeOriginal'])
  })

  it('bounced before the item it was applied to had opened: the item never had it', () => {
    const desk = opened('2026-03-01')
    charge(desk, 'l1', 5_000, '2026-03-01')
    desk.does(pay(5_000, '2026-03-01', { payment: 'p0' }), '2026-03-01')
    desk.does(pay(6_000, '2026-03-05', { payment: 'p1', designation: { visitId: 'v1' } }), '2026-03-05')
    charge(desk, 'l2', 6_000, '2026-03-10')
    expect(balances(desk)).toEqual({})
    desk.does({ type: 'ReversePayment', on: '2026-03-08', payment: 'p1', kind: 'nsf', reason: 'x' }, '2026-03-12')
    expect(desk.at('2026-03-09', '2026-03-12')).toEqual({ layers: [], unapplied: 0, net: 0 })
    expect(desk.at('2026-03-06', '2026-03-12')).toEqual({ layers: [], unapplied: -60, net: -60 })
    expect(desk.at('2026-03-10', '2026-03-12').layers).toEqual(['patient 60 0d'])
  })

  it('E5 taken off one line, it may be directed to another', { tags: ['E5'] }, () => {
    const desk = three()
    desk.does(pay(10_000, '2026-03-20', { payment: 'p1' }), '2026-03-20')
    const off = { type: 'DeallocatePayment', payment: 'p1', reason: 'meant for March 10' } as const
    expect(desk.refused({ ...off, lines: [{ line: 'l2' }] }, '2026-03-21')).toEqual(['payments.notAllocated'])
    desk.does({ ...off, lines: [{ line: 'l1', amount: 8_000 }] }, '2026-03-21')
    desk.does({ type: 'ApplyUnapplied', payment: 'p1', allocations: [{ line: 'l3' }] }, '2026-03-21')
    expect(open(desk, 'l1', 'l2', 'l3')).toEqual([8_000, 5_000, 0])
    expect(desk.at('2026-03-20', '2026-03-21').net).toBe(130)
  })

  it('restores the patient’s layer, though the payer’s advice came between', () => {
    const desk = insured('2026-03-02')
    charge(desk, 'l1', 20_000, '2026-03-02')
    desk.does(pay(3_000, '2026-03-02', { payment: 'p1', designation: { visitId: 'v1' } }), '2026-03-02')
    desk.does(remit([claimOf({ charge: 20_000, paid: 15_000 }, [['PR', '3', 5_000]])], '2026-03-25'), '2026-03-27')
    expect(balances(desk)).toEqual({ patient: 2_000 })
    desk.does({ type: 'ReversePayment', on: '2026-04-01', payment: 'p1', kind: 'nsf', reason: 'x' }, '2026-04-01')
    expect(desk.at('2026-04-10', '2026-04-10').layers).toEqual(['patient 50 14d'])
  })
})
