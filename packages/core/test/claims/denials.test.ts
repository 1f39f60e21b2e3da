import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { office } from '../support/desk.ts'
import { denials, one, withPosting } from './one-line.ts'
import { all, type ClaimSaid, control, owed, pays, type VisitOf, visitWith } from './visit.ts'

describe('clarification 11: nobody will pay it', () => {
  const charges = [
    { line: 'l1', amount: 10_000 },
    { line: 'l2', amount: 5_000, code: '82330' },
  ]
  const bundle: ClaimSaid = {
    lines: [
      { charge: 10_000, paid: 10_000 },
      { code: '82330', charge: 5_000, cas: [['CO', '97', 5_000]] },
    ],
  }

  it('by the policy `workItem` it stays open, expected 0', () => {
    const desk = visitWith({ charges })
    desk.does(pays('acme', bundle, '2026-02-20'), '2026-02-21')
    expect(denials(desk)).toEqual([{ category: 'bundled', amount: 5_000, expected: 0 }])
    expect(owed(desk)).toEqual({ 'l2 acme': 5_000 })
  })

  it('by the policy `writeOff` it is written off at the end of the unit, and given back by a reversal', () => {
    const desk = visitWith({ charges, at: withPosting({ expectedZero: 'writeOff' }) })
    desk.does(pays('acme', bundle, '2026-02-20'), '2026-02-21')
    expect(owed(desk)).toEqual({})
    expect(control(desk)).toMatchObject({ 'writeOff:administrative': 5_000 })
    expect(all(desk, 'DenialResolved')[0]?.outcome).toMatchObject({ kind: 'writtenOff', avoidable: false })
    const back: ClaimSaid = {
      status: '22',
      lines: [
        { charge: -10_000, paid: -10_000 },
        { code: '82330', charge: -5_000, cas: [['CO', '97', -5_000]] },
      ],
    }
    const anew: ClaimSaid = {
      lines: [
        { charge: 10_000, paid: 9_000, cas: [['CO', '45', 1_000]] },
        { code: '82330', charge: 5_000, paid: 4_000, cas: [['CO', '45', 1_000]] },
      ],
    }
    desk.does(pays('acme', [back, anew], '2026-05-01'), '2026-05-02')
    expect(owed(desk)).toEqual({})
    expect(control(desk)).toMatchObject({ contractual: 2_000 })
    expect(control(desk)['writeOff:administrative']).toBeUndefined()
  })

  it('a bundle of which nothing is paid is an ordinary denial; a penalty on the payment (B4) is expected 0', () => {
    expect(denials(one([['CO', '97', 10_000]]))).toEqual([{ category: 'bundled', amount: 10_000 }])
    expect(denials(one([['CO', 'B4', 300]]))).toEqual([{ category: 'timelyFiling', amount: 300, expected: 0 }])
  })
})

describe('a denial and its end', () => {
  const denied = (visit: Partial<VisitOf> = {}) => one([['CO', '197', 10_000]], {}, visit)
  type Resolve = Extract<AccountCommandInput, { type: 'ResolveDenial' }>
  const resolve = (desk: ReturnType<typeof denied>, outcome: Resolve['outcome']): Resolve => ({
    type: 'ResolveDenial',
    on: '2026-03-10',
    denial: all(desk, 'DenialRecorded')[0]?.denialId ?? '',
    outcome,
    reason: 'worked',
  })

  it('the appeal is won: the denial closes, the payer’s own advice brings the money', () => {
    const desk = denied()
    desk.does(resolve(desk, { kind: 'appealWon', reference: 'A-1' }), '2026-03-10')
    expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
    desk.does(
      pays('acme', { lines: [{ charge: 10_000, paid: 9_000, cas: [['PR', '3', 1_000]] }] }, '2026-04-01'),
      '2026-04-02',
    )
    expect(owed(desk)).toEqual({ 'l1 patient': 1_000 })
  })

  it('billed to the next payer', () => {
    const desk = denied({ payers: ['acme', 'beta'] })
    desk.does(resolve(desk, { kind: 'rebilledNext' }), '2026-03-10')
    expect(owed(desk)).toEqual({ 'l1 beta': 10_000 })
    const alone = denied()
    expect(alone.refused(resolve(alone, { kind: 'rebilledNext' }), '2026-03-10')).toEqual(['coverage.noNext'])
  })

  it('written off, avoidable or not, with the approval that the amount asks for', () => {
    for (const avoidable of [true, false]) {
      const desk = denied()
      const approval = { by: 'max', roles: ['manager' as const] }
      desk.does(resolve(desk, { kind: 'writtenOff', category: 'administrative', avoidable, approval }), '2026-03-10')
      expect(owed(desk)).toEqual({})
      expect(control(desk)).toMatchObject({ 'writeOff:administrative': 10_000 })
      expect(all(desk, 'WriteOffPosted')[0]).toMatchObject({ avoidable, authority: { approver: 'max' } })
    }
    const desk = denied({ at: { ...office, actor: { id: 'rob', roles: ['rep'] } } })
    expect(
      desk.refused(resolve(desk, { kind: 'writtenOff', category: 'administrative', avoidable: true }), '2026-03-10')
        .length,
    ).toBeGreaterThan(0)
  })

  it('never moved to the patient as something else than the payer said, with a notice or without', () => {
    const desk = denied()
    for (const evidence of [
      { group: 'CO', carc: '197' },
      { group: 'PR', carc: '197', denial: true, notice: 'waiver of 2026-01-09' },
      { group: 'PR', carc: '96', denial: true, notice: 'waiver of 2026-01-09' },
    ]) {
      expect(desk.refused(resolve(desk, { kind: 'movedToPatient', evidence }), '2026-03-10')).toContain('AR-04')
    }
    expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
  })

  it('decided again by the payer without a reversal: the old denial closes; a claim that was paid is held', () => {
    const desk = denied()
    const paid: ClaimSaid = { lines: [{ charge: 10_000, paid: 10_000 }] }
    desk.does(pays('acme', paid, '2026-04-01'), '2026-04-02')
    expect(all(desk, 'DenialResolved')[0]?.outcome).toEqual({ kind: 'superseded' })
    expect(owed(desk)).toEqual({})
    expect(desk.refused(pays('acme', paid, '2026-05-01'), '2026-05-02')).toContain('repeatedClaim')
  })
})
