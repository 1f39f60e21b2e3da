import { describe, expect, it } from 'vitest'
import { laws } from '../../src/testing/index.ts'
import { pays, visitWith } from '../claims/visit.ts'
import { type Desk, office } from '../support/desk.ts'

// Law D1, found by random lives at full count: one denial of two lines, of which one is voided before the other is decided anew.

const on = '2026-04-08'
const broken = (desk: Desk) => laws.filter(({ id }) => id === 'D1').flatMap((law) => law.holds(desk.history, office))
const waiting = (desk: Desk) => [
  ...[...desk.state.claims.denials.values()].filter(({ resolved }) => resolved === undefined),
  ...[...desk.state.ledger.holdings.values()].filter(({ open }) => open),
]

/** Two lines, of which 100.00 and 20.00 the payer calls the patient's by a denial (PR-204): one denial, one holding. */
const denied = (): Desk => {
  const desk = visitWith({
    charges: [
      { line: 'l1', amount: 10_000 },
      { line: 'l2', amount: 5_000, code: '99214' },
    ],
  })
  const lines = [
    { charge: 10_000, paid: 0, cas: [['PR', '204', 10_000] as const] },
    { code: '99214', charge: 5_000, paid: 3_000, cas: [['PR', '204', 2_000] as const] },
  ]
  desk.does(pays('acme', { lines }, '2026-02-20'), '2026-02-20')
  expect(waiting(desk)).toHaveLength(2)
  desk.does({ type: 'VoidCharge', on, line: 'l2', mode: 'economic', reason: 'not performed' }, on)
  expect(waiting(desk)).toHaveLength(2)
  return desk
}

describe('D1 nothing waits on a voided line', { tags: ['D1'] }, () => {
  it('D1 the payer decides the other line of the denial again', { tags: ['D1'] }, () => {
    const desk = denied()
    desk.does(pays('acme', { icn: 'P2', lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-05-10'), '2026-05-10')
    expect(waiting(desk)).toEqual([])
    expect(broken(desk)).toEqual([])
  })

  it('D1 the other line’s part goes to the patient by a notice, or is given up', { tags: ['D1'] }, () => {
    const patient = denied()
    const notice = { kind: 'abn', signedOn: '2026-01-09', reference: 'GA' } as const
    patient.does({ type: 'RecordNotice', on, visit: 'v1', notice }, on)
    const move = { from: { coverageId: 'acme' }, to: 'patient', because: 'manual' } as const
    patient.does({ type: 'TransferResponsibility', on, lines: [{ line: 'l1' }], ...move, reason: 'signed' }, on)
    expect(waiting(patient)).toEqual([])
    const given = denied()
    const party = { coverageId: 'acme' }
    const approval = { by: 'dora', roles: ['director' as const] }
    given.does({ type: 'WriteOff', on, visit: 'v1', party, category: 'administrative', approval, reason: 'late' }, on)
    expect(waiting(given)).toEqual([])
    expect([...broken(patient), ...broken(given)]).toEqual([])
  })
})
