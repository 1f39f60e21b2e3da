import * as Result from 'effect/Result'
import { type Append, type EventStoreShape, limits, NO_STREAM, type Receipt } from '../../ports/event-store.ts'
import { verifyChain } from '../../service/verify-chain.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { handClock, instantAt, note, tokenOf, type Workbook, wholeLog, wholeStream } from './workbook.ts'

const batches = suiteOf('batches')

/** What became of each: its receipt, or the tag of its error. */
const answersOf = async (store: EventStoreShape, requests: readonly Append[]): Promise<readonly (Receipt | string)[]> =>
  (await run(store.appendMany(requests))).map((answer) =>
    Result.isSuccess(answer) ? answer.success : answer.failure._tag,
  )

const receiptsOf = async (store: EventStoreShape, requests: readonly Append[]): Promise<readonly Receipt[]> => {
  const answers = await answersOf(store, requests)
  const failed = answers.filter((answer) => typeof answer === 'string')
  mustEqual(failed, [], 'errors of a batch in which nothing is wrong')
  return answers as readonly Receipt[]
}

const newStreams = ({ request }: Workbook, count: number, from = 0): readonly Append[] =>
  Array.from({ length: count }, (_, n) => request(`account-${from + n}`, NO_STREAM, [note(`${from + n}`)]))

/** Requests for one stream, each behind the one before. */
const chained = ({ request }: Workbook, stream: string, count: number): readonly Append[] => {
  const requests: Append[] = []
  for (let n = 0; n < count; n++) {
    const last = requests.at(-1)
    const token = last ? { version: n - 1, headHash: last.events.at(-1)?.leaf ?? '-' } : NO_STREAM
    requests.push(request(stream, token, [note(`${n} of ${count}`)]))
  }
  return requests
}

const sizes = [1, 2, 7, 64, 300].map((size) =>
  batches(`a batch of ${size} appends is written whole, in the order given`, async (workbook) => {
    const receipts = await receiptsOf(workbook.store, newStreams(workbook, size))
    mustEqual(
      receipts.map(({ stream, firstPosition }) => `${firstPosition} ${stream}`),
      receipts.map((_, n) => `${n + 1} account-${n}`),
      'streams by position',
    )
    mustEqual((await wholeLog(workbook.store)).length, size, 'events')
  }),
)

/** A batch with one member that is wrong in the midst: what is said of it, and that the others are written. */
const spoilt = (what: string, tag: string, wrong: (workbook: Workbook) => Promise<Append>): StoreCase =>
  batches(`a member ${what} is ${tag}, and the others are written`, async (workbook) => {
    const bad = await wrong(workbook)
    const before = (await wholeLog(workbook.store)).length
    const [first, last] = [newStreams(workbook, 2, 10), newStreams(workbook, 2, 20)]
    const answers = await answersOf(workbook.store, [...first, bad, ...last])
    mustEqual(
      answers.map((answer) => (typeof answer === 'string' ? answer : answer.stream)),
      ['account-10', 'account-11', tag, 'account-20', 'account-21'],
      'the answers',
    )
    mustEqual((await wholeLog(workbook.store)).length, before + 4, 'events')
  })

const members: readonly StoreCase[] = [
  spoilt('that expects another version', 'Conflict', async ({ append, request }) => {
    await append('account-a', NO_STREAM, [note('seen')])
    return request('account-a', NO_STREAM, [note('stale')])
  }),
  spoilt('whose command id was used for another command', 'CommandMismatch', async ({ store, request, fixture }) => {
    await run(store.append(request('account-a', NO_STREAM, [note('1')], 'pay-1')))
    return { ...request('account-a', NO_STREAM, [note('2')], 'pay-1'), fingerprint: fixture.sha256('another') }
  }),
  spoilt('beyond a limit', 'LimitExceeded', async ({ request }) =>
    request('account-a', NO_STREAM, [note('x'.repeat(limits.eventBytes))]),
  ),
  spoilt('with an event id that is in the log', 'Integrity', async ({ store, request }) => {
    const first = request('account-a', NO_STREAM, [note('1')])
    await run(store.append(first))
    const [event] = request('account-b', NO_STREAM, [note('2')]).events
    return {
      ...request('account-b', NO_STREAM, []),
      events: event ? [{ ...event, id: first.events[0]?.id ?? '' }] : [],
    }
  }),
  spoilt('that does not chain', 'Integrity', async ({ request }) => {
    const good = request('account-a', NO_STREAM, [note('1')])
    return { ...good, events: good.events.map((event) => ({ ...event, prev: '0'.repeat(64) })) }
  }),
  spoilt('for a stream that is closed', 'StreamClosed', async ({ close, request }) => {
    const receipt = await close('account-a', NO_STREAM, [note('the last')])
    return request('account-a', tokenOf(receipt), [note('late')])
  }),
]

export const batchCases: readonly StoreCase[] = [
  ...sizes,
  ...members,

  batches('a batch of none answers none, beside one that answers', async ({ store, request }) => {
    mustEqual((await run(store.appendMany([]))).length, 0, 'answers to nothing')
    mustEqual(await wholeLog(store), [], 'nothing is written')
    await receiptsOf(store, [request('account-a', NO_STREAM, [note('1')])])
    mustEqual((await wholeLog(store)).length, 1, 'events')
  }),

  batches('several appends of one stream follow each other', async (workbook) => {
    const receipts = await receiptsOf(workbook.store, chained(workbook, 'account-a', 12))
    mustEqual(
      receipts.map(({ lastVersion }) => lastVersion),
      receipts.map((_, n) => n),
      'versions',
    )
    const check = verifyChain(
      await wholeStream(workbook.store, 'account-a'),
      workbook.fixture.sha256,
      workbook.store.origin,
    )
    must(check.ok && check.end.version === 11, 'one intact chain')
  }),

  batches('appends of several streams in turn keep the order of each', async (workbook) => {
    const [a, b] = [chained(workbook, 'account-a', 4), chained(workbook, 'account-b', 4)]
    await receiptsOf(
      workbook.store,
      a.flatMap((one, n) => [one, b[n] as Append]),
    )
    mustEqual(
      (await wholeLog(workbook.store)).map(({ stream, version }) => `${stream} ${version}`),
      [0, 1, 2, 3].flatMap((n) => [`account-a ${n}`, `account-b ${n}`]),
      'the log',
    )
  }),

  batches('what follows on a member that failed is a Conflict: it expects what is not there', async (workbook) => {
    const [first, second, third] = chained(workbook, 'account-a', 3) as readonly [Append, Append, Append]
    const broken = { ...second, events: second.events.map((event) => ({ ...event, prev: '0'.repeat(64) })) }
    const answers = await answersOf(workbook.store, [first, broken, third])
    mustEqual(answers.slice(1), ['Integrity', 'Conflict'], 'the second and the third')
    mustEqual((await wholeStream(workbook.store, 'account-a')).length, 1, 'events')
  }),

  batches('of two members that expect the same of one stream the first is written', async ({ store, request }) => {
    const [one, other] = [
      request('account-a', NO_STREAM, [note('one')]),
      request('account-a', NO_STREAM, [note('other')]),
    ]
    const [written, refused] = await answersOf(store, [one, other])
    must(typeof written !== 'string' && refused === 'Conflict', `the answers: ${String(written)}, ${String(refused)}`)
    mustEqual(
      (await wholeStream(store, 'account-a')).map(({ id }) => id),
      one.events.map(({ id }) => id),
      'what is there',
    )
  }),

  batches(
    'a command that stands twice in a batch is written once, and both get its receipt',
    async ({ store, request }) => {
      const command = request('account-a', NO_STREAM, [note('1')])
      const [first, again] = await receiptsOf(store, [command, command])
      mustEqual([first?.repeated, again?.repeated], [false, true], 'repeated')
      mustEqual(again, { ...first, repeated: true }, 'the receipts')
      mustEqual((await wholeLog(store)).length, 1, 'events')
    },
  ),

  batches('an event id that stands twice in a batch is written once', async ({ store, request }) => {
    const first = request('account-a', NO_STREAM, [note('1')])
    const other = request('account-b', NO_STREAM, [note('2')])
    const twin = { ...other, events: other.events.map((event) => ({ ...event, id: first.events[0]?.id ?? '' })) }
    const answers = await answersOf(store, [first, twin])
    mustEqual(answers[1], 'Integrity', 'the second')
    mustEqual(
      (await wholeLog(store)).map(({ stream }) => stream),
      ['account-a'],
      'the log',
    )
  }),

  batches('a batch sent again gets its first receipts and writes nothing', async (workbook) => {
    const requests = newStreams(workbook, 5)
    const first = await receiptsOf(workbook.store, requests)
    const again = await receiptsOf(workbook.store, requests)
    mustEqual(
      again,
      first.map((receipt) => ({ ...receipt, repeated: true })),
      'the receipts',
    )
    mustEqual((await wholeLog(workbook.store)).length, 5, 'events')
  }),

  batches('a batch is there after the store was opened again', async (workbook) => {
    const receipts = await receiptsOf(workbook.store, newStreams(workbook, 5))
    const reopened = await workbook.book.reopen()
    mustEqual(
      (await wholeLog(reopened)).map(({ leaf }) => leaf),
      receipts.map(({ headHash }) => headHash),
      'its events',
    )
  }),

  batches('what a single append writes a batch of one writes: the same receipt', async ({ store, request }) => {
    const [single, batch] = [request('account-a', NO_STREAM, [note('1')]), request('account-b', NO_STREAM, [note('1')])]
    const receipt = await run(store.append(single))
    const [answer] = await receiptsOf(store, [batch])
    const { firstVersion, lastVersion, firstPosition, lastPosition, repeated } = receipt
    mustEqual(
      [answer?.firstVersion, answer?.lastVersion, answer?.firstPosition, answer?.lastPosition, answer?.repeated],
      [firstVersion, lastVersion, firstPosition + 1, lastPosition + 1, repeated],
      'the receipt',
    )
  }),

  batches(
    'batches of two writers at once: each is written whole, every answer names its own events',
    async (workbook) => {
      const { store } = workbook
      const other = (await workbook.book.newWriter?.({ clock: () => instantAt(0) })) ?? store
      const [ours, theirs] = await Promise.all([
        receiptsOf(store, newStreams(workbook, 40)),
        receiptsOf(other, newStreams(workbook, 40, 100)),
      ])
      const log = await wholeLog(store)
      mustEqual(
        log.map(({ position }) => position),
        log.map((_, at) => at + 1),
        'positions',
      )
      for (const { firstPosition, headHash } of [...ours, ...theirs]) {
        mustEqual(log[firstPosition - 1]?.leaf, headHash, `the event at ${firstPosition}`)
      }
      mustEqual(log.length, 80, 'events')
    },
  ),

  batches(
    'members of a batch are committed together: at one time',
    async (workbook) => {
      let asked = 0
      const ticking = { ...handClock(), now: () => instantAt(++asked * 10) }
      const store = (await workbook.book.newWriter?.({ clock: ticking.now })) ?? workbook.store
      const receipts = await receiptsOf(store, newStreams(workbook, 8))
      must(receipts.length === 8 && new Set(receipts.map(({ committedAt }) => committedAt)).size === 1, 'one time')
      mustEqual((await wholeLog(workbook.store)).length, 8, 'events')
    },
    { needs: { batch: 'one-commit' } },
  ),
]
