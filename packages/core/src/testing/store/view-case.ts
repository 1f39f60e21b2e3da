import * as Effect from 'effect/Effect'
import type { Cell, Item, ViewChange, ViewName, ViewStoreShape } from '../../ports/view-store.ts'
import type { LawId } from '../laws/words.ts'
import { run } from './expectation.ts'

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
  /** What it is about, in a word or two. */
  readonly suite: string
  readonly name: string
  /** The laws that it checks. */
  readonly laws?: readonly LawId[]
  /** @throws StoreCaseFailure, by rejecting, when the store does not keep it. */
  readonly run: (fixture: ViewStoreFixture) => Promise<void>
}

type Check = (store: ViewStoreShape, reopen: () => Promise<ViewStoreShape>) => Promise<void>

/** Makes the cases of one suite: each opens a store with nothing in it, and says one thing of it. */
export const viewSuiteOf =
  (suite: string, ...laws: readonly LawId[]) =>
  (name: string, check: Check): ViewStoreCase => ({
    suite,
    name: [...laws, `${suite}: ${name}`].join(' '),
    laws,
    run: async (fixture) => {
      const { store, reopen, close } = await fixture.open()
      try {
        await check(store, reopen)
      } finally {
        await close()
      }
    },
  })

export const live: ViewName = { view: 'ledger', version: 1 }
export const other: ViewName = { view: 'ledger', version: 2 }

/** The checkpoint at a position, as these cases have its leaf. */
export const at = (position: number) => ({ position, leaf: `leaf-${position}` })
export const to = (position: number) => ({ to: position, leaf: `leaf-${position}` })

export const cell = (x: number, y: number, z: number, kind: string, amount: number, series = 's'): Cell => ({
  series,
  x,
  y,
  z,
  kind,
  amount,
})
export const item = (key: string, rank: string, body = key, list = 'queue'): Item => ({ list, key, rank, body })
export const documents = (...entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> =>
  new Map(entries)

/** All that can be read of a view, to compare before and after. */
export const everything = (store: ViewStoreShape, name = live) =>
  run(
    Effect.all({
      checkpoint: store.checkpoint(name),
      docs: store.docs(name, { limit: 100 }),
      cells: store.cells(name, { limit: 100 }),
      items: store.everyItem(name, { limit: 100 }),
    }),
  )

/** A first change, with a row of each kind. */
export const first: ViewChange = {
  ...live,
  from: 0,
  ...to(7),
  put: documents(['a', '1'], ['b', '2']),
  add: [cell(1, 1, 5, 'k', 100)],
  items: [item('i', 'm')],
}
