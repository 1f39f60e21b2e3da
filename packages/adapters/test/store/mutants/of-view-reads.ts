import type { ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { all, mutant, type ViewMutant } from './of-views.ts'

type Paged = 'docs' | 'cells' | 'everyItem' | 'items'

/** A paged read of a right store, by its name: what it takes and gives differs by name. */
const read =
  (right: ViewStoreShape, name: Paged) =>
  (view: object, page: object): Effect.Effect<readonly object[]> =>
    Reflect.apply(right[name], right, [view, page])

const rowsOf =
  (name: Paged, change: <Row>(rows: readonly Row[], limit: number) => readonly Row[]) =>
  (right: ViewStoreShape): Partial<ViewStoreShape> => ({
    [name]: (view: never, page: { limit: number }) =>
      Effect.map(read(right, name)(view, page), (rows) => change(rows, page.limit)),
  })

const pages = (['docs', 'cells', 'everyItem', 'items'] as const).flatMap((name) => {
  const suite = name === 'docs' ? 'documents' : name === 'cells' ? 'cells' : 'items'
  return [
    mutant(
      suite,
      `gives the last first: ${name}`,
      rowsOf(name, (rows) => rows.toReversed()),
    ),
    mutant(suite, `begins every page anew: ${name}`, (right) => ({
      [name]: (view: never, { after: _after, ...page }: { after?: unknown }) => read(right, name)(view, page),
    })),
    mutant(suite, `ends after two pages' worth of one: ${name}`, (right) => {
      let asked = 0
      return {
        [name]: (view: never, page: object) => (asked++ > 1 ? Effect.succeed([]) : read(right, name)(view, page)),
      }
    }),
    mutant(
      suite,
      `loses the last row of what fits on a page: ${name}`,
      rowsOf(name, (rows, limit) => (limit >= 2 && rows.length > 1 ? rows.slice(0, -1) : rows)),
    ),
    mutant(suite, `shows rows of another view: ${name}`, (right) => ({
      [name]: (view: { view: string; version: number }, page: object) =>
        Effect.flatMap(read(right, name)({ ...view, version: 3 - view.version }, page), (others) =>
          Effect.map(read(right, name)(view, page), (rows) =>
            'after' in page && page.after ? rows : [...others, ...rows],
          ),
        ),
    })),
  ]
})

const found: readonly ViewMutant[] = [
  ...pages,
  mutant('documents', 'takes a line for any letter', (right) => ({
    docs: (name, { prefix = '', ...page }) =>
      Effect.map(right.docs(name, { ...page, limit: all }), (rows) =>
        rows.filter(({ key }) => new RegExp(`^${prefix.replaceAll('_', '.')}`).test(key)).slice(0, page.limit),
      ),
  })),
  mutant('documents', 'takes small for capital letters', (right) => ({
    docs: (name, { prefix = '', ...page }) =>
      Effect.map(right.docs(name, { ...page, limit: all }), (rows) =>
        rows.filter(({ key }) => key.toLowerCase().startsWith(prefix)).slice(0, page.limit),
      ),
  })),
  mutant('documents', 'forgets the prefix', (right) => ({
    docs: (name, { prefix: _prefix, ...page }) => right.docs(name, page),
  })),
  mutant('documents', 'finds the next one where there is none', (right) => ({
    doc: (name, key) =>
      Effect.flatMap(right.doc(name, key), (body) =>
        body === undefined ? Effect.map(right.docs(name, { limit: 1 }), ([one]) => one?.body) : Effect.succeed(body),
      ),
  })),
  mutant('documents', 'gives a body to those that are not there', (right) => ({
    docsOf: (name, keys) =>
      Effect.map(right.docsOf(name, keys), (known) => new Map([...keys].map((key) => [key, known.get(key) ?? '']))),
  })),
  mutant('items', 'keeps an item where it was', (right) => ({
    commit: (change) =>
      Effect.flatMap(right.everyItem(change, { limit: all }), (known) =>
        right.commit({
          ...change,
          items: [...(change.items ?? [])].map((one) => ({
            ...one,
            rank: known.find(({ list, key }) => list === one.list && key === one.key)?.rank ?? one.rank,
          })),
        }),
      ),
  })),
  mutant('items', 'shows the items of all lists', (right) => ({
    items: (name, { list, ...page }) =>
      Effect.map(right.everyItem(name, { limit: all }), (rows) =>
        page.after ? [] : rows.filter((one) => list === 'never' || one.list === list),
      ),
  })),
  mutant('cells', 'keeps the last amount of a place', (right) => ({
    commit: (change) =>
      right.commit({
        ...change,
        add: [
          ...new Map([...(change.add ?? [])].map((cell) => [JSON.stringify({ ...cell, amount: 0 }), cell])).values(),
        ],
      }),
  })),
  mutant('cells', 'writes an amount over that of an earlier change', (right) => ({
    commit: (change) =>
      Effect.flatMap(right.cells(change, { limit: all }), (known) => {
        const place = (cell: object) => JSON.stringify({ ...cell, amount: 0 })
        const add = [...(change.add ?? [])]
        const undone = known
          .filter((cell) => add.some((one) => place(one) === place(cell)))
          .map((cell) => ({ ...cell, amount: -cell.amount }))
        return right.commit({ ...change, add: [...add, ...undone] })
      }),
  })),
  ...(['x', 'y', 'z'] as const).map((coordinate) =>
    mutant('cells', `keeps no ${coordinate}`, (right) => ({
      commit: (change) =>
        right.commit({ ...change, add: [...(change.add ?? [])].map((cell) => ({ ...cell, [coordinate]: 1 })) }),
    })),
  ),
  mutant('sums of cells', 'leaves out the bound of x', (right) => ({
    sum: (name, query) => right.sum(name, { ...query, x: query.x - 1 }),
  })),
  mutant('sums of cells', 'leaves out the bound of y', (right) => ({
    sum: (name, query) => right.sum(name, { ...query, y: query.y - 1 }),
  })),
  mutant('sums of cells', 'knows no bounds', (right) => ({
    sum: (name, query) => right.sum(name, { ...query, x: all, y: all }),
  })),
  mutant('sums of cells', 'begins at 0', (right) => ({
    sum: (name, query) => Effect.map(right.sum(name, query), (rows) => rows.filter(({ z }) => z >= 0)),
  })),
  mutant('sums of cells', 'adds up all series', (right) => ({
    sum: (name, query) =>
      Effect.flatMap(right.series(name, ''), (series) =>
        Effect.map(
          Effect.forEach(series, (one) => right.sum(name, { ...query, series: one })),
          (sums) => sums.flat(),
        ),
      ),
  })),
  mutant('sums of cells', 'shows what adds up to nothing', (right) => ({
    sum: (name, query) =>
      Effect.map(right.sum(name, query), (rows) =>
        query.x === 2 && query.y === 2 ? [...rows, { z: 11, kind: 'c', amount: 0 }] : rows,
      ),
  })),
  mutant('sums of cells', 'names series in the order of their making', (right) => ({
    series: (name, prefix) => Effect.map(right.series(name, prefix), (rows) => rows.toReversed()),
  })),
  mutant('sums of cells', 'forgets the prefix of series', (right) => ({ series: (name) => right.series(name, '') })),
]

/** Bugs in reading documents, cells, items and sums. */
export const ofViewReads: readonly ViewMutant[] = found
