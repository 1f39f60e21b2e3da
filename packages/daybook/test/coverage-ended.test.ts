import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { openTestBook } from './support/folder.ts'

// A coverage that had ended before the service, from the claim to what the payer says of it (F06).

const claim = readFileSync(new URL('faults/edi/icd9-2026.edi', import.meta.url), 'utf8')
  .replace('HI*BK:71516', 'HI*ABK:M1711')
  .replace('DTP*472*D8*20260203', 'DTP*472*D8*20260305')

const advice = (adjustment: string): string =>
  [
    'ISA*00*          *00*          *ZZ*BLUEHERON      *ZZ*MAPLECLINIC    *260402*0900*^*00501*000000101*0*T*:',
    'GS*HP*BLUEHERON*MAPLECLINIC*20260402*0900*7*X*005010X221A1',
    'ST*835*0001',
    'BPR*H*0.00*C*NON************20260402',
    'TRN*1*TRACE0001*1123456789',
    'N1*PR*BLUE HERON HEALTH*XV*BHH01',
    'N1*PE*MAPLE CLINIC*XX*1447700011',
    'LX*1',
    'CLP*ICD1*4*200.00*0.00*200.00*12*PCN1*11*1',
    'NM1*QC*1*TESTERLY*QUINN****MI*MBR0001',
    'SVC*HC:99214*200.00*0.00**1',
    'DTM*472*20260305',
    adjustment,
    'SE*12*0001',
    'GE*1*7',
    'IEA*1*000000101',
  ]
    .map((segment) => `${segment}~`)
    .join('\n')

const only = async (book: Book) => {
  const { items } = await book.accounts()
  expect(items).toHaveLength(1)
  const id = items[0]?.account ?? ''
  const page = await book.account(id)
  if (!('coverages' in page)) throw new Error('the account is not in the books yet')
  return { id, page }
}

const lists = async (book: Book) =>
  (await book.worklist()).items.map(({ queue, amount, reasons }) => ({ queue, amount, reasons }))

describe('F06 a coverage that ended on 2026-03-01, and a service of 2026-03-05', () => {
  const ended = async (): Promise<Book> => {
    const book = await openTestBook()
    await book.importContent(claim)
    const { id, page } = await only(book)
    const { coverage } = page.coverages[0] ?? expect.fail()
    await book.execute(id, {
      type: 'TerminateCoverage',
      on: '2026-03-20',
      coverage,
      lastDay: '2026-03-01',
      reason: 'the payer says so',
    })
    return book
  }

  it('F06 is flagged as work: who covered the day is to be found out', async () => {
    await using book = await ended()
    expect(await lists(book)).toEqual([
      {
        queue: 'terminatedCoverage',
        amount: 20_000,
        reasons: [
          '200.00 stands at BLUE HERON HEALTH, whose coverage ended 2026-03-01, before the service of 2026-03-05',
        ],
      },
    ])
  })

  it('F06 what the payer denies as PR-27 is held, and not billed to the patient', async () => {
    await using book = await ended()
    const { transactions } = await book.importContent(advice('CAS*PR*27*200.00'))
    expect(transactions.map(({ outcome }) => outcome)).toEqual(['posted'])
    const { page } = await only(book)
    expect(page).toMatchObject({
      balances: [{ payer: 'BLUE HERON HEALTH', active: 20_000 }],
      holdings: [{ amount: 20_000, blockedBy: ['PG-04'], lines: [{ carc: '27' }] }],
      next: { because: 'the patient owes nothing that could be asked for' },
    })
    expect(await lists(book)).toMatchObject([{ queue: 'denials:eligibility', amount: 20_000 }])
  })
})
