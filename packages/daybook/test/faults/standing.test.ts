import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Book, WorkItem } from '../../src/index.ts'
import { openTestBook, uuid } from '../support/folder.ts'

const practice = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'practice')
const roe = uuid(1)

/** A book whose clock is set, so that what is done on a day is recorded on it. */
const dated = async () => {
  let now = '2026-01-05'
  const book = await openTestBook('memory:', { clock: () => new Date(`${now}T15:14:00.000Z`) })
  const on = (day: string): Book => {
    now = day
    return book
  }
  return { book, on }
}

/** Self-pay, 300.00 of 2026-01-05, on a plan of three instalments from 2026-02-05. */
const onPlan = async (on: (day: string) => Book) => {
  const day = '2026-01-05'
  await on(day).open({ account: roe, guarantor: { name: 'Jo Roe', state: 'MN' }, on: day })
  await charge(on(day), day)
  await on(day).execute(roe, {
    type: 'ProposePlan',
    on: day,
    plan: 'p1',
    divide: { instalments: 3 },
    firstDue: '2026-02-05',
    writtenAgreement: true,
    household: { monthlyIncome: 500_000 },
  })
  await on('2026-01-06').execute(roe, { type: 'AcceptPlan', on: '2026-01-06', plan: 'p1' })
}

const charge = (book: Book, on: string) =>
  book.execute(roe, { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 30_000 })

describe('standing-1 an account as of a day', () => {
  it('standing-1 before it was opened has nothing, and later what stood then', async () => {
    const { book, on } = await dated()
    await using _ = book
    await onPlan(on)
    await on('2026-03-10').execute(roe, { type: 'CancelPlan', on: '2026-03-10', plan: 'p1', reason: 'asked' })
    const at = async (asOf: string) => {
      const page = await on('2026-06-01').account(roe, { asOf })
      if (page.beforeTheBooks) throw new RangeError('no figures')
      return [page.standing.phase, page.standing.flags, page.plans.map(({ status }) => status), page.visits.length]
    }
    expect(await at('2026-01-04')).toEqual(['new', [], [], 0])
    expect(await at('2026-01-05')).toEqual(['patientResponsibility', [], ['proposed'], 1])
    expect(await at('2026-03-09')).toEqual(['patientResponsibility', ['onPlan'], ['active'], 1])
    expect(await at('2026-03-10')).toEqual(['patientResponsibility', [], ['cancelled'], 1])
  })
})

/** As it stood: what to do next is asked of today alone, since nothing is done on a day that is over. */
const standing = (items: readonly WorkItem[]) =>
  items.map(({ account, queue, amount, due, since, score, subject }) => ({
    account,
    queue,
    amount,
    due,
    since,
    score,
    subject,
  }))

describe('standing-2 the worklist as of a day', () => {
  it('standing-2 is empty before any event, and that of the day later, also as the book knew it then', async () => {
    let now = '2026-04-02'
    await using book = await openTestBook('memory:', { clock: () => new Date(`${now}T15:14:00.000Z`) })
    const lists = new Map<string, unknown>()
    for (const name of readdirSync(practice)
      .filter((one) => /\.83[57]$/.test(one))
      .slice(0, 4)) {
      now = name.slice(0, 10)
      await book.importFile(join(practice, name))
      lists.set(now, standing((await book.worklist()).items))
    }
    now = '2026-11-21'
    expect((await book.worklist({ asOf: '2026-01-01' })).items).toEqual([])
    expect((await book.worklist()).items.length).toBeGreaterThan(50)
    for (const [day, items] of lists) {
      const then = await book.worklist({ asOf: day, knownAt: day, now: `${day}T15:14:00.000Z` })
      expect(standing(then.items)).toEqual(items)
    }
  })
})

describe('standing-3 what is dated ahead', () => {
  it('standing-3 is on no list before its day', async () => {
    const { book, on } = await dated()
    await using _ = book
    await on('2026-01-05').open({ account: roe, guarantor: { name: 'Jo Roe', state: 'MN' }, on: '2026-01-05' })
    await charge(on('2026-01-05'), '2026-01-10')
    expect((await book.worklist()).items).toEqual([])
    expect((await on('2026-01-10').worklist()).items).toMatchObject([{ account: roe, amount: 30_000 }])
  })
})

describe('standing-4 a missed instalment', () => {
  it('standing-4 is missed from the day on which its check bounced, not before', async () => {
    const { book, on } = await dated()
    await using _ = book
    await onPlan(on)
    const paid = { type: 'PostPayment', on: '2026-02-04', payment: 'pay1', amount: 10_000, tender: 'check' } as const
    await on('2026-02-04').execute(roe, paid)
    const bounced = {
      type: 'ReversePayment',
      on: '2026-02-20',
      payment: 'pay1',
      kind: 'nsf',
      reason: 'returned',
    } as const
    await on('2026-02-20').execute(roe, bounced)
    await on('2026-02-21').execute(roe, { type: 'EvaluatePlan', on: '2026-02-21', plan: 'p1' })
    const { events } = await book.history(roe)
    expect(events.filter(({ type }) => type === 'InstalmentMissed').map(({ effectiveDate }) => effectiveDate)).toEqual([
      '2026-02-20',
    ])
  })
})
