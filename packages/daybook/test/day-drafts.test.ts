import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { openTestBook, testFolder, uuid } from './support/folder.ts'
import { charge, clockOf, does, lakeside } from './support/letters.ts'

// What a plan asks is drawn by the run of the day, where the patient has authorised it (reference §5.6, PL-05).

const account = uuid(1)
const agreed = '2026-01-10'

const authorised = (amount: number): Parameters<Book['execute']>[1] => ({
  ...{ type: 'AuthorizeAutopay', on: '2026-01-12', autopay: 'y1', plan: 'p1', method: 'ach', token: 'tok_7Hx2' },
  ...{ drawn: { amount }, text: 'a'.repeat(64), textVersion: '1', how: 'signed' },
  ...{ copyGiven: true, disclosed: true, conditioned: false },
})

/** 300.00 in three instalments from 2026-02-05, drawn by an authorisation of so much each. */
const withPlan = async (url: string, amount = 10_000): Promise<void> => {
  await using book = await openTestBook(url, { clock: clockOf('2026-01-12') })
  await book.open({ account, on: agreed, guarantor: { name: 'Jo Roe', born: '1980-02-01', standing: 'confirmed' } })
  await does(book, account, charge(agreed, 'l1', 30_000))
  await does(book, account, {
    ...{ type: 'ProposePlan', on: agreed, plan: 'p1', divide: { instalments: 3 }, firstDue: '2026-02-05' },
    ...{ writtenAgreement: true, household: { monthlyIncome: 500_000 } },
  })
  await does(book, account, { type: 'AcceptPlan', on: agreed, plan: 'p1' })
  await does(book, account, authorised(amount))
}

const onDay = async <A>(url: string, day: string, ask: (book: Book) => Promise<A>): Promise<A> => {
  await using book = await openTestBook(url, { clock: clockOf(day) })
  return await ask(book)
}
const drafts = async (book: Book) =>
  (await book.day()).steps
    .filter(({ autopay }) => autopay !== undefined)
    .map(({ outcome, events, hits }) => [outcome, ...events, ...(hits ?? []).map(({ rule }) => rule)])
const bookAt = (): string => `sqlite:${join(testFolder(), 'drafts.db')}`

describe('§5.6 the run of the day draws what is due', () => {
  it('on its day, once, however often the day is run; then what the bank says, then the next', async () => {
    const url = bookAt()
    await withPlan(url)
    expect(await onDay(url, '2026-02-04', drafts)).toEqual([])
    const would = await onDay(url, '2026-02-05', (book) => book.day({ dryRun: true }))
    expect(would).toMatchObject({ drafts: 1, steps: [{ autopay: 'y1', outcome: 'would', events: ['DraftPresented'] }] })
    expect(await onDay(url, '2026-02-05', drafts)).toEqual([['done', 'DraftPresented']])
    expect(await onDay(url, '2026-02-05', drafts)).toEqual([])
    // It has no answer yet: nothing more is drawn.
    expect(await onDay(url, '2026-03-05', drafts)).toEqual([])
    await onDay(url, '2026-03-06', async (book) => {
      const events: { readonly draftId: string }[] = []
      for await (const { event } of book.events({ types: ['DraftPresented'] })) events.push(event)
      const draft = events[0]?.draftId ?? ''
      await does(book, account, { type: 'PostPayment', on: '2026-02-07', payment: 'm1', amount: 10_000, tender: 'ach' })
      await does(book, account, { type: 'RecordDraftSettled', on: '2026-02-07', draft, payment: 'm1' })
      expect(await drafts(book)).toEqual([['done', 'DraftPresented']])
      expect((await book.check()).findings).toEqual([])
    })
  })

  it('PL-05 another amount waits for notice ten days before, and says so', async () => {
    const url = bookAt()
    await withPlan(url, 9_000)
    expect(await onDay(url, '2026-02-05', drafts)).toEqual([['waits', 'PL-05']])
    const notice = { type: 'RecordDraftNotice', on: '2026-01-26', autopay: 'y1', amount: 10_000 } as const
    await onDay(url, '2026-02-05', (book) => does(book, account, { ...notice, draftOn: '2026-02-05', channel: 'mail' }))
    expect(await onDay(url, '2026-02-05', drafts)).toEqual([['done', 'DraftPresented']])
  })

  it('nothing is drawn by what was revoked, nor on a day that has passed; what came back is a person’s to present', async () => {
    const url = bookAt()
    await withPlan(url)
    const passed = await onDay(url, '2026-02-06', (book) => book.day({ date: '2026-02-05' }))
    expect(passed).toMatchObject({ drafts: 0 })
    await onDay(url, '2026-02-06', async (book) => {
      expect(await drafts(book)).toEqual([['done', 'DraftPresented']])
      const [first] = (await book.worklist({ queue: 'draftsDue' })).waiting
      await does(book, account, {
        type: 'RecordDraftReturned',
        on: '2026-02-06',
        draft: first?.subject ?? '',
        code: 'R01',
      })
      expect(await drafts(book)).toEqual([])
      const revoke = {
        type: 'RevokeAutopay',
        on: '2026-02-06',
        autopay: 'y1',
        channel: 'phone',
        reason: 'asked',
      } as const
      await does(book, account, revoke)
    })
    expect(await onDay(url, '2026-03-05', drafts)).toEqual([])
  })
})

describe('F11 early in the morning', () => {
  it('who has agreed to e-mail is not sent paper: the statement waits for eight o’clock, and the report says so', async () => {
    const six = () => new Date('2026-06-01T11:00:00.000Z')
    const url = bookAt()
    const paperless = { ...lakeside, statements: { ...lakeside.statements, paperless: 'withConsent' as const } }
    await using book = await openTestBook(url, { practice: paperless, clock: six })
    const person = uuid(101)
    await book.open({
      account,
      on: '2026-05-01',
      guarantor: { name: 'Jo Roe', born: '1980-02-01', state: 'MN', standing: 'confirmed' },
    })
    expect(await book.openPerson({ person, name: 'Jo Roe', account, on: '2026-05-01' })).toMatchObject({ ok: true })
    const datum = { type: 'RecordDatum', on: '2026-05-01', place: 'home', source: 'person' } as const
    const home = { kind: 'address', value: '12 Oak Avenue, Duluth, MN 55804', state: 'MN' } as const
    await book.executeOnPerson(person, { ...datum, datum: 'home', ...home })
    await book.executeOnPerson(person, { ...datum, datum: 'mail', kind: 'email', value: 'jo@roe.example' })
    const consent = await book.executeOnPerson(person, {
      ...{ type: 'GrantConsent', on: '2026-05-01', datum: 'mail', channel: 'email', scope: 'billing', source: 'form' },
    })
    expect(consent).toMatchObject({ ok: true })
    await does(book, account, charge('2026-05-04', 'l1', 40_000))
    const [step] = (await book.day()).steps
    expect(step).toMatchObject({
      statement: true,
      outcome: 'waits',
      hits: [{ rule: 'CT-03' }, { rule: 'CT-03.policy' }],
    })
  })
})
