import {
  type EventStoreShape,
  type FoldedEvent,
  type LogPage,
  NO_STREAM,
  type StoredEvent,
} from '../../ports/event-store.ts'
import { suiteOf } from './case.ts'
import { mustEqual, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import {
  anotherWriter,
  call,
  letter,
  note,
  paged,
  type Workbook,
  wholeLog,
  wholeStream,
  writeNotes,
} from './workbook.ts'

const pages = suiteOf('pages', { laws: ['N22'] })
const parts = suiteOf('parts of the log', { laws: ['N21'] })
const many = suiteOf('several streams at once', { laws: ['N22'] })

const streams = ['account-a', 'account-b', 'remittance-a'] as const
const samples = Array.from(
  { length: 30 },
  (_, n) => [note(`n${n}`), call(n), letter(`l${n}`)][(n * n + n) % 3] ?? note(''),
)

/** What `readForFold` promises of an event; a store may give more. */
const asFolded = ({ position, stream, version, type, schemaVersion, effectiveDate, data }: FoldedEvent) => ({
  position,
  stream,
  version,
  type,
  schemaVersion,
  effectiveDate,
  data,
})

/** Writes the samples, and gives what was sealed of them by place: what a reader must get is known without reading. */
const written = async (workbook: Workbook): Promise<readonly StoredEvent[]> => {
  const receipts = await writeNotes(workbook, streams, samples)
  const log = await wholeLog(workbook.store)
  mustEqual(
    log.map(({ leaf }) => leaf),
    receipts.map(({ headHash }) => headHash),
    'the log is what was written',
  )
  return log
}

const allPages = (store: EventStoreShape, page: LogPage) =>
  paged<StoredEvent>((last) => run(store.readAll({ ...page, after: last?.position ?? page.after })), samples.length)
const allFolded = (store: EventStoreShape, page: LogPage) =>
  paged<FoldedEvent>((last) => run(store.readForFold({ ...page, after: last?.position ?? page.after })), samples.length)

const sizes = [1, 2, 3, 7, 10, 29, 30, 31, 1_000]

const limited = sizes.flatMap((limit) => [
  pages(`the log in pages of ${limit} is what one read gives`, async (workbook) => {
    const log = await written(workbook)
    mustEqual(await allPages(workbook.store, { after: 0, limit }), log, 'the log')
  }),
  pages(`a stream in pages of ${limit} is its part of the log`, async (workbook) => {
    const log = await written(workbook)
    const found = await paged<StoredEvent>(
      (last) => run(workbook.store.readStream('account-b', { after: last?.version ?? -1, limit })),
      samples.length,
    )
    mustEqual(
      found,
      log.filter(({ stream }) => stream === 'account-b'),
      'the stream',
    )
  }),
  pages(`for a fold in pages of ${limit} is what one read gives`, async (workbook) => {
    const log = await written(workbook)
    mustEqual((await allFolded(workbook.store, { after: 0, limit })).map(asFolded), log.map(asFolded), 'the log')
  }),
  pages(`a page of ${limit} of the log is full where there is so much`, async (workbook) => {
    await written(workbook)
    const page = await run(workbook.store.readAll({ after: 0, limit }))
    mustEqual(page.length, Math.min(limit, samples.length), 'its events')
  }),
])

const kinds = [['NoteTaken'], ['CallMade', 'LetterSent'], ['LetterSent', 'NeverHappened'], []]
const ends = [0, 1, 17, 29, 30, 99]

/** A part of the log by types, or up to a position, read in both ways. */
const partOf = (what: string, page: Omit<LogPage, 'limit' | 'after'>, after = 0): readonly StoreCase[] => {
  const wanted = (log: readonly StoredEvent[]) =>
    log.filter(
      ({ type, position }) => position > after && position <= (page.upTo ?? 99) && (page.types?.includes(type) ?? true),
    )
  return [
    parts(`${what} gives exactly those, in pages of any size`, async (workbook) => {
      const log = await written(workbook)
      for (const limit of [1, 4, 1_000]) {
        mustEqual(await allPages(workbook.store, { ...page, after, limit }), wanted(log), `pages of ${limit}`)
      }
    }),
    parts(`for a fold, ${what} gives exactly those, in pages of any size`, async (workbook) => {
      const log = (await written(workbook)).map((event) => event)
      for (const limit of [1, 4, 1_000]) {
        const folded = await allFolded(workbook.store, { ...page, after, limit })
        mustEqual(folded.map(asFolded), wanted(log).map(asFolded), `pages of ${limit}`)
      }
    }),
  ]
}

const named = (types: readonly string[]): string => (types.length === 0 ? 'no type' : types.join(' and '))

export const readingCases: readonly StoreCase[] = [
  ...limited,
  pages('a stream that is not there is empty, beside one that is', async (workbook) => {
    await written(workbook)
    mustEqual(await wholeStream(workbook.store, 'account-never'), [], 'it')
    mustEqual(await wholeStream(workbook.store, 'account'), [], 'one whose name begins so')
  }),
  pages('behind the end of the log there is nothing', async (workbook) => {
    await written(workbook)
    mustEqual(await run(workbook.store.readAll({ after: 30, limit: 5 })), [], 'behind the last')
    mustEqual(await run(workbook.store.readAll({ after: 99, limit: 5 })), [], 'far behind')
  }),
  pages('behind the end of a stream there is nothing', async (workbook) => {
    await written(workbook)
    mustEqual(await run(workbook.store.readStream('account-a', { after: 9, limit: 5 })), [], 'behind the last')
  }),
  pages('a page begins with the event behind the one that is named', async (workbook) => {
    const log = await written(workbook)
    for (const after of [0, 1, 13, 29]) {
      mustEqual((await run(workbook.store.readAll({ after, limit: 1 })))[0], log[after], `behind ${after}`)
    }
  }),
  pages('what one writer has read another reads alike', async (workbook) => {
    const log = await written(workbook)
    const other = await anotherWriter(workbook)
    mustEqual(await allPages(other, { after: 0, limit: 4 }), log, 'the log')
  }),
  pages('the log is the same after the store was opened again', async (workbook) => {
    const log = await written(workbook)
    mustEqual(await allPages(await workbook.book.reopen(), { after: 0, limit: 7 }), log, 'the log')
  }),

  ...kinds.flatMap((types) => partOf(`of ${named(types)}`, { types })),
  ...ends.flatMap((upTo) => partOf(`up to ${upTo}`, { upTo })),
  ...partOf('behind 3 and up to 11', { upTo: 11 }, 3),
  ...partOf('of NoteTaken behind 5 and up to 23', { types: ['NoteTaken'], upTo: 23 }, 5),

  many('gives each what reading it alone gives, in the order asked', async (workbook) => {
    await written(workbook)
    const asked = ['remittance-a', 'account-a', 'account-b'].map((stream) => ({ stream, after: -1, limit: 100 }))
    const found = await run(workbook.store.readMany(asked))
    const alone = await Promise.all(asked.map(({ stream }) => wholeStream(workbook.store, stream)))
    mustEqual(found, alone, 'the streams')
    mustEqual(
      found.map((events) => events.length),
      [10, 10, 10],
      'their events',
    )
  }),
  many('takes a place and a limit for each', async (workbook) => {
    await written(workbook)
    const asked = [
      { stream: 'account-a', after: 3, limit: 2 },
      { stream: 'account-b', after: 8, limit: 9 },
    ]
    const found = await run(workbook.store.readMany(asked))
    mustEqual(
      found.map((events) => events.map(({ version }) => version)),
      [[4, 5], [9]],
      'versions',
    )
  }),
  many('gives nothing for one that is not there, in its place', async (workbook) => {
    await written(workbook)
    const asked = ['account-a', 'account-never', 'account-b'].map((stream) => ({ stream, after: 7, limit: 9 }))
    const found = await run(workbook.store.readMany(asked))
    mustEqual(
      found.map((events) => events.length),
      [2, 0, 2],
      'events',
    )
  }),
  many('gives one that is asked twice twice', async (workbook) => {
    await written(workbook)
    const asked = [0, 5].map((after) => ({ stream: 'account-a', after, limit: 3 }))
    const found = await run(workbook.store.readMany(asked))
    mustEqual(
      found.map((events) => events.map(({ version }) => version)),
      [
        [1, 2, 3],
        [6, 7, 8],
      ],
      'versions',
    )
  }),
  many('asked for nothing gives nothing, beside what is asked', async (workbook) => {
    await written(workbook)
    mustEqual(await run(workbook.store.readMany([])), [], 'of none')
    mustEqual((await run(workbook.store.readMany([{ stream: 'account-a', after: -1, limit: 1 }]))).length, 1, 'of one')
    mustEqual(
      (await run(workbook.store.readMany([{ stream: 'account-a', after: -1, limit: 1 }])))[0]?.length,
      1,
      'event',
    )
  }),
  many('of 150 streams gives each its own', async (workbook) => {
    const requests = Array.from({ length: 150 }, (_, n) => workbook.request(`account-${n}`, NO_STREAM, [note(`${n}`)]))
    await run(workbook.store.appendMany(requests))
    const found = await run(workbook.store.readMany(requests.map(({ stream }) => ({ stream, after: -1, limit: 5 }))))
    mustEqual(
      found.map(([event]) => event?.leaf),
      requests.map(({ events }) => events[0]?.leaf),
      'leaves',
    )
  }),
]
