import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import type { Append, CommandEntry, EventStoreShape, Receipt, Token } from '../../ports/event-store.ts'
import { limits, NO_STREAM } from '../../ports/event-store.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { anotherWriter, note, notesOf, paged, tokenOf, type Workbook, wholeLog, wholeStream } from './workbook.ts'

const again = suiteOf('a command sent again', { laws: ['B3'] })
const another = suiteOf('a command id used for another command', { laws: ['B4'] })
const found = suiteOf('finding a command', { laws: ['B3'] })
const listed = suiteOf('the records of all commands', { laws: ['B3'] })

/** How a command comes again: by which store, and as which request. */
type Way = (workbook: Workbook, first: Receipt, request: Append) => Promise<readonly [EventStoreShape, Append]>

const ways: Readonly<Record<string, Way>> = {
  'at once': async ({ store }, _first, request) => [store, request],
  'after the stream has grown': async ({ store, append }, first, request) => {
    await append('account-a', tokenOf(first), notesOf(3))
    return [store, request]
  },
  'after other streams have grown': async ({ store, append }, _first, request) => {
    for (const stream of ['account-b', 'account-c']) await append(stream, NO_STREAM, notesOf(2))
    return [store, request]
  },
  'decided again on a later state, with other bytes': async ({ store, request, append }, first, before) => {
    const grown = await append('account-a', tokenOf(first), [note('later')])
    return [store, { ...request('account-a', tokenOf(grown), [note('other bytes')], before.commandId) }]
  },
  'with a token of a state that never was': async ({ store, request }, _first, before) => [
    store,
    request('account-a', { version: 41, headHash: '1'.repeat(64) }, notesOf(2), before.commandId),
  ],
  'with more events than it had': async ({ store, request }, first, before) => [
    store,
    request('account-a', tokenOf(first), notesOf(7), before.commandId),
  ],
  'after the store was opened again': async ({ book }, _first, request) => [await book.reopen(), request],
  'by another writer': async (workbook, _first, request) => [await anotherWriter(workbook), request],
  'by another writer, after the stream has grown': async (workbook, first, request) => {
    await workbook.append('account-a', tokenOf(first), notesOf(2))
    return [await anotherWriter(workbook), request]
  },
  'after another command met a conflict': async ({ store, request }, _first, before) => {
    await mustFail('Conflict', store.append(request('account-a', NO_STREAM, [note('stale')])), 'a stale one')
    return [store, before]
  },
  'after the clock has gone on for an hour': async ({ store, clock }, _first, request) => {
    clock.set(3_599_000)
    return [store, request]
  },
}

const sentAgain = Object.entries(ways).flatMap(([how, way]) => {
  const once = async (workbook: Workbook) => {
    await workbook.append('account-z', NO_STREAM, notesOf(2))
    const request = workbook.request('account-a', NO_STREAM, notesOf(2), 'pay-1')
    const first = await run(workbook.store.append(request))
    const [store, repeat] = await way(workbook, first, request)
    return { first, store, repeat }
  }
  return [
    again(`${how} gets its first receipt`, async (workbook) => {
      const { first, store, repeat } = await once(workbook)
      mustEqual(await run(store.append(repeat)), { ...first, repeated: true }, 'the receipt')
    }),
    again(`${how} writes nothing`, async (workbook) => {
      const { store, repeat } = await once(workbook)
      const before = await wholeLog(store)
      must(before.length >= 4, 'what was written before is there')
      await run(store.append(repeat))
      mustEqual(await wholeLog(store), before, 'the log')
    }),
    another(`${how} is a CommandMismatch, and nothing is written`, async (workbook) => {
      const { store, repeat } = await once(workbook)
      const before = (await wholeLog(store)).length
      const other = { ...repeat, fingerprint: workbook.fixture.sha256('another command') }
      await mustFail('CommandMismatch', store.append(other), 'another fingerprint')
      mustEqual((await wholeLog(store)).length, before, 'events')
    }),
  ]
})

/** Appends the same in so many ways at once, and gives the answers. */
const atOnce = async (stores: readonly EventStoreShape[], request: Append): Promise<readonly Receipt[]> =>
  Promise.all(stores.map((store) => run(store.append(request))))

const together = [2, 10].flatMap((times) =>
  (['one writer', 'two writers'] as const).map((who) =>
    again(`${times} times at once by ${who} is written once, and all get one receipt`, async (workbook) => {
      const other = who === 'one writer' ? workbook.store : await anotherWriter(workbook)
      const stores = Array.from({ length: times }, (_, n) => (n % 2 ? other : workbook.store))
      const receipts = await atOnce(stores, workbook.request('account-a', NO_STREAM, notesOf(2)))
      mustEqual(receipts.filter(({ repeated }) => !repeated).length, 1, 'answers that are not repeated')
      mustEqual(new Set(receipts.map(({ lastPosition }) => lastPosition)).size, 1, 'one place')
      mustEqual((await wholeLog(workbook.store)).length, 2, 'events')
    }),
  ),
)

/** Whoever asked goes away, after so many turns of the event loop. */
const lost = [0, 1, 2, 5].map((turns) =>
  again(
    `whose answer was lost after ${turns} turns is there whole or not at all, and sent again it is there once`,
    async (workbook) => {
      const { store } = workbook
      const request = workbook.request('account-a', NO_STREAM, notesOf(3))
      await run(
        Effect.gen(function* () {
          const fiber = yield* Effect.forkDetach(store.append(request))
          for (let turn = 0; turn < turns; turn++) yield* Effect.sleep(0)
          yield* Fiber.interrupt(fiber)
        }),
      )
      const size = (await wholeStream(store, 'account-a')).length
      must(size === 0 || size === 3, `${size} of 3 events are there`)
      const receipt = await run(store.append(request))
      mustEqual([receipt.firstVersion, receipt.lastVersion], [0, 2], 'the receipt')
      mustEqual((await wholeLog(store)).length, 3, 'events')
    },
  ),
)

/** What of findCommand must be true of a command of two events, on a stream that has grown since. */
const recordCase = (what: string, read: (workbook: Workbook) => Promise<EventStoreShape>): StoreCase =>
  found(`gives its fingerprint and its receipt ${what}`, async (workbook) => {
    const request = workbook.request('account-a', NO_STREAM, notesOf(2), 'pay-1')
    const receipt = await run(workbook.store.append(request))
    await workbook.append('account-a', tokenOf(receipt), notesOf(1))
    const record = { fingerprint: request.fingerprint, receipt: { ...receipt, repeated: true } }
    mustEqual(await run((await read(workbook)).findCommand('account-a', 'pay-1')), record, 'the record')
  })

/** A command that is not there, beside one that is. */
const notFound = (
  what: string,
  stream: string,
  id: string,
  meanwhile?: (workbook: Workbook) => Promise<unknown>,
): StoreCase =>
  found(`finds none ${what}`, async (workbook) => {
    await run(workbook.store.append(workbook.request('account-a', NO_STREAM, notesOf(1), 'pay-1')))
    await meanwhile?.(workbook)
    must((await run(workbook.store.findCommand(stream, id))) === undefined, 'it is not found')
    must((await run(workbook.store.findCommand('account-a', 'pay-1'))) !== undefined, 'the other one is')
  })

const names = [
  ['account-b', 'pay-2', 1],
  ['account-a', 'pay-2', 2],
  ['account-a1', 'pay-1', 3],
  ['account-a', 'pay-10', 1],
] as const

const written = async ({ store, request }: Workbook): Promise<readonly CommandEntry[]> => {
  const tokens = new Map<string, Token>()
  const wanted: CommandEntry[] = []
  for (const [stream, command, count] of names) {
    const asked = request(stream, tokens.get(stream) ?? NO_STREAM, notesOf(count), command)
    const receipt = await run(store.append(asked))
    tokens.set(stream, tokenOf(receipt))
    const { firstVersion, lastVersion, firstPosition, lastPosition } = receipt
    const places = { firstVersion, lastVersion, firstPosition, lastPosition }
    wanted.push({ stream, commandId: command, fingerprint: asked.fingerprint, ...places })
  }
  return wanted
}

const inPages = (store: EventStoreShape, limit: number): Promise<readonly CommandEntry[]> =>
  paged<CommandEntry>((after) => run(store.commands({ after, limit })), names.length)
const inOrder = (entries: readonly CommandEntry[]): readonly CommandEntry[] =>
  [...entries].sort((a, b) => a.firstPosition - b.firstPosition)

export const commandCases: readonly StoreCase[] = [
  ...sentAgain,
  ...together,
  ...lost,

  again('after a conflict it may be decided again and is written', async ({ store, append, request }) => {
    const first = await append('account-a', NO_STREAM, [note('1')])
    await mustFail('Conflict', store.append(request('account-a', NO_STREAM, [note('2')], 'pay-1')), 'the first try')
    const second = await run(store.append(request('account-a', tokenOf(first), [note('2')], 'pay-1')))
    mustEqual([second.repeated, second.lastVersion], [false, 1], 'the second try')
  }),
  again('after it was beyond a limit it may be sent smaller and is written', async ({ store, request }) => {
    const large = request('account-a', NO_STREAM, [note('x'.repeat(limits.eventBytes))], 'pay-1')
    await mustFail('LimitExceeded', store.append(large), 'the first try')
    const second = await run(store.append(request('account-a', NO_STREAM, [note('2')], 'pay-1')))
    mustEqual([second.repeated, second.lastVersion], [false, 0], 'the second try')
    mustEqual((await wholeLog(store)).length, 1, 'events')
  }),
  again('under the same id on another stream is another command', async ({ store, request }) => {
    await run(store.append(request('account-a', NO_STREAM, notesOf(1), 'pay-1')))
    const other = await run(store.append(request('account-b', NO_STREAM, notesOf(1), 'pay-1')))
    mustEqual([other.repeated, other.lastPosition], [false, 2], 'the other')
    mustEqual((await wholeLog(store)).length, 2, 'events')
  }),
  again('each of several commands of a stream gets its own receipt', async ({ store, request }) => {
    const requests: Append[] = []
    const receipts: Receipt[] = []
    for (const count of [2, 1, 3]) {
      const last = receipts.at(-1)
      requests.push(request('account-a', last ? tokenOf(last) : NO_STREAM, notesOf(count)))
      receipts.push(await run(store.append(requests.at(-1) as Append)))
    }
    for (const [n, one] of requests.entries()) {
      mustEqual(await run(store.append(one)), { ...receipts[n], repeated: true }, `receipt ${n}`)
    }
    mustEqual((await wholeLog(store)).length, 6, 'events')
  }),

  another('names the stream and the command, and is never to be sent again so', async ({ store, request, fixture }) => {
    const first = request('account-a', NO_STREAM, notesOf(1), 'pay-1')
    await run(store.append(first))
    const other = { ...first, fingerprint: fixture.sha256('another') }
    const error = await mustFail('CommandMismatch', store.append(other), 'another fingerprint')
    mustEqual([error.stream, error.commandId, error.retry], ['account-a', 'pay-1', 'never'], 'the error')
  }),
  another('also where the fingerprints differ in their last letter alone', async ({ store, request }) => {
    const first = request('account-a', NO_STREAM, notesOf(1))
    await run(store.append({ ...first, fingerprint: `${first.fingerprint.slice(0, -1)}0` }))
    const other = { ...first, fingerprint: `${first.fingerprint.slice(0, -1)}1` }
    await mustFail('CommandMismatch', store.append(other), 'another fingerprint')
  }),
  another('the first one still gets its receipt afterwards', async ({ store, request, fixture }) => {
    const first = request('account-a', NO_STREAM, notesOf(1))
    const receipt = await run(store.append(first))
    await mustFail('CommandMismatch', store.append({ ...first, fingerprint: fixture.sha256('another') }), 'another')
    mustEqual(await run(store.append(first)), { ...receipt, repeated: true }, 'the receipt')
  }),
  another('of two at once one is written, the other a CommandMismatch', async (workbook) => {
    const other = await anotherWriter(workbook)
    for (let round = 0; round < 5; round++) {
      const one = workbook.request(`account-${round}`, NO_STREAM, [note('one')], 'pay-1')
      const two = { ...workbook.request(`account-${round}`, NO_STREAM, [note('two')], 'pay-1'), fingerprint: 'another' }
      const answers = await Promise.all([run(workbook.store.appendMany([one])), run(other.appendMany([two]))])
      const tags = answers.map(([answer]) => (answer?._tag === 'Failure' ? answer.failure._tag : 'written'))
      mustEqual([...tags].sort(), ['CommandMismatch', 'written'], `round ${round}`)
      mustEqual((await wholeStream(workbook.store, `account-${round}`)).length, 1, 'events')
    }
  }),

  recordCase('after the stream has grown', async ({ store }) => store),
  recordCase('after the store was opened again', ({ book }) => book.reopen()),
  recordCase('to another writer', anotherWriter),
  notFound('that was never sent', 'account-a', 'pay-9'),
  notFound('of another stream', 'account-b', 'pay-1'),
  notFound('whose id only begins so', 'account-a', 'pay'),
  notFound('whose id goes on', 'account-a', 'pay-11'),
  notFound('that met a conflict', 'account-a', 'pay-2', ({ store, request }) =>
    mustFail('Conflict', store.append(request('account-a', NO_STREAM, notesOf(1), 'pay-2')), 'a stale one'),
  ),
  notFound('that was beyond a limit', 'account-b', 'pay-2', ({ store, request }) =>
    mustFail('LimitExceeded', store.append(request('account-b', NO_STREAM, [], 'pay-2')), 'no event'),
  ),
  found('gives the record of each member of a batch', async ({ store, request }) => {
    const requests = ['account-a', 'account-b', 'account-c'].map((stream) => request(stream, NO_STREAM, notesOf(2)))
    await run(store.appendMany(requests))
    for (const [n, { stream, commandId, fingerprint }] of requests.entries()) {
      const record = await run(store.findCommand(stream, commandId))
      mustEqual([record?.fingerprint, record?.receipt.firstPosition], [fingerprint, n * 2 + 1], stream)
    }
  }),

  ...[1, 2, 3, 4, 100].map((limit) =>
    listed(`come once each in pages of ${limit}`, async (workbook) => {
      const wanted = await written(workbook)
      mustEqual(inOrder(await inPages(workbook.store, limit)), wanted, 'the records')
    }),
  ),
  listed('are there after the store was opened again', async (workbook) => {
    const wanted = await written(workbook)
    mustEqual(inOrder(await inPages(await workbook.book.reopen(), 2)), wanted, 'the records')
  }),
  listed('are there for another writer', async (workbook) => {
    const other = await anotherWriter(workbook)
    const wanted = await written(workbook)
    mustEqual(inOrder(await inPages(other, 3)), wanted, 'the records')
  }),
  listed('come in one order, whatever the pages', async (workbook) => {
    await written(workbook)
    const whole = await inPages(workbook.store, 100)
    mustEqual(whole.length, names.length, 'records')
    mustEqual(await inPages(workbook.store, 1), whole, 'one at a time')
  }),
  listed('hold none of a command that was refused or repeated', async (workbook) => {
    const wanted = await written(workbook)
    const { store, request } = workbook
    await mustFail('Conflict', store.append(request('account-b', NO_STREAM, notesOf(1), 'pay-9')), 'a stale one')
    await run(store.append(request('account-a', NO_STREAM, notesOf(1), 'pay-10')))
    mustEqual(inOrder(await inPages(store, 100)), wanted, 'the records')
  }),
]
