import { type FoldedEvent, NO_STREAM, type StoredEvent, type StreamEntry } from '../../ports/event-store.ts'
import { must, mustEqual, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { call, letter, note, paged, wholeLog, wholeStream, withWorkbook, writeNotes } from './workbook.ts'

const streams = ['account-a', 'account-b', 'remittance-a'] as const
const samples = Array.from(
  { length: 30 },
  (_, n) => [note(`n${n}`), call(n), letter(`l${n}`)][(n * n + n) % 3] ?? note(''),
)

const paging: StoreCase = {
  suite: 'reading',
  name: 'N22 reading a stream or the log in pages of any size gives what one read gives',
  laws: ['N22'],
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      const { store } = workbook
      await writeNotes(workbook, streams, samples)
      const log = await wholeLog(store)
      mustEqual(
        log.map(({ position }) => position),
        samples.map((_, index) => index + 1),
        'positions of one read',
      )
      const stream = await wholeStream(store, 'account-b')
      mustEqual(
        stream,
        log.filter((event) => event.stream === 'account-b'),
        'a stream is its part of the log',
      )
      for (const limit of [1, 2, 3, 7, 10, 29, 30, 31, 1_000]) {
        const pages = await paged<StoredEvent>(
          (last) => run(store.readAll({ after: last?.position ?? 0, limit })),
          samples.length,
        )
        mustEqual(pages, log, `the log in pages of ${limit}`)
        const pagesOfStream = await paged<StoredEvent>(
          (last) => run(store.readStream('account-b', { after: last?.version ?? -1, limit })),
          samples.length,
        )
        mustEqual(pagesOfStream, stream, `a stream in pages of ${limit}`)
      }
      mustEqual(await wholeStream(store, 'account-never'), [], 'a stream that is not there')
      mustEqual(await run(store.readAll({ after: samples.length, limit: 5 })), [], 'after the end')
    }),
}

/** What `readForFold` promises of an event; a store may give more. */
const asFolded = ({
  position,
  stream,
  version,
  type,
  schemaVersion,
  effectiveDate,
  data,
}: FoldedEvent): FoldedEvent => ({
  position,
  stream,
  version,
  type,
  schemaVersion,
  effectiveDate,
  data,
})

const filter: StoreCase = {
  suite: 'reading',
  name: 'N21 readAll and readForFold by types and up to a position give exactly those events, in pages of any size',
  laws: ['N21'],
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      const { store } = workbook
      await writeNotes(workbook, streams, samples)
      const log = await wholeLog(store)
      mustEqual(log.length, samples.length, 'events')
      for (const types of [['NoteTaken'], ['CallMade', 'LetterSent'], ['NeverHappened'], []]) {
        for (const upTo of [0, 1, 17, 30, 99, undefined]) {
          const wanted = log.filter(({ type, position }) => types.includes(type) && position <= (upTo ?? 99))
          for (const limit of [1, 4, 1_000]) {
            const pages = await paged<StoredEvent>(
              (last) => run(store.readAll({ after: last?.position ?? 0, limit, upTo, types })),
              samples.length,
            )
            const where = `types ${types.join()} up to ${upTo} in pages of ${limit}`
            mustEqual(pages, wanted, where)
            const folded = await paged<FoldedEvent>(
              (last) => run(store.readForFold({ after: last?.position ?? 0, limit, upTo, types })),
              samples.length,
            )
            mustEqual(folded.map(asFolded), wanted.map(asFolded), `for a fold, ${where}`)
          }
        }
      }
      const prefix = await run(store.readAll({ after: 3, limit: 100, upTo: 11 }))
      mustEqual(prefix, log.slice(3, 11), 'after 3 and up to 11, of every type')
      const forFold = await run(store.readForFold({ after: 3, limit: 100, upTo: 11 }))
      mustEqual(forFold.map(asFolded), log.slice(3, 11).map(asFolded), 'for a fold, after 3 and up to 11')
    }),
}

const listing: StoreCase = {
  suite: 'reading',
  name: 'streams are listed with their version, by prefix, in the order of their names, in pages of any size',
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      const { store } = workbook
      const names = ['account-b', 'person-1', 'account-a', 'account-B', 'account-a1', 'accounts', 'ref-0']
      await writeNotes(workbook, names, samples)
      const expected = (prefix: string) =>
        names
          .map((stream, index) => ({
            stream,
            version: Math.floor((samples.length - 1 - index) / names.length),
            closed: false,
          }))
          .filter(({ stream }) => stream.startsWith(prefix))
          .sort((a, b) => (a.stream < b.stream ? -1 : 1))
      for (const prefix of ['', 'account-', 'account-a', 'ref-0', 'ref-00', 'z']) {
        for (const limit of [1, 2, 100]) {
          const found = await paged<StreamEntry>(
            (last) => run(store.streams({ prefix, after: last?.stream ?? '', limit })),
            names.length,
          )
          mustEqual(found, expected(prefix), `streams beginning with '${prefix}' in pages of ${limit}`)
        }
      }
    }),
}

const head: StoreCase = {
  suite: 'reading',
  name: 'the head is position 0 of an empty log and then its last event, also after reopening; so are tenant and origin',
  run: (fixture) =>
    withWorkbook(fixture, async ({ book, store, append }) => {
      mustEqual(await run(store.head), { position: 0 }, 'the head of an empty log')
      mustEqual(await wholeLog(store), [], 'an empty log')
      const receipt = await append('account-a', NO_STREAM, [note('1'), note('2')])
      const wanted = { position: 2, committedAt: receipt.committedAt }
      mustEqual(await run(store.head), wanted, 'the head')
      must(store.origin.length >= 8, 'the log has a name of its own')
      const log = await wholeLog(store)
      const reopened = await book.reopen()
      mustEqual(await run(reopened.head), wanted, 'the head after reopening')
      mustEqual([reopened.origin, reopened.tenant], [store.origin, store.tenant], 'origin and tenant after reopening')
      mustEqual(await wholeLog(reopened), log, 'the log after reopening')
    }),
}

export const readingCases: readonly StoreCase[] = [paging, filter, listing, head]
