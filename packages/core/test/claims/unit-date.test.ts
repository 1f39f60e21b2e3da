import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { openDesk } from '../support/desk.ts'
import { all, type ClaimSaid, opens, owed, pays, visitWith } from './visit.ts'

// two-clocks.md: the postings of one unit count from BPR16, all the same, and never before what they touch (law C4).

const later = (): ReturnType<typeof visitWith> => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
  desk.does(
    { type: 'PostCharge', on: '2026-03-10', visit: 'v1', line: 'l2', code: '73562', amount: 20_000 },
    '2026-03-10',
  )
  return desk
}
const paidFirst: ClaimSaid = { lines: [{ charge: 10_000, paid: 8_000, cas: [['PR', '1', 2_000]] }] }

describe('C4 the day from which an advice counts', { tags: ['C4'] }, () => {
  it('is its payment date, whatever later line of the visit it leaves alone', () => {
    const desk = later()
    const events = desk.does(pays('acme', paidFirst, '2026-02-20'), '2026-03-15')
    expect(new Set(events.map(({ effectiveDate }) => effectiveDate))).toEqual(new Set(['2026-02-20']))
    expect(owed(desk)).toEqual({ 'l1 patient': 2_000, 'l2 acme': 20_000 })
  })

  it('is the day of a line that it pays before its time, for all of the unit', () => {
    const desk = later()
    const claim: ClaimSaid = { lines: [...(paidFirst.lines ?? []), { code: '73562', charge: 20_000, paid: 20_000 }] }
    const events = desk.does(pays('acme', claim, '2026-02-20'), '2026-03-15')
    expect(new Set(events.map(({ effectiveDate }) => effectiveDate))).toEqual(new Set(['2026-03-10']))
  })

  it('is not before a line that it denies', () => {
    const desk = later()
    const claim: ClaimSaid = { lines: [{ code: '73562', charge: 20_000, cas: [['CO', '16', 20_000]] }] }
    const events = desk.does(pays('acme', claim, '2026-02-20'), '2026-03-15')
    expect(new Set(events.map(({ effectiveDate }) => effectiveDate))).toEqual(new Set(['2026-03-10']))
  })

  it('is not before the layer that it takes from, opened later than its charge', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers: ['acme', 'beta'] })
    const toBeta: AccountCommandInput = {
      type: 'TransferResponsibility',
      on: '2026-03-05',
      lines: [{ line: 'l1' }],
      from: { coverageId: 'acme' },
      to: { coverageId: 'beta' },
      because: 'cobChanged',
      reason: 'beta comes first',
    }
    desk.does(toBeta, '2026-03-05')
    desk.does(pays('beta', { lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-02-20'), '2026-03-15')
    expect(all(desk, 'InsurancePaymentPosted')[0]?.effectiveDate).toBe('2026-03-05')
  })
})

describe('a stay ages from its last day, whoever brought it', () => {
  const ages = (desk: ReturnType<typeof openDesk>) =>
    [...desk.state.ledger.layers.values()].map(({ agingFrom }) => agingFrom)

  it('by the desk, and opened from an advice (open-missing)', () => {
    const byDesk = visitWith({ charges: [] })
    byDesk.does(
      {
        type: 'PostCharge',
        on: '2026-01-20',
        dosFrom: '2026-01-12',
        visit: 'v1',
        line: 'l1',
        code: '99213',
        amount: 10_000,
      },
      '2026-01-20',
    )
    const byAdvice = openDesk()
    const claim: ClaimSaid = { lines: [{ charge: 10_000, cas: [['CO', '16', 10_000]], on: '2026-01-12' }] }
    const command = pays('acme', claim, '2026-02-20', { visit: opens })
    const [said] = command.claims
    if (!said) throw new Error('no claim')
    const stay = { ...said, lines: said.lines.map((line) => ({ ...line, serviceTo: '2026-01-20' })) }
    byAdvice.does({ ...command, claims: [stay] }, '2026-02-20')
    expect(ages(byDesk)).toEqual(['2026-01-20'])
    expect(ages(byAdvice)).toEqual(['2026-01-20'])
  })
})
