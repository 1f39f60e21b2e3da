import type { Cell, Item, ViewStoreShape } from '../../ports/view-store.ts'
import { mustEqual, run } from './expectation.ts'
import { cell, documents, item, live, other, to, type ViewStoreCase, viewSuiteOf } from './view-case.ts'
import { paged } from './workbook.ts'

const docs = viewSuiteOf('documents', 'N22')
const cells = viewSuiteOf('cells', 'N22')
const items = viewSuiteOf('items', 'N22')
const sums = viewSuiteOf('sums of cells')

const keys = ['a', 'b/1', 'b/10', 'b/2', 'b_3', 'c', 'B/4']

const withDocuments = async (store: ViewStoreShape): Promise<void> => {
  const put = documents(...keys.map((key) => [key, `"${key}"`] as const))
  await run(store.commit({ ...live, from: 0, ...to(1), put }))
  await run(store.commit({ ...other, from: 0, ...to(1), put: documents(['b/0', 'of another']) }))
}
const documentPages = (store: ViewStoreShape, prefix: string, limit: number) =>
  paged<{ readonly key: string; readonly body: string }>(
    (last) => run(store.docs(live, { prefix, limit, ...(last ? { after: last.key } : {}) })),
    keys.length,
  )

const allCells = [
  cell(-1, 2, 3, 'k', 4),
  cell(1, 1, 1, 'a', 6),
  cell(1, 1, 1, 'b', 7),
  cell(1, 1, 2, 'a', 7),
  cell(0, 0, 0, 'z', 1, 't'),
]
const allItems = [item('b', '1', 'x', 'm'), item('a', '9'), item('c', '0')]

const withRows = async (store: ViewStoreShape): Promise<void> => {
  await run(store.commit({ ...live, from: 0, ...to(1), add: allCells.toReversed(), items: allItems.toReversed() }))
  await run(store.commit({ ...other, from: 0, ...to(1), add: [cell(0, 0, 0, 'o', 1)], items: [item('o', 'o')] }))
}

const withSums = async (store: ViewStoreShape): Promise<void> => {
  const add = [cell(1, 1, 10, 'a', 5), cell(1, 1, 10, 'a', 7), cell(2, 1, 10, 'a', 100), cell(1, 2, 10, 'a', 1_000)]
  await run(store.commit({ ...live, from: 0, ...to(1), add }))
  const later = [cell(1, 1, 10, 'a', -2), cell(-3, -3, -4, 'b', 9), cell(1, 1, 11, 'c', 4), cell(2, 2, 11, 'c', -4)]
  await run(store.commit({ ...live, from: 1, ...to(2), add: [...later, cell(1, 1, 10, 'a', 1, 't')] }))
}

const old = { z: -4, kind: 'b', amount: 9 }
const sumCase = (
  what: string,
  [x, y]: readonly [number, number],
  wanted: readonly object[],
  series = 's',
): ViewStoreCase =>
  sums(what, async (store) => {
    await withSums(store)
    const found = [...(await run(store.sum(live, { series, x, y })))]
    mustEqual(
      found.sort((a, b) => a.z - b.z || (a.kind < b.kind ? -1 : 1)),
      wanted,
      `x up to ${x}, y up to ${y}`,
    )
  })

export const viewReadCases: readonly ViewStoreCase[] = [
  ...[1, 2, 3, 7, 10].map((limit) =>
    docs(`come in the order of their keys, in pages of ${limit}`, async (store) => {
      await withDocuments(store)
      mustEqual(
        (await documentPages(store, '', limit)).map(({ key }) => key),
        [...keys].sort(),
        'the keys',
      )
    }),
  ),
  ...(
    [
      ['b/', ['b/1', 'b/10', 'b/2']],
      ['b/1', ['b/1', 'b/10']],
      ['b_', ['b_3']],
      ['z', []],
    ] as const
  ).map(([prefix, wanted]) =>
    docs(`whose keys begin with '${prefix}' are those, in pages of any size`, async (store) => {
      await withDocuments(store)
      for (const limit of [1, 2, 10]) {
        mustEqual(
          (await documentPages(store, prefix, limit)).map(({ key }) => key),
          wanted,
          `pages of ${limit}`,
        )
      }
      mustEqual((await documentPages(store, '', 10)).length, keys.length, 'all of them')
    }),
  ),
  docs('are found by their keys; one that is not there is not', async (store) => {
    await withDocuments(store)
    mustEqual(
      [(await run(store.doc(live, 'b/1'))) ?? 'none', (await run(store.doc(live, 'b/0'))) ?? 'none'],
      ['"b/1"', 'none'],
      'two',
    )
  }),
  docs('several are found by their keys at once, each that is there once', async (store) => {
    await withDocuments(store)
    const some = await run(store.docsOf(live, ['c', 'none', 'a', 'a', 'b/0']))
    mustEqual(
      [...some].sort(),
      [
        ['a', '"a"'],
        ['c', '"c"'],
      ],
      'they',
    )
  }),

  ...[1, 2, 3, 9].map((limit) =>
    cells(`come in the order of their places, in pages of ${limit}, and none of another view`, async (store) => {
      await withRows(store)
      const found = await paged<Cell>((after) => run(store.cells(live, { after, limit })), allCells.length)
      mustEqual(found, allCells, 'the cells')
    }),
  ),
  ...[1, 2, 9].map((limit) =>
    items(`of all lists come by list and key, in pages of ${limit}, and none of another view`, async (store) => {
      await withRows(store)
      const found = await paged<Item>((after) => run(store.everyItem(live, { after, limit })), allItems.length)
      mustEqual(found, allItems, 'the items')
    }),
  ),
  ...[1, 2, 5].map((limit) =>
    items(`of a list come by rank, then key, in pages of ${limit}`, async (store) => {
      const all = [item('c', '2'), item('a', '2'), item('b', '1'), item('x', '0', 'x', 'another')]
      await run(store.commit({ ...live, from: 0, ...to(1), items: all }))
      const page = (after: Item | undefined) =>
        run(store.items(live, { list: 'queue', limit, ...(after ? { after } : {}) }))
      mustEqual(await paged<Item>(page, 4), [item('b', '1'), item('a', '2'), item('c', '2')], 'the items')
    }),
  ),
  items('one that moves stands once, where it came to', async (store) => {
    await run(store.commit({ ...live, from: 0, ...to(1), items: [item('c', '2'), item('a', '1')] }))
    await run(store.commit({ ...live, from: 1, ...to(2), items: [item('c', '0', 'moved')] }))
    mustEqual(
      await run(store.items(live, { list: 'queue', limit: 9 })),
      [item('c', '0', 'moved'), item('a', '1')],
      'the items',
    )
  }),
  items('a list that nobody wrote has none, beside one that has', async (store) => {
    await withRows(store)
    mustEqual(await run(store.items(live, { list: 'never', limit: 9 })), [], 'it')
    mustEqual((await run(store.items(live, { list: 'queue', limit: 9 }))).length, 2, 'the other')
  }),

  docs('fill a page where there are so many: one that is not full is the last', async (store) => {
    await withDocuments(store)
    mustEqual((await run(store.docs(live, { limit: 3 }))).length, 3, 'a page of 3')
  }),
  cells('fill a page where there are so many: one that is not full is the last', async (store) => {
    await withRows(store)
    mustEqual((await run(store.cells(live, { limit: 3 }))).length, 3, 'a page of 3')
  }),
  items('fill a page where there are so many: one that is not full is the last', async (store) => {
    await withRows(store)
    const [all, ofList] = [store.everyItem(live, { limit: 2 }), store.items(live, { list: 'queue', limit: 2 })]
    mustEqual([(await run(all)).length, (await run(ofList)).length], [2, 2], 'pages of 2')
  }),

  cells('at one place add up', async (store) => {
    await run(store.commit({ ...live, from: 0, ...to(1), add: [cell(1, 1, 1, 'k', 5), cell(1, 1, 1, 'k', 7)] }))
    mustEqual(await run(store.cells(live, { limit: 9 })), [cell(1, 1, 1, 'k', 12)], 'the cells')
  }),
  cells('add up from change to change', async (store) => {
    await run(store.commit({ ...live, from: 0, ...to(1), add: [cell(1, 1, 1, 'k', 5)] }))
    await run(store.commit({ ...live, from: 1, ...to(2), add: [cell(1, 1, 1, 'k', -7)] }))
    mustEqual(await run(store.cells(live, { limit: 9 })), [cell(1, 1, 1, 'k', -2)], 'the cells')
  }),
  ...(['x', 'y', 'z'] as const).map((coordinate) =>
    cells(`at another ${coordinate} stand apart`, async (store) => {
      const one = cell(1, 1, 1, 'k', 5)
      await run(store.commit({ ...live, from: 0, ...to(1), add: [one, { ...one, [coordinate]: 2 }] }))
      mustEqual(await run(store.cells(live, { limit: 9 })), [one, { ...one, [coordinate]: 2 }], 'the cells')
    }),
  ),

  sumCase('take x up to a bound', [1, 1], [old, { z: 10, kind: 'a', amount: 10 }, { z: 11, kind: 'c', amount: 4 }]),
  sumCase(
    'take the bound of x itself',
    [2, 1],
    [old, { z: 10, kind: 'a', amount: 110 }, { z: 11, kind: 'c', amount: 4 }],
  ),
  sumCase(
    'take y up to a bound, itself too',
    [1, 2],
    [old, { z: 10, kind: 'a', amount: 1_010 }, { z: 11, kind: 'c', amount: 4 }],
  ),
  sumCase('leave out what adds up to nothing', [2, 2], [old, { z: 10, kind: 'a', amount: 1_110 }]),
  sumCase('take places below nothing', [0, 9], [old]),
  sumCase('of one series take none of another', [9, 9], [{ z: 10, kind: 'a', amount: 1 }], 't'),
  sums('name their series in order', async (store) => {
    const add = ['p|b', 'p|a', 'q', 'p|a'].map((series, n) => cell(n, 0, 0, 'k', 1, series))
    await run(store.commit({ ...live, from: 0, ...to(1), add }))
    mustEqual(await run(store.series(live, '')), ['p|a', 'p|b', 'q'], 'all')
  }),
  sums('name the series with a prefix', async (store) => {
    const add = ['p|b', 'p|a', 'q', 'P|c'].map((series, n) => cell(n, 0, 0, 'k', 1, series))
    await run(store.commit({ ...live, from: 0, ...to(1), add }))
    mustEqual(await run(store.series(live, 'p|')), ['p|a', 'p|b'], 'of a prefix')
  }),
]
