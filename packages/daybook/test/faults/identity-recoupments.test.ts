import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Book } from '../../src/index.ts'
import { openTestBook, testFolder, write } from '../support/folder.ts'

// Faults of kind “whose visit, whose claim”: what a PLB reference names (clarification 32).

const folder = testFolder()
const textOf = (n: number): string => readFileSync(new URL(`edi/rfi2370-wo-ref-a-${n}.edi`, import.meta.url), 'utf8')

let made = 0
const take = (book: Book, text: string) => {
  made += 1
  return book.importPaths([write(folder, `r${made}.edi`, text)], { openMissing: true })
}

const recoupments = async (book: Book) =>
  (await book.worklist()).items.filter(({ queue }) => queue === 'recoupments').map(({ reasons }) => reasons[0])

const left = 'PLB*1447700011*20251231*WO:FI1*-500'
const taken = 'WO:F1 FI1 G1*500'

it.each([
  ['our number, the payer’s, and the trace', 'F1 FI1 G1', 'FI1'],
  ['the payer’s number and the member id', 'FI1 MBR0001', 'FI1'],
  ['our number alone', 'F1', 'FI1'],
  ['punctuation between them', 'MBR0001-FI1', 'FI1'],
  ['the trace alone', 'G1', 'FI1'],
  ['the same in both, with more than the number', 'FI1 MBR0001', 'FI1 MBR0001'],
  ['the number alone where the first said more', 'FI1', 'F1 FI1 G1'],
])('identity-11 a recoupment is tied to what was put off: %s', async (_, reference, first) => {
  await using book = await openTestBook()
  await take(book, textOf(1))
  await take(book, textOf(2).replace(left, left.replace('WO:FI1', `WO:${first}`)))
  expect(await recoupments(book)).toHaveLength(1)
  await take(book, textOf(3).replace(taken, `WO:${reference}*500`))
  expect(await recoupments(book)).toEqual([])
  expect((await book.check()).findings).toEqual([])
})

it('identity-11 the member id alone ties nothing: two claims of one patient have it', async () => {
  await using book = await openTestBook()
  for (const n of [1, 2]) await take(book, textOf(n))
  await take(book, textOf(3).replace(taken, 'WO:MBR0001*500'))
  expect(await recoupments(book)).toHaveLength(2)
})

it.each([
  ['the payer’s number alone', 'FI1'],
  ['the payer’s number and the member id', 'FI1 MBR0001'],
  ['our number alone', 'F1'],
  ['our number and the member id', 'F1 MBR0001'],
])('identity-11 what is taken before its reversal comes is tied to it then: %s', async (_, reference) => {
  await using book = await openTestBook()
  await take(book, textOf(1))
  await take(book, textOf(3).replace(taken, `WO:${reference}*500`))
  expect(await recoupments(book)).toHaveLength(1)
  await take(book, textOf(2))
  expect(await recoupments(book)).toEqual([])
  expect((await book.check()).findings).toEqual([])
})
