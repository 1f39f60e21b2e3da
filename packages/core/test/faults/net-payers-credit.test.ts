import { describe, expect, it } from 'vitest'
import { credits, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'

// Fault net-14: below zero at a payer stands what it paid, and what of its share had gone on to the patient. Only the first is its
// money (law G1): no more goes back to it, or pays another item for it.

const first = {
  lines: [
    {
      charge: 50_000,
      paid: 20_000,
      cas: [
        ['CO', '45', 15_000],
        ['PR', '1', 15_000],
      ],
    },
  ],
} as const
const inFull = { lines: [{ charge: 50_000, paid: 35_000, cas: [['CO', '45', 15_000]] }] } as const
const second = {
  status: '2',
  icn: 'B1',
  lines: [
    {
      charge: 50_000,
      paid: 10_000,
      cas: [
        ['OA', '23', 35_000],
        ['PR', '2', 5_000],
      ],
    },
  ],
} as const

/** Acme leaves 150.00: beta pays 100.00, the patient 50.00. Then acme pays all of it. */
const paidTwice = (): Desk => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }], payers: ['acme', 'beta'] })
  desk.does(pays('acme', first, '2026-02-01'), '2026-02-01')
  desk.does(pays('beta', second, '2026-02-18'), '2026-02-18')
  desk.does({ type: 'PostPayment', on: '2026-02-25', payment: 'p1', amount: 5_000, tender: 'check' }, '2026-02-25')
  desk.does(pays('acme', [takenBack(first), inFull], '2026-03-12'), '2026-03-12')
  expect(credits(desk)).toEqual([{ owner: 'payer', amount: 15_000, provisional: false }])
  return desk
}
const creditOf = (desk: Desk) => [...desk.state.credits.credits.keys()][0] ?? 'none'
const refund = (desk: Desk, over: object = {}) =>
  ({
    type: 'ApproveRefund',
    on: '2026-03-15',
    refund: 'r1',
    credit: creditOf(desk),
    payee: 'payer',
    method: 'check',
    reason: 'paid twice',
    ...over,
  }) as const
const reasons = (desk: Desk) => {
  const decision = desk.history.steps.at(-1)?.decision
  return decision && !decision.ok ? decision.hits.map(({ reason }) => reason) : []
}

describe('net-14 a payer’s credit that is more than the payer has paid', () => {
  it('net-14 goes back up to what it paid, once', () => {
    const desk = paidTwice()
    expect(desk.refused(refund(desk, { amount: 15_000 }), '2026-03-15')).toEqual(['credits.beyondPaid'])
    expect(reasons(desk)).toEqual(["100.00 of the payer's money stands on line l1, not 150.00"])
    desk.does(refund(desk), '2026-03-15')
    expect(desk.state.credits.refunds.get('r1' as never)?.approved.amount).toBe(10_000)
    expect(desk.refused(refund(desk, { refund: 'r2', amount: 1 }), '2026-03-15')).toEqual(['credits.beyondPaid'])
    desk.does({ type: 'IssueRefund', on: '2026-03-16', refund: 'r1' }, '2026-03-16')
    expect(owed(desk)).toEqual({ 'l1 beta': -5_000 })
    expect(desk.refused(refund(desk, { on: '2026-03-17', refund: 'r2' }), '2026-03-17')).toEqual(['credits.beyondPaid'])
  })

  it('net-14 pays another item of that payer up to what it paid', () => {
    const desk = paidTwice()
    const party = { coverageId: 'beta' }
    desk.does(
      { type: 'PostCharge', on: '2026-02-10', visit: 'v2', line: 'l2', code: '99213', amount: 20_000, party },
      '2026-03-13',
    )
    const move = (amount?: number) =>
      ({
        type: 'MoveCredit',
        on: '2026-03-15',
        credit: creditOf(desk),
        to: { line: 'l2' },
        reason: 'x',
        ...(amount ? { amount } : {}),
      }) as const
    expect(desk.refused(move(10_001), '2026-03-15')).toEqual(['credits.beyondPaid'])
    desk.does(move(), '2026-03-15')
    expect(owed(desk)).toEqual({ 'l1 beta': -5_000, 'l2 beta': 10_000 })
    expect(desk.refused(move(), '2026-03-15')).toEqual(['credits.beyondPaid'])
  })

  it('net-14 approved, and the payer took a part of it in the meantime: no more goes out than is left of its money', () => {
    const desk = paidTwice()
    desk.does(refund(desk), '2026-03-15')
    const recoupment = { payerId: 'beta', payerControlNumber: 'B1', remittanceId: 'remit-beta-2026-02-18' }
    const lines = [{ line: 'l1', amount: 4_000 }]
    const taken = {
      type: 'PostTakeback',
      on: '2026-03-16',
      visit: 'v1',
      coverage: 'beta',
      lines,
      recoupment,
      reason: 'x',
    }
    desk.does(taken as never, '2026-03-16')
    expect(desk.refused({ type: 'IssueRefund', on: '2026-03-17', refund: 'r1' }, '2026-03-17')).toEqual([
      'credits.beyondCredit',
    ])
  })

  it('net-14 the rest is the patient’s when the payer decides again', () => {
    const desk = paidTwice()
    const nothing = { ...second, lines: [{ charge: 50_000, paid: 0, cas: [['OA', '23', 50_000]] }] } as const
    desk.does(pays('beta', [takenBack(second), nothing], '2026-03-22'), '2026-03-22')
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 5_000, provisional: false }])
  })
})
