import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { balancesByParty } from '../../src/account/ledger/balances.ts'
import { RETURNED_REFUND } from '../../src/account/ledger/lines-state.ts'
import { unappliedTotal } from '../../src/account/payments/state.ts'
import type { PaymentId, RefundId } from '../../src/kernel/ids.ts'
import { control } from '../claims/visit.ts'
import { type Desk, opened } from '../support/desk.ts'

// Fault net-3 (clarification 34): the bank takes a payment back after a part, or all, of it was refunded.

const kinds = ['nsf', 'stopPayment', 'chargeback', 'misposted'] as const

const balances = (desk: Desk) => Object.fromEntries(balancesByParty(desk.state.ledger))
const refund = (desk: Desk, amount: number, on: string, id = 'r1') => {
  desk.does(
    { type: 'ApproveRefund', on, refund: id, payment: 'p1', amount, payee: 'guarantor', method: 'check', reason: 'x' },
    on,
  )
  return desk.does({ type: 'IssueRefund', on, refund: id }, on)
}
const takenBack = (desk: Desk, kind: (typeof kinds)[number], on: string, amount?: number) =>
  desk.does(
    {
      type: 'ReversePayment',
      on,
      payment: 'p1',
      kind,
      reason: 'returned',
      ...(amount === undefined ? {} : { amount }),
    },
    on,
  )

/** 100.00 of 1 January, a check of 150.00 on the 10th: 50.00 stays on account. */
const overpaid = (): Desk => {
  const desk = opened('2026-01-01')
  desk.does(
    { type: 'PostCharge', on: '2026-01-01', visit: 'v1', line: 'l1', code: '99213', amount: 10_000 },
    '2026-01-01',
  )
  desk.does({ type: 'PostPayment', on: '2026-01-10', payment: 'p1', amount: 15_000, tender: 'check' }, '2026-01-10')
  return desk
}

describe('a payment that the bank takes back after a refund', () => {
  it.each(kinds)('net-3 %s of all of 150.00, of which 50.00 was refunded: 150.00 is owed again', (kind) => {
    const desk = overpaid()
    refund(desk, 5_000, '2026-01-20')
    desk.does({ type: 'ClearRefund', on: '2026-01-22', refund: 'r1' }, '2026-01-22')
    const events = takenBack(desk, kind, '2026-02-05')
    // What was posted by mistake was nobody's credit from 10 January to the refund either.
    const never = kind === 'misposted' ? ['CreditBalanceResolved'] : []
    expect(events.map(({ type }) => type)).toEqual(['PaymentReversed', 'RefundOwedAgain', ...never])
    expect(balances(desk)).toEqual({ patient: 15_000 })
    expect(unappliedTotal(desk.state.payments)).toBe(0)
    expect(control(desk)).toEqual({ revenue: -10_000, cash: -5_000 })
    const line = [...desk.state.ledger.lines.values()].find(({ code }) => code === RETURNED_REFUND)
    expect(line).toMatchObject({ amount: 5_000, firstParty: 'patient', returnedRefund: true })
    expect(desk.state.registration.visits.has(line?.visitId as never)).toBe(false)
  })

  it('net-3 the debt counts and ages from the later of reversal and refund, the item from its own day', () => {
    const desk = overpaid()
    refund(desk, 5_000, '2026-01-20')
    takenBack(desk, 'nsf', '2026-02-05')
    expect(desk.at('2026-01-31', '2026-02-05')).toEqual({ layers: [], unapplied: 0, net: 0 })
    expect(desk.at('2026-02-15', '2026-02-15').layers).toEqual(['patient 100 45d', 'patient 50 10d'])
    const mistake = overpaid()
    refund(mistake, 5_000, '2026-01-20')
    takenBack(mistake, 'misposted', '2026-02-05')
    expect(mistake.at('2026-01-15', '2026-02-05')).toEqual({ layers: ['patient 100 14d'], unapplied: 0, net: 100 })
    expect(mistake.at('2026-01-31', '2026-02-05').layers).toEqual(['patient 100 30d', 'patient 50 11d'])
  })

  it('net-3 the same after a refund of all: the guarantor owes what the bank took', () => {
    const desk = opened('2026-01-01')
    desk.does({ type: 'PostPayment', on: '2026-01-10', payment: 'p1', amount: 15_000, tender: 'check' }, '2026-01-10')
    refund(desk, 15_000, '2026-01-20')
    takenBack(desk, 'stopPayment', '2026-02-05', 15_000)
    expect(balances(desk)).toEqual({ patient: 15_000 })
    expect(unappliedTotal(desk.state.payments)).toBe(0)
  })

  it('net-3 a part that is taken back uses what is unapplied, then what stands on items, then the refund', () => {
    const desk = overpaid()
    refund(desk, 2_000, '2026-01-20')
    takenBack(desk, 'chargeback', '2026-02-05', 4_000)
    expect([balances(desk), unappliedTotal(desk.state.payments)]).toEqual([{ patient: 1_000 }, 0])
    takenBack(desk, 'chargeback', '2026-02-06', 10_000)
    expect(balances(desk)).toEqual({ patient: 11_000 })
    const twice = { type: 'ReversePayment', on: '2026-02-07', payment: 'p1', kind: 'nsf', reason: 'x' } as const
    expect(desk.refused({ ...twice, amount: 1_001 }, '2026-02-07')).toEqual(['payments.beyondAmount'])
    desk.does(twice, '2026-02-07')
    expect(balances(desk)).toEqual({ patient: 12_000 })
    expect(desk.refused(twice, '2026-02-08')).toEqual(['payments.reversed'])
  })

  it('net-3 a refund that is approved and not issued lapses', () => {
    const desk = overpaid()
    desk.does(
      {
        type: 'ApproveRefund',
        on: '2026-01-20',
        refund: 'r1',
        payment: 'p1',
        payee: 'guarantor',
        method: 'check',
        reason: 'x',
      },
      '2026-01-20',
    )
    const events = takenBack(desk, 'nsf', '2026-02-05')
    expect(events.map(({ type }) => type)).toContain('RefundVoided')
    expect(desk.state.credits.refunds.get('r1' as RefundId)?.status).toBe('voided')
    expect(balances(desk)).toEqual({ patient: 10_000 })
  })

  it('net-3 a void of the refund cancels the debt first', () => {
    const desk = overpaid()
    refund(desk, 5_000, '2026-01-20')
    takenBack(desk, 'nsf', '2026-02-05')
    desk.does({ type: 'VoidRefund', on: '2026-02-20', refund: 'r1', reason: 'never cashed' }, '2026-02-20')
    expect(balances(desk)).toEqual({ patient: 10_000 })
    expect(unappliedTotal(desk.state.payments)).toBe(0)
    expect(control(desk)).toEqual({ revenue: -10_000 })
  })

  it('net-3 what had been paid on the debt by the day of the void is on account', () => {
    const desk = overpaid()
    refund(desk, 5_000, '2026-01-20')
    takenBack(desk, 'nsf', '2026-02-05')
    const debt = [...desk.state.ledger.lines.values()].find(({ returnedRefund }) => returnedRefund)?.lineId ?? ''
    desk.does(
      {
        type: 'PostPayment',
        on: '2026-02-10',
        payment: 'p2',
        amount: 3_000,
        tender: 'cash',
        allocations: [{ line: debt }],
      },
      '2026-02-10',
    )
    desk.does({ type: 'VoidRefund', on: '2026-02-20', refund: 'r1', reason: 'never cashed' }, '2026-02-20')
    expect(desk.at('2026-02-20', '2026-02-20').net).toBe(70)
    const of = (id: string) => desk.state.payments.payments.get(id as PaymentId)
    expect([of('p1')?.owedAgain, of('p2')?.allocations]).toEqual([0, []])
    expect(unappliedTotal(desk.state.payments)).toBe(3_000)
  })

  it('net-3 nor is a debt that was given up: the write-off is given back, and nobody has more than was paid', () => {
    const desk = overpaid()
    refund(desk, 5_000, '2026-01-20')
    takenBack(desk, 'nsf', '2026-02-05')
    const debt = [...desk.state.ledger.lines.values()].find(({ returnedRefund }) => returnedRefund)
    desk.does(
      {
        type: 'WriteOff',
        on: '2026-02-10',
        visit: debt?.visitId ?? '',
        party: 'patient',
        category: 'administrative',
        lines: [{ line: debt?.lineId ?? '', amount: 500 }],
        approval: { by: 'dora', roles: ['director'] },
        reason: 'given up',
      },
      '2026-02-10',
    )
    desk.does({ type: 'VoidRefund', on: '2026-02-20', refund: 'r1', reason: 'never cashed' }, '2026-02-20')
    expect(balances(desk)).toEqual({ patient: 10_000 })
    expect(unappliedTotal(desk.state.payments)).toBe(0)
    expect(control(desk)).toEqual({ revenue: -10_000 })
  })

  it('net-3 a refund that somebody else got is owed by them: a control account says so, not the guarantor', () => {
    const desk = overpaid()
    desk.does(
      {
        type: 'ApproveRefund',
        on: '2026-01-20',
        refund: 'r1',
        payment: 'p1',
        payee: 'state',
        method: 'check',
        reason: 'unclaimed',
        override: 'unclaimed property',
      },
      '2026-01-20',
    )
    desk.does({ type: 'IssueRefund', on: '2026-01-21', refund: 'r1' }, '2026-01-21')
    takenBack(desk, 'nsf', '2026-02-05')
    expect(balances(desk)).toEqual({ patient: 10_000 })
    expect(control(desk)).toMatchObject({ 'refundReceivable:state': 5_000 })
    desk.does({ type: 'VoidRefund', on: '2026-02-20', refund: 'r1', reason: 'never cashed' }, '2026-02-20')
    expect(control(desk)).toEqual({ revenue: -10_000 })
  })

  it('net-3 the debt is of no service: no void, no payer, no assistance', () => {
    const desk = overpaid()
    refund(desk, 5_000, '2026-01-20')
    takenBack(desk, 'nsf', '2026-02-05')
    const [line] = [...desk.state.ledger.lines.values()].filter(({ returnedRefund }) => returnedRefund)
    const on = '2026-02-06'
    const debt = line?.lineId ?? ''
    const visit = line?.visitId ?? ''
    expect(desk.refused({ type: 'VoidCharge', on, line: debt, reason: 'x' }, on)).toEqual(['ledger.returnedRefund'])
    desk.does({ type: 'AddCoverage', on, coverage: 'cov', payer: 'acme', filingIndicator: '12' }, on)
    const moved: AccountCommandInput = {
      type: 'TransferResponsibility',
      on,
      from: 'patient',
      to: { coverageId: 'cov' },
      lines: [{ line: debt }],
      because: 'coverageFound',
      reason: 'x',
    }
    expect(desk.refused(moved, on)).toContain('ledger.noService')
    const given = (
      category: 'charity' | 'administrative',
      approval: { by: string; roles: ['faSupervisor' | 'director']; determination?: string },
    ): AccountCommandInput => ({
      type: 'WriteOff',
      on,
      visit,
      party: 'patient',
      category,
      approval,
      reason: 'x',
    })
    const fay = given('charity', { by: 'fay', roles: ['faSupervisor'], determination: 'fap-1' })
    expect(desk.refused(fay, on)).toContain('ledger.noService')
    desk.does(given('administrative', { by: 'dora', roles: ['director'] }), on)
    expect(balances(desk)).toEqual({ patient: 10_000 })
  })
})
