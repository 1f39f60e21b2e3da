import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { one } from './one-line.ts'
import { all, type ClaimSaid, owed, pays, takenBack, visitWith } from './visit.ts'

type Input<T extends AccountCommandInput['type']> = Extract<AccountCommandInput, { type: T }>

// Clarification 1: gates run on evidence, and what a payer's advice on file raises is raised, whoever moves the money.

describe('AR-14: money that nobody directed passes by what a payer says is a QMB’s', () => {
  const desk = () => {
    const both = visitWith({
      charges: [
        { line: 'l1', amount: 10_000 },
        { line: 'l2', amount: 8_000, code: '99214' },
      ],
    })
    const share = (code: string, charge: number) => ({
      code,
      charge,
      paid: charge - 3_000,
      cas: [['PR', '1', 3_000] as const],
    })
    both.does(pays('acme', { icn: 'P1', lines: [share('99213', 10_000)] }, '2026-02-20'), '2026-02-20')
    expect(owed(both)).toEqual({ 'l1 patient': 3_000, 'l2 acme': 8_000 })
    return {
      both,
      says: (remarks: readonly string[]) =>
        both.does(pays('acme', { icn: 'P2', remarks, lines: [share('99214', 8_000)] }, '2026-02-25'), '2026-02-25'),
    }
  }
  const payment = (over: Partial<Input<'PostPayment'>> = {}): Input<'PostPayment'> => ({
    type: 'PostPayment',
    on: '2026-03-02',
    payment: 'p1',
    amount: 3_000,
    tender: 'check',
    ...over,
  })

  it('remark N782 on the visit: the item that stood at the patient before gets none of it', () => {
    const { both, says } = desk()
    says(['N782'])
    both.does(payment(), '2026-03-02')
    expect(owed(both)).toMatchObject({ 'l1 patient': 3_000 })
  })

  it('money that was sent to the item is applied all the same (errata 22)', () => {
    const { both, says } = desk()
    says(['N782'])
    both.does(payment({ allocations: [{ line: 'l1' }] }), '2026-03-02')
    expect(owed(both)['l1 patient']).toBeUndefined()
  })

  it('items passed by are told up to where the money ended: what it could not have reached says nothing', () => {
    const { both, says } = desk()
    says(['N782'])
    const older = {
      type: 'PostCharge',
      visit: 'w1',
      line: 'w1',
      code: '99212',
      amount: 5_000,
      party: 'patient',
    } as const
    both.does({ ...older, on: '2026-02-01' }, '2026-03-02')
    const passedBy = (amount: number, id: string) => {
      both.does(payment({ amount, payment: id }), '2026-03-02')
      const decision = both.history.steps.at(-1)?.decision
      return decision?.ok ? decision.warnings.filter(({ rule }) => rule === 'AR-14').map(({ reason }) => reason) : []
    }
    expect(passedBy(5_000, 'p1')).toEqual([])
    expect(passedBy(1_000, 'p2')).toEqual([expect.stringContaining('line l1: the item is protected as QMB')])
  })

  it('where no payer says so it goes to the oldest responsibility', () => {
    const { both, says } = desk()
    says([])
    both.does(payment(), '2026-03-02')
    expect(owed(both)).toEqual({ 'l2 patient': 3_000 })
  })
})

describe('WC-01: a denial for another party’s liability keeps the amount off the patient while it is open', () => {
  const move: Input<'TransferResponsibility'> = {
    type: 'TransferResponsibility',
    on: '2026-03-01',
    lines: [{ line: 'l1' }],
    from: { coverageId: 'acme' },
    to: 'patient',
    because: 'manual',
    evidence: { group: 'PR', carc: '1' },
    reason: 'reviewed',
  }

  it.each([
    ['19', "a workers' compensation case is open"],
    ['20', 'another party may be liable'],
    ['21', 'another party may be liable'],
  ])('CO-%s: nor does a person move it, whatever is left out of the evidence', (carc, reason) => {
    const desk = one([['CO', carc, 3_000]])
    expect(desk.refused(move, '2026-03-01')).toContain('WC-01')
    const decision = desk.history.steps.at(-1)?.decision
    expect(decision?.ok === false && decision.hits.map((hit) => hit.reason)).toContain(reason)
    const resolve: Input<'ResolveDenial'> = {
      type: 'ResolveDenial',
      on: '2026-03-01',
      denial: all(desk, 'DenialRecorded')[0]?.denialId ?? '',
      outcome: { kind: 'movedToPatient', evidence: { group: 'PR', carc: '1', notice: 'signed waiver' } },
      reason: 'reviewed',
    }
    expect(desk.refused(resolve, '2026-03-01')).toContain('WC-01')
  })

  it('closing the denial does not unsay it: the payer’s newer word does', () => {
    const desk = one([['CO', '19', 3_000]])
    const outcome = { kind: 'appealWon' as const, reference: 'appeal 1' }
    const denial = all(desk, 'DenialRecorded')[0]?.denialId ?? ''
    desk.does({ type: 'ResolveDenial', on: '2026-02-28', denial, outcome, reason: 'no accident' }, '2026-02-28')
    expect(desk.refused(move, '2026-03-01')).toEqual(['AR-04', 'PG-04', 'WC-01'])
    const first: ClaimSaid = { lines: [{ charge: 10_000, paid: 7_000, cas: [['CO', '19', 3_000]] }] }
    const newer: ClaimSaid = { icn: 'P2', lines: [{ charge: 10_000, paid: 7_000, cas: [['PR', '1', 3_000]] }] }
    desk.does(pays('acme', [takenBack(first), newer], '2026-03-10'), '2026-03-11')
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
  })
})
