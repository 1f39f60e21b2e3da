import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accountLines } from '../src/cli/text/account.ts'
import type { AccountEvent, Book } from '../src/index.ts'
import { openTestBook, uuid } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

// Duty F05: patient accounts are reviewed for accuracy. Duty F44: what data of claims has wrong is on record.

const account = uuid(1)
const on = '2026-11-20'
const pages = async (book: Book, asOf?: string) => {
  const page = await book.account(account, asOf === undefined ? {} : { asOf })
  if (page.beforeTheBooks) throw new Error('the account is open')
  return page
}
const opened = async () => {
  const book = await openTestBook()
  await book.open({ account, on: '2026-10-01', guarantor: { name: 'Jo Roe' } })
  await book.execute(account, {
    ...{ type: 'PostCharge', on: '2026-10-01', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 },
  })
  return book
}
const found = { kind: 'unposted', amount: 4_000, visit: 'v1', says: 'the check of 10 November is not here' } as const

describe('F05 a person looks an account through', () => {
  it('F05 a line with PR on a QMB patient is what a reviewer is shown, as of AR-05', async () => {
    await using book = await openTestBook()
    const qmb = remittanceText({ adjustments: ['CAS*CO*45*80.00', 'CAS*PR*2*20.00', 'LQ*HE*N782'] })
    await book.importContent(qmb.replaceAll('*20.00*12*PCN1', '*20.00*MB*PCN1'), { openMissing: true })
    const [first] = (await book.accounts()).items
    const page = await book.account(first?.account ?? '')
    if (page.beforeTheBooks) throw new Error('the account is open')
    expect(page.health).toMatchObject([{ kind: 'qmb', rule: 'AR-05', amount: 2_000 }])
    const seen = await book.limited.account(page.account, { actor: { id: 'fay', roles: ['frontDesk'] } })
    expect(JSON.stringify(seen)).not.toContain('AR-05')
    expect(JSON.stringify(seen)).not.toContain('qmb')
  })

  it('F05 what was found is work and on the page from its day, until somebody says how it ended', async () => {
    await using book = await opened()
    const reviewed = await book.execute(account, { type: 'ReviewAccount', on, findings: [found] })
    if (!reviewed.ok || reviewed.nothingToDo) throw new Error('the review is recorded')
    const { finding = '' } = reviewed.ids
    expect(reviewed.events).toEqual(['AccountReviewed', 'DiscrepancyFound'])
    const work = async () => (await book.worklist({ queue: 'reviewFindings' })).items
    expect(await work()).toMatchObject([{ account, subject: finding, amount: 4_000, allowed: true }])
    expect((await pages(book)).reviews).toEqual({
      reviewedOn: on,
      findings: [{ finding, foundOn: on, ...found }],
    })
    const seen = await book.limited.account(account, { actor: { id: 'fay', roles: ['frontDesk'] } })
    expect(JSON.stringify(seen)).toContain(finding)
    expect(JSON.stringify(seen)).not.toContain(found.says)
    const ends = { type: 'ResolveFinding', on: '2026-11-21', finding, how: 'corrected', reason: 'posted' } as const
    expect(await book.execute(account, ends)).toMatchObject({ ok: true, events: ['DiscrepancyResolved'] })
    expect(await work()).toEqual([])
    expect((await pages(book)).reviews).toEqual({ reviewedOn: on, findings: [] })
    expect((await pages(book, on)).reviews?.findings).toHaveLength(1)
    expect((await pages(book, '2026-11-19')).reviews).toBeUndefined()
    expect(await book.execute(account, ends)).toMatchObject({ ok: false, hits: [{ rule: 'reviews.resolved' }] })
  })

  it('F05 a review that finds nothing is on record', async () => {
    await using book = await opened()
    await book.execute(account, { type: 'ReviewAccount', on, findings: [] })
    expect((await pages(book)).reviews).toEqual({ reviewedOn: on, findings: [] })
    expect((await book.worklist({ queue: 'reviewFindings' })).items).toEqual([])
  })
})

const icd9 = readFileSync(new URL('faults/edi/icd9-2026.edi', import.meta.url), 'utf8')
const words = 'diagnoses (HI BK) are coded in ICD-9; services of these days are coded in ICD-10, since 2015-10-01'

describe('F44 the data of a claim that posts is wrong', () => {
  const failed = async (book: Book) => {
    const [first] = (await book.accounts()).items
    const account = first?.account ?? ''
    const events: Extract<AccountEvent, { type: 'ValidationFailed' }>[] = []
    for await (const { event } of book.events({ account, types: ['ValidationFailed'] })) {
      if (event.type === 'ValidationFailed') events.push(event)
    }
    const { items } = await book.worklist({ queue: 'dataQuality' })
    const page = await book.account(account)
    if (page.beforeTheBooks) throw new Error('the account is open')
    return { account, events, items, page }
  }

  it('F44 an ICD-9 code for a service since 2015-10-01 is ValidationFailed, once, and work until it is resolved', async () => {
    await using book = await openTestBook()
    await book.importContent(icd9)
    const { account, events, items, page } = await failed(book)
    const problems = [{ code: 'codeSet', element: 'HI', words }]
    expect(events).toMatchObject([{ problems, charge: 20_000 }])
    const { findingId = '' } = events[0] ?? {}
    expect(items).toMatchObject([{ account, subject: findingId, amount: 20_000, reasons: [expect.any(String), words] }])
    expect(page.health).toMatchObject([{ kind: 'claimData', finding: findingId, problems }])
    expect(accountLines(page)).toContainEqual(
      expect.stringMatching(/^ {4}200\.00 on visit [^ ]* claimed with wrong data \(HI\) since /),
    )
    await book.importContent(icd9)
    await book.importContent(icd9.replace('HI*BK:71516', 'HI*BK:71517'))
    expect((await failed(book)).events).toHaveLength(1)
    const on = '2026-11-21'
    await book.execute(account, {
      type: 'ResolveFinding',
      on,
      finding: findingId,
      how: 'noError',
      reason: 'the plan asks it',
    })
    expect((await failed(book)).items).toEqual([])
  })

  it('F44 a replacement without the problem ends it; one that has another problem is work again', async () => {
    await using book = await openTestBook()
    await book.importContent(icd9)
    const replaced = icd9.replace(/(CLM\*[^~]*:B:)1\*/, '$17*').replace('BHT*0019*00*', 'BHT*0019*00*R')
    expect(replaced).not.toContain(':B:1*')
    const right = replaced.replace('HI*BK:71516', 'HI*ABK:M1711')
    await book.importContent(right.replace('CLM*ICD1*200*', 'CLM*ICD1*210*'))
    const between = await failed(book)
    expect(between.events.map(({ problems }) => problems.map(({ element }) => element))).toEqual([['HI'], ['CLM02']])
    expect(between.items).toMatchObject([{ subject: between.events[1]?.findingId }])
    await book.importContent(
      right.replace('BHT*0019*00*R', 'BHT*0019*00*S').replace(/(BHT[^~]*\*)(\d{8})(\*\d{4}\*CH)/, '$120261121$3'),
    )
    expect((await failed(book)).items).toEqual([])
    expect((await failed(book)).events).toHaveLength(2)
  })

  it('F44 a clean claim says nothing', async () => {
    await using book = await openTestBook()
    await book.importContent(icd9.replace('HI*BK:71516', 'HI*ABK:M1711'))
    const { events, items } = await failed(book)
    expect([events, items]).toEqual([[], []])
  })
})
