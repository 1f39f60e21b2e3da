import { DatabaseSync } from 'node:sqlite'
import { memoryEventStore } from '@daybook/adapters/memory'
import { sqliteViewStore } from '@daybook/adapters/sqlite'
import { epochDay, toDay } from '@daybook/core/kernel'
import { EventStore, ViewStore } from '@daybook/core/ports'
import { type AgingQuery, agingReport, agingView } from '@daybook/projections/aging'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import { cellsOfBlock } from '../packages/projections/src/aging/cells.ts'
import { journalKey, journalOf } from '../packages/projections/src/aging/journal.ts'
import { kindNumber } from '../packages/projections/src/aging/kinds.ts'
import { countAccounts as counting, LATEST } from '../packages/projections/src/aging/presence.ts'
import type { AgingRow } from '../packages/projections/src/aging/row.ts'
import { type Opened, scratch } from './measure.ts'
import { type Random, seeded } from './practice/random.ts'

/** Days over which the items were opened, and those that an item is at most older than its first known day. */
const DAYS = 1_096
const LAG = 45
const LAST = epochDay(toDay('2026-11-20'))

const insurance = kindNumber('insurance', 'active')
const patient = kindNumber('patient', 'active')
const nobody = { account: '', coverage: '', payer: '', financialClass: '', location: '', provider: '' }

/** Items of one account, in the order in which they were opened. */
const ITEMS_OF_ACCOUNT = 5

const rowOf = (
  account: string,
  position: number,
  day: number,
  kind: number,
  amount: number,
  dos: number,
  from: number,
): AgingRow => ({
  position,
  day,
  kind,
  amount,
  anchors: { responsibility: from, dos, billDate: dos },
  attributes: { ...nobody, account },
})

/**
 * The next of so many open items, at two positions each: charged in order of days, and every third one has moved from its
 * payer to the patient since.
 */
const rowsOfItem = (random: Random, item: number, items: number): readonly AgingRow[] => {
  const known = LAST - DAYS + Math.floor((item * DAYS) / items)
  const dos = known - random.int(LAG)
  const amount = random.between(1_000, 60_000)
  const at = 2 * item + 1
  const account = `account-${Math.floor(item / ITEMS_OF_ACCOUNT)}`
  const charged = rowOf(account, at, dos, insurance, amount, dos, dos)
  if (item % 3 !== 0) return [charged]
  const moved = Math.min(known + 20, LAST)
  return [
    charged,
    rowOf(account, at + 1, moved, insurance, -amount, dos, dos),
    rowOf(account, at + 1, moved, patient, amount, dos, moved),
  ]
}

/** The rows themselves in a table, without a cube: what there would be to add up. */
const plainTable = (path: string) => {
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA cache_size = -262144;
    CREATE TABLE rows(position INTEGER, day INTEGER, kind INTEGER, anchor INTEGER, amount INTEGER)`)
  const insert = db.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?)')
  return {
    add: (rows: readonly AgingRow[]): void => {
      db.exec('BEGIN')
      for (const { position, day, kind, anchors, amount } of rows)
        insert.run(position, day, kind, anchors.responsibility, amount)
      db.exec('COMMIT')
    },
    ask: (asOf: number, knownAt: number): number => {
      const rows = db
        .prepare('SELECT anchor, kind, sum(amount) AS amount FROM rows WHERE day <= ? AND position <= ? GROUP BY 1, 2')
        .all(asOf, knownAt)
      return rows.reduce((sum, { amount }) => sum + Number(amount), 0)
    },
    close: () => db.close(),
  }
}
type PlainTable = ReturnType<typeof plainTable>

/** Fills the cube as the view would: every block in the journal, whole ones in cells too. */
const fillWith = (plain: PlainTable, items: number) =>
  Effect.gen(function* () {
    const views = yield* ViewStore
    const { block } = agingView.grain
    const random = seeded(11)
    const head = 2 * items
    let rows: AgingRow[] = []
    let item = 0
    /** What accounts have open: a view reads it again, and here the last accounts are enough. */
    let kept = new Map<string, unknown>()
    for (let from = 0; from < head; from += block) {
      const to = Math.min(from + block, head)
      rows = rows.filter(({ position }) => position > from)
      for (; item < items && 2 * item + 1 <= to; item += 1) rows.push(...rowsOfItem(random, item, items))
      const inBlock = rows.filter(({ position }) => position <= to)
      const isWhole = to - from === block
      plain.add(inBlock)
      const counted = counting(inBlock, { get: (key) => kept.get(key) })
      kept = new Map<string, unknown>([[LATEST, kept.get(LATEST)], ...structuredClone(counted.put)])
      yield* views.commit({
        view: agingView.view,
        version: agingView.version,
        from,
        to,
        leaf: '-',
        put: new Map(
          [[journalKey(from / block, from), journalOf(inBlock)] as const, ...counted.put].map(
            ([key, document]) => [key, JSON.stringify(document)] as const,
          ),
        ),
        add: [...counted.cells, ...(isWhole ? cellsOfBlock(agingView.grain, from / block, inBlock) : [])],
      })
    }
  })

/** The name of a question, its as-of, the part of the log that it knows, and whether it counts accounts, as `daybook aging` does. */
const questions: readonly (readonly [string, string, number, boolean])[] = [
  ['now', '2026-11-20', 1, false],
  ['now, with the accounts of each bucket', '2026-11-20', 1, true],
  ['a year ago, as known at a cut block', '2025-11-07', 0.617_283_5, false],
]

export const open = async (quick: boolean): Promise<Opened> => {
  const items = quick ? 20_000 : 1_000_000
  const head = 2 * items
  const disk = scratch()
  const path = disk.path('views.db')
  const plain = plainTable(disk.path('rows.db'))
  const withViews = <A>(work: Effect.Effect<A, unknown, EventStore | ViewStore>, head: number): Promise<A> =>
    Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const views = yield* sqliteViewStore({ path })
          const events = { ...(yield* memoryEventStore()), head: Effect.succeed({ position: head }) }
          return yield* Effect.provide(
            work,
            Layer.mergeAll(Layer.succeed(EventStore, events), Layer.succeed(ViewStore, views)),
          )
        }),
      ),
    )
  await withViews(fillWith(plain, items), 0)
  /** One question on an open book, without what it costs to open it. The answer must be that of the rows. */
  const ask = (query: AgingQuery, expected: number) =>
    withViews(
      Effect.gen(function* () {
        yield* agingReport({ ...query, asOf: toDay('2024-01-01') })
        const from = performance.now()
        const report = yield* agingReport(query)
        const spent = performance.now() - from
        if (!('net' in report) || report.net !== expected)
          throw new RangeError(`the cube says ${JSON.stringify(report)}, the rows ${expected}`)
        return spent
      }),
      head,
    )
  return {
    benches: questions.map(([name, day, part, countAccounts]) => {
      const knownAtPosition = Math.floor(head * part)
      const asOf = toDay(day)
      const expected = plain.ask(epochDay(asOf), knownAtPosition)
      return {
        name: `aging, ${items.toLocaleString('en-US')} open items, ${name}`,
        unit: 'ms',
        limitIs: 'one SQL sum over the rows, no cube',
        ours: () => ask({ asOf, knownAtPosition, basis: 'responsibility', countAccounts }, expected),
        limit: () => {
          const from = performance.now()
          plain.ask(epochDay(asOf), knownAtPosition)
          return performance.now() - from
        },
        bars: [{ of: 'measured', is: 'at most', value: 100 }],
      }
    }),
    close: () => {
      plain.close()
      disk.remove()
    },
  }
}
