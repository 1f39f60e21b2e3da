import { expect } from 'vitest'
import { type Book, type OpenOptions, presets } from '../../src/index.ts'
import { openTestBook, uuid } from './folder.ts'

// A practice that says who it is, and guarantors who may be written to.

const preset = presets.physicianPracticeMN
export const lakeside = {
  ...preset,
  profile: {
    name: 'Lakeside Physicians, P.A.',
    address: ['100 Lake Street', 'Duluth, MN 55802'],
    phone: '218-555-0100',
    website: 'https://lakeside.example/pay',
    answers: 'billing office, Monday to Friday 8 to 5',
    waysToPay: ['By card at https://lakeside.example/pay', 'By check to the address above'],
    assistancePhone: '218-555-0101',
    assistanceUrl: 'https://lakeside.example/help',
    taglines: ['ATENCIÓN: si habla español, tiene a su disposición servicios gratuitos de asistencia lingüística.'],
  },
}

/** At noon of a day in Minnesota. */
export const clockOf = (day: string) => () => new Date(`${day}T18:00:00.000Z`)

export const lakesideBook = (day: string, url = 'memory:', options: Partial<OpenOptions> = {}): Promise<Book> =>
  openTestBook(url, { practice: lakeside, clock: clockOf(day), ...options })

type Command = Parameters<Book['execute']>[1]

/** A command that must pass. */
export const does = async (book: Book, account: string, command: Command) => {
  const answer = await book.execute(account, command)
  expect(answer.ok ? [] : answer.hits, command.type).toEqual([])
  if (!answer.ok || 'nothingToDo' in answer) throw new Error(`${command.type} wrote nothing`)
  return answer
}

/** A guarantor of an account, at an address in Duluth. */
export const named = async (book: Book, account: string, person: string, name: string, on: string): Promise<void> => {
  expect(await book.openPerson({ person, name, account, on })).toMatchObject({ ok: true })
  const home = {
    type: 'RecordDatum',
    on,
    datum: 'home',
    kind: 'address',
    value: '12 Oak Avenue, Duluth, MN 55804',
  } as const
  expect(await book.executeOnPerson(person, { ...home, state: 'MN', place: 'home', source: 'person' })).toMatchObject({
    ok: true,
  })
}

/** An account of a guarantor who may be written to, n-th of the book. */
export const accountOf = async (book: Book, n: number, name: string, on: string, born = '1980-02-01') => {
  const account = uuid(n)
  await book.open({ account, on, guarantor: { name, born, state: 'MN', standing: 'confirmed' } })
  await named(book, account, uuid(n + 100), name, on)
  return account
}

export const charge = (on: string, line: string, amount: number, more: object = {}): Command => ({
  type: 'PostCharge',
  on,
  visit: 'v1',
  line,
  code: '99213',
  amount,
  ...more,
})
