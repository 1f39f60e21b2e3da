import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openTestBook, testFolder, write } from '../support/folder.ts'

// Faults of kind “whom, and what can not be” that a claim brings.

const folder = testFolder()
const icd9 = readFileSync(new URL('edi/icd9-2026.edi', import.meta.url), 'utf8')

const old = 'diagnoses (HI BK) are coded in ICD-9; services of these days are coded in ICD-10, since 2015-10-01'
const early = 'diagnoses (HI ABK) are coded in ICD-10; services of these days are coded in ICD-9, before 2015-10-01'
const on = (day: string) => icd9.replace('DTP*472*D8*20260203', `DTP*472*${day}`)

it.each([
  ['ICD-9 for a service of 2026', icd9, [old]],
  ['ICD-9 on the first day of ICD-10', on('D8*20151001'), [old]],
  ['ICD-9 on its last day', on('D8*20150930'), []],
  ['ICD-9 for a stay that ends after it', on('RD8*20150929-20151002'), [old]],
  ['ICD-10 for a service of 2026', icd9.replace('HI*BK:71516', 'HI*ABK:M1711'), []],
  ['ICD-10 before it began', on('D8*20150930').replace('HI*BK:71516', 'HI*ABK:M1711'), [early]],
])('whom-5 %s: the claim posts, and a code set that is not due is a finding (F44)', async (name, text, expected) => {
  await using book = await openTestBook()
  const { files } = await book.importPaths([write(folder, `${name}.837`, text)])
  const transactions = files.flatMap((file) => file.transactions)
  expect(transactions.map(({ outcome, charged }) => [outcome, charged])).toEqual([['posted', 20_000]])
  expect(transactions.flatMap(({ findings }) => findings.kinds.map(({ message }) => message))).toEqual(expected)
})

it('whom-4 a claim for a service before the birth day of the patient posts with a finding', async () => {
  await using book = await openTestBook()
  const text = icd9.replace('HI*BK:71516', 'HI*ABK:M1711').replace('DMG*D8*19800501', 'DMG*D8*20300501')
  const { files } = await book.importPaths([write(folder, 'unborn.837', text)])
  const transactions = files.flatMap((file) => file.transactions)
  expect(transactions.map(({ outcome }) => outcome)).toEqual(['posted'])
  expect(transactions.flatMap(({ findings }) => findings.kinds.map(({ message }) => message))).toEqual([
    'the birth day of the patient (DMG02) lies after the service',
  ])
})
