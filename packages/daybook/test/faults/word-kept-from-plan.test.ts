import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Book } from '../../src/index.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'

// Kind “the payer's word”: a claim for lines that the patient keeps from the plan (45 CFR 164.522(a)(1)(vi)).

const folder = testFolder()
const claim = readFileSync(new URL('edi/j-member-id-suffix-1.edi', import.meta.url), 'utf8')
const day = '2025-02-03'

const charged = async (book: Book) => {
  const account = uuid(1)
  await book.open({ account, guarantor: { name: 'Quinn Testerly', born: '1980-01-01' }, on: day })
  const person = { patient: 'p1', last: 'Testerly', first: 'Quinn', born: '1980-01-01' } as const
  await book.execute(account, { type: 'RegisterPatient', on: day, relationshipToGuarantor: 'self', ...person })
  const payer = { payer: '990011223', payerName: 'BLUE HERON HEALTH', memberId: 'MBR0001', filingIndicator: 'CI' }
  await book.execute(account, { type: 'AddCoverage', on: day, coverage: 'c1', ...payer })
  await book.execute(account, { type: 'OpenVisit', on: day, visit: 'v1', patient: 'p1', patientControlNumber: 'J1' })
  const charge = { visit: 'v1', line: 'l1', code: '99213', amount: 10_000 } as const
  expect(await book.execute(account, { type: 'PostCharge', on: day, ...charge })).toMatchObject({ ok: true })
  return account
}
const elect = { type: 'ElectSelfPay', on: day, visit: 'v1', agreedOn: day, reference: 'form 7' } as const
const send = async (book: Book, name: string, text = claim) => {
  const { files } = await book.importPaths([write(folder, `${name}.edi`, text)], {})
  return files.flatMap(({ transactions }) => transactions)
}
const work = async (book: Book) =>
  (await book.worklist({ queue: 'claimWork' })).items.map(({ reasons }) => reasons[0] ?? '')

it('word: an 837 for lines that the patient keeps from the plan is recorded, told, and work', async () => {
  await using book = await openTestBook()
  const account = await charged(book)
  expect(await book.execute(account, elect)).toMatchObject({ ok: true })
  const [told] = await send(book, 'kept')
  expect(JSON.stringify(told)).toContain('keeps from the plan (45 CFR 164.522(a)(1)(vi))')
  expect(await work(book)).toEqual([expect.stringContaining('keeps from the plan')])
})

it('word: an 837 of other lines, or after the election has ended, is not', async () => {
  await using book = await openTestBook()
  const account = await charged(book)
  const outcome = await book.execute(account, { ...elect, election: 'e1' })
  expect(outcome).toMatchObject({ ok: true })
  await book.execute(account, { type: 'EndSelfPay', on: day, election: 'e1', reason: 'asked' })
  await send(book, 'free')
  expect(await work(book)).toEqual([])
})
