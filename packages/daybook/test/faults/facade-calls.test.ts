import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as daybook from '../../src/index.ts'
import { type Book, type Posted, presets } from '../../src/index.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'

const folder = testFolder()
const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 } as const
const bea = { id: 'bea', roles: ['rep'] } as const

const withAccount = async (book: Book) =>
  (await book.open({ guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-11-01' })).account

const posted = (answer: Awaited<ReturnType<Book['execute']>>): Posted => {
  if (!answer.ok || answer.nothingToDo) throw new Error('not posted')
  return answer
}

const actorsOf = async (book: Book, id: string) => [
  ...new Set((await book.history(id)).events.map(({ actor }) => actor)),
]

describe('facade-1 every call says who makes it', () => {
  it('facade-1 an account that another person opens has their name on its events', async () => {
    await using book = await openTestBook()
    const { account } = await book.open({ guarantor: { name: 'Jo Roe' }, actor: bea })
    expect(await actorsOf(book, account)).toEqual(['bea'])
  })

  it('facade-1 an import, a release and a rejection by another person have their name', async () => {
    await using book = await openTestBook()
    const held = write(folder, 'held.835', remittanceText())
    const { transactions } = await book.importFile(held, { actor: bea })
    const id = transactions[0]?.remittance ?? ''
    expect(await actorsOf(book, id)).toEqual(['bea'])
    await book.release(id, { reason: 'looked at it', claim: 1, openMissing: true, actor: { id: 'carl' } })
    await using other = await openTestBook()
    const report = await other.importPaths([held], { actor: bea })
    const same = report.files[0]?.transactions[0]?.remittance ?? ''
    const gone = { reason: 'not ours', claim: 1, account: 'refundsPayable', actor: { id: 'carl' } }
    expect(await other.reject(same, gone)).toMatchObject({ ok: true })
    expect(await actorsOf(book, id)).toEqual(['bea', 'carl'])
    expect(await actorsOf(other, same)).toEqual(['bea', 'carl'])
  })

  it('facade-1 every question takes who asks, and refuses a name that says nothing', async () => {
    await using book = await openTestBook()
    const account = await withAccount(book)
    const questions: readonly ((actor: { readonly id: string }) => Promise<unknown>)[] = [
      (actor) => book.aging({ actor }),
      (actor) => book.controlAccounts({ actor }),
      (actor) => book.cash({ actor }),
      (actor) => book.worklist({ actor }),
      (actor) => book.account(account, { actor }),
      (actor) => book.history(account, { actor }),
      (actor) => book.explain(account, { actor }),
      (actor) => book.find(account, { actor }),
      (actor) => book.check({ actor }),
    ]
    for (const ask of questions) {
      await expect(ask({ id: 'bea' })).resolves.toBeDefined()
      await expect(ask({ id: ' ' })).rejects.toMatchObject({ _tag: 'InvalidQuery', issues: [{ path: 'actor.id' }] })
    }
  })
})

describe('facade-2 receipts', () => {
  it('facade-2 the ids that the library makes come back, and other commands take them', async () => {
    await using book = await openTestBook()
    const account = await withAccount(book)
    expect(posted(await book.execute(account, charge)).ids).toMatchObject({ visit: 'v1' })
    const plan = posted(
      await book.execute(account, {
        type: 'ProposePlan',
        on: '2026-11-03',
        divide: { instalments: 3 },
        firstDue: '2026-12-01',
        writtenAgreement: false,
      }),
    ).ids.plan
    expect(await book.account(account)).toMatchObject({ plans: [{ plan }] })
    const paid = posted(
      await book.execute(account, { type: 'PostPayment', on: '2026-11-10', amount: 13_000, tender: 'check' }),
    )
    const { payment = '', credit = '' } = paid.ids
    expect(await book.account(account)).toMatchObject({ credits: [{ credit, amount: 500 }] })
    const refund = posted(
      await book.execute(
        account,
        {
          type: 'ApproveRefund',
          on: '2026-11-11',
          credit,
          payee: 'guarantor',
          method: 'check',
          reason: 'paid too much',
        },
        { actor: { id: 'mia', roles: ['manager'] } },
      ),
    ).ids.refund
    expect(refund).toBeDefined()
    const undone = { type: 'ReversePayment', on: '2026-11-12', payment, kind: 'misposted', reason: 'not hers' } as const
    const reversed = await book.execute(account, { ...undone, amount: 12_000 })
    expect(reversed).toMatchObject({ ok: true })
  })

  it('facade-2 a repeated receipt is the first one: events, ids and warnings too', { tags: ['B3'] }, async () => {
    const url = `sqlite:${join(folder, 'repeated.db')}`
    const pay = { type: 'PostPayment', on: '2026-11-10', amount: 13_000, tender: 'check' } as const
    const send = async (book: Book, account: string) => posted(await book.execute(account, pay, { commandId: 'pay-1' }))
    await using book = await openTestBook(url)
    const opened = await book.open({ guarantor: { name: 'Jo Roe' }, account: uuid(1), commandId: 'open-1' })
    await book.execute(uuid(1), charge)
    const first = await send(book, uuid(1))
    const again = await send(book, uuid(1))
    expect(again).toEqual({ ...first, repeated: true })
    await using later = await openTestBook(url)
    expect(await send(later, uuid(1))).toEqual({ ...first, repeated: true })
    const reopened = await later.open({ guarantor: { name: 'Jo Roe' }, account: uuid(1), commandId: 'open-1' })
    expect(reopened).toEqual({ ...opened, repeated: true })
  })
})

describe('facade-3 one shape for what can be refused', () => {
  it('facade-3 whatever rules may refuse says ok', async () => {
    await using book = await openTestBook()
    const opened = await book.open({ guarantor: { name: 'Jo Roe' } })
    expect(opened).toMatchObject({ ok: true, events: ['AccountOpened'] })
    const { account } = opened
    const again = await book.open({ account, guarantor: {} })
    expect(again).toMatchObject({ ok: false, account, hits: [{ rule: 'registration.open' }] })
    const stricter = { ...presets.physicianPracticeMN, name: 'stricter' }
    const by = { reason: 'review', actor: { id: 'mia', roles: ['manager'] } } as const
    expect(await book.publishPolicy(stricter, { ...by, actor: bea })).toMatchObject({ ok: false })
    expect(await book.publishPolicy(stricter, by)).toMatchObject({ ok: true, version: 2 })
    const report = await book.importFile(write(folder, 'shape.835', remittanceText()))
    const id = report.transactions[0]?.remittance ?? ''
    expect(await book.release(id, { reason: 'again', claim: 1 })).toMatchObject({ ok: true })
    expect(await book.release(id, { reason: 'it is open already' })).toMatchObject({ ok: false })
  })
})

it('facade-4 what is exported is what callers use, and nothing of the inside', () => {
  expect(Object.keys(daybook).sort()).toMatchInlineSnapshot(`
    [
      "Aborted",
      "AccessUnrecorded",
      "BookClosed",
      "ClockAhead",
      "CommandMismatch",
      "Conflict",
      "DriverMissing",
      "FieldsWithheld",
      "Indeterminate",
      "Integrity",
      "InvalidCommand",
      "InvalidOptions",
      "InvalidQuery",
      "InvalidRules",
      "KeyFault",
      "LimitExceeded",
      "MissingDirectory",
      "NotAMoment",
      "NotFound",
      "PracticeNeeded",
      "ReadOnly",
      "Rejected",
      "StreamClosed",
      "Unavailable",
      "UnknownTimeZone",
      "UnknownUrl",
      "UnreadableEvent",
      "UnsupportedNode",
      "ViewsNeeded",
      "block",
      "decideRule",
      "describeRules",
      "importLog",
      "isMasked",
      "known",
      "notApplicable",
      "openDaybook",
      "ownFacts",
      "ownRule",
      "pass",
      "presets",
      "unknown",
      "warn",
    ]
  `)
})

it('facade-5 every member of a book says what it does', () => {
  const source = readFileSync(new URL('../../src/book/book.ts', import.meta.url), 'utf8')
  const members = [...source.matchAll(/\n(?<before>[^\n]*)\n {2}readonly (?<name>\w+):/g)]
  expect(members.length).toBeGreaterThan(15)
  for (const { groups } of members)
    expect([groups?.['name'], groups?.['before']?.trim().endsWith('*/')]).toEqual([groups?.['name'], true])
})

describe('facade-10 a signal that fires', () => {
  it('facade-10 ends a call with an error of its own, before it begins and in its midst', async () => {
    await using book = await openTestBook()
    const reason = new Error('the request was closed')
    await expect(book.until(AbortSignal.abort(reason)).aging()).rejects.toMatchObject({
      _tag: 'Aborted',
      retry: 'safe',
      cause: reason,
    })
    const path = write(folder, 'many.835', remittanceText())
    const stop = new AbortController()
    const importing = book.until(stop.signal).importPaths([path, path, path], { onProgress: () => stop.abort() })
    await expect(importing).rejects.toBeInstanceOf(daybook.Aborted)
    expect((await book.importPaths([path])).totals.claims.in).toBeGreaterThan(0)
  })
})

describe('facade-11 what is not there', () => {
  it('facade-11 an unknown account is one error, for commands and for questions', async () => {
    await using book = await openTestBook()
    const unknown = '0197a000-0000-7000-8000-000000000000'
    const notFound = { _tag: 'NotFound', kind: 'account', id: unknown }
    await expect(book.execute(unknown, charge)).rejects.toMatchObject(notFound)
    await expect(book.account(unknown)).rejects.toMatchObject(notFound)
    await expect(book.history(unknown)).rejects.toMatchObject(notFound)
    await expect(book.explain(unknown)).rejects.toMatchObject(notFound)
    expect(await book.aging()).toMatchObject({ net: 0 })
  })

  it('facade-11 a time zone that nobody knows is told when the book is opened, and no book is made', async () => {
    const practice = { ...presets.physicianPracticeMN.practice, timeZone: 'Mars/Olympus_Mons' }
    const url = `sqlite:${join(folder, 'mars.db')}`
    const opening = openTestBook(url, { practice: { ...presets.physicianPracticeMN, practice } })
    await expect(opening).rejects.toMatchObject({ _tag: 'UnknownTimeZone', timeZone: 'Mars/Olympus_Mons' })
    await using book = await openTestBook(url)
    expect(await book.policy()).toMatchObject({ version: 1, policy: { practice: { timeZone: 'America/Chicago' } } })
  })

  it('facade-11 a directory that is not there, for the book or for its views', async () => {
    const missing = join(folder, 'nowhere')
    const error = { _tag: 'MissingDirectory', path: missing }
    await expect(openTestBook(`sqlite:${join(missing, 'clinic.db')}`)).rejects.toMatchObject(error)
    await expect(openTestBook('memory:', { views: `sqlite:${join(missing, 'views.db')}` })).rejects.toMatchObject(error)
  })

  it('facade-11 a book that was closed takes no call, and closing waits for those that run', async () => {
    const book = await openTestBook(`sqlite:${join(folder, 'closing.db')}`)
    const account = await withAccount(book)
    const charges = Array.from({ length: 20 }, (_, at) => book.execute(account, { ...charge, line: `l${at}` }))
    const closing = book.close()
    await expect(book.aging()).rejects.toMatchObject({ _tag: 'BookClosed' })
    await expect(book.execute(account, charge)).rejects.toMatchObject({ _tag: 'BookClosed' })
    expect((await Promise.all(charges)).every(({ ok }) => ok)).toBe(true)
    await closing
    await using again = await openTestBook(`sqlite:${join(folder, 'closing.db')}`)
    expect(await again.account(account)).toMatchObject({ totals: { net: 20 * 12_500 } })
  })
})
