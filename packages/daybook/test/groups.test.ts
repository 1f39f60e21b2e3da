import type { PersonCommandInput } from '@daybook/core/person'
import { describe, expect, it } from 'vitest'
import { personLines } from '../src/cli/text/person.ts'
import type { Book } from '../src/index.ts'
import { openTestBook, uuid } from './support/folder.ts'

// One human being with two files and two accounts, through the front door. The book's clock: 2026-11-21, 09:14 in Chicago.

const [one, two] = [uuid(1), uuid(2)]
const [account, other] = [uuid(101), uuid(102)]
const on = '2026-11-01'
const reason = 'the same birth day and address'

const withBoth = async (): Promise<Book> => {
  const book = await openTestBook('memory:')
  for (const [person, behind, value] of [
    [one, account, '612-555-0101'],
    [two, other, '612-555-0102'],
  ] as const) {
    await book.open({ account: behind, on, guarantor: { name: 'Jo Roe', state: 'MN' } })
    await book.openPerson({ person, name: 'Jo Roe', account: behind, on })
    const datum = { type: 'RecordDatum', on, source: 'person' } as const
    await does(book, person, { ...datum, datum: 'mobile', kind: 'phone', value, place: 'mobile', line: 'mobile' })
    const home = { kind: 'address', value: '1 Main St', state: 'MN', place: 'home' } as const
    await does(book, person, { ...datum, datum: 'home', ...home })
  }
  return book
}
const does = async (book: Book, person: string, command: PersonCommandInput) => {
  const answer = await book.executeOnPerson(person, command)
  expect(answer.ok ? [] : answer.hits, `${command.type} is refused`).toEqual([])
  return answer
}
const refusedBy = async (book: Book, person: string, command: PersonCommandInput): Promise<readonly string[]> => {
  const answer = await book.executeOnPerson(person, command)
  return answer.ok ? [] : answer.hits.map(({ rule }) => rule)
}
const joined = (book: Book) => does(book, one, { type: 'JudgeLikePerson', on, other: two, same: true, reason })
const mayRules = async (book: Book, about: string, by: 'call' | 'text' | 'mail') => {
  const answer = await book.may({ account: about, by })
  return [...new Set([...answer.hits, ...answer.ways.flatMap(({ hits }) => hits)].map(({ rule }) => rule))]
}
const noAnswer = { type: 'RecordCallAttempt', datum: 'mobile', outcome: 'noAnswer' } as const

describe('persons who are one human being', () => {
  it('said to be one, each page names the other; taken back, neither does, and the book is whole all the while', async () => {
    await using book = await withBoth()
    expect((await book.person(one)).sameAs).toEqual([])
    await joined(book)
    expect((await book.person(one)).sameAs).toEqual([{ person: two, name: 'Jo Roe' }])
    expect((await book.person(two)).sameAs).toEqual([{ person: one, name: 'Jo Roe' }])
    expect((await book.check()).findings).toEqual([])
    expect(
      await book.executeOnPerson(one, { type: 'JudgeLikePerson', on, other: two, same: true, reason }),
    ).toMatchObject({ ok: true, nothingToDo: true })
    const notSame = { type: 'JudgeLikePerson', on, other: one, same: false, reason: 'another' } as const
    expect(await refusedBy(book, two, notSame)).toEqual(['person.together'])
    await does(book, two, { type: 'LeaveGroup', on: '2026-11-20', reason: 'a namesake' })
    for (const person of [one, two]) expect((await book.person(person)).sameAs).toEqual([])
    expect(await refusedBy(book, two, { type: 'LeaveGroup', on: '2026-11-20', reason: 'again' })).toEqual([
      'person.alone',
    ])
    expect((await book.check()).findings).toEqual([])
  })

  it('CT-01.person CT-01 calls to either count for both by policy, for each account alone by law', async () => {
    await using book = await withBoth()
    for (const day of [15, 16, 17, 18, 19, 20]) {
      await does(book, one, { ...noAnswer, account, at: `2026-11-${day}T18:00:00.000Z` })
    }
    await does(book, two, { ...noAnswer, account: other, at: '2026-11-20T19:00:00.000Z' })
    expect(await mayRules(book, account, 'call')).toEqual([])
    await joined(book)
    expect(await mayRules(book, account, 'call')).toEqual(['CT-01.person'])
    expect(await mayRules(book, other, 'call')).toEqual(['CT-01.person'])
    // A report is recorded all the same, with what stood against it on whatever file.
    const eighth = await does(book, two, { ...noAnswer, account: other })
    expect(eighth).toMatchObject({ warnings: [{ rule: 'CT-01.person' }] })
    await does(book, two, { type: 'LeaveGroup', on: '2026-11-21', reason: 'a namesake' })
    expect(await mayRules(book, account, 'call')).toEqual([])
  })

  it('F41 CT-04 CT-05 CT-03 what one file says against contact holds for the other: a cease, an attorney, a time', async () => {
    await using book = await withBoth()
    await joined(book)
    await does(book, one, { type: 'RecordCease', on: '2026-11-20', written: true })
    expect(await mayRules(book, other, 'call')).toEqual(['CT-04'])
    expect(await mayRules(book, other, 'mail')).toEqual(['CT-04'])
    await does(book, one, { type: 'WithdrawCease', on: '2026-11-21', reason: 'wrote so' })
    await does(book, one, { type: 'RecordAttorney', on: '2026-11-20', name: 'A. Torney' })
    expect(await mayRules(book, other, 'mail')).toEqual(['CT-05'])
    const ask = await book.may({ account: other, by: 'mail', with: 'attorney' })
    expect(ask).toMatchObject({ allowed: true, attorneys: [{ name: 'A. Torney' }] })
    await does(book, one, { type: 'ReleaseAttorney', on: '2026-11-21', because: 'ended', reason: 'wrote so' })
    const early = { kind: 'time', from: 480, until: 600 } as const
    await does(book, one, { type: 'DeclareInconvenience', on: '2026-11-20', what: early })
    expect(await mayRules(book, other, 'call')).toEqual(['CT-03.declared'])
  })

  it('CT-05 an attorney for one account is one in that matter alone, of whatever file', async () => {
    await using book = await withBoth()
    await joined(book)
    await does(book, one, { type: 'RecordAttorney', on: '2026-11-20', name: 'A. Torney', accounts: [account] })
    expect(await mayRules(book, account, 'call')).toEqual(['CT-05'])
    expect(await mayRules(book, other, 'call')).toEqual([])
  })

  it('CT-06 a revocation counts at the same number of either file; a consent stands on its own', async () => {
    await using book = await withBoth()
    const shared = { type: 'RecordDatum', on, datum: 'shared', kind: 'phone', value: '612-555-0109' } as const
    for (const person of [one, two]) {
      await does(book, person, { ...shared, place: 'mobile', line: 'mobile', source: 'person' })
    }
    const agreed = {
      type: 'GrantConsent',
      on: '2026-11-02',
      datum: 'shared',
      channel: 'text',
      scope: 'billing',
    } as const
    await does(book, one, { ...agreed, source: 'form' })
    await joined(book)
    const texted = async (about: string) => {
      const { ways } = await book.may({ account: about, by: 'text', datum: 'shared' })
      return ways.flatMap(({ hits }) => hits.map(({ rule }) => rule))
    }
    expect(await texted(account)).toEqual([])
    expect(await texted(other)).toEqual(['CT-06'])
    await does(book, two, { ...agreed, source: 'form' })
    expect(await texted(other)).toEqual([])
    const stop = {
      type: 'RevokeConsent',
      on: '2026-11-20',
      datum: 'shared',
      channel: 'text',
      scope: 'billing',
    } as const
    await does(book, two, { ...stop, means: 'stopWord' })
    expect(await texted(account)).toEqual(['CT-06', 'CT-07.policy'])
  })

  it('CT-03 where the files say that they live in two places, the hour is lawful in both', async () => {
    await using book = await withBoth()
    const away = { type: 'RecordDatum', on, datum: 'away', kind: 'address', value: '2 Shore Rd', state: 'HI' } as const
    await does(book, two, { ...away, place: 'other', source: 'ncoa' })
    // 09:14 in Minneapolis, 05:14 in Honolulu.
    expect(await mayRules(book, account, 'call')).toEqual([])
    await joined(book)
    const asked = await book.may({ account, by: 'call' })
    expect(asked).toMatchObject({ allowed: false, earliest: '2026-11-21T18:00:00.000Z' })
    expect(asked.ways[0]?.zones.map(({ zone }) => zone)).toEqual(['America/Chicago', 'Pacific/Honolulu'])
  })

  it('F37 PR-03 who asked on one file to be reached in one way alone is reached on the other by the same alone', async () => {
    await using book = await withBoth()
    await joined(book)
    await does(book, one, { type: 'SetConfidentialChannel', on: '2026-11-20', datum: 'home' })
    expect(await mayRules(book, other, 'call')).toEqual(['PR-03'])
    expect(await mayRules(book, other, 'mail')).toEqual([])
  })

  it('a third is one with both; of two groups nobody is taken by another', async () => {
    await using book = await withBoth()
    await joined(book)
    for (const n of [3, 4]) await book.openPerson({ person: uuid(n), name: 'Jo Roe', on })
    await does(book, uuid(3), { type: 'JudgeLikePerson', on, other: uuid(4), same: true, reason })
    const across = { type: 'JudgeLikePerson', on, other: two, same: true, reason } as const
    expect(await refusedBy(book, uuid(3), across)).toEqual(['person.anotherGroup'])
    await does(book, uuid(3), { type: 'LeaveGroup', on, reason: 'a namesake' })
    await does(book, uuid(3), across)
    expect((await book.person(one)).sameAs.map(({ person }) => person).toSorted()).toEqual([two, uuid(3)])
    expect(await refusedBy(book, one, { ...across, other: one })).toEqual(['person.self'])
    expect(await refusedBy(book, one, { ...across, other: uuid(9) })).toEqual(['person.unknown'])
    expect((await book.check()).findings).toEqual([])
  })

  it('a hint is on a list until somebody has said whether they are one', async () => {
    await using book = await withBoth()
    await does(book, one, { type: 'HintLikePerson', on, other: two, by: ['nameAndBirth'] })
    const { items } = await book.worklist({ queue: 'samePersons' })
    expect(items).toMatchObject([
      { subject: two, person: one, reasons: [`person ${two} may be the same, by name and birth`] },
    ])
    expect(personLines(await book.person(one)).join('\n')).toContain(`person ${two}, by nameAndBirth`)
    await does(book, one, { type: 'JudgeLikePerson', on, other: two, same: false, reason: 'father and son' })
    expect((await book.worklist({ queue: 'samePersons' })).items).toEqual([])
    expect(await book.executeOnPerson(one, { type: 'HintLikePerson', on, other: two, by: ['phone'] })).toMatchObject({
      nothingToDo: true,
    })
  })
})
