import { describe, expect, it } from 'vitest'
import { correctionPending } from '../../src/account/claims/corrections-state.ts'
import type { VisitId } from '../../src/kernel/ids.ts'
import { credits, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'

// Fault watch-10: the payer takes back what it had decided of services that were voided: that is the end of it. No correction is
// awaited, and what else is owed and paid on the visit goes on.

const ofL1 = { icn: 'A', lines: [{ charge: 30_000, paid: 20_000, cas: [['PR', '1', 10_000]] }] } as const
const ofL2 = { icn: 'B', lines: [{ code: '85025', charge: 20_000, paid: 5_000, cas: [['PR', '1', 15_000]] }] } as const

/** A claim of two services that the payer split: 100.00 and 150.00 are the patient's. */
const split = (): Desk => {
  const charges = [
    { line: 'l1', amount: 30_000 },
    { line: 'l2', amount: 20_000, code: '85025' },
  ]
  const desk = visitWith({ charges })
  desk.does(pays('acme', ofL1, '2026-02-01'), '2026-02-01')
  desk.does(pays('acme', ofL2, '2026-02-02'), '2026-02-02')
  return desk
}
const voids = (desk: Desk, line: string, on: string) =>
  desk.does({ type: 'VoidCharge', on, line, reason: 'never done' }, on)
const waits = (desk: Desk) => correctionPending(desk.state, 'v1' as VisitId)
const pay = (desk: Desk, amount: number, on: string) =>
  desk.does({ type: 'PostPayment', on, payment: 'p1', amount, tender: 'check', designation: { visitId: 'v1' } }, on)

describe('watch-10 a reversal of what was voided', () => {
  it('watch-10 after the void: nothing waits, the other service is asked for, and its credit is sure', () => {
    const desk = split()
    voids(desk, 'l1', '2026-02-20')
    desk.does(pays('acme', takenBack(ofL1), '2026-03-01'), '2026-03-01')
    expect(owed(desk)).toEqual({ 'l2 patient': 15_000 })
    expect(waits(desk)).toBe(false)
    pay(desk, 18_000, '2026-03-10')
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 3_000, provisional: false }])
  })

  it('watch-10 before the void: it waits until the charge is voided', () => {
    const desk = split()
    desk.does(pays('acme', takenBack(ofL1), '2026-03-01'), '2026-03-01')
    expect(waits(desk)).toBe(true)
    voids(desk, 'l1', '2026-03-05')
    expect(waits(desk)).toBe(false)
    expect(owed(desk)).toEqual({ 'l2 patient': 15_000 })
  })

  it('watch-10 a credit of the patient’s that the void made stays theirs, with its clock', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 30_000 }] })
    desk.does(pays('acme', ofL1, '2026-02-01'), '2026-02-01')
    pay(desk, 10_000, '2026-02-10')
    voids(desk, 'l1', '2026-02-20')
    desk.does(pays('acme', takenBack(ofL1), '2026-03-01'), '2026-03-01')
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 10_000, provisional: false }])
  })

  it('watch-10 one of two services voided: the correction of the other is awaited', () => {
    const desk = visitWith({
      charges: [
        { line: 'l1', amount: 30_000 },
        { line: 'l2', amount: 20_000, code: '85025' },
      ],
    })
    const both = { icn: 'A', lines: [...ofL1.lines, ...ofL2.lines] } as const
    desk.does(pays('acme', both, '2026-02-01'), '2026-02-01')
    voids(desk, 'l1', '2026-02-20')
    desk.does(pays('acme', takenBack(both), '2026-03-01'), '2026-03-01')
    expect(waits(desk)).toBe(true)
    desk.does(pays('acme', ofL2, '2026-03-10'), '2026-03-10')
    expect(waits(desk)).toBe(false)
    expect(owed(desk)).toEqual({ 'l2 patient': 15_000 })
  })
})
