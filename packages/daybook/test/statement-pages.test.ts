import { describe, expect, it } from 'vitest'
import type { Book, StatementReply } from '../src/index.ts'
import { uuid } from './support/folder.ts'
import { accountOf, charge, does, lakesideBook, named } from './support/letters.ts'
import { remittanceText } from './support/remittance-text.ts'

// Statements of six accounts as they are printed: whoever changes a word of a template sees it here, and makes a version.

const on = '2026-06-01'

/** What the account of each needs besides a guarantor who may be written to. */
const accounts: Readonly<Record<string, (book: Book) => Promise<string>>> = {
  insured: async (book) => {
    const opened = '2026-05-01'
    const account = await accountOf(book, 1, 'Jo Roe', opened)
    await does(book, account, {
      ...{ type: 'RegisterPatient', on: opened, patient: 'jo', last: 'Roe', first: 'Jo', born: '1980-02-01' },
      relationshipToGuarantor: 'self',
    })
    await does(book, account, {
      ...{ type: 'AddCoverage', on: opened, coverage: 'cov1', patient: 'jo', payer: '1123456789' },
      ...{ payerName: 'SAMPLE HEALTH PLAN', filingIndicator: '12', memberId: 'M1' },
    })
    await does(book, account, {
      ...{ type: 'OpenVisit', on: opened, visit: 'v1', patient: 'jo', kind: 'professional' },
      patientControlNumber: 'V1',
    })
    await does(book, account, charge('2026-05-05', 'l11', 20_000))
    const advice = remittanceText({ adjustments: ['CAS*CO*45*50.00', 'CAS*PR*1*50.00'] })
      .replaceAll('20261102', '20260520')
      .replaceAll('20261015', '20260505')
    expect((await book.importContent(advice)).transactions).toMatchObject([{ outcome: 'partial' }])
    await does(book, account, { type: 'PostPayment', on: '2026-05-28', payment: 'p11', amount: 1_000, tender: 'check' })
    return account
  },
  selfPay: async (book) => {
    const account = await accountOf(book, 2, 'Al Poe', '2026-05-01')
    await does(book, account, charge('2026-05-04', 'l21', 40_000))
    await does(book, account, { type: 'PostPayment', on: '2026-05-10', payment: 'p21', amount: 2_500, tender: 'card' })
    return account
  },
  onPlan: async (book) => {
    const account = await accountOf(book, 3, 'Pat Moe', '2026-04-01')
    await does(book, account, charge('2026-04-03', 'l31', 90_000))
    await does(book, account, {
      ...{ type: 'ProposePlan', on: '2026-05-01', plan: 'plan3', divide: { instalments: 6 }, firstDue: '2026-06-05' },
      ...{ writtenAgreement: false, household: { monthlyIncome: 1_000_000 } },
    })
    await does(book, account, { type: 'AcceptPlan', on: '2026-05-01', plan: 'plan3' })
    return account
  },
  disputed: async (book) => {
    const account = await accountOf(book, 4, 'Sam Doe', '2026-05-01')
    await does(book, account, charge('2026-05-06', 'l41', 30_000))
    await does(book, account, charge('2026-05-06', 'l42', 12_000, { code: '93000' }))
    await does(book, account, {
      ...{ type: 'OpenDispute', on: '2026-05-20', dispute: 'x4', kind: 'billingError', lines: ['l42'] },
      ...{ raisedBy: 'patient', channel: 'phone', written: false, says: 'this was not done' },
    })
    return account
  },
  confidential: async (book) => {
    const account = await accountOf(book, 5, 'Kim Lee', '2026-05-01')
    await does(book, account, charge('2026-05-06', 'l51', 25_000))
    const person = uuid(105)
    const box = {
      type: 'RecordDatum',
      on: '2026-05-01',
      datum: 'box',
      kind: 'address',
      value: 'PO Box 7, Duluth, MN 55801',
    } as const
    await book.executeOnPerson(person, { ...box, state: 'MN', place: 'other', source: 'person' })
    await book.executeOnPerson(person, { type: 'SetConfidentialChannel', on: '2026-05-01', datum: 'box' })
    return account
  },
  minorsGuarantor: async (book) => {
    const account = uuid(6)
    const opened = '2026-05-01'
    await book.open({
      account,
      on: opened,
      guarantor: { name: 'Ann Roe', born: '1985-03-03', state: 'MN', standing: 'confirmed' },
    })
    await named(book, account, uuid(106), 'Ann Roe', opened)
    await does(book, account, {
      ...{ type: 'RegisterPatient', on: opened, patient: 'child', last: 'Roe', first: 'Ty', born: '2018-08-08' },
      relationshipToGuarantor: 'child',
    })
    await does(book, account, { type: 'OpenVisit', on: opened, visit: 'v1', patient: 'child', kind: 'professional' })
    await does(book, account, charge('2026-05-06', 'l61', 18_000))
    return account
  },
}

const statementOf = async (make: (book: Book) => Promise<string>): Promise<StatementReply> => {
  await using book = await lakesideBook(on)
  const account = await make(book)
  await does(book, account, { type: 'IssueStatement', on })
  const reply = await book.statement({ account, document: 'last' })
  expect(reply.asPrinted).toBe(true)
  return reply
}

describe('statements of six accounts', () => {
  it.each(Object.entries(accounts))('%s', async (name, make) => {
    const { text, html } = await statementOf(make)
    await expect(text).toMatchFileSnapshot(`statements/${name}.txt`)
    await expect(html).toMatchFileSnapshot(`statements/${name}.html`)
  })
})
