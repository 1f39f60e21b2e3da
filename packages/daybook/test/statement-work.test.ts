import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { testFolder, uuid } from './support/folder.ts'
import { accountOf, charge, does, lakesideBook } from './support/letters.ts'

// What statements and letters leave to do: reference §3.1, §11.1.

const folder = testFolder()
const on = '2026-06-01'

const onDay = async <A>(url: string, day: string, ask: (book: Book) => Promise<A>): Promise<A> => {
  await using book = await lakesideBook(day, url)
  return await ask(book)
}
const begin = (url: string): Promise<string> =>
  onDay(url, on, async (book) => {
    const account = await accountOf(book, 1, 'Jo Roe', on)
    await does(book, account, charge(on, 'l1', 40_000))
    return account
  })
const work = async (book: Book, queue: string) => (await book.worklist({ queue })).items

describe('the list of statements that are due', () => {
  it('says what is due, and of what is not why and from when on', async () => {
    const url = `sqlite:${join(folder, 'due.db')}`
    const account = await begin(url)
    await onDay(url, on, async (book) => {
      expect(await work(book, 'statementsDue')).toMatchObject([{ account, allowed: true, amount: 40_000 }])
      await book.day()
      expect(await work(book, 'statementsDue')).toEqual([])
    })
    await onDay(url, '2026-06-25', (book) =>
      does(book, account, { type: 'PostPayment', on: '2026-06-25', payment: 'p1', amount: 20_000, tender: 'check' }),
    )
    await onDay(url, '2026-07-02', async (book) => {
      const [item] = await work(book, 'statementsDue')
      expect(item).toMatchObject({ allowed: false, blockedBy: ['ST-01.paused', 'ST-01.step'], amount: 20_000 })
      expect(item?.reasons).toContain('ST-01.paused: paused: paid on 2026-06-25')
      expect(item?.reasons).toContain('ST-01.step: the next step of the ladder: not before 2026-08-06')
      expect((await book.statement({ account })).hits).toHaveLength(2)
    })
  })

  it('nothing is due of a small balance, and of an account that owes nothing', async () => {
    await using book = await lakesideBook(on)
    const account = await accountOf(book, 1, 'Jo Roe', on)
    await does(book, account, charge(on, 'l1', 900))
    expect(await work(book, 'statementsDue')).toEqual([])
  })
})

describe('what a document leaves to do', () => {
  it('is sent, reminded of after fifteen days, called about after the first letter', async () => {
    const url = `sqlite:${join(folder, 'steps.db')}`
    const account = await begin(url)
    await onDay(url, on, async (book) => {
      await book.day()
      const [unsent] = await work(book, 'statementFollowUp:unsent')
      const document = unsent?.subject ?? ''
      await does(book, account, { type: 'RecordDelivery', on, document, stage: 'sent' })
      expect(await work(book, 'statementFollowUp')).toEqual([])
    })
    await onDay(url, '2026-06-15', async (book) => expect(await work(book, 'statementFollowUp:reminder')).toEqual([]))
    await onDay(url, '2026-06-16', async (book) => {
      const [reminder] = await work(book, 'statementFollowUp:reminder')
      expect(reminder).toMatchObject({ account, amount: 40_000 })
      const document = reminder?.subject ?? ''
      await does(book, account, { type: 'RecordReminder', on: '2026-06-16', document, channel: 'phone' })
      expect(await work(book, 'statementFollowUp:reminder')).toEqual([])
    })
    for (const day of ['2026-07-01', '2026-07-31']) await onDay(url, day, (book) => book.day())
    await onDay(url, '2026-08-14', async (book) => expect(await work(book, 'statementFollowUp:call')).toEqual([]))
    await onDay(url, '2026-08-15', async (book) =>
      expect(await work(book, 'statementFollowUp:call')).toMatchObject([{ account, amount: 40_000 }]),
    )
  })

  it('an itemised bill has its thirty days; mail that came back waits for an address', async () => {
    await using book = await lakesideBook(on)
    const account = await accountOf(book, 1, 'Jo Roe', on)
    await does(book, account, charge(on, 'l1', 40_000))
    const asked = await does(book, account, { type: 'RequestItemisation', on, channel: 'phone' })
    expect(await work(book, 'statementFollowUp:itemised')).toMatchObject([{ due: '2026-07-01', legalDeadline: true }])
    await does(book, account, { type: 'IssueItemisation', on, itemisation: asked.ids.itemisation ?? '' })
    expect(await work(book, 'statementFollowUp:itemised')).toEqual([])
    const { ids } = await does(book, account, { type: 'IssueStatement', on })
    const document = ids.document ?? ''
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'sent' })
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'returned', reason: 'moved' })
    expect(await work(book, 'statementFollowUp:returned')).toMatchObject([{ account, subject: document }])
  })

  it('the page of the account and its history tell of it', async () => {
    await using book = await lakesideBook(on)
    const account = await accountOf(book, 1, 'Jo Roe', on)
    await does(book, account, charge(on, 'l1', 40_000))
    await does(book, account, { type: 'IssueStatement', on })
    expect(await book.account(uuid(1))).toMatchObject({
      documents: [{ kind: 'statement', on, level: 1, amountDue: 40_000, dueOn: '2026-06-22', channel: 'mail' }],
    })
    const told = (await book.history(account)).events.map(({ what }) => what)
    expect(told.at(-1)).toBe('Statement (number 1) by mail: 400.00 by 2026-06-22')
  })
})
