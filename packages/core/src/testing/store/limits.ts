import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import type { ReadError } from '../../ports/errors.ts'
import { type EventStoreShape, limits, NO_STREAM } from '../../ports/event-store.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { note, notesOf, type Workbook, wholeLog } from './workbook.ts'

const sizes = suiteOf('limits')
const names = suiteOf('names of streams')
const pages = suiteOf('pages that no store gives')

/** Letters of one byte that an event has room for, beside what its envelope takes. */
const roomOf = ({ request }: Workbook): number => {
  const [empty] = request('account-a', NO_STREAM, [note('')]).events
  return limits.eventBytes - (empty?.data.length ?? 0) - (empty?.meta.length ?? 0)
}

const tooLarge = (what: string, text: (room: number) => string): StoreCase =>
  sizes(`an event of ${what} is LimitExceeded, and nothing is written`, async (workbook) => {
    const request = workbook.request('account-a', NO_STREAM, [note(text(roomOf(workbook)))])
    const error = await mustFail('LimitExceeded', workbook.store.append(request), what)
    mustEqual([error.limit, error.retry], ['eventBytes', 'never'], 'the error')
    mustEqual(await wholeLog(workbook.store), [], 'nothing is written')
  })

const longest = 'a'.repeat(limits.streamName)

const refusedNames: Readonly<Record<string, string>> = {
  'longer than the limit': `${longest}a`,
  empty: '',
  'with a blank': 'with space',
  'that begins as the names of a server do': '$system',
  'with letters beyond ASCII': 'ünïcode',
  'with an end of line': 'line\nbreak',
  'that begins with a dash': '-account',
  'with a slash': 'account/1',
  'with a wildcard': 'account%',
  'with a NUL': 'account\u0000',
}
const takenNames = ['a', '0', 'Account-1', 'a.b_c:d-e', longest]

const readings: Readonly<
  Record<string, (store: EventStoreShape, limit: number) => Effect.Effect<readonly unknown[], ReadError>>
> = {
  'the log': (store, limit) => store.readAll({ after: 0, limit }),
  'the log for a fold': (store, limit) => store.readForFold({ after: 0, limit }),
  'a stream': (store, limit) => store.readStream('account-a', { after: -1, limit }),
  'several streams': (store, limit) => store.readMany([{ stream: 'account-a', after: -1, limit }]),
  'the names of streams': (store, limit) => store.streams({ prefix: '', after: '', limit }),
  'the records of commands': (store, limit) => store.commands({ limit }),
}
const nonsense: Readonly<Record<string, number>> = {
  [`${limits.page + 1} rows`]: limits.page + 1,
  'no row': 0,
  '−1 rows': -1,
  'one row and a half': 1.5,
}

export const limitCases: readonly StoreCase[] = [
  tooLarge('one byte more than the limit', (room) => 'x'.repeat(room + 1)),
  tooLarge('more bytes than the limit, though of fewer letters', (room) => 'é'.repeat(Math.ceil(room / 2) + 1)),
  tooLarge('more bytes than the limit, though of half as many code units', (room) =>
    '📞'.repeat(Math.ceil(room / 4) + 1),
  ),
  sizes('an event of exactly the limit is written, and comes back', async (workbook) => {
    const request = workbook.request('account-a', NO_STREAM, [note('x'.repeat(roomOf(workbook)))])
    await run(workbook.store.append(request))
    const found = (await wholeLog(workbook.store)).map(({ data }) => data)
    must(found.length === 1 && found[0] === request.events[0]?.data, 'the largest event')
  }),
  sizes('the limit counts meta too', async (workbook) => {
    const room = roomOf(workbook)
    const events = workbook.sealed('account-a', NO_STREAM, [note('x'.repeat(room - 10))], { cause: 'y'.repeat(20) })
    const request = { ...workbook.request('account-a', NO_STREAM, []), events }
    await mustFail('LimitExceeded', workbook.store.append(request), 'data and meta together')
    mustEqual(await wholeLog(workbook.store), [], 'nothing is written')
  }),
  sizes(`${limits.eventsPerAppend} events are one append`, async ({ append, store }) => {
    const receipt = await append('account-a', NO_STREAM, notesOf(limits.eventsPerAppend))
    mustEqual([receipt.firstVersion, receipt.lastVersion], [0, limits.eventsPerAppend - 1], 'the receipt')
    mustEqual((await wholeLog(store)).length, limits.eventsPerAppend, 'its events')
  }),
  sizes('one event more is LimitExceeded, and nothing is written', async ({ request, store }) => {
    const tooMany = request('account-a', NO_STREAM, notesOf(limits.eventsPerAppend + 1))
    mustEqual(
      (await mustFail('LimitExceeded', store.append(tooMany), 'too many')).limit,
      'eventsPerAppend',
      'the limit',
    )
    mustEqual(await wholeLog(store), [], 'nothing is written')
  }),
  sizes('an append without an event is LimitExceeded', async ({ request, store }) => {
    const none = await mustFail('LimitExceeded', store.append(request('account-a', NO_STREAM, [])), 'no event')
    mustEqual(none.limit, 'eventsPerAppend', 'the limit')
  }),
  sizes('more than a page of events is read in pages', async ({ store, request, append }) => {
    // Appends as large as one may be, and one event more.
    const requests = Array.from({ length: 2 }, (_, n) =>
      request(`account-${n}`, NO_STREAM, notesOf(limits.eventsPerAppend)),
    )
    await run(store.appendMany(requests))
    await append('account-x', NO_STREAM, notesOf(1))
    const first = await run(store.readAll({ after: 0, limit: 1_500 }))
    const rest = await run(store.readAll({ after: 1_500, limit: 1_500 }))
    const positions = [...first, ...rest].map(({ position }) => position)
    mustEqual([first.length, positions.length, positions.at(-1) ?? 0], [1_500, 2_001, 2_001], 'both pages')
    must(
      positions.every((position, at) => position === at + 1),
      'every position once',
    )
  }),

  ...Object.entries(refusedNames).map(([what, stream]) =>
    names(`one ${what} is LimitExceeded, and nothing is written`, async ({ store, request }) => {
      const refused = await mustFail(
        'LimitExceeded',
        store.append({ ...request('account-a', NO_STREAM, [note('')]), stream }),
        `the stream name ${JSON.stringify(stream)}`,
      )
      mustEqual(refused.limit, 'streamName', 'the limit')
      mustEqual(await wholeLog(store), [], 'nothing is written')
    }),
  ),
  ...takenNames.map((stream) =>
    names(
      `one like ${stream.length > 20 ? `${stream.length} letters` : stream} is taken, and read by it`,
      async ({ store, append }) => {
        await append(stream, NO_STREAM, notesOf(2))
        const found = await run(store.readStream(stream, { after: -1, limit: 5 }))
        mustEqual(
          found.map((event) => event.stream),
          [stream, stream],
          'its events',
        )
      },
    ),
  ),

  ...Object.entries(readings).flatMap(([what, read]) =>
    Object.entries(nonsense).map(([how, limit]) =>
      pages(`${what} by ${how} is refused: cut short in silence it would look like the end`, async (workbook) => {
        await workbook.append('account-a', NO_STREAM, notesOf(1))
        mustEqual((await run(read(workbook.store, 5))).length, 1, 'a page of 5')
        must(
          Exit.isFailure(await Effect.runPromiseExit(read(workbook.store, limit))),
          `a page of ${limit} must be refused`,
        )
      }),
    ),
  ),
]
