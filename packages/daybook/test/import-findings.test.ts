import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importLines } from '../src/cli/text/import.ts'
import { type Book, type ImportReport, openDaybook } from '../src/index.ts'
import { openTestBook, testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()
/** What the first claim says in CLP05. */
const PR = 'CAS*PR*3*20.00'
const take = (book: Book, name: string, ...adjustments: readonly string[]) =>
  book.importPaths([write(folder, name, remittanceText({ adjustments }))], { openMissing: true })
const only = ({ files }: ImportReport) => {
  const [transaction] = files.flatMap(({ transactions }) => transactions)
  if (!transaction) throw new Error('no transaction')
  return transaction
}
const lines = (report: ImportReport) => importLines(report).filter((line) => line.trimStart().startsWith('finding'))

/** 120 claims of 50.00, each with an adjustment of its own code. */
const manyClaims = (carc: (n: number) => string): readonly string[] =>
  Array.from({ length: 120 }, (_, n) => [
    `CLP*W${n}*1*90.00*50.00*0.00*12*ICN${n}*11*1`,
    `NM1*QC*1*POE*PAT****MI*W${n}`,
    'SVC*HC:99212*90.00*50.00**1',
    'DTM*472*20261016',
    `CAS*CO*${carc(n)}*40.00`,
  ]).flat()

it('AR-08: a group that the code list does not admit is in the report, with the claim and the codes', async () => {
  await using book = await openTestBook()
  const report = await take(book, 'ar-08.835', 'CAS*CO*85*30.00', 'CAS*CO*45*50.00', PR)
  const such = [{ claims: [1], patientControlNumber: 'V1' }]
  expect(only(report)).toMatchObject({
    outcome: 'posted',
    findings: {
      count: 2,
      kinds: [
        { message: 'unlisted: CO-85: PR was due', count: 1, such },
        { message: 'AR-08: CO-85: the group must be PR', count: 1, such },
      ],
    },
  })
  expect(report.totals.findings).toBe(2)
  expect(lines(report)).toEqual([
    '  finding  1 claim, V1: unlisted: CO-85: PR was due',
    '  finding  1 claim, V1: AR-08: CO-85: the group must be PR',
  ])
})

it('clarification 7: a group and a reason code in no row of the table are in the report', async () => {
  await using book = await openTestBook()
  const report = await take(book, 'unlisted.835', 'CAS*XX*253*30.00', 'CAS*CO*999*50.00', PR)
  expect(only(report).findings.kinds.map(({ message }) => message)).toEqual([
    'unlisted: XX-253: XX is no group of the code list',
    'unlisted: CO-999: 999 is in no row of the table',
  ])
})

it('what is the same on several claims is told once, with their number', async () => {
  await using book = await openTestBook()
  const one = await take(book, 'one.835', 'CAS*CO*999*80.00', PR)
  const text = remittanceText({ adjustments: ['CAS*CO*999*80.00', PR] })
    .replace('TRACE0001', 'TRACE0002')
    .replaceAll('V1', 'V3')
    .replaceAll('V2', 'V4')
    .replaceAll('PCN', 'SECOND')
  const two = await book.importPaths([write(folder, 'two.835', text)], { openMissing: true })
  const both: ImportReport = { files: [...one.files, ...two.files], totals: one.totals }
  expect(lines(both)).toEqual(['  finding  2 claims, such as V1: unlisted: CO-999: 999 is in no row of the table'])
})

it('CLP05: a stated patient responsibility that the adjustments do not bear out is told with the difference', async () => {
  await using book = await openTestBook()
  const report = await take(book, 'b5.835', 'CAS*CO*45*90.00', 'CAS*PR*3*10.00')
  expect(only(report).findings.kinds.map(({ message }) => message)).toEqual([
    'B5: the claim: patient responsibility (CLP05) is not the sum of its PR adjustments: 10.00 off',
  ])
})

it('one mistake throughout an advice is one line, with all its claims counted and ten of them named', async () => {
  await using book = await openTestBook()
  const text = remittanceText({ adjustments: ['CAS*CO*45*80.00', PR], paid: '6150.00', more: manyClaims(() => 'Z9') })
  const report = await book.importPaths([write(folder, 'throughout.835', text)], { openMissing: true })
  expect(only(report).findings).toMatchObject({ count: 120, kinds: [{ count: 120 }] })
  expect(only(report).findings.kinds[0]?.such).toHaveLength(10)
  expect(lines(report)).toEqual(['  finding  120 claims, such as W0: unlisted: CO-Z9: Z9 is in no row of the table'])
})

it('an advice of many findings counts all, lists the first hundred kinds and says how many are left', async () => {
  await using book = await openTestBook()
  const claims = manyClaims((n) => `Z${String(n).padStart(3, '0')}`)
  const text = remittanceText({ adjustments: ['CAS*CO*45*80.00', PR], paid: '6150.00', more: claims })
  const report = await book.importPaths([write(folder, 'many.835', text)], { openMissing: true })
  expect(only(report).outcome).toBe('posted')
  expect(only(report).findings.count).toBe(120)
  expect(only(report).findings.kinds).toHaveLength(100)
  expect(lines(report).slice(-2)).toEqual([
    '  finding  1 claim, W9: unlisted: CO-Z009: Z009 is in no row of the table',
    '  finding  and 90 more   → --json lists them, the history of the remittance tells all',
  ])
})

it('an advice without findings has none, and what stands in the book already is not told again', async () => {
  await using clean = await openTestBook()
  const report = await take(clean, 'clean.835', 'CAS*CO*45*80.00', PR)
  expect(only(report).findings).toEqual({ count: 0, kinds: [] })
  await using book = await openTestBook()
  expect(only(await take(book, 'noted.835', 'CAS*CO*999*80.00', PR)).findings.count).toBe(1)
  expect(only(await take(book, 'noted-again.835', 'CAS*CO*999*80.00', PR)).findings.count).toBe(0)
})

it('the findings of a claim stay with its remittance: its history tells them', async () => {
  const url = `sqlite:${join(folder, 'kept.db')}`
  const first = await openTestBook(url)
  const { remittance } = only(await take(first, 'kept.835', 'CAS*XX*253*80.00', PR))
  await first.close()
  await using book = await openDaybook(url, { actor: 'anna' })
  const history = await book.history(remittance ?? '')
  expect(history.events.map(({ what }) => what).join('\n')).toContain('XX is no group of the code list')
})
