import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as Stream from 'effect/Stream'
import { type EventStoreShape, type Head, NO_STREAM, type StoredEvent, type Token } from '../../ports/event-store.ts'
import { nextPage, type TailRequest, tail } from '../../service/tail.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { call, instantAt, note, tokenOf, type Workbook, wholeLog, writeNotes } from './workbook.ts'

const following = suiteOf('following the log')
const waking = suiteOf('waking those who wait')

const streams = ['account-a', 'account-b', 'remittance-a'] as const
const mixed = (count: number) => Array.from({ length: count }, (_, n) => (n % 3 === 1 ? call(n) : note(`n${n}`)))

const otherWriter = ({ book, store }: Workbook): Promise<EventStoreShape> =>
  book.newWriter ? book.newWriter({ clock: () => instantAt(0) }) : Promise.resolve(store)

/** What a reader gets who follows the log until he has so many events, or none have come for longer than they may take. */
const followed = (
  { patience }: Workbook,
  store: EventStoreShape,
  request: TailRequest,
  count: number,
): Promise<readonly StoredEvent[]> =>
  run(
    Effect.gen(function* () {
      const events: StoredEvent[] = []
      let waits = 0
      yield* Stream.runForEachWhile(tail(store, { withinMs: patience, ...request }), (page) =>
        Effect.sync(() => {
          events.push(...page.events)
          waits = page.events.length === 0 ? waits + 1 : 0
          return events.length < count && waits < 2
        }),
      )
      return events
    }),
  )

const positions = (events: readonly StoredEvent[]): readonly number[] => events.map(({ position }) => position)
const upwards = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n)

const pages = [1, 2, 3, 5, 7].map((limit) =>
  following(`in pages of ${limit}: what is there, and then what comes, each once and in order`, async (workbook) => {
    await writeNotes(workbook, streams, mixed(7))
    const reading = followed(workbook, workbook.store, { after: 0, limit }, 12)
    const other = await otherWriter(workbook)
    const token = {
      version: 1,
      headHash: (await wholeLog(workbook.store)).findLast(({ stream }) => stream === 'account-b')?.leaf ?? '',
    }
    let at: Token = token
    for (let n = 0; n < 5; n++)
      at = tokenOf(await workbook.append('account-b', at, [note('live')], n % 2 ? other : workbook.store))
    mustEqual(positions(await reading), upwards(1, 12), 'positions')
  }),
)

const checkpoints = [0, 1, 3, 6, 9].map((after) =>
  following(`from checkpoint ${after} it goes on with the next event`, async (workbook) => {
    await writeNotes(workbook, streams, mixed(10))
    const events = await followed(workbook, workbook.store, { after, limit: 4 }, 10 - after)
    mustEqual(positions(events), upwards(after + 1, 10), 'positions')
  }),
)

const kinds = [['NoteTaken'], ['CallMade'], ['NoteTaken', 'CallMade']].map((types) =>
  following(`of ${types.join(' and ')} only, and the place reached counts all others`, async (workbook) => {
    await writeNotes(workbook, streams, mixed(9))
    const wanted = (await wholeLog(workbook.store)).filter(({ type }) => types.includes(type))
    mustEqual(
      positions(await followed(workbook, workbook.store, { after: 0, limit: 2, types }, wanted.length)),
      positions(wanted),
      'it',
    )
    const last = await run(nextPage(workbook.store, { after: 0, types, withinMs: workbook.patience }))
    mustEqual([last.events.length, last.reached, last.live], [wanted.length, 9, true], 'the place reached')
  }),
)

/** Waits for the log to pass a position while something is done, and gives the head and how long it took. */
const waited = async (
  store: EventStoreShape,
  [position, within]: readonly [number, number],
  meanwhile: () => Promise<unknown>,
): Promise<{ readonly head: Head; readonly took: number }> => {
  const began = await run(Clock.currentTimeMillis)
  const waiting = run(store.headBeyond(position, within))
  await run(Effect.sleep(5))
  await meanwhile()
  return { head: await waiting, took: (await run(Clock.currentTimeMillis)) - began }
}

/** A wait that ends before its time: generous, since machines are busy. */
const mustBeWoken = (
  { patience }: Workbook,
  { head, took }: { readonly head: Head; readonly took: number },
  position: number,
): void => {
  mustEqual(head.position, position, 'the head')
  must(took < patience / 2, `it took ${took} ms until the reader was woken`)
}

export const followingCases: readonly StoreCase[] = [
  ...pages,
  ...checkpoints,
  ...kinds,

  following('while two writers write, a reader sees every event once and in order', async (workbook) => {
    const other = await otherWriter(workbook)
    const reading = followed(workbook, workbook.store, { after: 0, limit: 5 }, 60)
    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        workbook.append(`account-${n}`, NO_STREAM, [note(`n${n}`)], n % 2 ? other : workbook.store),
      ),
    )
    const seen = await reading
    mustEqual(positions(seen), upwards(1, 60), 'positions')
    mustEqual(
      seen.map(({ leaf }) => leaf),
      (await wholeLog(workbook.store)).map(({ leaf }) => leaf),
      'events',
    )
  }),

  following('two readers at once see the same', async (workbook) => {
    const reading = [3, 4].map((limit) => followed(workbook, workbook.store, { after: 0, limit }, 8))
    await writeNotes(workbook, streams, mixed(8))
    const [one, other] = await Promise.all(reading)
    mustEqual(one, other, 'both')
    mustEqual(positions(one ?? []), upwards(1, 8), 'positions')
  }),

  following('a reader that is slow keeps no writer waiting, and misses nothing', async (workbook) => {
    const seen: number[] = []
    let asked = 0
    const slow = Stream.runForEachWhile(
      tail(workbook.store, { after: 0, limit: 1, withinMs: workbook.patience }),
      (page) => Effect.as(Effect.sleep(1), seen.push(...positions(page.events)) < 10 && ++asked < 20),
    )
    const reading = run(slow)
    await writeNotes(workbook, streams, mixed(10))
    await reading
    mustEqual(seen, upwards(1, 10), 'positions')
  }),

  following(
    'a reader that goes on after the store was opened again misses nothing and sees nothing twice',
    async (workbook) => {
      await writeNotes(workbook, streams, mixed(4))
      const before = await followed(workbook, workbook.store, { after: 0, limit: 3 }, 3)
      const reopened = await workbook.book.reopen()
      await workbook.append('account-x', NO_STREAM, [note('later')], reopened)
      const after = await followed(workbook, reopened, { after: before.at(-1)?.position ?? 0 }, 2)
      mustEqual(positions([...before, ...after]), upwards(1, 5), 'positions')
    },
  ),

  following('at the head there is nothing until something comes, and then only that', async (workbook) => {
    await writeNotes(workbook, streams, mixed(3))
    const still = await run(nextPage(workbook.store, { after: 3, withinMs: 20 }))
    mustEqual([still.events.length, still.reached, still.live], [0, 3, true], 'nothing')
    await workbook.append('account-x', NO_STREAM, [note('later')])
    const come = await run(nextPage(workbook.store, { after: still.reached, withinMs: workbook.patience }))
    mustEqual(positions(come.events), [4], 'what came')
  }),

  waking('a log that is longer already is answered at once', async (workbook) => {
    await writeNotes(workbook, streams, mixed(3))
    mustBeWoken(workbook, await waited(workbook.store, [2, workbook.patience], async () => {}), 3)
  }),

  waking('where nothing comes, the head as it is when the time is over', async (workbook) => {
    await writeNotes(workbook, streams, mixed(3))
    const { head, took } = await waited(workbook.store, [3, 60], async () => {})
    mustEqual(head.position, 3, 'the head')
    must(took >= 55, `it answered after ${took} ms of 60, though nothing had come`)
  }),

  waking('an append of the same store wakes', async (workbook) => {
    await writeNotes(workbook, streams, mixed(1))
    mustBeWoken(
      workbook,
      await waited(workbook.store, [1, workbook.patience], () => workbook.append('account-x', NO_STREAM, [note('1')])),
      2,
    )
  }),

  waking('an append of another writer wakes', async (workbook) => {
    const other = await otherWriter(workbook)
    const appended = () => workbook.append('account-x', NO_STREAM, [note('1')], other)
    mustBeWoken(workbook, await waited(workbook.store, [0, workbook.patience], appended), 1)
  }),

  waking('a batch wakes', async (workbook) => {
    const { store, request } = workbook
    const both = ['account-a', 'account-b'].map((stream) => request(stream, NO_STREAM, [note('1')]))
    mustBeWoken(workbook, await waited(store, [1, workbook.patience], () => run(store.appendMany(both))), 2)
  }),

  waking('all who wait are woken', async (workbook) => {
    const others = Array.from({ length: 5 }, () => run(workbook.store.headBeyond(0, workbook.patience)))
    mustBeWoken(
      workbook,
      await waited(workbook.store, [0, workbook.patience], () => workbook.append('account-x', NO_STREAM, [note('1')])),
      1,
    )
    mustEqual(
      (await Promise.all(others)).map(({ position }) => position),
      [1, 1, 1, 1, 1],
      'the others',
    )
  }),

  waking('who waits for more than the next event is not content with it', async (workbook) => {
    const appended = async () => {
      await workbook.append('account-a', NO_STREAM, [note('1')])
      await workbook.append('account-b', NO_STREAM, [note('2'), note('3')])
    }
    mustBeWoken(workbook, await waited(workbook.store, [1, workbook.patience], appended), 3)
  }),

  waking('an append that is refused wakes nobody', async (workbook) => {
    const receipt = await workbook.append('account-a', NO_STREAM, [note('1')])
    const stale = workbook.request('account-a', NO_STREAM, [note('stale')])
    const { head, took } = await waited(workbook.store, [1, 250], () => run(workbook.store.appendMany([stale])))
    mustEqual(head, { position: 1, committedAt: receipt.committedAt }, 'the head')
    // Far from at once, so that a machine with much to do can not make the one look like the other.
    must(took >= 240, 'it waits to the end')
  }),

  waking('wakes again and again: no append is slept through', async (workbook) => {
    let token: Token = NO_STREAM
    for (let n = 0; n < 10; n++) {
      const waiting = waited(workbook.store, [n, workbook.patience], async () => {
        token = tokenOf(await workbook.append('account-a', token, [note('1')]))
      })
      mustBeWoken(workbook, await waiting, n + 1)
    }
  }),

  waking('whoever waits can be interrupted, and the next one is woken all the same', async (workbook) => {
    const interrupted = await run(
      Effect.gen(function* () {
        const fiber = yield* Effect.forkDetach(workbook.store.headBeyond(0, workbook.patience * 10))
        yield* Effect.sleep(5)
        const began = yield* Clock.currentTimeMillis
        yield* Fiber.interrupt(fiber)
        return (yield* Clock.currentTimeMillis) - began
      }),
    )
    must(interrupted < workbook.patience / 2, `it took ${interrupted} ms to give up`)
    mustBeWoken(
      workbook,
      await waited(workbook.store, [0, workbook.patience], () => workbook.append('account-x', NO_STREAM, [note('1')])),
      1,
    )
  }),
]
