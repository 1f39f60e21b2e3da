import { chmodSync, copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import { isUnreadable } from '@daybook/core/kernel'
import { policyCodec, practicePolicyAggregate } from '@daybook/core/policy'
import { limits, type StoredEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Book, type ImportReport, openDaybook } from '../src/index.ts'
import { commandLineIn } from './support/command-line.ts'
import { testFolder } from './support/folder.ts'

// A book that an older version wrote, and what that version answered: older-book/README.md. Only copies are opened.

const fixture = join(import.meta.dirname, 'older-book')
const text = (...path: readonly string[]): string => readFileSync(join(fixture, ...path), 'utf8')

interface Question {
  readonly answer: string
  readonly asked: readonly string[]
  readonly status: number
}
const questions: readonly Question[] = JSON.parse(text('questions.json'))

interface Step {
  readonly at: string
  readonly actor: string
  readonly roles?: readonly never[]
  readonly account?: string
  readonly commandId?: string
  readonly command?: never
}
const steps: readonly Step[] = JSON.parse(text('steps.json'))

const folder = testFolder()

/** The book in each format that a file of SQLite had. */
const files = { 1: 'book.sqlite', 2: 'book-2.sqlite' } as const
const formats = [1, 2] as const

/** A copy of the book with its key, which its owner alone may read. */
const copied = (name: string, format: keyof typeof files = 1): string => {
  const path = join(folder, name)
  copyFileSync(join(fixture, files[format]), path)
  copyFileSync(join(fixture, 'book.sqlite.key'), `${path}.key`)
  chmodSync(path, 0o600)
  chmodSync(`${path}.key`, 0o600)
  return path
}

/** The policies that were published, as the store gives them. */
const published: readonly StoredEvent[] = await Effect.runPromise(
  Effect.scoped(
    Effect.flatMap(sqliteEventStore({ path: copied('read.sqlite') }), (store) =>
      store.readAll({ after: 0, limit: limits.page, types: ['PolicyPublished'] }),
    ),
  ),
)

// Years after it was written: no day of today may come into an answer whose question names its day.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-05-04T12:00:00.000Z') })
})
afterAll(() => {
  vi.useRealTimers()
})

describe.each(formats)('a book that an older version wrote, in a file of format %i, asked by this one', (format) => {
  const path = copied(`asked-${format}.sqlite`, format)
  const db = `sqlite:${path}`

  it('is not read as it is: opened for reading only it is refused, with the command that makes it one of now', async () => {
    const audited = copied(`audited-${format}.sqlite`, format)
    const { status, stderr } = await commandLineIn(folder)('accounts', '--db', `sqlite:${audited}?mode=ro`)
    expect(status).toBe(1)
    expect(stderr).toContain(`run daybook check --db sqlite:${audited}`)
    expect(readFileSync(audited).equals(readFileSync(join(fixture, files[format])))).toBe(true)
  })

  it('has its rows made anew by the first that opens it, which says so; as it was it is kept', async () => {
    const { status, stderr } = await commandLineIn(folder)('accounts', '--db', db)
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `daybook: an older book: 595 rows of fewer bytes were made from its log, once; as it was it is kept in ${path}.format-${format}-at-595\n`,
    })
    expect(readFileSync(`${path}.format-${format}-at-595`).length).toBeGreaterThan(0)
  })

  it('is asked all that it was asked then', () => {
    expect(readdirSync(join(fixture, 'answers')).sort()).toEqual(questions.map(({ answer }) => `${answer}.json`).sort())
    const asked = new Set(questions.map(({ asked: [command] }) => command))
    expect([...asked].sort()).toEqual(['account', 'aging', 'check', 'explain', 'history', 'worklist'])
  })

  /** That older version wrote nothing down of who looked, and its `check` knows of no such log. */
  const looks = ['--access-log', 'memory:']
  it.each(questions)('answers to the byte what it answered then: $answer', async ({ answer, asked, status }) => {
    const ran = await commandLineIn(folder)(...asked, '--json', ...looks, '--db', db)
    expect(ran.stdout).toBe(text('answers', `${answer}.json`))
    expect(ran).toMatchObject({ status, stderr: '' })
  })

  it('is whole, and check is silent', async () => {
    expect(await commandLineIn(folder)('check', '--db', db)).toEqual({ status: 0, stdout: '', stderr: '' })
  })
})

describe('a book that an older version wrote, its views made anew from its events', () => {
  const answer = (name: string): unknown => JSON.parse(text('answers', `${name}.json`))
  let book: Book
  beforeAll(async () => {
    book = await openDaybook(`sqlite:${copied('rebuilt.sqlite')}`, { actor: 'anna', views: 'memory:' })
  })
  afterAll(() => book.close())

  it('has the same receivables by age', async () => {
    expect(await book.aging({ asOf: '2026-11-02', accounts: true })).toEqual(answer('aging-2026-11-02'))
  })

  it('has the same work, in the same order', async () => {
    const worklist = await book.worklist({ asOf: '2026-11-02' })
    // The command line prints null where an item has none.
    const items = worklist.items.map((item) => ({ account: null, remittance: null, due: null, ...item }))
    expect({ ...worklist, items }).toEqual(answer('worklist'))
  })
})

/** `@632:…`: the position of a head. */
const positionOf = (head: string): number => Number(/^@(\d+):/.exec(head)?.[1])

describe('a book that an older version wrote, used by this one', () => {
  let book: Book
  let head: string
  beforeAll(async () => {
    book = await openDaybook(`sqlite:${copied('used.sqlite')}`, { actor: 'billing' })
    head = (await book.check()).head
  })
  afterAll(() => book.close())

  it('knows every file again: nothing is posted twice (law L1)', { tags: ['L1'] }, async () => {
    const documents = readdirSync(join(fixture, 'documents')).map((name) => join(fixture, 'documents', name))
    // The first import makes the references that an older book lacks (clarification 33), and puts that on record.
    await book.importPaths(documents, { openMissing: true })
    const made = []
    for await (const { stream, type } of book.events({ after: Number(head.split(':')[0]?.slice(1)) })) {
      made.push(stream.startsWith('migration-') ? stream : type)
    }
    expect(made.length).toBeGreaterThan(0)
    expect(made.filter((each) => each !== 'ReferenceAssigned')).toEqual([
      'migration-references',
      'migration-payer-numbers',
      'migration-members',
      // An advice opened an account of somebody who is called like a patient of another one.
      'SamePersonHinted',
    ])
    head = (await book.check()).head
    const { files }: ImportReport = await book.importPaths(documents, { openMissing: true })
    const outcomes = files.flatMap(({ transactions }) => transactions.map(({ outcome }) => outcome))
    expect(outcomes).toEqual(Array(9).fill('duplicate'))
    expect((await book.check()).head).toBe(head)
  })

  it('knows every command again, and gives its first receipt (law B3)', { tags: ['B3'] }, async () => {
    const given = steps.filter(({ command }) => command !== undefined)
    expect(given.length).toBeGreaterThan(70)
    for (const { account = '', commandId = '', command, actor, roles = [] } of given) {
      const answer = await book.execute(account, command as never, { commandId, actor: { id: actor, roles } })
      expect(answer, `${commandId} on ${account}`).toMatchObject({ ok: true, repeated: true })
    }
    const written: string[] = []
    for await (const { type } of book.events({ after: positionOf(head) })) written.push(type)
    // Nobody was told then; the last command of an account, given again, tells now.
    expect(new Set(written)).toEqual(new Set(['SamePersonHinted']))
  })

  it('takes new commands on its accounts', async () => {
    const payment = { type: 'PostPayment', on: '2031-05-04', amount: 1_000, tender: 'cash' } as const
    for (const account of ['older-payments', 'older-plan', 'older-placed', 'older-converted']) {
      expect(await book.execute(account, payment)).toMatchObject({ ok: true })
    }
    expect(await book.check()).toMatchObject({ findings: [] })
  })
})

describe('the policies of a book that an older version wrote', () => {
  it('were written in the format of then, its version 2', () => {
    expect(published.map(({ schemaVersion }) => schemaVersion)).toEqual([2, 2])
  })

  it('are read back, each figure as it was published', () => {
    const events = published.flatMap((stored) => {
      const event = policyCodec.decode(stored, true)
      return isUnreadable(event) ? [] : [event]
    })
    const practice = { entityType: 'physician_practice', state: 'MN', timeZone: 'America/Chicago' }
    expect(events.map(({ reason }) => reason)[1]).toBe('three days of grace from now on')
    expect(practicePolicyAggregate.fold(practicePolicyAggregate.initial, events).versions).toMatchObject([
      {
        version: 1,
        policy: {
          name: 'physicianPracticeMN',
          practice,
          posting: { futureDays: 30, electronicTender: 'onCapture', refundDays: 30 },
          writeOff: { smallBalance: 999 },
          plans: { incomeShare: 500, minimumInstalment: 2_500, graceDays: 5, cureDays: 15 },
          placement: { minimumBalance: 2_500, noticesBefore: 3, notInUse: [] },
          worklist: { balanceWeight: 40, age: { peakFrom: 60, peakTo: 120 }, recentPayment: 10 },
        },
      },
      {
        version: 2,
        policy: {
          name: 'examplePractice',
          practice,
          plans: { incomeShare: 500, minimumInstalment: 2_500, graceDays: 3, cureDays: 15 },
          worklist: { recentPayment: 12 },
        },
      },
    ])
  })

  it('the last one is in force', async () => {
    await using book = await openDaybook(`sqlite:${copied('policy.sqlite')}`, { actor: 'billing' })
    expect(await book.policy()).toMatchObject({
      version: 2,
      policy: { name: 'examplePractice', plans: { graceDays: 3 } },
    })
  })
})
