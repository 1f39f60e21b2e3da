import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import type { LawId } from '../../src/testing/index.ts'
import { one } from '../claims/one-line.ts'
import { owed, visitWith } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'
import { agreed, pay, proposal, selfPay } from '../support/plan-desk.ts'

// A line that is named twice is one line: no command moves its money twice.

const july = '2026-07-31'
const twice = [
  { line: 'l1', amount: 20_000 },
  { line: 'l1', amount: 20_000 },
]
const own = (): Desk => selfPay({ l1: 40_000 })
const paid = (): Desk => {
  const desk = own()
  pay(desk, 40_000, '2026-02-01', { payment: 'p1', line: 'l1' })
  return desk
}
const givenUp = (): Desk => {
  const desk = own()
  const writeOff = { type: 'WriteOff', on: july, visit: 'v-l1', party: 'patient', category: 'administrative' } as const
  const approval = { by: 'dora', roles: ['director' as const] }
  desk.does({ ...writeOff, adjustment: 'w1', approval, reason: 'given up' }, july)
  return desk
}
const insured = (): Desk => visitWith({ charges: [{ line: 'l1', amount: 40_000 }], payers: ['acme', 'beta'] })

const cases: readonly (readonly [readonly LawId[], string, () => Desk, AccountCommandInput, string])[] = [
  [
    ['J2'],
    'ReviewForPlacement',
    own,
    { type: 'ReviewForPlacement', on: july, lines: ['l1', 'l1'] },
    'ledger.lineTwice',
  ],
  [['J2'], 'PlaceAccount', own, place(july, { lines: ['l1', 'l1'] }), 'ledger.lineTwice'],
  [
    [],
    'PostTakeback',
    () => one([['CO', '45', 2_000]]),
    {
      type: 'PostTakeback',
      on: july,
      visit: 'v1',
      coverage: 'acme',
      lines: [
        { line: 'l1', amount: 8_000 },
        { line: 'l1', amount: 8_000 },
      ],
      recoupment: { payerId: 'acme', payerControlNumber: 'P1', remittanceId: 'remit-x' },
      reason: 'PLB WO without a reversal',
    },
    'ledger.lineTwice',
  ],
  [
    [],
    'TransferResponsibility',
    insured,
    {
      type: 'TransferResponsibility',
      on: july,
      from: { coverageId: 'acme' },
      to: { coverageId: 'beta' },
      lines: twice,
      because: 'manual',
      reason: 'moved',
    },
    'ledger.lineTwice',
  ],
  [
    ['F1'],
    'WriteOff',
    own,
    {
      type: 'WriteOff',
      on: july,
      visit: 'v-l1',
      party: 'patient',
      category: 'administrative',
      lines: twice,
      approval: { by: 'dora', roles: ['director'] },
      reason: 'given up',
    },
    'ledger.lineTwice',
  ],
  [
    ['A10'],
    'ReverseAdjustment',
    givenUp,
    { type: 'ReverseAdjustment', on: july, adjustment: 'w1', lines: twice, mode: 'economic', reason: 'restored' },
    'ledger.lineTwice',
  ],
  [
    ['E2'],
    'PostPayment',
    own,
    { type: 'PostPayment', on: july, amount: 40_000, tender: 'check', allocations: twice },
    'ledger.lineTwice',
  ],
  [
    ['A10'],
    'DeallocatePayment',
    paid,
    { type: 'DeallocatePayment', payment: 'p1', lines: twice, reason: 'redirected' },
    'ledger.lineTwice',
  ],
  [['H1'], 'ProposePlan', own, proposal('2026-01-10', { lines: ['l1', 'l1'] }), 'plans.lineTwice'],
  [
    ['H1'],
    'AmendPlan',
    () => agreed(selfPay({ l1: 40_000, l2: 40_000 }), { lines: ['l1'] }),
    {
      type: 'AmendPlan',
      on: '2026-02-01',
      plan: 'p1',
      divide: { instalments: 4 },
      firstDue: '2026-03-01',
      addLines: ['l2', 'l2'],
      reason: 'asked',
    },
    'plans.lineTwice',
  ],
  [
    [],
    'BringForward',
    own,
    {
      type: 'BringForward',
      booksBegin: '2026-01-01',
      visit: 'v-old',
      source: 'old system',
      lines: ['l9', 'l9'].map((line) => ({ line, code: '99213', dos: '2025-12-01', party: 'patient', amount: 100 })),
    },
    'ledger.lineKnown',
  ],
]

describe('a line that a command names twice', () => {
  for (const [laws, name, begin, command, rule] of cases) {
    it([...laws, `${name}: is refused, and nothing moves`].join(' '), { tags: [...laws] }, () => {
      const desk = begin()
      const before = owed(desk)
      const on = 'on' in command ? command.on : july
      const refused = desk.refused(command, on > july ? on : july)
      expect(refused.filter((hit) => hit === rule)).toEqual([rule])
      expect(owed(desk)).toEqual(before)
    })
  }

  it('J2 is reviewed once: the amount of the line is not doubled', { tags: ['J2'] }, () => {
    const desk = selfPay({ l1: 1_500 })
    expect(desk.refused(place(july, { lines: ['l1', 'l1'] }), july)).toEqual(['ledger.lineTwice', 'PC-01.1.minimum'])
  })
})
