import { describe, expect, it } from 'vitest'
import type { Desk } from '../support/desk.ts'
import { all, type ClaimSaid, control, type LineSaid, owed, pays, type Triple, takenBack, visitWith } from './visit.ts'

// Which decision an advice speaks of, and which ones count beside it: a payer's own, standing, before it in the order of
// benefits. Everything here has a decision on file that looks alike and is not meant.

const line = (paid: number, cas: readonly Triple[]): ClaimSaid => ({ lines: [{ charge: 50_000, paid, cas }] })
const first = line(20_000, [
  ['CO', '45', 15_000],
  ['PR', '1', 15_000],
])
const visit = (...payers: ('acme' | 'beta' | 'gamma')[]): Desk =>
  visitWith({ charges: [{ line: 'l1', amount: 50_000 }], payers })

const reasons = (desk: Desk): readonly string[] => {
  const { decision } = desk.history.steps.at(-1) ?? {}
  return !decision || decision.ok ? [] : decision.hits.map(({ rule, reason }) => `${rule}: ${reason}`)
}

describe('rule R: the original that a reversal names', () => {
  const posted = (): Desk => {
    const desk = visit('acme', 'beta')
    desk.does(pays('acme', first, '2026-02-20'), '2026-02-21')
    expect(owed(desk)).toEqual({ 'l1 beta': 15_000 })
    return desk
  }
  const expectUntouched = (desk: Desk): void => {
    expect(owed(desk)).toEqual({ 'l1 beta': 15_000 })
    expect(all(desk, 'AdjudicationReversed')).toEqual([])
  }

  it('clarification 4: the same amounts under other reason codes are not its negation', () => {
    const desk = posted()
    const under = (contractual: string, share: string) =>
      takenBack(
        line(20_000, [
          ['CO', contractual, 15_000],
          ['PR', share, 15_000],
        ]),
      )
    for (const other of [under('131', '1'), under('45', '2')]) {
      expect(desk.refused(pays('acme', other, '2026-05-01'), '2026-05-01')).toEqual(['R'])
      expect(reasons(desk)[0]).toContain('adjustments are not those of the original')
    }
    expectUntouched(desk)
  })

  it('clarification 10: another payer’s decision of the same numbers and amounts is not it', () => {
    const desk = posted()
    expect(desk.refused(pays('beta', takenBack(first), '2026-05-01'), '2026-05-01')).toEqual(['R'])
    expectUntouched(desk)
  })

  it('clarification 10: another patient’s of the same numbers and amounts is not it', () => {
    const desk = posted()
    const unit = pays('acme', takenBack(first), '2026-05-01')
    const claims = unit.claims.map((claim) => ({ ...claim, patient: { id: 'M2', last: 'Roe', first: 'Al' } }))
    expect(desk.refused({ ...unit, claims }, '2026-05-01')).toEqual(['R'])
    expectUntouched(desk)
  })
})

describe('rule N: whose decision is an earlier payer’s, and on file (clarification 9)', () => {
  const standIn: ClaimSaid = {
    status: '2',
    icn: 'B1',
    ...line(14_000, [
      ['OA', '23', 35_000],
      ['PR', '2', 1_000],
    ]),
  }

  it('a later payer’s decision does not make the first one a later payer: it explains what is open, to the cent', () => {
    const desk = visit('acme', 'beta')
    desk.does(pays('acme', line(0, [['CO', '197', 50_000]]), '2026-02-20'), '2026-02-21')
    desk.does(
      {
        type: 'TransferResponsibility',
        on: '2026-02-22',
        from: { coverageId: 'acme' },
        to: { coverageId: 'beta' },
        lines: [{ line: 'l1', amount: 20_000 }],
        because: 'manual',
        reason: 'the second payer covers a part',
      },
      '2026-02-22',
    )
    const second: ClaimSaid = { status: '2', icn: 'B1', ...line(20_000, [['OA', '23', 30_000]]) }
    desk.does(pays('beta', second, '2026-03-01'), '2026-03-02')
    expect(owed(desk)).toEqual({ 'l1 acme': 30_000 })
    const anew: ClaimSaid = { icn: 'P2', ...line(20_000, [['CO', '45', 30_000]]) }
    expect(desk.refused(pays('acme', anew, '2026-04-01'), '2026-04-01'), 'not N: no reduction gives way').toEqual([
      'open',
    ])
    expect(owed(desk)).toEqual({ 'l1 acme': 30_000 })
  })

  it('row 6: a decision that was reversed is not on file: OA-23 stands in for the payer', () => {
    const desk = visit('acme', 'beta')
    desk.does(pays('acme', first, '2026-02-20'), '2026-02-21')
    desk.does(pays('acme', takenBack(first), '2026-02-25'), '2026-02-25')
    desk.does(pays('beta', standIn, '2026-03-01'), '2026-03-02')
    expect(control(desk)['priorPayerUnverified']).toBe(35_000)
    expect(owed(desk)).toEqual({ 'l1 patient': 1_000 })
  })

  it('row 6: nor is a predetermination: nothing was decided', () => {
    const desk = visit('acme', 'beta')
    const priced: ClaimSaid = { status: '25', ...line(0, [['CO', '45', 50_000]]) }
    desk.does(pays('acme', priced, '2026-02-20'), '2026-02-21')
    expect(owed(desk), 'a predetermination moves nothing').toEqual({ 'l1 acme': 50_000 })
    desk.does(pays('beta', standIn, '2026-03-01'), '2026-03-02')
    expect(control(desk)['priorPayerUnverified']).toBe(35_000)
    expect(owed(desk)).toEqual({ 'l1 patient': 1_000 })
  })

  it('clarification 6: a payer after the one that the stand-in was posted for leaves the stand-in', () => {
    const desk = visit('acme', 'beta', 'gamma')
    desk.does(pays('beta', standIn, '2026-03-01'), '2026-03-02')
    expect(owed(desk)).toEqual({ 'l1 gamma': 1_000 })
    const third: ClaimSaid = { status: '3', icn: 'G1', ...line(1_000, [['OA', '23', 49_000]]) }
    desk.does(pays('gamma', third, '2026-03-10'), '2026-03-11')
    expect(all(desk, 'PriorPayerSettlementUndone')).toEqual([])
    expect(control(desk)).toEqual({
      revenue: -50_000,
      priorPayerUnverified: 35_000,
      'payerClearing:remit-beta-2026-03-01': 14_000,
      'payerClearing:remit-gamma-2026-03-10': 1_000,
    })
    expect(owed(desk)).toEqual({})
  })
})

describe('a decision closes what its own payer left waiting on its own lines, and nothing else', () => {
  const waiting = (desk: Desk) =>
    [...desk.state.claims.denials.values()].filter(({ resolved }) => !resolved).map(({ event }) => event.coverageId)

  it('the next payer’s decision of the line leaves the first one’s denial open', () => {
    const desk = visit('acme', 'beta')
    const part = line(20_000, [
      ['CO', '45', 10_000],
      ['CO', '197', 8_000],
      ['PR', '1', 12_000],
    ])
    desk.does(pays('acme', part, '2026-02-20'), '2026-02-21')
    const second: ClaimSaid = { status: '2', icn: 'B1', ...line(12_000, [['OA', '23', 38_000]]) }
    desk.does(pays('beta', second, '2026-03-01'), '2026-03-02')
    expect(owed(desk)).toEqual({ 'l1 acme': 8_000 })
    expect(waiting(desk)).toEqual(['acme'])
  })

  it('its decision of another visit leaves the denial of this one open', () => {
    const desk = visit('acme')
    desk.does(pays('acme', line(0, [['CO', '197', 50_000]]), '2026-02-20'), '2026-02-21')
    desk.does(
      { type: 'PostCharge', on: '2026-02-10', visit: 'v2', line: 'l2', code: '99213', amount: 50_000 },
      '2026-02-21',
    )
    const lines: readonly LineSaid[] = [{ charge: 50_000, paid: 50_000, on: '2026-02-10' }]
    desk.does(pays('acme', { icn: 'P2', pcn: 'v2', lines }, '2026-03-01', { visit: { known: 'v2' } }), '2026-03-02')
    expect(owed(desk)).toEqual({ 'l1 acme': 50_000 })
    expect(waiting(desk)).toEqual(['acme'])
  })
})

describe('rule R (2): what the patient had paid, met by the correction', () => {
  it('W7 the amount returns to the layer it was paid on: nothing is owed anew beside the credit', () => {
    const desk = visit('acme')
    desk.does(pays('acme', first, '2026-02-20'), '2026-02-21')
    desk.does({ type: 'PostPayment', on: '2026-03-20', amount: 15_000, tender: 'check' }, '2026-03-20')
    desk.does(pays('acme', takenBack(first), '2026-05-01'), '2026-05-01')
    const less = line(25_000, [
      ['CO', '45', 15_000],
      ['PR', '1', 10_000],
    ])
    desk.does(pays('acme', less, '2026-06-01'), '2026-06-01')
    const ofPatient = [...desk.state.ledger.layers.values()].filter(({ party }) => party === 'patient')
    expect(ofPatient.map(({ active, agingFrom }) => [active, agingFrom])).toEqual([[-5_000, '2026-02-21']])
  })
})
