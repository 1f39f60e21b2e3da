import { Integrity, NEW_VIEW, type ViewChange, type ViewStoreShape } from '@daybook/core/ports'
import type { ViewStoreFixture } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'

/** A view store with one bug, built over a right one. */
export interface ViewMutant {
  readonly fault: string
  /** The suite that must find it. */
  readonly suite: string
  readonly wrong: (right: ViewStoreShape, nth: number) => Partial<ViewStoreShape>
}

export const mutant = (suite: string, fault: string, wrong: ViewMutant['wrong']): ViewMutant => ({
  suite,
  fault,
  wrong,
})

/** A bug in what is written. */
const writing = (suite: string, fault: string, change: (change: ViewChange) => ViewChange): ViewMutant =>
  mutant(suite, fault, (right) => ({ commit: (given) => right.commit(change(given)) }))

/** More rows than a case writes. */
export const all = 1_000
const changes = 'changes of a view'
const once = 'a change of a view counts once'
const refused = 'changes that are refused'
const beside = 'views beside each other'

const written: readonly ViewMutant[] = [
  writing(changes, 'keeps no leaf', (change) => ({ ...change, leaf: '-' })),
  writing(changes, 'writes no documents', ({ put: _put, ...change }) => change),
  writing(changes, 'writes no cells', ({ add: _add, ...change }) => change),
  writing(changes, 'writes no items', ({ items: _items, ...change }) => change),
  writing(changes, 'drops no documents', ({ drop: _drop, ...change }) => change),
  writing(changes, 'drops no items', ({ dropItems: _items, ...change }) => change),
  writing(changes, 'drops after it has written', (change) => {
    const dropped = new Set(change.drop)
    return { ...change, put: new Map([...(change.put ?? [])].filter(([key]) => !dropped.has(key))) }
  }),
  writing(changes, 'trims bodies', (change) => ({
    ...change,
    put: new Map([...(change.put ?? [])].map(([key, body]) => [key, body.replaceAll(' ', '')])),
  })),
  mutant(changes, 'does not write over what is there', (right) => ({
    commit: (change) =>
      Effect.flatMap(right.docsOf(change, change.put?.keys() ?? []), (known) =>
        right.commit({ ...change, put: new Map([...(change.put ?? [])].filter(([key]) => !known.has(key))) }),
      ),
  })),
  mutant(changes, 'passes by a change without rows', (right) => ({
    commit: (change) =>
      change.put || change.add || change.items || change.drop || change.dropItems ? right.commit(change) : Effect.void,
  })),
  mutant(changes, 'forgets all when it is opened again', (_right, nth) =>
    nth === 0
      ? {}
      : {
          checkpoint: () => Effect.succeed(NEW_VIEW),
          docs: () => Effect.succeed([]),
          cells: () => Effect.succeed([]),
          everyItem: () => Effect.succeed([]),
        },
  ),
  mutant(changes, 'drops an item from every list', (right) => ({
    commit: (change) =>
      Effect.flatMap(right.everyItem(change, { limit: all }), (known) => {
        const keys = new Set([...(change.dropItems ?? [])].map(({ key }) => key))
        return right.commit({ ...change, dropItems: known.filter(({ key }) => keys.has(key)) })
      }),
  })),
  mutant(once, 'takes a change from anywhere', (right) => ({
    commit: (change) =>
      Effect.flatMap(right.checkpoint(change), ({ position }) =>
        right.commit({ ...change, from: position, to: Math.max(change.to, position + 1) }),
      ),
  })),
  mutant(once, 'takes a change that skips events', (right) => ({
    commit: (change) =>
      Effect.flatMap(right.checkpoint(change), ({ position }) =>
        right.commit(change.from > position ? { ...change, from: position } : change),
      ),
  })),
  mutant(once, 'says that it has written what was there', (right) => ({
    commit: (change) => Effect.catchTag(right.commit(change), 'Conflict', () => Effect.void),
  })),
  mutant(once, 'writes the rows of a change whose checkpoint was passed', (right) => ({
    commit: (change) =>
      Effect.catchTag(right.commit(change), 'Conflict', (conflict) =>
        Effect.andThen(
          Effect.orDie(right.commit({ ...change, from: conflict.actual, to: conflict.actual + 1 })),
          Effect.fail(conflict),
        ),
      ),
  })),
  mutant(once, 'does not say where the view is', (right) => ({
    commit: (change) =>
      Effect.catchTag(right.commit(change), 'Conflict', (error) =>
        Effect.fail(Object.assign(error, { actual: change.from })),
      ),
  })),
  mutant(refused, 'rounds what is no whole number', (right) => ({
    commit: (change) =>
      right.commit({
        ...change,
        add: [...(change.add ?? [])].map((cell) => ({
          ...cell,
          x: cell.x % 2 ** 53,
          amount: Math.trunc(cell.amount) || 0,
        })),
      }),
  })),
  mutant(refused, 'moves on where it is told to stand or go back', (right) => ({
    commit: (change) => right.commit(change.to > change.from ? change : { ...change, to: change.from + 1 }),
  })),
  mutant(refused, 'writes the documents of a change that it refuses', (right) => ({
    commit: (change) =>
      Effect.catchTag(right.commit(change), 'Integrity', (fault) =>
        Effect.andThen(
          Effect.orDie(
            right.commit({
              view: change.view,
              version: change.version,
              from: 7,
              to: 8,
              leaf: '-',
              put: change.put ?? new Map(),
            }),
          ),
          Effect.fail(new Integrity({ message: fault.message })),
        ),
      ),
  })),
]

const standing: readonly ViewMutant[] = [
  mutant(beside, 'keeps one version of a view', (right) => ({
    commit: (change) => right.commit({ ...change, version: 1 }),
    checkpoint: (name) => right.checkpoint({ ...name, version: 1 }),
  })),
  mutant(beside, 'keeps rows of all views together', (right) => ({
    commit: (change) =>
      change.view === 'worklist'
        ? Effect.andThen(right.commit({ ...change, view: 'ledger', from: 7, to: 8 }), Effect.void)
        : right.commit(change),
  })),
  mutant(beside, 'names views in the order of their making', (right) => ({
    names: Effect.map(right.names, (names) => names.toReversed()),
  })),
  mutant(beside, 'names none', () => ({ names: Effect.succeed([]) })),
  mutant(beside, 'forgets nothing', () => ({ forget: () => Effect.void })),
  mutant(beside, 'forgets wherever the view stands', (right) => ({ forget: (name) => right.forget(name) })),
  mutant(beside, 'forgets by the position alone', (right) => ({
    forget: (name, at) =>
      at === undefined
        ? right.forget(name)
        : Effect.flatMap(right.checkpoint(name), (now) =>
            now.position === at.position ? right.forget(name) : Effect.void,
          ),
  })),
  mutant(beside, 'forgets only without a place', (right) => ({
    forget: (name, at) => (at ? Effect.void : right.forget(name)),
  })),
  mutant(beside, 'forgets every version of a view', (right) => ({
    forget: (name, at) =>
      Effect.flatMap(right.names, (names) =>
        Effect.forEach(at ? [] : names.filter(({ view }) => view === name.view), (one) => right.forget(one), {
          discard: true,
        }),
      ).pipe(Effect.andThen(right.forget(name, at))),
  })),
  mutant(beside, 'replaces nothing', () => ({ replace: () => Effect.void })),
  mutant(beside, 'leaves what was built beside where it is', (right) => ({
    replace: (live, built) =>
      Effect.gen(function* () {
        const [docs, cells, items] = [
          yield* right.docs(built, { limit: all }),
          yield* right.cells(built, { limit: all }),
          yield* right.everyItem(built, { limit: all }),
        ]
        const { position: to, leaf } = yield* right.checkpoint(built)
        yield* right.forget(live)
        const put = new Map(docs.map(({ key, body }) => [key, body]))
        if (to > 0) yield* Effect.orDie(right.commit({ ...live, from: 0, to, leaf, put, add: cells, items }))
      }),
  })),
  mutant(beside, 'keeps the checkpoint of the one that was replaced', (right) => {
    let kept: number | undefined
    return {
      replace: (live, built) =>
        Effect.andThen(
          Effect.map(right.checkpoint(live), ({ position }) => (kept = position)),
          right.replace(live, built),
        ),
      checkpoint: (name) =>
        Effect.map(right.checkpoint(name), (now) => (kept === undefined ? now : { ...now, position: kept })),
    }
  }),
  mutant(beside, 'sweeps all', (right) => ({
    sweep: Effect.flatMap(right.names, (names) => Effect.forEach(names, (one) => right.forget(one), { discard: true })),
  })),
  mutant(beside, 'counts rows of views as strays', (right) => ({
    strays: Effect.map(right.names, (names) => names.length),
  })),
]

/** Bugs in changes, and in views beside each other. */
export const ofViews: readonly ViewMutant[] = [...written, ...standing]

/** A fixture of view stores with the bug. */
export const brokenViews = ({ wrong }: ViewMutant, fixture: ViewStoreFixture): ViewStoreFixture => ({
  open: async () => {
    const { store, reopen, close } = await fixture.open()
    return {
      store: { ...store, ...wrong(store, 0) },
      reopen: async () => {
        const again = await reopen()
        return { ...again, ...wrong(again, 1) }
      },
      close,
    }
  },
})
