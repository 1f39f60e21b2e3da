import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { testFolder, uuid } from './support/folder.ts'
import { accountOf, charge, does, lakeside, lakesideBook } from './support/letters.ts'

// Letters that somebody is owed without having asked: on one list, until one says it (decision 0032).

const folder = testFolder()
const on = '2026-06-01'
const queued = async (book: Book, queue = 'lettersDue') =>
  (await book.worklist({ queue })).items.map((item) => `${item.queue} ${item.subject}`)

/** An account with a plan that was put off, help that was asked for, and a refund that went out. */
const owedAll = async (book: Book): Promise<string> => {
  const account = await accountOf(book, 1, 'Jo Roe', '2026-05-01')
  await does(book, account, charge('2026-05-04', 'l1', 40_000))
  await does(book, account, charge('2026-05-04', 'l2', 10_000, { visit: 'v2' }))
  await does(book, account, {
    ...{ type: 'ProposePlan', on: '2026-05-05', plan: 'p1', divide: { instalments: 4 }, firstDue: '2026-06-05' },
    ...{ lines: ['l1'], writtenAgreement: false, household: { monthlyIncome: 1_000_000 } },
  })
  await does(book, account, { type: 'AcceptPlan', on: '2026-05-05', plan: 'p1' })
  await does(book, account, { type: 'DeferPlan', on, plan: 'p1', months: 1, hardship: true, reason: 'out of work' })
  const pause = { type: 'PauseDunning', on, pause: 'a1', because: 'assistance', reason: 'the form came' } as const
  await does(book, account, pause)
  return account
}

describe('letters that are owed', () => {
  it('stand on the list by what they tell of, with the day of policy, until one is made; then it is sent', async () => {
    await using book = await lakesideBook(on)
    const account = await owedAll(book)
    expect(await queued(book)).toEqual(['lettersDue:assistanceReceived a1', 'lettersDue:planDeferred p1'])
    const [first] = (await book.worklist({ queue: 'lettersDue' })).items
    // Five business days from Monday, 1 June.
    expect(first).toMatchObject({ account, due: '2026-06-08', nextAction: expect.stringContaining('IssueLetter') })
    const made = await does(book, account, { type: 'IssueLetter', on, letter: { about: 'planDeferred', plan: 'p1' } })
    expect(await queued(book)).toEqual(['lettersDue:assistanceReceived a1'])
    expect(await queued(book, 'statementFollowUp:unsent')).toEqual([
      `statementFollowUp:unsent ${made.ids.document ?? ''}`,
    ])
    await does(book, account, { type: 'ResumeDunning', on, pause: 'a1', reason: 'withdrawn' })
    expect(await queued(book)).toEqual([])
  })

  it('what comes back is on the list until it is known where it goes, and then until it is sent again', async () => {
    await using book = await lakesideBook(on)
    const account = await owedAll(book)
    const made = await does(book, account, { type: 'IssueLetter', on, letter: { about: 'planDeferred', plan: 'p1' } })
    const document = made.ids.document ?? ''
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'sent' })
    expect(await queued(book)).not.toContain(`lettersDue:returned ${document}`)
    await does(book, account, {
      type: 'RecordDelivery',
      on,
      document,
      stage: 'returned',
      reason: 'not at this address',
    })
    expect(await queued(book)).toContain(`lettersDue:returned ${document}`)
    expect(await queued(book, 'statementFollowUp')).toEqual([])
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'corrected' })
    expect(await queued(book)).not.toContain(`lettersDue:returned ${document}`)
    expect(await queued(book, 'statementFollowUp:unsent')).toEqual([`statementFollowUp:unsent ${document}`])
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'sent' })
    expect(await queued(book, 'statementFollowUp')).toEqual([])
  })

  it('the run of the day makes them, once, and says what waits; a dry run writes nothing', async () => {
    await using book = await lakesideBook(on, `sqlite:${join(folder, 'day.db')}`)
    const account = await owedAll(book)
    const dry = await book.day({ dryRun: true })
    expect(dry.steps.filter(({ letter }) => letter)).toMatchObject([
      { account, letter: 'assistanceReceived', outcome: 'would', events: ['CorrespondenceIssued'] },
      { account, letter: 'planDeferred', outcome: 'would', events: ['CorrespondenceIssued'] },
    ])
    await book.executeOnPerson(uuid(101), { type: 'RecordAttorney', on, name: 'A. Law' })
    const waiting = (await book.day()).steps.filter(({ letter }) => letter)
    expect(waiting.map(({ outcome, hits }) => [outcome, hits?.map(({ rule }) => rule)])).toEqual([
      ['waits', ['CT-05']],
      ['waits', ['CT-05']],
    ])
    expect(await queued(book)).toHaveLength(2)
  })

  it('run twice it makes none twice', async () => {
    await using book = await lakesideBook(on)
    await owedAll(book)
    expect((await book.day()).steps.filter(({ letter }) => letter).map(({ outcome }) => outcome)).toEqual([
      'done',
      'done',
    ])
    expect(await book.day()).toMatchObject({ letters: 0 })
    expect(await queued(book)).toEqual([])
    expect((await book.check()).findings).toEqual([])
  })

  it('what happened longer ago than policy says stays on the list, and is not written about without a look', async () => {
    const url = `sqlite:${join(folder, 'later.db')}`
    await (async () => {
      await using book = await lakesideBook(on, url)
      await owedAll(book)
    })()
    for (const [day, made] of [
      ['2026-07-02', 0],
      ['2026-07-01', 2],
    ] as const) {
      await using book = await lakesideBook(day, `${url}`)
      expect(await queued(book)).toHaveLength(2)
      expect(await book.day({ dryRun: true })).toMatchObject({ letters: made })
    }
  })

  it('policy says which: a practice that owes none has none on the list', async () => {
    const practice = { ...lakeside, letters: { ...lakeside.letters, owed: [] } }
    await using book = await lakesideBook(on, 'memory:', { practice })
    await owedAll(book)
    expect(await queued(book)).toEqual([])
  })
})
