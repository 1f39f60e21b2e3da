import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { uuid } from './support/folder.ts'
import { accountOf, charge, does, lakesideBook } from './support/letters.ts'

// Who is represented, or wants no contact, is contacted by nobody to collect: every list that would says so by rule and
// citation, of whatever file of theirs (duty F41, reference §4.3).

const on = '2026-06-01'
const [one, two] = [uuid(101), uuid(102)]

/** Two accounts of 400.00 each, whose guarantors may be one human being. */
const withDebts = async (day: string): Promise<{ readonly book: Book; readonly accounts: readonly string[] }> => {
  const book = await lakesideBook(day)
  const accounts: string[] = []
  for (const n of [1, 2]) {
    const account = await accountOf(book, n, 'Jo Roe', on)
    await does(book, account, charge(on, `l${n}`, 40_000))
    accounts.push(account)
  }
  return { book, accounts }
}
const items = async (book: Book, queue: string) => (await book.worklist({ queue })).items
const blockedOf = async (book: Book, queue: string) =>
  (await items(book, queue)).map(({ account, allowed, blockedBy }) => ({
    account,
    allowed,
    by: blockedBy.filter((rule) => rule.startsWith('CT-')),
  }))

describe('duty F41: every list that would contact them says that it may not be', () => {
  it('F41 CT-05 a statement that is due to one who is represented is not to be sent, and the run of the day sends none', async () => {
    const { book, accounts } = await withDebts(on)
    expect(await blockedOf(book, 'statementsDue')).toMatchObject([{ allowed: true }, { allowed: true }])
    await book.executeOnPerson(one, { type: 'RecordAttorney', on, name: 'A. Torney' })
    const listed = await items(book, 'statementsDue')
    expect(listed.map(({ account, allowed }) => [account, allowed])).toEqual([
      [accounts[0], false],
      [accounts[1], true],
    ])
    expect(listed[0]?.blockedBy).toEqual(['CT-05'])
    expect(listed[0]?.reasons.join()).toContain('CT-05: an attorney represents the person (12 CFR 1006.6(b)(2)')
    expect(listed[0]?.nextAction).toContain('attorney')
    const letter = await book.execute(accounts[0] ?? '', { type: 'IssueStatement', on })
    expect(letter.ok ? [] : letter.hits.map(({ rule }) => rule)).toEqual(['CT-05'])
    const { steps } = await book.day()
    const printed = steps.filter(({ statement }) => statement)
    expect(printed.map(({ account, outcome }) => [account, outcome])).toEqual([
      [accounts[0], 'waits'],
      [accounts[1], 'done'],
    ])
    await book.executeOnPerson(one, { type: 'ReleaseAttorney', on, because: 'ended', reason: 'wrote so' })
    expect(await blockedOf(book, 'statementsDue')).toEqual([{ account: accounts[0], allowed: true, by: [] }])
    await book.close()
  })

  it('F41 CT-04 a written cease on one file holds every list of both accounts of one human being, until it is withdrawn', async () => {
    const { book, accounts } = await withDebts('2026-07-01')
    const cease = { type: 'RecordCease', on: '2026-06-20', written: true } as const
    await book.executeOnPerson(one, cease)
    const both = (allowed: readonly boolean[]) =>
      accounts.map((account, n) => ({ account, allowed: allowed[n], by: allowed[n] ? [] : ['CT-04'] }))
    expect(await blockedOf(book, 'statementsDue')).toEqual(both([false, true]))
    // Nobody calls: its next action is to hand it on, and it says why.
    const told = async () =>
      (await items(book, 'selfPay')).map(({ reasons }) => reasons.some((reason) => reason.startsWith('CT-04: ')))
    expect(await told()).toEqual([true, false])
    // A list of whom to ask holds them back, whatever else is to be done about the account.
    expect(await blockedOf(book, 'selfPay')).toEqual(both([false, true]))
    expect((await items(book, 'selfPay'))[0]).toMatchObject({ step: 'special' })
    const same = { type: 'JudgeLikePerson', on: '2026-06-30', other: two, same: true, reason: 'one birth day' } as const
    await book.executeOnPerson(one, same)
    expect(await blockedOf(book, 'statementsDue')).toEqual(both([false, false]))
    expect(await told()).toEqual([true, true])
    const letter = await book.execute(accounts[1] ?? '', { type: 'IssueStatement', on: '2026-07-01' })
    expect(letter.ok ? [] : letter.hits.map(({ rule }) => rule)).toEqual(['CT-04'])
    // As the list of a day before, it knows of none.
    const before = (await book.worklist({ queue: 'selfPay', asOf: '2026-06-19' })).items
    expect(before.map(({ allowed }) => allowed)).toEqual([true, true])
    await book.executeOnPerson(one, { type: 'WithdrawCease', on: '2026-07-01', reason: 'wrote so' })
    expect(await blockedOf(book, 'statementsDue')).toEqual(both([true, true]))
    await book.close()
  })

  it('F41 PC-01.5 nobody is a candidate for an agency who is represented on either file; an attorney for one account is so for it alone', async () => {
    const { book, accounts } = await withDebts('2026-11-20')
    const same = { type: 'JudgeLikePerson', on: '2026-06-30', other: two, same: true, reason: 'one birth day' } as const
    await book.executeOnPerson(one, same)
    const represented = async () =>
      (await items(book, 'placementCandidates')).map(({ reasons }) =>
        reasons.some((reason) => reason.startsWith('PC-01.5.attorney: an attorney represents the guarantor (')),
      )
    expect(await represented()).toEqual([false, false])
    const attorney = { type: 'RecordAttorney', on: '2026-11-19', name: 'A. Torney' } as const
    await book.executeOnPerson(one, attorney)
    expect(await represented()).toEqual([true, true])
    const [first] = await items(book, 'placementCandidates')
    expect([first?.allowed, first?.blockedBy.includes('PC-01.5.attorney')]).toEqual([false, true])
    await book.executeOnPerson(one, { type: 'ReleaseAttorney', on: '2026-11-20', because: 'ended', reason: 'wrote so' })
    const forOne = { ...attorney, on: '2026-11-20', accounts: [accounts[0] ?? ''] }
    await book.executeOnPerson(one, forOne)
    expect(await represented()).toEqual([true, false])
    await book.close()
  })
})
