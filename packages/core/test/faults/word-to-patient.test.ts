import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { one } from '../claims/one-line.ts'
import { all, owed, pays, type Triple, visitWith } from '../claims/visit.ts'
import { type Desk, office } from '../support/desk.ts'

// Faults of kind “the payer's word”: what a person makes the patient's.

type Input<T extends AccountCommandInput['type']> = Extract<AccountCommandInput, { type: T }>
const rep = { ...office, actor: { id: 'rob', roles: ['rep' as const] } }
const on = '2026-03-01'

const byHand = (over: Partial<Input<'TransferResponsibility'>> = {}): Input<'TransferResponsibility'> => ({
  type: 'TransferResponsibility',
  on,
  lines: [{ line: 'l1' }],
  from: { coverageId: 'acme' },
  to: 'patient',
  because: 'manual',
  evidence: { group: 'PR', carc: '1' },
  reason: 'letter of the payer',
  ...over,
})
const resolve = (desk: Desk, evidence: { group: string; carc: string; notice?: string }): Input<'ResolveDenial'> => ({
  type: 'ResolveDenial',
  on,
  denial: all(desk, 'DenialRecorded')[0]?.denialId ?? '',
  outcome: { kind: 'movedToPatient', evidence },
  reason: 'the payer will not pay',
})
const terminated = (coverage = 'acme'): Input<'TerminateCoverage'> => ({
  type: 'TerminateCoverage',
  on,
  coverage,
  lastDay: '2025-12-31',
  reason: 'lost the job',
})
const reasonsOf = (desk: Desk): readonly string[] => {
  const decision = desk.history.steps.at(-1)?.decision
  return decision?.ok === false ? decision.hits.map(({ reason }) => reason) : []
}
const denied = (cas: readonly Triple[], filing = '12') => one(cas, { filing }, { filing: { acme: filing }, at: rep })

describe('word-1 what a payer has said of a line, a person does not say otherwise', () => {
  it.each(['50', '29'])('CO-%s on file: not the patient’s as PR-1, nor as its own code with a notice', (carc) => {
    const desk = denied([['CO', carc, 10_000]])
    expect(desk.refused(byHand(), on)).toEqual(['AR-04', 'PG-04'])
    expect(reasonsOf(desk)[0]).toContain(
      `the advice of acme health on file says CO-${carc} 100.00 of line l1; not PR-1 100.00`,
    )
    expect(desk.refused(resolve(desk, { group: 'PR', carc, notice: 'waiver of 2026-01-09' }), on)).toEqual(['AR-04'])
    expect(desk.refused(resolve(desk, { group: 'CO', carc, notice: 'waiver of 2026-01-09' }), on)).toEqual(['AR-04'])
    expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
  })

  it('nor without any evidence, nor when the denial was closed before', () => {
    const desk = denied([['CO', '50', 10_000]])
    const { evidence: _evidence, ...bare } = byHand()
    expect(desk.refused(bare, on)).toEqual(['AR-04', 'PG-04'])
    const appealWon = { kind: 'appealWon' as const, reference: 'a1' }
    desk.does({ ...resolve(desk, { group: 'PR', carc: '1' }), outcome: appealWon }, on)
    expect(desk.refused(byHand(), on)).toEqual(['AR-04', 'PG-04'])
  })

  it('a remark that the advice has not, or more than it says, is the desk’s word alone', () => {
    const desk = denied([['PR', '204', 3_000]])
    const informed = { group: 'PR', carc: '204', remarks: ['M38'] }
    expect(desk.refused(byHand({ evidence: informed }), on)).toEqual(['AR-05', 'PG-04'])
    const mixed = denied([
      ['PR', '204', 1_000],
      ['CO', '50', 2_000],
    ])
    const notice = { group: 'PR', carc: '204', notice: 'waiver of 2026-01-09' }
    expect(mixed.refused(byHand({ evidence: notice, lines: [{ line: 'l1', amount: 1_001 }] }), on)).toEqual(['AR-04'])
    expect(reasonsOf(mixed)[0]).toContain('0.01 more than is open of it')
    mixed.does(byHand({ evidence: notice, lines: [{ line: 'l1', amount: 1_000 }] }), on)
    expect(owed(mixed)).toEqual({ 'l1 acme': 2_000, 'l1 patient': 1_000 })
  })

  it('a share that has gone to the patient does not go again, out of what was denied', () => {
    const desk = denied([
      ['PR', '1', 1_000],
      ['CO', '50', 2_000],
    ])
    expect(owed(desk)).toEqual({ 'l1 acme': 2_000, 'l1 patient': 1_000 })
    expect(desk.refused(byHand({ lines: [{ line: 'l1', amount: 1_000 }] }), on)).toContain('AR-04')
  })

  it('a share that was brought back by mistake goes to the patient again', () => {
    const desk = denied([['PR', '1', 1_000]])
    const back = byHand({ from: 'patient', to: { coverageId: 'acme' }, because: 'manual' })
    desk.does(back, on)
    desk.does(byHand(), on)
    expect(owed(desk)).toEqual({ 'l1 patient': 1_000 })
  })

  it('what the next payer has denied does not go to the patient by way of the first', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers: ['acme', 'beta'], at: rep })
    const first = { lines: [{ charge: 10_000, paid: 6_000, cas: [['PR', '1', 4_000]] as Triple[] }] }
    desk.does(pays('acme', first, '2026-02-01'), '2026-02-02')
    const second = {
      status: '2',
      lines: [
        {
          charge: 10_000,
          cas: [
            ['OA', '23', 6_000],
            ['CO', '29', 4_000],
          ] as Triple[],
        },
      ],
    }
    desk.does(pays('beta', second, '2026-02-20'), '2026-02-21')
    const beta = { coverageId: 'beta' }
    desk.does(byHand({ from: beta, to: { coverageId: 'acme' }, because: 'cobChanged' }), on)
    expect(desk.refused(byHand(), on)).toEqual(['coverage.paysNext', 'AR-04'])
    desk.does(terminated('beta'), on)
    expect(desk.refused(byHand(), on)).toEqual(['AR-04'])
    expect(owed(desk)).toEqual({ 'l1 acme': 4_000 })
  })

  it('a coverage that has decided the line as its own has not ended before it', () => {
    const desk = denied([['CO', '50', 10_000]])
    desk.does(terminated(), on)
    expect(desk.refused(byHand({ because: 'coverageTermed' }), on)).toEqual(['AR-04'])
    expect(reasonsOf(desk)[0]).toContain('acme health has decided line l1 as its own (CO-50 100.00)')
  })

  it('one that says that the patient was not insured has: the amount goes, and its denial ends with it', () => {
    const desk = denied([['CO', '27', 10_000]])
    desk.does(terminated(), on)
    desk.does(byHand({ because: 'coverageTermed' }), on)
    expect(owed(desk)).toEqual({ 'l1 patient': 10_000 })
    expect(all(desk, 'DenialResolved').map(({ outcome }) => outcome.kind)).toEqual(['movedToPatient'])
  })
})

describe('word-2 no word at all is not a word', () => {
  it.each(['12', 'MB', 'MC'])('never adjudicated: nothing is the patient’s as PR-1 (filing %s)', (filing) => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], filing: { acme: filing }, at: rep })
    for (const because of ['manual', 'cobChanged', 'guarantorChanged'] as const) {
      expect(desk.refused(byHand({ because }), on)).toContain('AR-04')
    }
    expect(reasonsOf(desk)[0]).toContain('acme health has decided nothing of line l1')
    expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
  })

  it('an estimate before the service is no word', () => {
    const desk = one([['PR', '1', 3_000]], { status: '25' }, { at: rep })
    expect(desk.refused(byHand({ lines: [{ line: 'l1', amount: 3_000 }] }), on)).toEqual(['AR-04'])
  })

  it('the real advice posts after the refusal', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], at: rep })
    desk.refused(byHand(), on)
    desk.does(pays('acme', { lines: [{ charge: 10_000, paid: 9_000, cas: [['PR', '1', 1_000]] }] }, on), on)
    expect(owed(desk)).toEqual({ 'l1 patient': 1_000 })
  })

  it('a coverage that did not cover the day needs none', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], at: rep })
    desk.does(terminated(), on)
    desk.does(byHand({ because: 'coverageTermed' }), on)
    expect(owed(desk)).toEqual({ 'l1 patient': 10_000 })
  })
})

it('word-3 Medicaid, nothing adjudicated: nothing is the patient’s as its copay', () => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], filing: { acme: 'MC' }, at: rep })
  expect(desk.refused(byHand({ evidence: { group: 'PR', carc: '3' } }), on)).toEqual(['AR-04'])
  expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
})

it('word-3 what Medicaid left of a line does not go to the patient by way of a payer that had ended', () => {
  const payers = ['acme', 'beta'] as const
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers, filing: { acme: 'MC' }, at: rep })
  const first = { filing: 'MC', lines: [{ charge: 10_000, paid: 6_000, cas: [['PR', '1', 4_000]] as Triple[] }] }
  desk.does(pays('acme', first, '2026-02-01'), '2026-02-02')
  expect(owed(desk)).toEqual({ 'l1 beta': 4_000 })
  desk.does(terminated('beta'), on)
  const beta = { coverageId: 'beta' }
  expect(desk.refused(byHand({ from: beta, because: 'coverageTermed' }), on)).toEqual(['AR-06'])
})

describe('word-8 moving a share to a payer and back makes it no younger', () => {
  const late = '2026-07-15'
  const aged = () => {
    const desk = denied([['PR', '1', 4_000]])
    expect(desk.at(late, late).layers).toEqual(['patient 40 144d'])
    return desk
  }

  it.each(['manual', 'cobChanged', 'guarantorChanged'] as const)('by %s', (because) => {
    const desk = aged()
    desk.does(byHand({ on: late, from: 'patient', to: { coverageId: 'acme' }, because }), late)
    desk.does(byHand({ on: late, because }), late)
    expect(desk.at(late, late).layers).toEqual(['patient 40 144d'])
  })

  it('as a coverage that was found, and had ended after all; as of every day', () => {
    const desk = aged()
    desk.does({ type: 'AddCoverage', on: late, coverage: 'beta', payer: 'beta', payerName: 'beta health' }, late)
    desk.does(byHand({ on: late, from: 'patient', to: { coverageId: 'beta' }, because: 'coverageFound' }), late)
    desk.does({ ...terminated('beta'), on: late }, late)
    desk.does(byHand({ on: late, from: { coverageId: 'beta' }, because: 'coverageTermed' }), late)
    expect(desk.at(late, late).layers).toEqual(['patient 40 144d'])
    expect(desk.at('2026-03-15', late).layers).toEqual(['patient 40 22d'])
  })

  it('by way of two payers', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers: ['acme', 'beta'], at: rep })
    const advice = { lines: [{ charge: 10_000, paid: 6_000, cas: [['PR', '1', 4_000]] as Triple[] }] }
    desk.does({ ...terminated('beta'), on: '2026-02-01' }, '2026-02-01')
    desk.does(pays('acme', advice, '2026-02-20'), '2026-02-21')
    const beta = { coverageId: 'beta' }
    desk.does(byHand({ on: late, from: 'patient', to: { coverageId: 'acme' }, because: 'cobChanged' }), late)
    desk.does(byHand({ on: late, to: beta, because: 'cobChanged' }), late)
    desk.does(byHand({ on: late, from: beta, because: 'coverageTermed' }), late)
    expect(desk.at(late, late).layers).toEqual(['patient 40 144d'])
  })

  it('what is new at the patient beside it has its own age', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], at: rep })
    const advice = {
      lines: [
        {
          charge: 10_000,
          paid: 5_000,
          cas: [
            ['PR', '1', 4_000],
            ['PR', '204', 1_000],
          ] as Triple[],
        },
      ],
    }
    desk.does(pays('acme', advice, '2026-02-20'), '2026-02-21')
    desk.does(
      byHand({ on: late, from: 'patient', to: { coverageId: 'acme' }, lines: [{ line: 'l1', amount: 1_500 }] }),
      late,
    )
    desk.does(byHand({ on: late, lines: [{ line: 'l1', amount: 1_500 }] }), late)
    desk.does(byHand({ on: late, evidence: { group: 'PR', carc: '204', notice: 'waiver' } }), late)
    expect(desk.at(late, late).layers).toEqual(['patient 10 0d', 'patient 40 144d'])
  })
})
