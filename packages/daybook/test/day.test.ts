import { join } from 'node:path'
import { addDays, type Day, toDay } from '@daybook/core/kernel'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder, uuid } from './support/folder.ts'

// watch-2, `daybook day`: what nobody asks for and time brings about is recorded once, by whoever runs the day.

const folder = testFolder()
const [paying, missing, late] = [uuid(1), uuid(2), uuid(3)]

/** At noon of a day in Minnesota. */
const clockOf = (day: string) => () => new Date(`${day}T18:00:00.000Z`)

/** Plans of 300.00 in three instalments: one that is paid, one that nobody pays, one that nobody has accepted. */
const withPlans = async (url: string): Promise<void> => {
  await using book = await openTestBook(url, { clock: clockOf('2026-01-10') })
  for (const [account, name] of [
    [paying, 'Jo Roe'],
    [missing, 'Pat Poe'],
    [late, 'Sam Doe'],
  ] as const) {
    const on = '2026-01-10'
    await book.open({ account, guarantor: { name, born: '1980-02-01', standing: 'confirmed' }, on })
    await book.execute(account, { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 30_000 })
    const proposed = await book.execute(account, {
      type: 'ProposePlan',
      on,
      plan: 'p1',
      divide: { instalments: 3 },
      firstDue: '2026-02-05',
      writtenAgreement: true,
      household: { monthlyIncome: 500_000 },
    })
    if (!proposed.ok) throw new Error(JSON.stringify(proposed.hits))
    if (account !== late) await book.execute(account, { type: 'AcceptPlan', on, plan: 'p1' })
  }
}

const onDay = async <A>(url: string, day: string, ask: (book: Book) => Promise<A>): Promise<A> => {
  await using book = await openTestBook(url, { clock: clockOf(day) })
  return await ask(book)
}

const eventsOf = async (book: Book): Promise<readonly string[]> => {
  const all: string[] = []
  for await (const { type, actor, event } of book.events()) all.push(`${type} ${event.effectiveDate} ${actor}`)
  return all
}

/** A plan that is paid on time, and what the days bring to the others. */
const aYear = async (url: string, run: (book: Book) => Promise<unknown>): Promise<readonly string[]> => {
  await withPlans(url)
  for (const day of [
    '2026-02-05',
    '2026-02-20',
    '2026-03-05',
    '2026-03-20',
    '2026-04-05',
    '2026-04-20',
    '2026-05-20',
  ]) {
    await onDay(url, day, async (book) => {
      if (day.endsWith('-05')) {
        await book.execute(paying, { type: 'PostPayment', on: day, amount: 10_000, tender: 'check' })
      }
      await run(book)
      // Whoever works the list sends the notice that it asks for: without it no plan comes to default.
      const [due] = (await book.worklist({ queue: 'planMisses:cureNotice' })).items
      if (due?.account) {
        const notice = { type: 'RecordPlanNotice', on: day, plan: due.subject, kind: 'cure', channel: 'mail' } as const
        await book.execute(due.account, notice)
      }
    })
  }
  return await onDay(url, '2026-05-20', eventsOf)
}

describe('daybook day', () => {
  it('trust-8 plans and payments of two accounts that have one id are all listed, each with its own account', async () => {
    const url = `sqlite:${join(folder, 'ids.db')}`
    await withPlans(url)
    await onDay(url, '2026-01-11', async (book) => {
      for (const account of [paying, missing]) {
        await book.execute(account, {
          type: 'PostPayment',
          on: '2026-01-11',
          payment: 'q1',
          amount: 100,
          tender: 'cash',
        })
      }
      expect((await book.plans()).items.map(({ account, plan }) => [account, plan])).toEqual([
        [paying, 'p1'],
        [missing, 'p1'],
        [late, 'p1'],
      ])
      expect((await book.payments()).items.map(({ account, payment }) => [account, payment])).toEqual([
        [paying, 'q1'],
        [missing, 'q1'],
      ])
    })
  })

  it('watch-2 records a missed instalment, a cure and a default of whoever does not pay, in the name of system', async () => {
    const url = `sqlite:${join(folder, 'year.db')}`
    const events = await aYear(url, (book) => book.day())
    const ofDays = events.filter((event) => event.endsWith(' system')).map((event) => event.split(' ')[0])
    expect(ofDays).toContain('InstalmentMissed')
    expect(ofDays).toContain('PlanCureOffered')
    expect(ofDays).toContain('PlanDefaulted')
    expect(ofDays).toContain('PlanCancelled')
    await onDay(url, '2026-05-20', async (book) => {
      const { items } = await book.plans()
      expect(Object.fromEntries(items.map(({ account, status }) => [account, status]))).toEqual({
        [paying]: 'completed',
        [missing]: 'defaulted',
        [late]: 'cancelled',
      })
      const [finding] = (await book.check()).findings
      expect(finding).toBeUndefined()
    })
  })

  it('run twice, or by two persons, it does nothing twice and says what stood already', async () => {
    const url = `sqlite:${join(folder, 'twice.db')}`
    await withPlans(url)
    await onDay(url, '2026-02-20', async (book) => {
      const first = await book.day({ actor: { id: 'anna' } })
      expect(first).toMatchObject({ date: '2026-02-20', dryRun: false, plans: 3 })
      expect(first.steps.map(({ account, outcome }) => [account, outcome])).toEqual([
        [paying, 'done'],
        [missing, 'done'],
        [late, 'done'],
      ])
      const before = await eventsOf(book)
      const again = await book.day({ actor: { id: 'bert' } })
      expect(again.steps.map(({ outcome }) => outcome)).toEqual(first.steps.slice(0, 2).map(() => 'before'))
      expect(again.steps.map(({ events }) => events)).toEqual(first.steps.slice(0, 2).map(({ events }) => events))
      expect(await eventsOf(book)).toEqual(before)
    })
  })

  it('broken off anywhere and run again, it ends as one that was not', async () => {
    const whole = await aYear(`sqlite:${join(folder, 'whole.db')}`, (book) => book.day())
    for (const after of [1, 2, 3]) {
      const broken = await aYear(`sqlite:${join(folder, `broken-${after}.db`)}`, async (book) => {
        const gone = new AbortController()
        const onProgress = (done: number) => {
          if (done === after) gone.abort()
        }
        await book
          .until(gone.signal)
          .day({ onProgress })
          .catch(() => undefined)
        await book.day()
      })
      expect(broken).toEqual(whole)
    }
  })

  it('F31 a promise whose time has passed is found broken, once, by the run of any later day', async () => {
    const url = `sqlite:${join(folder, 'promise.db')}`
    await withPlans(url)
    await onDay(url, '2026-02-02', async (book) => {
      const on = '2026-02-02'
      await book.execute(late, {
        type: 'RecordPromise',
        on,
        promise: 'w1',
        pays: { amount: 10_000, due: '2026-02-06' },
        madeBy: 'guarantor',
        channel: 'phone',
      })
      expect(await book.day()).toMatchObject({ promises: 0 })
    })
    await onDay(url, '2026-02-10', async (book) => {
      const dry = await book.day({ dryRun: true })
      expect(dry).toMatchObject({ promises: 1 })
      const run = await book.day()
      expect(run.steps.at(-1)).toEqual({
        account: late,
        guarantor: 'Sam Doe',
        promise: 'w1',
        outcome: 'done',
        events: ['PromiseBroken'],
      })
      expect(await eventsOf(book)).toContain('PromiseBroken 2026-02-10 system')
    })
    await onDay(url, '2026-02-11', async (book) => {
      expect((await book.day()).steps.filter(({ promise }) => promise !== undefined)).toEqual([])
      expect((await book.check()).findings).toEqual([])
    })
  })

  it('F31 a promise over what a plan asked for is broken by the run that finds the plan in default: a second run finds nothing', async () => {
    const url = `sqlite:${join(folder, 'after-default.db')}`
    await withPlans(url)
    await onDay(url, '2026-02-02', (book) =>
      book.execute(missing, {
        type: 'RecordPromise',
        on: '2026-02-02',
        promise: 'w1',
        pays: { amount: 10_000, due: '2026-02-06' },
        madeBy: 'guarantor',
        channel: 'phone',
      }),
    )
    const brought: string[] = []
    for (let day: Day = toDay('2026-02-20'); day < '2026-07-01'; day = addDays(day, 3)) {
      await onDay(url, day, async (book) => {
        const done = async () => (await book.day()).steps.filter(({ outcome }) => outcome === 'done')
        const first = await done()
        brought.push(...first.flatMap(({ events }) => events))
        expect(await done(), day).toEqual([])
        for (const { account, plan, events } of first) {
          if (plan === undefined || !events.includes('PlanCureOffered')) continue
          const notice = { type: 'RecordPlanNotice', on: day, plan, kind: 'cure', channel: 'mail' } as const
          await book.execute(account, notice)
        }
      })
    }
    // Nobody pays either plan here.
    expect(brought.slice(-3)).toEqual(['PlanDefaulted', 'PlanDefaulted', 'PromiseBroken'])
  })

  it('a dry run says what a run would do, and writes nothing', async () => {
    const url = `sqlite:${join(folder, 'dry.db')}`
    await withPlans(url)
    await onDay(url, '2026-02-20', async (book) => {
      const before = await eventsOf(book)
      const dry = await book.day({ dryRun: true })
      expect(await eventsOf(book)).toEqual(before)
      const done = await book.day()
      expect(dry.steps.map(({ outcome }) => outcome)).toEqual(['would', 'would', 'would'])
      expect(dry.steps.map(({ plan, events }) => [plan, events])).toEqual(
        done.steps.map(({ plan, events }) => [plan, events]),
      )
    })
  })

  it('a day that has not come, or is none, is refused; one that is past is recorded as of it', async () => {
    const url = `sqlite:${join(folder, 'dates.db')}`
    await withPlans(url)
    await onDay(url, '2026-02-20', async (book) => {
      for (const date of ['2026-02-21', '2026-02-30', 'tomorrow']) {
        await expect(book.day({ date })).rejects.toMatchObject({ _tag: 'InvalidQuery' })
      }
      await book.day({ date: '2026-02-12' })
      const events = await eventsOf(book)
      expect(
        events
          .filter((event) => event.startsWith('InstalmentMissed'))
          .every((event) => event < 'InstalmentMissed 2026-02-13'),
      ).toBe(true)
    })
  })

  it('on the command line: a table for people, JSON for programs', async () => {
    const path = join(folder, 'line.db')
    await withPlans(`sqlite:${path}`)
    const cli = commandLineIn(folder)
    const dry = await cli('day', '--dry-run', '--date', '2026-03-01', '--db', `sqlite:${path}`)
    await expect(dry.stdout).toMatchFileSnapshot('screens/day-dry-run.txt')
    expect(dry.stdout).toContain('dry run: nothing was written')
    expect(dry.stdout).toContain('Pat Poe')
    expect(dry.stdout).toContain('instalment missed')
    const json = await cli('day', '--dry-run', '--date', '2026-03-01', '--json', '--db', `sqlite:${path}`)
    expect(JSON.parse(json.stdout)).toMatchObject({ date: '2026-03-01', plans: 3 })
    const wrong = await cli('day', '--date', '2026-02-30', '--db', `sqlite:${path}`)
    expect(wrong.status).not.toBe(0)
  })
})
