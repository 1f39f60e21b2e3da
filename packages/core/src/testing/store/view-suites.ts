import * as Effect from 'effect/Effect'
import { type Cell, type Item, NEW_VIEW, type ViewChange, type ViewStoreShape } from '../../ports/view-store.ts'
import type { LawId } from '../laws/words.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'

/** Opens a view store with nothing in it; `reopen` gives one over the same rows. */
export interface ViewStoreFixture {
  readonly open: () => Promise<{
    readonly store: ViewStoreShape
    readonly reopen: () => Promise<ViewStoreShape>
    readonly close: () => Promise<void>
  }>
}

/** One thing that must be true of every view store. */
export interface ViewStoreCase {
  readonly name: string
  /** The laws that it checks. */
  readonly laws?: readonly LawId[]
  /** @throws StoreCaseFailure, by rejecting, when the store does not keep it. */
  readonly run: (fixture: ViewStoreFixture) => Promise<void>
}

const live = { view: 'ledger', version: 1 }
const other = { view: 'ledger', version: 2 }

/** The leaf hash of the event at a position, as these suites have it. */
const leaf = (position: number): string => `leaf-${position}`
const at = (position: number) => ({ position, leaf: leaf(position) })
const to = (position: number) => ({ to: position, leaf: leaf(position) })

const cell = (x: number, y: number, z: number, kind: string, amount: number, series = 's'): Cell => ({
  series,
  x,
  y,
  z,
  kind,
  amount,
})
const item = (key: string, rank: string, body = key, list = 'queue'): Item => ({ list, key, rank, body })
const documents = (...entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> => new Map(entries)

type Check = (store: ViewStoreShape, reopen: () => Promise<ViewStoreShape>) => Promise<void>

const suite = (name: string, check: Check): ViewStoreCase => ({
  name,
  run: async (fixture) => {
    const { store, reopen, close } = await fixture.open()
    try {
      await check(store, reopen)
    } finally {
      await close()
    }
  },
})

const lawSuite = (law: LawId, name: string, check: Check): ViewStoreCase => ({ ...suite(name, check), laws: [law] })

/** All that can be read of a view, to compare before and after. */
const everything = (store: ViewStoreShape, name = live) =>
  run(
    Effect.all({
      checkpoint: store.checkpoint(name),
      docs: store.docs(name, { limit: 100 }),
      sum: store.sum(name, { series: 's', x: 1_000, y: 1_000 }),
      series: store.series(name, ''),
      items: store.items(name, { list: 'queue', limit: 100 }),
    }),
  )

const first: ViewChange = {
  ...live,
  from: 0,
  ...to(7),
  put: documents(['a', '1'], ['b', '2']),
  add: [cell(1, 1, 5, 'k', 100)],
  items: [item('i', 'm')],
}

export const viewStoreCases: readonly ViewStoreCase[] = [
  suite('rows and checkpoint of a change are there together, also after opening the store again', async (store, reopen) => {
    mustEqual(await run(store.checkpoint(live)), NEW_VIEW, 'a new view is built to 0')
    await run(store.commit(first))
    const expected = {
      checkpoint: at(7),
      docs: [
        { key: 'a', body: '1' },
        { key: 'b', body: '2' },
      ],
      sum: [{ z: 5, kind: 'k', amount: 100 }],
      series: ['s'],
      items: [item('i', 'm')],
    }
    mustEqual(await everything(store), expected, 'what was written')
    mustEqual(await everything(await reopen()), expected, 'what was written, opened again')
  }),

  lawSuite(
    'C6',
    'C6 a change delivered again is a Conflict and changes nothing; so is one that comes too early',
    async (store) => {
      await run(store.commit(first))
      const before = await everything(store)
      await mustFail('Conflict', store.commit(first), 'the same change again')
      const late: ViewChange = { ...first, from: 5, ...to(9) }
      await mustFail('Conflict', store.commit(late), 'a change computed from an older checkpoint')
      await mustFail('Conflict', store.commit({ ...late, from: 8 }), 'a change that skips events')
      mustEqual(await everything(store), before, 'nothing changed')
      mustEqual(before.checkpoint, at(7), 'the checkpoint')
    },
  ),

  suite('of two runners at one checkpoint one wins, whole', async (store) => {
    const change = (name: string, amount: number) =>
      Effect.match(
        store.commit({
          ...live,
          from: 0,
          ...to(3),
          put: documents([name, name]),
          add: [cell(1, 1, 1, name, amount)],
        }),
        {
          onFailure: (error) => error._tag,
          onSuccess: () => 'won',
        },
      )
    const outcomes = await run(Effect.all([change('a', 1), change('b', 2)], { concurrency: 'unbounded' }))
    mustEqual([...outcomes].sort(), ['Conflict', 'won'], 'one of the two')
    const winner = outcomes[0] === 'won' ? 'a' : 'b'
    const { docs, sum } = await everything(store)
    mustEqual(docs, [{ key: winner, body: winner }], 'the documents of the winner only')
    mustEqual(
      sum.map(({ kind }) => kind),
      [winner],
      'the cells of the winner only',
    )
  }),

  suite('a change with a wrong part is not written at all', async (store) => {
    await run(store.commit(first))
    const before = await everything(store)
    const next: ViewChange = { ...live, from: 7, ...to(9), put: documents(['c', '3']) }
    await mustFail(
      'Integrity',
      store.commit({ ...next, add: [cell(1, 1, 5, 'k', 1), cell(1, 1, 5, 'k', 0.5)] }),
      'half a cent',
    )
    await mustFail('Integrity', store.commit({ ...next, add: [cell(2 ** 53, 1, 5, 'k', 1)] }), 'beyond 2^53')
    await mustFail('Integrity', store.commit({ ...next, to: 7 }), 'a checkpoint that stands still')
    mustEqual(await everything(store), before, 'nothing changed')
    await run(store.commit(next))
    mustEqual(await run(store.doc(live, 'c')), '3', 'the right change afterwards')
  }),

  suite('cells add up by place; sums take x and y up to a bound, by z and kind, zeros left out', async (store) => {
    await run(
      store.commit({
        ...live,
        from: 0,
        ...to(1),
        add: [cell(1, 1, 10, 'a', 5), cell(1, 1, 10, 'a', 7), cell(2, 1, 10, 'a', 100), cell(1, 2, 10, 'a', 1_000)],
      }),
    )
    await run(
      store.commit({
        ...live,
        from: 1,
        ...to(2),
        add: [
          cell(1, 1, 10, 'a', -2),
          cell(-3, -3, -4, 'b', 9),
          cell(1, 1, 11, 'c', 4),
          cell(2, 2, 11, 'c', -4),
          cell(1, 1, 10, 'a', 1, 't'),
        ],
      }),
    )
    const sum = async (x: number, y: number) =>
      [...(await run(store.sum(live, { series: 's', x, y })))].sort((a, b) => a.z - b.z || (a.kind < b.kind ? -1 : 1))
    const old = { z: -4, kind: 'b', amount: 9 }
    mustEqual(await sum(0, 9), [old], 'x up to 0')
    mustEqual(
      await sum(1, 1),
      [old, { z: 10, kind: 'a', amount: 10 }, { z: 11, kind: 'c', amount: 4 }],
      'x and y up to 1',
    )
    mustEqual(await sum(2, 1), [old, { z: 10, kind: 'a', amount: 110 }, { z: 11, kind: 'c', amount: 4 }], 'x up to 2')
    mustEqual(await sum(2, 2), [old, { z: 10, kind: 'a', amount: 1_110 }], 'all: what adds up to zero is left out')
    mustEqual(
      await run(store.sum(live, { series: 't', x: 9, y: 9 })),
      [{ z: 10, kind: 'a', amount: 1 }],
      'series apart',
    )
  }),

  lawSuite(
    'N22',
    'N22 documents come in key order, by prefix, in pages of any size; a dropped one is gone',
    async (store) => {
      const keys = ['a', 'b/1', 'b/10', 'b/2', 'c']
      await run(
        store.commit({
          ...live,
          from: 0,
          ...to(1),
          put: documents(...keys.map((key) => [key, `"${key}"`] as const)),
        }),
      )
      for (const limit of [1, 2, 3, 10]) {
        const found: string[] = []
        for (;;) {
          const after = found.at(-1)
          const page = await run(
            store.docs(live, after === undefined ? { prefix: 'b/', limit } : { prefix: 'b/', after, limit }),
          )
          must(page.length <= limit, 'a page has at most what was asked for')
          if (page.length === 0) break
          found.push(...page.map(({ key }) => key))
        }
        mustEqual(found, ['b/1', 'b/10', 'b/2'], `pages of ${limit}`)
      }
      const some = await run(store.docsOf(live, ['c', 'none', 'a', 'a']))
      mustEqual(
        [...some].sort(),
        [
          ['a', '"a"'],
          ['c', '"c"'],
        ],
        'several by key',
      )
      await run(store.commit({ ...live, from: 1, ...to(2), drop: ['a'], put: documents(['c', 'new']) }))
      mustEqual(await run(store.doc(live, 'a')), undefined, 'dropped')
      mustEqual(await run(store.doc(live, 'c')), 'new', 'written over')
    },
  ),

  lawSuite(
    'N22',
    'N22 items come by rank, then key, in pages of any size; one that moves stands once',
    async (store) => {
      await run(
        store.commit({
          ...live,
          from: 0,
          ...to(1),
          items: [item('c', '2'), item('a', '2'), item('b', '1'), item('x', '0', 'x', 'other')],
        }),
      )
      await run(
        store.commit({
          ...live,
          from: 1,
          ...to(2),
          items: [item('c', '0', 'moved')],
          dropItems: [{ list: 'queue', key: 'b' }],
        }),
      )
      const expected = [item('c', '0', 'moved'), item('a', '2')]
      for (const limit of [1, 2, 5]) {
        const found: Item[] = []
        for (;;) {
          const after = found.at(-1)
          const page = await run(store.items(live, after ? { list: 'queue', after, limit } : { list: 'queue', limit }))
          if (page.length === 0) break
          found.push(...page)
        }
        mustEqual(found, expected, `pages of ${limit}`)
      }
    },
  ),

  suite('all cells and all items of a view come in order, in pages of any size, and none of another view', async (store) => {
    const cells = [cell(-1, 2, 3, 'k', 4), cell(1, 1, 1, 'a', 0), cell(1, 1, 1, 'b', 7), cell(1, 1, 2, 'a', 7)]
    const later = cell(0, 0, 0, 'z', 1, 't')
    const items = [item('b', '1', 'x', 'm'), item('a', '9'), item('c', '0')]
    const change = { ...live, from: 0, ...to(1), items: items.toReversed() }
    await run(store.commit({ ...change, add: [later, ...cells.toReversed()] }))
    await run(store.commit({ ...other, from: 0, ...to(1), add: [cell(0, 0, 0, 'o', 1)], items: [item('o', 'o')] }))
    for (const limit of [1, 2, 9]) {
      const foundCells: Cell[] = []
      const foundItems: Item[] = []
      for (;;) {
        const more = await run(store.cells(live, { after: foundCells.at(-1), limit }))
        foundCells.push(...more)
        if (more.length < limit) break
      }
      for (;;) {
        const more = await run(store.everyItem(live, { after: foundItems.at(-1), limit }))
        foundItems.push(...more)
        if (more.length < limit) break
      }
      mustEqual(foundCells, [...cells, later], `cells in pages of ${limit}`)
      mustEqual(foundItems, items, `items in pages of ${limit}`)
    }
    await run(store.sweep)
    mustEqual(await run(store.strays), 0, 'rows of no view')
    mustEqual((await run(store.cells(live, { limit: 9 }))).length, 5, 'what belongs to a view stays')
  }),

  suite('series are named in order, by prefix', async (store) => {
    await run(
      store.commit({
        ...live,
        from: 0,
        ...to(1),
        add: ['p|b', 'p|a', 'q', 'p|a'].map((series, n) => cell(n, 0, 0, 'k', 1, series)),
      }),
    )
    mustEqual(await run(store.series(live, 'p|')), ['p|a', 'p|b'], 'of a prefix')
    mustEqual(await run(store.series(live, '')), ['p|a', 'p|b', 'q'], 'all')
  }),

  suite('versions of a view stand apart; one is forgotten alone', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...first, ...other, ...to(3) }))
    mustEqual(await run(store.checkpoint(live)), at(7), 'checkpoint of the one')
    mustEqual(await run(store.checkpoint(other)), at(3), 'checkpoint of the other')
    mustEqual(await run(store.names), [live, other], 'both are named')
    await run(store.forget(live))
    mustEqual(
      await everything(store),
      { checkpoint: NEW_VIEW, docs: [], sum: [], series: [], items: [] },
      'the forgotten one',
    )
    mustEqual((await everything(store, other)).docs.length, 2, 'the other stays')
    mustEqual(await run(store.names), [other], 'the forgotten one is not named')
  }),

  suite('a view is forgotten only while it stands where it was seen: on the same event', async (store) => {
    await run(store.commit(first))
    const before = await everything(store)
    await run(store.forget(live, at(6)))
    await run(store.forget(live, { position: 7, leaf: 'another' }))
    mustEqual(await everything(store), before, 'seen at another place, or on another event')
    await run(store.forget(live, at(7)))
    mustEqual(await run(store.checkpoint(live)), NEW_VIEW, 'seen where it stands')
    mustEqual(before.checkpoint, at(7), 'it was built')
  }),

  suite('a view built beside takes the place of the live one at once', async (store) => {
    await run(store.commit(first))
    await run(
      store.commit({
        ...other,
        from: 0,
        ...to(9),
        put: documents(['n', 'new']),
        add: [cell(1, 1, 1, 'k', 3)],
      }),
    )
    const built = await everything(store, other)
    await run(store.replace(live, other))
    mustEqual(await everything(store), built, 'what was built stands live')
    mustEqual(built.checkpoint, at(9), 'its checkpoint')
    mustEqual(await run(store.checkpoint(other)), NEW_VIEW, 'nothing stands beside')
    await run(store.commit({ ...live, from: 9, ...to(10), put: documents(['m', 'more']) }))
    mustEqual(await run(store.doc(live, 'm')), 'more', 'and goes on')
    await run(store.replace(live, other))
    mustEqual(await run(store.checkpoint(live)), NEW_VIEW, 'replaced by nothing, it is new')
  }),
]

/** A view store that accepts everything and forgets it: every suite must fail on it. */
export const noOpViewStore: ViewStoreShape = {
  names: Effect.succeed([]),
  checkpoint: () => Effect.succeed(NEW_VIEW),
  commit: () => Effect.void,
  doc: () => Effect.succeed(undefined),
  docsOf: () => Effect.succeed(new Map()),
  docs: () => Effect.succeed([]),
  sum: () => Effect.succeed([]),
  series: () => Effect.succeed([]),
  items: () => Effect.succeed([]),
  cells: () => Effect.succeed([]),
  everyItem: () => Effect.succeed([]),
  strays: Effect.succeed(0),
  sweep: Effect.void,
  forget: () => Effect.void,
  replace: () => Effect.void,
}
