import { describe, expect, it } from 'vitest'
import {
  all,
  type ClaimSaid,
  control,
  credits,
  owed,
  pays,
  type Triple,
  takenBack,
  visitWith,
} from '../claims/visit.ts'

// whom-13: two payers that each pay as the first one.

const cas: readonly Triple[] = [['CO', '45', 2_000]]
const paid = (over: Partial<ClaimSaid> = {}, triples = cas): ClaimSaid => {
  const off = triples.reduce((sum, [, , amount]) => sum + amount, 0)
  return { lines: [{ charge: 10_000, paid: 10_000 - off, cas: triples }], ...over }
}
const twoPayers = () => visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers: ['acme', 'beta'] })
const findings = (desk: ReturnType<typeof twoPayers>) => all(desk, 'ClaimAdjudicated').at(-1)?.findings ?? []

describe('whom-13 both payers pay as primary: an overpayment with an owner', () => {
  it('the second keeps its payment alone: no reduction, and the excess is its credit', () => {
    const desk = twoPayers()
    desk.does(pays('acme', paid(), '2026-02-01'), '2026-02-02')
    desk.does(pays('beta', paid(), '2026-02-10'), '2026-02-11')
    expect(owed(desk)).toEqual({ 'l1 beta': -8_000 })
    expect(credits(desk)).toEqual([{ owner: 'payer', amount: 8_000, provisional: false }])
    expect(control(desk)['contractual']).toBe(2_000)
    expect(findings(desk)).toContain(
      'two payers paid a line of 100.00 as the first one: 80.00 is overpaid, and this payer’s; find out who pays first',
    )
  })

  it('nothing of it goes to the patient, and no denial waits', () => {
    const desk = twoPayers()
    const shared: readonly Triple[] = [
      ['CO', '45', 2_000],
      ['PR', '1', 1_000],
    ]
    desk.does(pays('acme', paid({}, shared), '2026-02-01'), '2026-02-02')
    expect(owed(desk)).toEqual({ 'l1 beta': 1_000 })
    const second: readonly Triple[] = [
      ['PR', '2', 1_500],
      ['CO', '50', 500],
    ]
    desk.does(pays('beta', paid({}, second), '2026-02-10'), '2026-02-11')
    expect(owed(desk)).toEqual({ 'l1 beta': -7_000 })
    expect(all(desk, 'DenialRecorded')).toEqual([])
    expect(all(desk, 'ResponsibilityHeld')).toEqual([])
    expect(findings(desk)[0]).toContain('70.00 is overpaid')
  })

  it('its reversal takes back its payment alone', () => {
    const desk = twoPayers()
    desk.does(pays('acme', paid(), '2026-02-01'), '2026-02-02')
    desk.does(pays('beta', paid(), '2026-02-10'), '2026-02-11')
    desk.does(pays('beta', takenBack(paid()), '2026-03-10'), '2026-03-11')
    expect(owed(desk)).toEqual({})
    expect(credits(desk)).toEqual([])
  })

  it('one line of two: the other is explained as always', () => {
    const desk = visitWith({
      charges: [
        { line: 'l1', amount: 10_000 },
        { line: 'l2', amount: 5_000, code: '80053' },
      ],
      payers: ['acme', 'beta'],
    })
    const first: ClaimSaid = {
      lines: [
        { charge: 10_000, paid: 8_000, cas },
        { code: '80053', charge: 5_000, cas: [['PR', '1', 5_000]] },
      ],
    }
    const second: ClaimSaid = {
      lines: [
        { charge: 10_000, paid: 8_000, cas },
        { code: '80053', charge: 5_000, paid: 4_000, cas: [['PR', '2', 1_000]] },
      ],
    }
    desk.does(pays('acme', first, '2026-02-01'), '2026-02-02')
    desk.does(pays('beta', second, '2026-02-10'), '2026-02-11')
    expect(owed(desk)).toEqual({ 'l1 beta': -8_000, 'l2 patient': 1_000 })
  })

  it('not where the payer says that it comes after another, or speaks of its payment: there rule N decides', () => {
    const desk = twoPayers()
    desk.does(pays('acme', paid(), '2026-02-01'), '2026-02-02')
    expect(desk.refused(pays('beta', paid({ status: '2' }), '2026-02-10'), '2026-02-11')).toEqual(['N'])
    const spoken: readonly Triple[] = [['OA', '23', 2_000]]
    expect(desk.refused(pays('beta', paid({}, spoken), '2026-02-10'), '2026-02-11')).toEqual(['N'])
  })
})
