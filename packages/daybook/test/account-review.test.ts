import { describe, expect, it } from 'vitest'
import { openTestBook, uuid } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

// Duty F05: patient accounts are reviewed for accuracy.

const account = uuid(1)
const on = '2026-11-20'
const pages = async (book: Awaited<ReturnType<typeof openTestBook>>, asOf?: string) => {
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
