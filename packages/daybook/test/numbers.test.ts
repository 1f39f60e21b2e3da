import type { PersonCommandInput } from '@daybook/core/person'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { openTestBook, uuid } from './support/folder.ts'

// What was said of a number is said of the number, whatever datum of whatever file it stands in (reference §4.5: consents
// are kept by channel, number and scope). The book's clock: 2026-11-21, 09:14 in Chicago.

const on = '2026-11-01'
const persons = [uuid(1), uuid(2), uuid(3)] as const
const accounts = [uuid(101), uuid(102), uuid(103)] as const
const [one, two, three] = persons
const [account, other, third] = accounts

const does = async (book: Book, person: string, command: PersonCommandInput): Promise<void> => {
  const answer = await book.executeOnPerson(person, command)
  expect(answer.ok ? [] : answer.hits, `${command.type} is refused`).toEqual([])
}

const phone = async (book: Book, person: string, datum: string, value = '612-555-0109') => {
  const number = { datum, kind: 'phone', value, place: 'mobile', line: 'mobile' } as const
  await does(book, person, { type: 'RecordDatum', on, ...number, source: 'person' })
  await does(book, person, { type: 'ConfirmDatum', on: '2026-11-20', datum, by: 'used' })
}

/** Three files, each with the same number. */
const threeFiles = async (): Promise<Book> => {
  const book = await openTestBook('memory:')
  for (const [n, person] of persons.entries()) {
    const behind = accounts[n] ?? account
    await book.open({ account: behind, on, guarantor: { name: 'Jo Roe', state: 'MN' } })
    await book.openPerson({ person, name: 'Jo Roe', account: behind, on })
    await phone(book, person, 'mobile')
    const home = { datum: 'home', kind: 'address', value: '1 Main St', state: 'MN', place: 'home' } as const
    await does(book, person, { type: 'RecordDatum', on, ...home, source: 'person' })
  }
  return book
}

const joined = async (book: Book): Promise<void> => {
  for (const with_ of [two, three]) {
    await does(book, one, { type: 'JudgeLikePerson', on, other: with_, same: true, reason: 'the same number' })
  }
}

const hitsOf = async (book: Book, about: string, by: 'call' | 'text' | 'email', datum = 'mobile') => {
  const { ways, hits } = await book.may({ account: about, by, datum })
  return [...hits, ...ways.flatMap((way) => way.hits)].map(({ rule }) => rule)
}

const grants = (day: string, datum = 'mobile') =>
  ({ type: 'GrantConsent', on: day, datum, channel: 'text', scope: 'billing', source: 'form' }) as const
const revokes = (day: string, channel: 'text' | 'call', datum = 'mobile') =>
  ({ type: 'RevokeConsent', on: day, datum, channel, scope: 'billing', means: 'stopWord' }) as const

describe('what was said of a number', () => {
  it('year-1 CT-03.medium who wants no calls to a number is not called there, though it came on file once more', async () => {
    await using book = await threeFiles()
    await does(book, one, revokes('2026-11-10', 'call'))
    await does(book, one, { type: 'RetireDatum', on: '2026-11-11', datum: 'mobile', because: 'mistake' })
    await phone(book, one, 'again')
    expect(await hitsOf(book, account, 'call', 'again')).toEqual(['CT-03.medium'])
  })

  it('year-1 CT-06 a number that was found anew has no consent of the time before; one that is agreed to there has', async () => {
    await using book = await threeFiles()
    await does(book, one, grants('2026-11-10'))
    await phone(book, one, 'again')
    expect(await hitsOf(book, account, 'text')).toEqual([])
    expect(await hitsOf(book, account, 'text', 'again')).toEqual(['CT-06'])
    await does(book, one, revokes('2026-11-12', 'text'))
    await does(book, one, grants('2026-11-13', 'again'))
    expect(await hitsOf(book, account, 'text', 'again')).toEqual([])
    expect(await hitsOf(book, account, 'text')).toEqual(['CT-06'])
  })

  it('year-1 CT-03.medium what one file says of a number holds for each datum of the other that has it', async () => {
    await using book = await threeFiles()
    await phone(book, one, 'again')
    await joined(book)
    await does(book, two, revokes('2026-11-10', 'call'))
    expect(await hitsOf(book, account, 'call')).toEqual(['CT-03.medium'])
    expect(await hitsOf(book, account, 'call', 'again')).toEqual(['CT-03.medium'])
  })

  it('year-2 CT-06 CT-07.policy a consent on one file is none on another, and ends a STOP at its number for messages of its own', async () => {
    await using book = await threeFiles()
    await joined(book)
    await does(book, one, grants('2026-11-02'))
    await does(book, two, revokes('2026-11-10', 'text'))
    expect(await hitsOf(book, account, 'text')).toEqual(['CT-06', 'CT-07.policy'])
    await does(book, three, grants('2026-11-12'))
    // At the number they have agreed to it again (§4.5), but not for this account since they took it back.
    expect(await hitsOf(book, account, 'text')).toEqual(['CT-06'])
    expect(await hitsOf(book, third, 'text')).toEqual([])
    await does(book, one, grants('2026-11-13'))
    expect(await hitsOf(book, account, 'text')).toEqual([])
    await does(book, two, grants('2026-11-14'))
    expect(await hitsOf(book, account, 'text')).toEqual([])
    expect(await hitsOf(book, other, 'text')).toEqual([])
  })

  it('year-3 PR-03 of two files that name a confidential channel on one day the later word is the last', async () => {
    await using book = await threeFiles()
    await joined(book)
    const set = { type: 'SetConfidentialChannel', on: '2026-11-20' } as const
    await does(book, one, { ...set, datum: 'mobile', at: '2026-11-20T20:00:00.000Z' })
    await does(book, two, { ...set, datum: 'home', at: '2026-11-20T16:00:00.000Z' })
    expect(await hitsOf(book, account, 'call')).toEqual([])
    expect(await hitsOf(book, other, 'call')).toEqual([])
  })

  it('year-3 PR-03 the channel that was agreed on is the number, by whatever datum it is used', async () => {
    await using book = await threeFiles()
    await phone(book, one, 'again')
    await phone(book, one, 'work', '612-555-0111')
    await does(book, one, { type: 'SetConfidentialChannel', on: '2026-11-20', datum: 'mobile' })
    expect(await hitsOf(book, account, 'call', 'again')).toEqual([])
    expect(await hitsOf(book, account, 'call', 'work')).toEqual(['PR-03'])
  })

  it('year-4 CT-01 a call to the person’s own number is one to them, whoever is said to have been reached', async () => {
    await using book = await threeFiles()
    await does(book, one, { type: 'RecordAttorney', on, name: 'A. Torney' })
    const call = { type: 'RecordCallAttempt', account, outcome: 'noAnswer', with: 'attorney' } as const
    for (const day of [15, 16, 17, 18, 19, 20, 21]) {
      const at = `2026-11-${day}T15:00:00.000Z`
      const said = await book.executeOnPerson(one, { ...call, datum: 'mobile', at })
      expect(said).toMatchObject({ ok: true, warnings: [{ rule: 'contact.attorneyElsewhere' }] })
      expect(await book.executeOnPerson(one, { ...call, at })).toMatchObject({ ok: true, warnings: [] })
    }
    await does(book, one, { type: 'ReleaseAttorney', on: '2026-11-21', because: 'ended', reason: 'the matter is over' })
    expect(await hitsOf(book, account, 'call')).toEqual(['CT-01', 'CT-01.person'])
  })
})
