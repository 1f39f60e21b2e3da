import type { Random } from '../../../../../bench/practice/random.ts'

// Who owes the practice something: invented people in six time zones, some of whom answer for two accounts.

/** Where people live, and an area code from there: a state of two zones is among them. */
export const towns = [
  { state: 'MN', code: '612', town: 'Minneapolis' },
  { state: 'IL', code: '312', town: 'Chicago' },
  { state: 'NY', code: '212', town: 'New York' },
  { state: 'MA', code: '617', town: 'Boston' },
  { state: 'CO', code: '303', town: 'Denver' },
  { state: 'AZ', code: '602', town: 'Phoenix' },
  { state: 'CA', code: '415', town: 'San Francisco' },
  { state: 'HI', code: '808', town: 'Honolulu' },
] as const
export type Town = (typeof towns)[number]

/** Phone numbers that are kept for stories: 555-0100 to 555-0199. */
export const numberIn = ({ code }: Town, random: Random): string => `${code}5550${random.between(100, 199)}`

export interface Kept {
  readonly datum: string
  readonly kind: 'phone' | 'email' | 'address'
}

/** Somebody who answers for accounts, as the generator of the year remembers them: what is on file, and what is open. */
export interface Owing {
  readonly person: string
  readonly name: string
  readonly born: string
  town: Town
  readonly accounts: Account[]
  readonly data: Kept[]
  readonly windows: string[]
  readonly spokespersons: { readonly spokesperson: string; readonly as: 'spouse' | 'guardian' }[]
  /** The mobile number, which all files of one human being may have. */
  readonly mobile: string
  readonly human: Human
}

/** A human being, and the files that the book has of them: somebody may be in it as several persons. */
export interface Human {
  /** Of all humans of the year. */
  readonly n: number
  readonly files: Owing[]
}

export interface Account {
  readonly account: string
  /** Lines that were charged, with what was. */
  readonly lines: { readonly line: string; readonly amount: number }[]
}

const surnames = ['Sample', 'Example', 'Muster', 'Nobody', 'Fixture', 'Placeholder', 'Specimen', 'Dummy'] as const
const given = ['Ann', 'Bo', 'Cy', 'Dee', 'Eli', 'Fay', 'Gus', 'Ida', 'Jo', 'Kit', 'Lou', 'Max', 'Nan', 'Pat'] as const

const id = (n: number): string => `0197ab12-0000-7000-8000-${String(n).padStart(12, '0')}`

/** The n-th of the people; every eighth answers for two accounts. */
export const owing = (n: number, random: Random): Owing => {
  const town = random.pick(towns)
  const who: Owing = {
    person: id(1_000_000 + n),
    name: `${random.pick(given)} ${random.pick(surnames)}`,
    born: `19${random.between(40, 99)}-0${random.between(1, 9)}-1${random.between(0, 9)}`,
    town,
    mobile: numberIn(town, random),
    ...nothingYet(),
    human: { n, files: [] },
  }
  who.human.files.push(who)
  return who
}

const nothingYet = () => ({ accounts: [], data: [], windows: [], spokespersons: [] })

/** The same human being, whom another desk has opened once more. */
export const owingAgain = (who: Owing, n: number): Owing => {
  const again: Owing = { ...who, ...nothingYet(), person: id(1_000_000 + n) }
  who.human.files.push(again)
  return again
}

/** The n-th child whose parent answers for an account. */
export const childOf = ({ name }: Owing, n: number) => ({
  person: id(2_000_000 + n),
  name: `Little ${name.split(' ')[1]}`,
  born: '2016-05-14',
})

/** The n-th account of the practice. */
export const accountOf = (n: number): Account => ({ account: id(n), lines: [] })
