import { describe, expect, it } from 'vitest'
import { deniedAmount } from '../../src/account/claims/state.ts'
import type { Desk } from '../support/desk.ts'
import { all, type ClaimSaid, owed, pays, visitWith } from './visit.ts'

// What waits of a denial or a holding follows what is open (postings.md rows 7 and 9).

const open = (desk: Desk) => ({
  denied: [...desk.state.claims.denials.values()]
    .filter(({ resolved }) => resolved === undefined)
    .map((denial) => deniedAmount(denial)),
  held: [...desk.state.ledger.holdings.values()]
    .filter((holding) => holding.open)
    .map(({ event }) => event.lines.reduce((sum, { amount }) => sum + amount, 0)),
})

const two = () =>
  visitWith({
    charges: [
      { line: 'l1', amount: 10_000, controlNumber: 'A' },
      { line: 'l2', amount: 5_000, controlNumber: 'B' },
    ],
  })
const both = (group: string, carc: string): ClaimSaid => ({
  icn: 'P1',
  lines: [
    { charge: 10_000, cas: [[group, carc, 10_000]], controlNumber: 'A' },
    { charge: 5_000, cas: [[group, carc, 5_000]], controlNumber: 'B' },
  ],
})
const paidOne = (line: 'A' | 'B', charge: number, icn: string): ClaimSaid => ({
  icn,
  lines: [{ charge, paid: charge - 1_000, cas: [['CO', '45', 1_000]], controlNumber: line }],
})

describe('a denial over two lines, one of which the payer decides again', () => {
  it('waits for the other alone, and ends with it', () => {
    const desk = two()
    desk.does(pays('acme', both('CO', '16'), '2026-02-20'), '2026-02-20')
    expect(open(desk)).toEqual({ denied: [15_000], held: [] })
    desk.does(pays('acme', paidOne('A', 10_000, 'P2'), '2026-03-01'), '2026-03-01')
    expect(open(desk)).toEqual({ denied: [5_000], held: [] })
    expect(owed(desk)).toEqual({ 'l2 acme': 5_000 })
    desk.does(pays('acme', paidOne('B', 5_000, 'P3'), '2026-04-01'), '2026-04-01')
    expect(open(desk)).toEqual({ denied: [], held: [] })
    expect(all(desk, 'DenialResolved').map(({ outcome, lines }) => [outcome.kind, lines])).toEqual([
      ['superseded', [{ lineId: 'l1', amount: 10_000 }]],
      ['superseded', undefined],
    ])
  })

  it('so does what is held on a denial code, and what stands beside it in the queue', () => {
    const desk = two()
    desk.does(pays('acme', both('PR', '204'), '2026-02-20'), '2026-02-20')
    expect(open(desk)).toEqual({ denied: [15_000], held: [15_000] })
    desk.does(pays('acme', paidOne('A', 10_000, 'P2'), '2026-03-01'), '2026-03-01')
    expect(open(desk)).toEqual({ denied: [5_000], held: [5_000] })
    const evidence = { group: 'PR', carc: '204', notice: 'waiver of 2026-01-09' }
    desk.does(
      {
        type: 'ReleaseResponsibility',
        on: '2026-03-02',
        holding: [...desk.state.ledger.holdings.keys()][0] ?? '',
        outcome: { kind: 'toPatient', evidence },
        reason: 'signed',
      },
      '2026-03-02',
    )
    expect(open(desk)).toEqual({ denied: [], held: [] })
    expect(owed(desk)).toEqual({ 'l2 patient': 5_000 })
  })
})

describe('a later payer’s denial, when the first payer comes after it (clarification 6)', () => {
  const denied = (cas: readonly [string, string, number]) => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers: ['acme', 'beta'] })
    const claim: ClaimSaid = {
      status: '2',
      lines: [{ charge: 10_000, paid: 2_000, cas: [['OA', '23', 6_500], cas] }],
    }
    desk.does(pays('beta', claim, '2026-02-20'), '2026-02-20')
    return desk
  }
  const firstPays = (paid: number): ClaimSaid => ({
    icn: 'A1',
    lines: [
      {
        charge: 10_000,
        paid,
        ...(paid < 10_000 ? { cas: [['PR', '2', 10_000 - paid] as const] } : {}),
      },
    ],
  })

  it('ends where the first payer paid all: nothing of it is open', () => {
    const desk = denied(['CO', '16', 1_500])
    expect(open(desk).denied).toEqual([1_500])
    desk.does(pays('acme', firstPays(10_000), '2026-03-01'), '2026-03-01')
    expect(owed(desk)['l1 beta']).toBeUndefined()
    expect(open(desk)).toEqual({ denied: [], held: [] })
  })

  it('shrinks to what the first payer left there', () => {
    const desk = denied(['CO', '16', 1_500])
    desk.does(pays('acme', firstPays(7_000), '2026-03-01'), '2026-03-01')
    expect(owed(desk)).toEqual({ 'l1 beta': 1_000 })
    expect(open(desk)).toEqual({ denied: [1_000], held: [] })
  })

  it('a share held there on a denial code shrinks alike, with the denial beside it', () => {
    const desk = denied(['PR', '204', 1_500])
    desk.does(pays('acme', firstPays(7_000), '2026-03-01'), '2026-03-01')
    expect(open(desk)).toEqual({ denied: [1_000], held: [1_000] })
  })

  it('stays as it is where the first payer left it all', () => {
    const desk = denied(['CO', '16', 1_500])
    desk.does(pays('acme', firstPays(6_500), '2026-03-01'), '2026-03-01')
    expect(owed(desk)).toEqual({ 'l1 beta': 1_500 })
    expect(open(desk)).toEqual({ denied: [1_500], held: [] })
  })
})

describe('a payer that denies what a later one has explained already', () => {
  it('waits for no more than is open: the rest ended before it spoke', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers: ['acme', 'beta', 'gamma'] })
    const third: ClaimSaid = { status: '3', lines: [{ charge: 10_000, paid: 2_000, cas: [['OA', '23', 8_000]] }] }
    const first: ClaimSaid = { lines: [{ charge: 10_000, paid: 6_000, cas: [['PR', '2', 4_000]] }] }
    const second: ClaimSaid = {
      status: '2',
      lines: [
        {
          charge: 10_000,
          cas: [
            ['OA', '23', 6_000],
            ['CO', '16', 4_000],
          ],
        },
      ],
    }
    desk.does(pays('gamma', third, '2026-02-20'), '2026-02-20')
    desk.does(pays('acme', first, '2026-03-01'), '2026-03-01')
    desk.does(pays('beta', second, '2026-03-10'), '2026-03-10')
    expect(owed(desk)).toEqual({ 'l1 beta': 2_000 })
    expect(open(desk)).toEqual({ denied: [2_000], held: [] })
  })
})
