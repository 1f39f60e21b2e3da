import { describe, expect, it } from 'vitest'
import { control, owed, pays, type Triple, takenBack, visitWith } from '../claims/visit.ts'
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

// Fault net-17, the same where another payer has it: it refused the claim, which was then billed to this one.
describe('net-17 a payer decides on what another one refused', () => {
  const moveOn = (desk: Desk, amount = 30_000): void => {
    const moved = { type: 'TransferResponsibility', from: { coverageId: 'acme' }, to: { coverageId: 'beta' } } as const
    desk.does({ ...moved, on, lines: [{ line: 'l1', amount }], because: 'cobChanged', reason: 'refused' }, on)
  }
  const told = (desk: Desk, post: ReturnType<typeof pays>): readonly (string | undefined)[] => {
    const decision = desk.tries(post, on)
    return decision.ok ? [] : decision.hits.map(({ requiredAction }) => requiredAction)
  }
  const shares: readonly Triple[] = [
    ['CO', '45', 12_000],
    ['PR', '1', 3_000],
  ]
  const of = (status: string, cas: readonly Triple[] = shares) =>
    pays('beta', { status, icn: 'B1', lines: [{ charge: 30_000, paid: 15_000, cas }] }, on)
  const denies = (desk: Desk, cas: readonly Triple[]) =>
    desk.does(pays('acme', { status: '4', lines: [{ charge: 30_000, cas }] }, '2026-02-10'), '2026-02-11')
  const two = () => visitWith({ charges: [{ line: 'l1', amount: 30_000 }], payers: ['acme', 'beta'] })

  it.each([
    ['as the first payer', '1', 'CO'],
    ['as a later payer', '2', 'CO'],
    ['after a refusal that a person must judge', '1', 'PR'],
  ])('net-17 %s: the hold says from where, and then it posts; no denial waits, nothing is held', (_, status, group) => {
    const desk = two()
    denies(desk, [[group, '27', 30_000]])
    expect(told(desk, of(status))).toEqual([
      'move 300.00 that stands at acme health to this payer (TransferResponsibility), then release the claim',
    ])
    moveOn(desk)
    desk.does(of(status), on)
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
    expect([...desk.state.claims.denials.values()].filter(({ resolved }) => resolved === undefined)).toEqual([])
    expect([...desk.state.ledger.holdings.values()].filter(({ open }) => open)).toEqual([])
  })

  it('net-17 a part was reduced there: what is left is enough for a later payer, which reduces the less', () => {
    const desk = two()
    denies(desk, [
      ['CO', '45', 5_000],
      ['CO', '109', 25_000],
    ])
    expect(told(desk, of('2'))).toEqual([
      'move 250.00 that stands at acme health to this payer (TransferResponsibility), then release the claim',
    ])
    moveOn(desk, 25_000)
    desk.does(of('2'), on)
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
    expect(control(desk)['contractual']).toBe(12_000)
  })

  it('net-17 what stands there is not enough: an earlier adjudication is looked for, as ever', () => {
    const desk = two()
    desk.does(
      pays(
        'acme',
        {
          lines: [
            {
              charge: 30_000,
              paid: 20_000,
              cas: [
                ['CO', '45', 5_000],
                ['CO', '109', 5_000],
              ],
            },
          ],
        },
        '2026-02-10',
      ),
      '2026-02-11',
    )
    expect(told(desk, of('2'))).toEqual([
      'look for an earlier adjudication of this claim; correct the books or reject the claim',
    ])
  })

  const moves = 'move 300.00 that stands at acme health to this payer (TransferResponsibility), then release the claim'
  it.each([
    ['1', ['add the coverage or correct the order of benefits, then release the claim'], [moves]],
    ['2', [`add the coverage of this payer (AddCoverage) and ${moves}`], [moves]],
  ])('net-17 nobody knows of this payer yet (CLP02 %s): its coverage is added first', (status, before, after) => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 30_000 }] })
    denies(desk, [['CO', '109', 30_000]])
    expect(told(desk, of(status))).toEqual(before)
    const coverage = { type: 'AddCoverage', coverage: 'beta', payer: 'beta', payerName: 'beta health' } as const
    desk.does({ ...coverage, on, from: '2026-01-01' }, on)
    expect(told(desk, of(status))).toEqual(after)
    moveOn(desk)
    desk.does(of(status), on)
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
  })
})

// Fault net-19: the payer got its money back by a refund, takes the decision back as well, and shows the refund (PLB 72).
it('net-19 a payer takes back what was refunded to it: the hold says to acknowledge the refund first', () => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers: ['acme', 'beta'] })
  const first = (cents: number) => ({
    lines: [{ charge: 10_000, paid: cents, cas: [['CO', '45', 10_000 - cents]] as const }],
  })
  desk.does(pays('acme', first(9_000), '2026-02-01'), '2026-02-02')
  desk.does(pays('beta', { icn: 'B1', ...first(3_000) }, '2026-02-10'), '2026-02-11')
  const credit = [...desk.state.credits.credits.keys()][0] ?? ''
  const approve = { type: 'ApproveRefund', refund: 'r1', credit, payee: 'payer', method: 'check' } as const
  desk.does({ ...approve, on, reason: 'acme pays first' }, on)
  desk.does({ type: 'IssueRefund', on, refund: 'r1' }, on)
  const day = '2026-04-01'
  const shown = pays(
    'beta',
    [
      takenBack({ icn: 'B1', ...first(3_000) }),
      { status: '2', icn: 'B1', lines: [{ charge: 10_000, paid: 0, cas: [['OA', '23', 10_000]] }] },
    ],
    day,
  )
  const decision = desk.tries(shown, day)
  expect(decision.ok ? [] : decision.hits.map(({ requiredAction }) => requiredAction)).toEqual([
    'acknowledge the refund of 30.00 that the payer shows by this (AcknowledgeRefund r1), then release the claim at once',
  ])
  const { remittanceId } = shown
  const acknowledge = {
    type: 'AcknowledgeRefund',
    refund: 'r1',
    remittanceId,
    visit: 'v1',
    line: 'l1',
    coverage: 'beta',
  } as const
  desk.does({ ...acknowledge, on: day, amount: 3_000 }, day)
  desk.does(shown, day)
  expect(owed(desk)).toEqual({})
})
