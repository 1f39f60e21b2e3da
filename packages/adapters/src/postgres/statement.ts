import { hash } from 'node:crypto'

/** What a statement may be given: arrays stand for columns of many rows. */
export type Value = string | number | boolean | null | readonly (string | number | boolean | null)[]

/** A statement that each session prepares once, by its name. */
export interface Statement {
  readonly name: string
  readonly text: string
}

export const statement = (text: string): Statement => ({
  name: `daybook_${hash('sha1', text, 'hex').slice(0, 24)}`,
  text,
})

/** A call of one of our functions, with its parameters as it declares them: names and types. */
export const call = (name: string, parameters: string): Statement => {
  const given = parameters.split(',').map((parameter) => parameter.trim().split(' ').slice(1).join(' '))
  return statement(`SELECT * FROM daybook.${name}(${given.map((type, index) => `$${index + 1}::${type}`).join(', ')})`)
}

/** Many rows go as a column of each of their values. */
export const column = <Row>(rows: readonly Row[], value: (row: Row) => string | number | boolean): Value =>
  rows.map(value)

/** Oids of the types that come back as numbers or truth values; all else is text, as the server writes it. */
const BOOLEAN = 16
const numbers = new Set([20, 21, 23, 1700])

/** A number is stored that JavaScript can not hold: no Daybook wrote it. */
export class StoredNumber extends Error {}

/** @throws StoredNumber */
const toNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new StoredNumber('a stored number is beyond 2^53')
  return value
}
const asItIs = (text: string): string => text

/** How values come back; `textGiven`: what is made of a text. */
export const typesWith = (textGiven: (text: string) => string = asItIs) => ({
  getTypeParser: (oid: number) =>
    oid === BOOLEAN ? (text: string) => text === 't' : numbers.has(oid) ? toNumber : textGiven,
})
