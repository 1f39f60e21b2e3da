import { describe, expect, it } from 'vitest'
import type { Book, RecordedEvent, WorkItem } from '../../src/index.ts'
import type { Outcome } from '../support/year/step.ts'
import { workOn } from '../support/year/work.ts'
import { type YearOptions, yearOf } from '../support/year/year.ts'

// Weeks of a desk, with every command of plans, promises, disputes, people, letters and the office, over the day on which clocks
// change. What the book showed at the end of each day is asked for again at the end of all: as the book knew it then, and by
// all that is known since.

const weeks: readonly YearOptions[] = [
  { seed: 20_261_020, accounts: 12, from: '2026-10-23', days: 13, movesADay: 24 },
  { seed: 20_260_302, accounts: 12, from: '2026-03-02', days: 12, movesADay: 24 },
]

type Moment = { readonly asOf?: string; readonly knownAt?: string }

interface Row {
  readonly owner: string
  readonly says: string
}

/** What of an item stands by its day: what may be done now is asked of now alone. */
const rowOf = (item: WorkItem): Row => {
  const { account, remittance, person, queue, subject, amount, since, due, priority, assignedTo, reasons } = item
  const owners = { account, remittance, person }
  const says = { ...owners, queue, subject, amount, since, due, priority, assignedTo, reasons }
  return { owner: account ?? remittance ?? person ?? '', says: JSON.stringify(says) }
}

const bySays = (a: Row, b: Row): number => (a.says < b.says ? -1 : 1)

const workOf = async (book: Book, moment: Moment = {}) => {
  const { items, waiting, position } = await book.worklist({ ...moment, nextActions: 0 })
  const waits = waiting.map((one) => ({ owner: one.account ?? one.person ?? '', says: JSON.stringify(one) }))
  return { rows: [...items.map(rowOf), ...waits].toSorted(bySays), position }
}

const pageOf = async (book: Book, account: string, moment: Moment = {}): Promise<object> => {
  const page = await book.account(account, moment)
  if (page.beforeTheBooks) return page
  const { next: _next, knownAt: _knownAt, ...rest } = page
  return rest
}

interface EndOfDay {
  readonly day: string
  readonly position: number
  readonly rows: readonly Row[]
  readonly pages: ReadonlyMap<string, object>
}

const idOf = (stream: string): string => stream.replace(/^[a-z]+-/, '')

/** Whom something was said of later that counts on the day already: accounts, and persons with all accounts of their own. */
const saidLater = (log: readonly RecordedEvent[], { day, position }: EndOfDay): ReadonlySet<string> => {
  const late = new Set(
    log.flatMap((one) => (one.position > position && one.event.effectiveDate <= day ? [one.stream] : [])),
  )
  // Persons who are one count as one.
  for (const { stream, event } of log) {
    if (event.type === 'PersonGrouped' && late.has(stream)) late.add(`group-${event.groupId}`)
  }
  for (const { stream, event } of log) {
    if (event.type === 'PersonGrouped' && late.has(`group-${event.groupId}`)) late.add(stream)
  }
  for (const { stream, event } of log) {
    if (event.type === 'PersonAccountNamed' && late.has(stream)) late.add(`account-${event.accountId}`)
  }
  return new Set([...late].map(idOf))
}

describe('standing-1 standing-2 some weeks of a desk, asked for again', () => {
  it.each(weeks)(
    'standing-2 each day from $from on as the book knew it then, and by all that is known since',
    {
      tags: ['Q4'],
      timeout: 300_000,
    },
    async (options) => {
      const steps = yearOf(options)
      const outcomes: Outcome[] = []
      const days: EndOfDay[] = []
      const accounts = new Set<string>()
      let compared = 0
      await workOn({
        url: 'memory:',
        steps,
        outcomes,
        after: async (book, { deed, on: day }, number) => {
          if (deed.kind === 'open') accounts.add(deed.account)
          const next = steps[number + 1]
          if (next?.on === day) return
          const pages = new Map<string, object>()
          for (const account of accounts) pages.set(account, await pageOf(book, account))
          days.push({ day, ...(await workOf(book)), pages })
          if (next) return
          expect((await book.check()).findings).toEqual([])
          const log: RecordedEvent[] = []
          for await (const event of book.events()) log.push(event)
          for (const end of days) {
            const { day: asOf, position } = end
            const known = await workOf(book, { asOf, knownAt: `@${position}` })
            expect({ asOf, rows: known.rows }).toEqual({ asOf, rows: end.rows })
            const late = saidLater(log, end)
            const others = (rows: readonly Row[]) => rows.filter(({ owner }) => !late.has(owner))
            const since = await workOf(book, { asOf })
            expect({ asOf, rows: others(since.rows) }).toEqual({ asOf, rows: others(end.rows) })
            compared += others(end.rows).length
            for (const [account, page] of end.pages) {
              if (!late.has(account)) expect(await pageOf(book, account, { asOf })).toEqual(page)
            }
          }
        },
      })
      expect(days.length).toBe(options.days)
      expect(compared).toBeGreaterThan(100)
    },
  )
})
