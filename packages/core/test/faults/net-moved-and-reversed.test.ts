import { describe, expect, it } from 'vitest'
import { amountOn } from '../../src/kernel/dated.ts'
import type { PaymentId } from '../../src/kernel/ids.ts'
import { all, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'

// Fault net-11: money that had overpaid one item and was used for another (`CreditMoved`), and is taken back as of a day before
// that: on that day it stood on the first item, and nowhere else.

const charge = (desk: Desk, line: string, amount: number, on: string, visit: string) =>
  desk.does({ type: 'PostCharge', on, visit, line, code: '99213', amount, party: 'patient' }, on)

/** 150.00 of the patient's for l1 on 10 March; the share becomes 50.00 on 28 March. */
const overpaid = (): Desk => {
  const first = { lines: [{ charge: 50_000, paid: 35_000, cas: [['PR', '1', 15_000]] }] } as const
  const second = { lines: [{ charge: 50_000, paid: 45_000, cas: [['PR', '1', 5_000]] }] } as const
  const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }] })
  desk.does(pays('acme', first, '2026-02-20'), '2026-02-20')
  desk.does({ type: 'PostPayment', on: '2026-03-10', payment: 'p1', amount: 15_000, tender: 'check' }, '2026-03-10')
  desk.does(pays('acme', [takenBack(first), second], '2026-03-28'), '2026-03-28')
  return desk
}
const move = (desk: Desk, line: string, on: string, from = 'l1') => {
  const credit = [...desk.state.credits.credits.values()].find(({ sources }) => sources[0]?.lineId === from)
  const creditId = credit?.creditId ?? 'none'
  desk.does({ type: 'MoveCredit', on, credit: creditId, to: { line }, reason: 'the same guarantor' }, on)
}
/** 80.00 of it is used for l2 on 1 April. */
const moved = (): Desk => {
  const desk = overpaid()
  charge(desk, 'l2', 8_000, '2026-02-10', 'v2')
  move(desk, 'l2', '2026-04-01')
  return desk
}
const reverse = (desk: Desk, over: object, on = '2026-04-10') =>
  desk.does({ type: 'ReversePayment', on, payment: 'p1', kind: 'misposted', reason: 'of another', ...over }, on)

const unappliedOn = (desk: Desk, day: string): number =>
  amountOn(desk.state.payments.payments.get('p1' as PaymentId)?.dated ?? [], day as never)

describe('net-11 a payment whose money was used for another item, and that is taken back as of a day before', () => {
  it('net-11 it never was: on every day what it had paid is owed, and no money is without an item', () => {
    const desk = moved()
    reverse(desk, {})
    const after = '2026-04-10'
    expect(desk.at('2026-03-10', after)).toMatchObject({ unapplied: 0, net: 230 })
    expect(desk.at('2026-03-10', after).layers).toEqual(['patient 150 18d', 'patient 80 28d'])
    expect(desk.at('2026-03-28', after)).toMatchObject({ unapplied: 0, net: 130 })
    expect(desk.at('2026-04-01', after)).toMatchObject({ unapplied: 0, net: 130 })
    expect(owed(desk)).toEqual({ 'l1 patient': 5_000, 'l2 patient': 8_000 })
    expect(unappliedOn(desk, '2026-03-15')).toBe(0)
  })

  it('net-11 it bounced on a day before the move: from that day on it is owed where it stood', () => {
    const desk = moved()
    reverse(desk, { kind: 'nsf', on: '2026-03-30' })
    expect(desk.at('2026-03-29', '2026-04-10')).toMatchObject({ unapplied: 0, net: -20 })
    expect(desk.at('2026-03-30', '2026-04-10')).toMatchObject({ unapplied: 0, net: 130 })
    expect(desk.at('2026-04-02', '2026-04-10')).toMatchObject({ unapplied: 0, net: 130 })
    expect(owed(desk)).toEqual({ 'l1 patient': 5_000, 'l2 patient': 8_000 })
  })

  it('net-11 a part of it: the newest first, which is what had moved', () => {
    const desk = moved()
    reverse(desk, { amount: 9_000, mode: 'correction' })
    for (const day of ['2026-03-10', '2026-03-30', '2026-04-05']) expect(unappliedOn(desk, day), day).toBe(0)
    expect(desk.at('2026-03-10', '2026-04-10').net).toBe(170)
    expect(owed(desk)).toEqual({ 'l1 patient': -1_000, 'l2 patient': 8_000 })
  })

  it('net-11 moved twice: it goes back move by move', () => {
    const share = (pr: number) =>
      ({ icn: 'P2', pcn: 'v2', lines: [{ charge: 20_000, paid: 20_000 - pr, cas: [['PR', '1', pr]] }] }) as const
    const ofV2 = (on: string) => ({ visit: { known: 'v2' }, remittanceId: `second-${on}` })
    const desk = overpaid()
    desk.does(
      { type: 'PostCharge', on: '2026-02-10', visit: 'v2', line: 'l2', code: '99213', amount: 20_000 },
      '2026-03-28',
    )
    desk.does(pays('acme', share(8_000), '2026-03-29', ofV2('2026-03-29')), '2026-03-29')
    move(desk, 'l2', '2026-04-01')
    const again = [takenBack(share(8_000)), share(3_000)]
    desk.does(pays('acme', again, '2026-04-02', ofV2('2026-04-02')), '2026-04-02')
    charge(desk, 'l3', 7_000, '2026-02-12', 'v3')
    move(desk, 'l3', '2026-04-03', 'l2')
    expect(owed(desk)).toEqual({ 'l1 patient': -2_000, 'l3 patient': 2_000 })
    reverse(desk, {})
    expect(owed(desk)).toEqual({ 'l1 patient': 5_000, 'l2 patient': 3_000, 'l3 patient': 7_000 })
    for (const day of ['2026-03-10', '2026-03-30', '2026-04-01', '2026-04-02', '2026-04-05']) {
      expect(unappliedOn(desk, day), day).toBe(0)
      expect(
        desk.at(day, '2026-04-10').layers.filter((layer) => layer.includes('-')),
        day,
      ).toEqual([])
    }
  })

  it('net-11 it bounced after the move: the day of the bounce, as ever', () => {
    const desk = moved()
    reverse(desk, { kind: 'nsf' })
    expect(all(desk, 'CreditMoved')).toHaveLength(1)
    expect(desk.at('2026-04-09', '2026-04-10').net).toBe(-20)
    expect(owed(desk)).toEqual({ 'l1 patient': 5_000, 'l2 patient': 8_000 })
  })

  it('net-11 taken off by a person first, or by a void: it is without an item since it came', () => {
    const off = moved()
    off.does({ type: 'DeallocatePayment', payment: 'p1', lines: [{ line: 'l2' }], reason: 'x' }, '2026-04-03')
    expect(owed(off)).toEqual({ 'l1 patient': -2_000, 'l2 patient': 8_000 })
    expect(off.at('2026-04-03', '2026-04-03').net).toBe(-20)
    const voided = moved()
    voided.does({ type: 'VoidCharge', on: '2026-04-03', line: 'l2', reason: 'x' }, '2026-04-03')
    expect(owed(voided)).toEqual({ 'l1 patient': -2_000 })
    expect(voided.at('2026-04-03', '2026-04-03')).toMatchObject({ unapplied: -80, net: -100 })
    for (const desk of [off, voided]) {
      for (const day of ['2026-03-10', '2026-03-28', '2026-04-05']) expect(unappliedOn(desk, day), day).toBe(8_000)
      reverse(desk, {})
      for (const day of ['2026-03-10', '2026-03-28', '2026-04-05']) expect(unappliedOn(desk, day), day).toBe(0)
      expect(desk.at('2026-03-30', '2026-04-10').layers.filter((layer) => layer.includes('-'))).toEqual([])
    }
    expect(owed(off)).toEqual({ 'l1 patient': 5_000, 'l2 patient': 8_000 })
    expect(owed(voided)).toEqual({ 'l1 patient': 5_000 })
  })
})
