import { memoryEventStore } from '@daybook/adapters/memory'
import { sqliteViewStore } from '@daybook/adapters/sqlite'
import { epochDay, toDay } from '@daybook/core/kernel'
import { EventStore, ViewStore } from '@daybook/core/ports'
import { type AgingQuery, agingReport, agingView } from '@daybook/projections/aging'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import { cellsOfBlock } from '../packages/projections/src/aging/cells.ts'
import { journalKey, writeJournal } from '../packages/projections/src/aging/journal.ts'
import { kindNumber } from '../packages/projections/src/aging/kinds.ts'
import type { AgingRow } from '../packages/projections/src/aging/row.ts'
import { type Opened, scratch } from './measure.ts'
import { type Random, seeded } from './practice/random.ts'

const ITEMS = 1_000_000
/** Days over which the items were opened, and those that an item is at most older than its first known day. */
const DAYS = 1_096
const LAG = 45
const LAST = epochDay(toDay('2026-11-20'))

const insurance = kindNumber('insurance', 'active')
const patient = kindNumber('patient', 'active')
const nobody = { account: '', coverage: '', payer: '', financialClass: '', location: '', provider: '' }

const rowOf = (position: number, day: number, kind: number, amount: number, dos: number, from: number): AgingRow => ({
  position,
  day,
  kind,
  amount,
  anchors: { responsibility: from, dos, billDate: dos },
  attributes: nobody,
})

/** The next open item: charged in order of days, and every third one has moved from its payer to the patient since. */
const rowsOfItem = (random: Random, item: number): readonly AgingRow[] => {
  const known = LAST - DAYS + Math.floor((item * DAYS) / ITEMS)
  const dos = known - random.int(LAG)
  const amount = random.between(1_000, 60_000)
  const at = 2 * item + 1
  const charged = rowOf(at, dos, insurance, amount, dos, dos)
  if (item % 3 !== 0) return [charged]
  const moved = Math.min(known + 20, LAST)
  return [
    charged,
    rowOf(at + 1, moved, insurance, -amount, dos, dos),
    rowOf(at + 1, moved, patient, amount, dos, moved),
  ]
}

/** Fills the cube as the view would: whole blocks as cells, the last part of one as a journal. */
const fill = Effect.gen(function* () {
  const views = yield* ViewStore
  const { block } = agingView.grain
  const random = seeded(11)
  const head = 2 * ITEMS
  let rows: AgingRow[] = []
  let item = 0
  for (let from = 0; from < head; from += block) {
    const to = Math.min(from + block, head)
    rows = rows.filter(({ position }) => position > from)
    for (; item < ITEMS && 2 * item + 1 <= to; item += 1) rows.push(...rowsOfItem(random, item))
    const inBlock = rows.filter(({ position }) => position <= to)
    const isWhole = to - from === block
    yield* views.commit({
      view: agingView.view,
      version: agingView.version,
      from,
      to,
      ...(isWhole ? { add: cellsOfBlock(agingView.grain, from / block, inBlock) } : {}),
      ...(isWhole ? {} : { put: new Map([[journalKey(Math.floor(from / block), from), writeJournal(inBlock)]]) }),
    })
  }
  return head
})

const queries: readonly (readonly [string, AgingQuery])[] = [
  ['now', { asOf: toDay('2026-11-20'), basis: 'responsibility' }],
  ['a year ago, as known at a cut block', { asOf: toDay('2025-11-07'), knownAtPosition: 1_234_567, basis: 'dos' }],
]

export const open = async (): Promise<Opened> => {
  const disk = scratch()
  const path = disk.path('views.db')
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
  const head = await withViews(fill, 0)
  /** One question on an open book, without what it costs to open it. */
  const ask = (query: AgingQuery) =>
    withViews(
      Effect.gen(function* () {
        yield* agingReport({ ...query, asOf: toDay('2024-01-01') })
        const from = performance.now()
        yield* agingReport(query)
        return performance.now() - from
      }),
      head,
    )
  return {
    benches: queries.map(([name, query]) => ({
      name: `aging, 1 M open items, ${name}`,
      unit: 'ms',
      limitIs: 'the same of the first day of the book',
      ours: () => ask(query),
      limit: () => ask({ ...query, asOf: toDay('2023-11-21') }),
      bars: [{ of: 'measured', is: 'at most', value: 100 }],
    })),
    close: disk.remove,
  }
}
