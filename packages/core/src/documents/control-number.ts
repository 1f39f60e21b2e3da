// Control numbers of claims (CLM01, CLP01) as they are compared: postings.md, clarification 25.

/** A payer need not return more of CLM01 than so many characters (835 TR3, CLP01). */
const RETURNED = 20

const none: ReadonlySet<string> = new Set(['NA', 'N/A', 'NONE', 'UNKNOWN'])

/** A number as it is compared: trimmed, in capitals. */
export const foldedNumber = (number: string): string => number.trim().toUpperCase()

/** Whether it is a number at all: not blank, zeros only, without letter and digit, or a word for none. */
export const isNumber = (number: string): boolean => {
  const folded = foldedNumber(number)
  return /[\p{L}\p{N}]/u.test(folded) && !/^[0\W_]*$/.test(folded) && !none.has(folded)
}

/** A number of an advice as decisions keep it: 0, by which payers say that they have none, where there is none at all. */
export const keptNumber = (number: string): string => (number === '' ? '0' : number)

/** What all numbers have in common that may be one: as much as a payer must return. */
export const stemOf = (number: string): string => foldedNumber(number).slice(0, RETURNED).trimEnd()

/** Longer than what a payer must return. */
export const isLong = (number: string): boolean => foldedNumber(number).length > RETURNED

/** Equal whole, or one of them is what a payer returned of the other. What is no number equals none. */
export const isSameNumber = (a: string, b: string): boolean =>
  isNumber(a) &&
  isNumber(b) &&
  stemOf(a) === stemOf(b) &&
  !(isLong(a) && isLong(b) && foldedNumber(a) !== foldedNumber(b))
