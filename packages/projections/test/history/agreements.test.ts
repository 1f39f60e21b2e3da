import type { AccountEvent } from '@daybook/core/account'
import { foldAccount, newAccount } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { emptyHistory, eventsOf, issue } from '@daybook/core/testing'
import { expect, it } from 'vitest'
import { explain } from '../../src/explanation/index.ts'
import { historyOf } from '../../src/history/index.ts'
import { summarise } from '../../src/summary/index.ts'
import { office } from '../explanation/decided-account.ts'
import { recorded } from './book.ts'

const on = '2026-03-02'
const today = toDay(on)
const given = [
  { type: 'OpenAccount', accountId: 'a1', on, guarantor: { name: 'Jo Roe', born: '1980-02-01', state: 'MN' } },
  { type: 'AddCoverage', on, coverage: 'cov', payer: 'acme', payerName: 'Acme Health', filingIndicator: '12' },
  { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 10_000 },
  { type: 'RecordNotice', on, visit: 'v1', notice: { kind: 'abn', signedOn: '2026-03-01', reference: 'form 7' } },
  { type: 'RecordNotice', on, visit: 'v1', notice: { kind: 'nsaCostShare', amount: 2_500, reference: 'notice 8' } },
  { type: 'ElectSelfPay', on, election: 'e1', visit: 'v1', agreedOn: '2026-03-01', reference: 'form 9' },
  { type: 'PostPayment', on, payment: 'p1', amount: 10_000, tender: 'check', designation: { visitId: 'v1' } },
  { type: 'ReversePayment', on, payment: 'p1', kind: 'nsf', reason: 'nsf' },
] as const

/** The events of the first so many commands. */
const after = (commands: number): readonly AccountEvent[] =>
  eventsOf(given.slice(0, commands).reduce((done, command) => issue(done, command, on, office), emptyHistory)).map(
    ({ event }) => event,
  )
const pageAfter = (commands: number) => summarise(foldAccount(newAccount, after(commands)), today).selfPay

it('notices and elections are told in the words of the desk', () => {
  const told = historyOf(recorded(after(8))).map(({ what }) => what)
  expect(told.filter((what) => /told on|Cost share|past the plan|Paid in full/.test(what))).toEqual([
    'The patient was told on 2026-03-01 that the payer may not pay: form 7',
    'Cost share of a protected service confirmed: 25.00: notice 8',
    'The patient chose to pay in full, past the plan, agreed on 2026-03-01: form 9',
    "Paid in full: 100.00 is the patient's, and the plan hears nothing of it (99213 of 2026-03-02 100.00)",
    'The choice to pay past the plan has ended: a part of it is not paid any more',
  ])
})

it('the page about an account shows an election as long as it runs', () => {
  const shown = { election: 'e1', visit: 'v1', agreedOn: '2026-03-01' }
  expect(pageAfter(5)).toBeUndefined()
  expect(pageAfter(6)).toEqual([{ ...shown, status: 'waiting' }])
  expect(pageAfter(7)).toEqual([{ ...shown, status: 'holds' }])
  expect(pageAfter(8)).toBeUndefined()
})

it('the explanation says where the amount went, and that it came back', () => {
  const says = (commands: number) => explain(recorded(after(commands)), today, { line: 'l1' })
  const words = (commands: number) =>
    says(commands).lines.flatMap(({ parties }) => parties.flatMap(({ parts }) => parts.map((part) => part.words)))
  expect(says(7).net).toBe(0)
  expect(words(7)).toContain('the patient pays it past the plan')
  expect(words(7)).toContain('chosen to be paid past the plan')
  expect(says(8).net).toBe(10_000)
  expect(words(8)).toContain('back from the patient, who had chosen to pay it')
})
