import type { PersonCommandInput } from '@daybook/core/person'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { openTestBook, uuid } from './support/folder.ts'

// Persons who look like one human being are found by the run of the day, with what says so; a person says what they are
// (decision 0028). The book's clock: 2026-11-21.

const on = '2026-11-01'
const [one, two, three] = [uuid(1), uuid(2), uuid(3)]

interface Somebody {
  readonly name?: string
  readonly born?: string
  readonly phone?: string
  readonly email?: string
}

/** A person behind an account of their own; the birth day stands on the account. */
const add = async (book: Book, n: number, { name = 'Jo Roe', born, phone, email }: Somebody): Promise<void> => {
  const [person, account] = [uuid(n), uuid(100 + n)]
  await book.open({ account, on, guarantor: { name, ...(born ? { born } : {}), state: 'MN' } })
  await book.openPerson({ person, name, account, on })
  const datum = { type: 'RecordDatum', on, source: 'person' } as const
  if (phone) await does(book, person, { ...datum, datum: 'tel', kind: 'phone', value: phone, place: 'home' })
  if (email) await does(book, person, { ...datum, datum: 'mail', kind: 'email', value: email, place: 'home' })
}
const does = async (book: Book, person: string, command: PersonCommandInput) => {
  const answer = await book.executeOnPerson(person, command)
  expect(answer.ok ? [] : answer.hits, `${command.type} is refused`).toEqual([])
}
/** What the run of the day finds of two people, in words of the worklist. */
const foundOf = async (a: Somebody, b: Somebody): Promise<readonly string[]> => {
  await using book = await openTestBook('memory:')
  await add(book, 1, a)
  await add(book, 2, b)
  await book.day()
  const { items } = await book.worklist({ queue: 'samePersons' })
  return items.flatMap(({ reasons }) => reasons.map((reason) => reason.replace(/^.*by /, '')))
}

describe('persons who look alike', () => {
  it.each<[string, Somebody, Somebody, string[]]>([
    ['one name and one birth day', { born: '1980-02-01' }, { name: 'Roe, Jo', born: '1980-02-01' }, ['name and birth']],
    [
      'one phone and one birth day, whatever the names: somebody married',
      { born: '1980-02-01', phone: '218-555-0104' },
      { name: 'Jo Doe', born: '1980-02-01', phone: '(218) 555-0104' },
      ['birth and phone'],
    ],
    [
      'one e-mail and one name, where one birth day is not known',
      { born: '1980-02-01', email: 'jo@example.com' },
      { email: 'JO@example.com' },
      ['name and email'],
    ],
    [
      'all of it',
      { born: '1980-02-01', phone: '218-555-0104', email: 'jo@example.com' },
      { born: '1980-02-01', phone: '218-555-0104', email: 'jo@example.com' },
      ['name and birth and phone and email'],
    ],
    ['a name alone says nothing', {}, {}, []],
    ['nor does a phone: a family has one', { phone: '218-555-0104' }, { name: 'Pat Roe', phone: '218-555-0104' }, []],
    [
      'nor a birth day alone: an account knows both',
      { born: '1980-02-01' },
      { name: 'Pat Poe', born: '1980-02-01' },
      [],
    ],
    [
      'two birth days are two people, father and son of one name and phone',
      { born: '1950-02-01', phone: '218-555-0104' },
      { born: '1980-02-01', phone: '218-555-0104' },
      [],
    ],
  ])('%s', async (_, a, b, found) => {
    expect(await foundOf(a, b)).toEqual(found)
  })

  it('are told of once: run twice nothing is written twice, and the file and the page of both say it', async () => {
    await using book = await openTestBook('memory:')
    for (const n of [1, 2, 3]) await add(book, n, { born: '1980-02-01' })
    const dry = await book.day({ dryRun: true })
    expect(dry).toMatchObject({ likenesses: 3 })
    expect((await book.worklist({ queue: 'samePersons' })).items).toEqual([])
    const first = await book.day()
    expect(first.steps.map(({ person, outcome, events }) => [person, outcome, events])).toEqual([
      [two, 'done', ['PersonLikenessHinted']],
      [three, 'done', ['PersonLikenessHinted']],
      [three, 'done', ['PersonLikenessHinted']],
    ])
    expect(await book.day()).toMatchObject({ likenesses: 0, steps: [] })
    expect((await book.worklist({ queue: 'samePersons' })).items).toHaveLength(3)
    expect((await book.check()).findings).toEqual([])
  })

  it('refused once it is not told again; said to be one and undone, it is not told again either', async () => {
    await using book = await openTestBook('memory:')
    for (const n of [1, 2]) await add(book, n, { born: '1980-02-01' })
    await book.day()
    const judged = { type: 'JudgeLikePerson', on: '2026-11-21', other: two, reason: 'asked both' } as const
    await does(book, one, { ...judged, same: true })
    expect((await book.worklist({ queue: 'samePersons' })).items).toEqual([])
    expect((await book.person(one)).sameAs.map(({ person }) => person)).toEqual([two])
    await does(book, one, { type: 'LeaveGroup', on: '2026-11-21', reason: 'namesakes born on one day' })
    expect(await book.day()).toMatchObject({ likenesses: 0 })
    expect((await book.worklist({ queue: 'samePersons' })).items).toEqual([])
    await add(book, 3, { born: '1980-02-01' })
    expect(await book.day()).toMatchObject({ likenesses: 2 })
    await does(book, three, { ...judged, other: one, same: false })
    await does(book, three, { ...judged, same: false })
    expect(await book.day()).toMatchObject({ likenesses: 0 })
    expect((await book.worklist({ queue: 'samePersons' })).items).toEqual([])
  })

  it('a number that was wrong, or is used no more, says nothing of anybody', async () => {
    await using book = await openTestBook('memory:')
    for (const n of [1, 2]) await add(book, n, { phone: '218-555-0104' })
    await does(book, one, { type: 'RetireDatum', on, datum: 'tel', because: 'wrongNumber' })
    expect(await book.day()).toMatchObject({ likenesses: 0 })
  })

  it('nothing of anybody stands in the report but ids', async () => {
    await using book = await openTestBook('memory:')
    for (const n of [1, 2]) await add(book, n, { born: '1980-02-01', phone: '218-555-0104' })
    const said = JSON.stringify((await book.day()).steps)
    for (const secret of ['Roe', '1980', '0104']) expect(said).not.toContain(secret)
  })
})
