import { addDays, type Day, toDay } from '@daybook/core/kernel'
import type { Payer } from './payers.ts'
import type { Random } from './random.ts'

// Nobody here lives: surnames that say so, invented given names, one street that does not exist.

const surnames = ['DEMO', 'SAMPLE', 'TEST', 'EXAMPLE', 'SPECIMEN', 'MOCK', 'FIXTURE', 'PLACEHOLDER', 'DUMMY', 'SANDBOX']
const givenNames = [
  ...['ALDRA', 'BRINN', 'CAELO', 'DARVI', 'ELOWEN', 'FENNA', 'GARRIC', 'HALDIS', 'ISOLDA', 'JORREN'],
  ...['KESTA', 'LORIC', 'MIRELA', 'NEVIN', 'ORSINA', 'PELLA', 'QUILLA', 'RONDAL', 'SERAFI', 'TAMSIN'],
  ...['ULRIC', 'VESPA', 'WENDEL', 'XANTHO', 'YORICK', 'ZEPHRA'],
]

export interface Patient {
  readonly last: string
  readonly first: string
  readonly born: Day
  readonly sex: 'F' | 'M'
  /** The parent who holds the coverage, for a child. */
  readonly subscriber?: Patient
}

/** A patient with the payers that cover them, in the order of benefits. */
export interface Insured {
  readonly patient: Patient
  readonly coverages: readonly { readonly payer: Payer; readonly memberId: string }[]
}

const anyone = (random: Random, bornFrom: string, days: number): Patient => ({
  last: random.pick(surnames),
  first: random.pick(givenNames),
  born: addDays(toDay(bornFrom), random.int(days)),
  sex: random.pick(['F', 'M'] as const),
})

export const adult = (random: Random): Patient => anyone(random, '1938-01-01', 24_000)

/** A child under eighteen in 2026, covered through a parent of the same name. */
export const minor = (random: Random): Patient => {
  const child = anyone(random, '2012-01-01', 3_000)
  return { ...child, subscriber: { ...adult(random), last: child.last, born: toDay('1984-05-05') } }
}

export const insured = (random: Random, patient: Patient, payers: readonly Payer[]): Insured => ({
  patient,
  coverages: payers.map((payer) => ({ payer, memberId: `${payer.prefix}${random.digits(9)}` })),
})

/** National Provider Identifier: nine digits and their Luhn check digit over 80840 and them (45 CFR 162.406). */
export const npi = (nine: string): string => {
  const digits = [...`80840${nine}`].reverse().map(Number)
  const sum = digits.reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return `${nine}${(10 - (sum % 10)) % 10}`
}

export const practice = { name: 'EXAMPLE FAMILY CLINIC', npi: npi('123456789'), taxId: '009999999' } as const

export const clinicians = [
  { name: 'SPECIMEN, ORLA', id: npi('199999990') },
  { name: 'PLACEHOLDER, DEWIN', id: npi('199999991') },
  { name: 'MOCK, TAVIA', id: npi('199999992') },
] as const

export const address = { lines: ['100 EXAMPLE WAY'], city: 'ANYTOWN', state: 'MN', postalCode: '00000' } as const
