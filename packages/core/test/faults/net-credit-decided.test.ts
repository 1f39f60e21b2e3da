import { describe, expect, it } from 'vitest'
import { all, control, credits, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'

// Fault net-16: a payer's credit was used for a line that the payer had not decided. Its decision explains the whole charge: the
// credit stands where it was again, and is the payer's.

const V2 = { visit: { known: 'v2' } }

/** 100.00 of acme's for a service that was voided, used for another one of 200.00. */
const used = (): Desk => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
  desk.does(
    { type: 'PostCharge', on: '2026-01-12', visit: 'v2', line: 'l2', code: '99214', amount: 20_000 },
    '2026-01-12',
  )
  desk.does(pays('acme', { lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-02-01'), '2026-02-01')
  desk.does({ type: 'VoidCharge', on: '2026-02-10', line: 'l1', reason: 'never done' }, '2026-02-10')
  move(desk)
  expect(owed(desk)).toEqual({ 'l2 acme': 10_000 })
  return desk
}
const move = (desk: Desk) => {
  const [credit = ''] = desk.state.credits.credits.keys()
  desk.does({ type: 'MoveCredit', on: '2026-02-12', credit, to: { line: 'l2' }, reason: 'one payer' }, '2026-02-12')
}
const l2 = { code: '99214', charge: 20_000 }
const decided = { icn: 'P2', pcn: 'v2', lines: [{ ...l2, paid: 12_000, cas: [['CO', '45', 8_000]] }] } as const

describe('net-16 a payer decides on a line for which its credit was used', () => {
  it('net-16 its decision posts, and the credit is the payer’s again', () => {
    const desk = used()
    desk.does(pays('acme', decided, '2026-03-01', V2), '2026-03-01')
    expect(owed(desk)).toEqual({ 'l1 acme': -10_000 })
    expect(credits(desk)).toEqual([{ owner: 'payer', amount: 10_000, provisional: false }])
    expect(desk.at('2026-02-20', '2026-03-01').net).toBe(100)
    expect(desk.at('2026-03-01', '2026-03-01').net).toBe(-100)
  })

  it('net-16 a later payer’s: no reduction is taken for less than it is', () => {
    const desk = visitWith({ charges: [], payers: ['acme', 'beta'] })
    const party = { coverageId: 'beta' }
    const l1 = {
      type: 'PostCharge',
      on: '2026-01-10',
      visit: 'v1',
      line: 'l1',
      code: '99213',
      amount: 10_000,
      party,
    } as const
    desk.does(l1, '2026-01-12')
    desk.does(
      { type: 'PostCharge', on: '2026-01-12', visit: 'v2', line: 'l2', code: '99214', amount: 50_000 },
      '2026-01-12',
    )
    desk.does(pays('beta', { lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-01-30'), '2026-01-30')
    desk.does({ type: 'VoidCharge', on: '2026-02-10', line: 'l1', reason: 'never done' }, '2026-02-10')
    const first = {
      ...decided,
      lines: [
        {
          ...l2,
          charge: 50_000,
          paid: 20_000,
          cas: [
            ['CO', '45', 15_000],
            ['PR', '1', 15_000],
          ],
        },
      ],
    } as const
    desk.does(pays('acme', first, '2026-02-11', V2), '2026-02-11')
    move(desk)
    expect(owed(desk)).toEqual({ 'l2 beta': 5_000 })
    const cas = [
      ['OA', '23', 35_000],
      ['CO', '45', 10_000],
      ['PR', '2', 2_000],
    ] as const
    const second = { status: '2', icn: 'B2', pcn: 'v2', lines: [{ ...l2, charge: 50_000, paid: 3_000, cas }] } as const
    desk.does(pays('beta', second, '2026-03-01', V2), '2026-03-01')
    expect(owed(desk)).toEqual({ 'l1 beta': -10_000, 'l2 patient': 2_000 })
    expect(control(desk)['contractual']).toBe(25_000)
  })

  it('net-16 taken back, both are as they were decided: the source by itself, the line by its own reversal', () => {
    const desk = used()
    desk.does(pays('acme', decided, '2026-03-01', V2), '2026-03-01')
    desk.does(pays('acme', takenBack(decided), '2026-03-20', V2), '2026-03-20')
    expect(owed(desk)).toEqual({ 'l1 acme': -10_000, 'l2 acme': 20_000 })
    desk.does(pays('acme', takenBack({ lines: [{ charge: 10_000, paid: 10_000 }] }), '2026-03-21'), '2026-03-21')
    expect(owed(desk)).toEqual({ 'l2 acme': 20_000 })
  })

  it('net-16 what the payer has decided already is met by its credit, and stays so', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    desk.does(
      { type: 'PostCharge', on: '2026-01-12', visit: 'v2', line: 'l2', code: '99214', amount: 20_000 },
      '2026-01-12',
    )
    desk.does(pays('acme', { lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-02-01'), '2026-02-01')
    const taken = { ...decided, lines: [{ ...l2, paid: 20_000 }] } as const
    desk.does(pays('acme', taken, '2026-02-02', V2), '2026-02-02')
    const recoupment = { payerId: 'acme', payerControlNumber: 'P2', remittanceId: 'remit-acme-2026-02-02' }
    const lines = [{ line: 'l2', amount: 6_000 }]
    desk.does(
      {
        type: 'PostTakeback',
        on: '2026-02-05',
        visit: 'v2',
        coverage: 'acme',
        lines,
        recoupment,
        reason: 'x',
      } as never,
      '2026-02-05',
    )
    desk.does({ type: 'VoidCharge', on: '2026-02-10', line: 'l1', reason: 'never done' }, '2026-02-10')
    move(desk)
    expect(owed(desk)).toEqual({ 'l1 acme': -4_000 })
    expect(all(desk, 'CreditMoved')).toHaveLength(1)
  })
})
