import { describe, expect, it } from 'vitest'
import { owed, pays, visitWith } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'
import { selfPay } from '../support/plan-desk.ts'

// Fault net-15, as net-8: a payer decides on a line that had become the patient's. The hold says what to do with what stands there,
// or was paid there, and then the claim posts.

const on = '2026-03-18'
const advice = pays(
  'acme',
  {
    lines: [
      {
        charge: 30_000,
        paid: 15_000,
        cas: [
          ['CO', '45', 12_000],
          ['PR', '1', 3_000],
        ],
      },
    ],
  },
  on,
)
const toDo = (desk: Desk): string | undefined => {
  expect(desk.refused(advice, on)).toEqual(['open'])
  const decision = desk.history.steps.at(-1)?.decision
  return decision && !decision.ok ? decision.hits[0]?.requiredAction : undefined
}
const moves = (desk: Desk, because: 'coverageFound' | 'manual' = 'coverageFound') =>
  desk.does(
    {
      type: 'TransferResponsibility',
      on,
      lines: [{ line: 'l1' }],
      from: 'patient',
      to: { coverageId: 'acme' },
      because,
      reason: 'found',
    },
    on,
  )
const covered = (desk: Desk): Desk => {
  const coverage = {
    type: 'AddCoverage',
    coverage: 'acme',
    payer: 'acme',
    payerName: 'acme health',
    filingIndicator: '12',
  } as const
  desk.does({ ...coverage, on, from: '2026-01-01' }, on)
  return desk
}
const uninsured = (): Desk => {
  const desk = selfPay({})
  desk.does(
    { type: 'PostCharge', on: '2026-01-05', visit: 'v1', line: 'l1', code: '99213', amount: 30_000 },
    '2026-01-05',
  )
  return desk
}

describe('net-15 a payer decides on what had become the patient’s', () => {
  it('net-15 the patient had paid a part before the coverage was found: it comes off the line first', () => {
    const desk = uninsured()
    desk.does({ type: 'PostPayment', on: '2026-02-05', payment: 'p1', amount: 10_000, tender: 'check' }, '2026-02-05')
    moves(covered(desk))
    expect(toDo(desk)).toBe(
      'take 100.00 that the patient has paid off the line (DeallocatePayment) and move it to this payer (TransferResponsibility), then release the claim',
    )
    desk.does({ type: 'DeallocatePayment', payment: 'p1', reason: 'insured' }, on)
    moves(desk)
    desk.does(advice, on)
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
  })

  it('net-15 its coverage had ended, and it pays all the same: what stands with the patient is moved back', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 30_000 }] })
    desk.does(
      { type: 'TerminateCoverage', on: '2026-02-01', coverage: 'acme', lastDay: '2025-12-31', reason: 'x' },
      '2026-02-01',
    )
    const termed = { type: 'TransferResponsibility', on: '2026-02-01', because: 'coverageTermed', reason: 'x' } as const
    desk.does({ ...termed, lines: [{ line: 'l1' }], from: { coverageId: 'acme' }, to: 'patient' }, '2026-02-01')
    expect(toDo(desk)).toBe(
      'move 300.00 that stands with the patient to this payer (TransferResponsibility), then release the claim',
    )
    moves(desk, 'manual')
    desk.does(advice, on)
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
  })

  it('net-15 a part paid, a part open: both', () => {
    const desk = uninsured()
    desk.does({ type: 'PostPayment', on: '2026-02-05', payment: 'p1', amount: 10_000, tender: 'check' }, '2026-02-05')
    expect(toDo(covered(desk))).toBe(
      'take 100.00 that the patient has paid off the line (DeallocatePayment) and move 300.00 to this payer (TransferResponsibility), then release the claim',
    )
    desk.does({ type: 'DeallocatePayment', payment: 'p1', reason: 'insured' }, on)
    moves(desk)
    desk.does(advice, on)
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
  })

  it('net-15 what this payer has decided already is looked for, as ever', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 30_000 }] })
    desk.does(advice, on)
    const again = pays(
      'acme',
      { icn: 'P2', lines: [{ charge: 30_000, paid: 15_000, cas: [['CO', '45', 15_000]] }] },
      '2026-04-01',
    )
    const decision = desk.tries(again, '2026-04-01')
    expect(decision.ok ? [] : decision.hits.map(({ requiredAction }) => requiredAction).join()).not.toContain('move')
  })
})
