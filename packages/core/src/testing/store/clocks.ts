import type { Instant } from '../../kernel/day.ts'
import { type EventStoreShape, NO_STREAM, type StoredEvent, type Token } from '../../ports/event-store.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { handClock, instantAt, note, notesOf, tokenOf, type Workbook, wholeLog } from './workbook.ts'

const times = suiteOf('times', { laws: ['C3'] })
const knownAt = suiteOf('known at', { laws: ['C3'] })
const ahead = suiteOf('a clock that stands years ahead')

/** The writer that is ahead of the other by so many milliseconds. */
const AHEAD = 5_000

/** The same question put to the whole log, event by event. */
const lastAtOrBefore = (log: readonly StoredEvent[], t: Instant): number =>
  log.reduce((found, { committedAt, position }) => (committedAt <= t ? Math.max(found, position) : found), 0)

const seconds = [0, 1, 2, 3, 8, 9, 10, 11, 30]

/** Two writers in turn, the second one's clock ahead; `after` is called after every append. */
const writeInTurn = async (
  workbook: Workbook,
  after: (log: readonly StoredEvent[]) => Promise<void> = async () => {},
) => {
  const { book, store, clock, append } = workbook
  const fastClock = handClock()
  const fast = book.newWriter ? await book.newWriter({ clock: fastClock.now }) : store
  let token: Token = NO_STREAM
  for (const second of seconds) {
    for (const [writer, time] of [
      [store, second * 1_000],
      [fast, second * 1_000 + 1],
    ] as const) {
      clock.set(time)
      fastClock.set(time + AHEAD)
      token = tokenOf(await append('account-a', token, [note('slow or fast')], writer))
      await after(await wholeLog(store))
    }
  }
  const log = await wholeLog(store)
  mustEqual(log.length, seconds.length * 2, 'events')
  return log
}

/** Two events each at three instants, and a question about the log. */
const asked = (what: string, t: (log: readonly StoredEvent[]) => Instant, position: number): StoreCase =>
  knownAt(`${what} is position ${position}`, async ({ store, clock, append, fixture }) => {
    for (const second of [1, 2, 3]) {
      clock.set(second * 1_000)
      await append(`account-${second}`, NO_STREAM, notesOf(2))
    }
    const log = await wholeLog(store)
    mustEqual(log.length, 6, 'events')
    const wanted = fixture.injectsClock ? position : lastAtOrBefore(log, t(log))
    mustEqual(await run(store.positionAt(t(log))), wanted, 'the position')
    mustEqual(await run(store.positionAt('9999-12-31T23:59:59.999Z' as Instant)), 6, 'at the end of time')
  })

const far = '2099-01-01T00:00:00.000Z' as Instant

/** An append whose writer has recorded it decades after the log's last event. */
const fromFar = ({ request }: Workbook, stream: string, command?: string) => {
  const good = request(stream, NO_STREAM, notesOf(1), command)
  return { ...good, events: good.events.map((event) => ({ ...event, recordedAt: far })) }
}

export const clockCases: readonly StoreCase[] = [
  times('never decrease with position, with two writers whose clocks are 5 s apart', async (workbook) => {
    const log = await writeInTurn(workbook)
    for (const [index, event] of log.entries()) {
      const before = log[index - 1]
      must(!before || before.committedAt <= event.committedAt, `committedAt decreases at position ${event.position}`)
    }
  }),
  times('are those of the clock, or of the last event where that is later', async (workbook) => {
    const log = await writeInTurn(workbook)
    if (!(workbook.fixture.injectsClock && workbook.book.newWriter)) return
    const wanted = [0, 5_001, 5_001, 6_001, 6_001, 7_001, 7_001, 8_001, 8_001, 13_001].map(instantAt)
    mustEqual(
      log.slice(0, wanted.length).map(({ committedAt }) => committedAt),
      wanted,
      'max(now, last)',
    )
  }),
  times('do not go back when the store is opened again with a clock that has', async ({ clock, append, book }) => {
    clock.set(9_000)
    const first = await append('account-a', NO_STREAM, notesOf(1))
    clock.set(1_000)
    const reopened = await book.reopen()
    const next = await append('account-b', NO_STREAM, notesOf(1), reopened)
    must(next.committedAt >= first.committedAt, `${next.committedAt} stands behind ${first.committedAt}`)
    mustEqual(
      (await wholeLog(reopened)).map(({ committedAt }) => committedAt),
      [first.committedAt, next.committedAt],
      'times',
    )
  }),
  times('are one for all events of a command', async ({ clock, append, store, fixture }) => {
    clock.set(4_000)
    await append('account-a', NO_STREAM, notesOf(5))
    const found = new Set((await wholeLog(store)).map(({ committedAt }) => committedAt))
    mustEqual(found.size, 1, 'times')
    if (fixture.injectsClock) mustEqual([...found], [instantAt(4_000)], 'the time of the clock')
  }),
  times('are no part of what was recorded: both are kept', async ({ clock, append, store }) => {
    clock.set(7_000)
    const receipt = await append('account-a', NO_STREAM, notesOf(1))
    const [event] = await wholeLog(store)
    mustEqual([event?.recordedAt, event?.committedAt], [instantAt(0), receipt.committedAt], 'recorded and committed')
  }),

  asked('long before the first event', () => '1970-01-01T00:00:00.000Z' as Instant, 0),
  asked('a millisecond before the first', () => instantAt(999), 0),
  asked('the instant of the first', () => instantAt(1_000), 2),
  asked('between two instants', () => instantAt(1_500), 2),
  asked('a millisecond before the last', () => instantAt(2_999), 4),
  asked('the instant of the last', () => instantAt(3_000), 6),
  asked('long after the last', () => '2199-12-31T23:59:59.999Z' as Instant, 6),
  knownAt('of an empty log is position 0, and no longer when it has an event', async ({ store, append }) => {
    mustEqual(await run(store.positionAt(far)), 0, 'of an empty log')
    await append('account-a', NO_STREAM, notesOf(1))
    mustEqual(await run(store.positionAt('9999-12-31T23:59:59.999Z' as Instant)), 1, 'with an event')
  }),
  knownAt('of a past instant stays what it was, whatever is written later', async (workbook) => {
    const answers = new Map<Instant, number>()
    await writeInTurn(workbook, async (log) => {
      const head = log.at(-1)?.committedAt ?? ('' as Instant)
      const grid = Array.from({ length: 40 }, (_, n) => instantAt(n * 1_000))
      for (const t of [...grid, ...log.map(({ committedAt }) => committedAt)]) {
        // Past is what lies before the head: at the head's own instant another event may still be committed.
        if (t >= head) continue
        const answer = await run(workbook.store.positionAt(t))
        mustEqual(answer, answers.get(t) ?? answer, `the earlier answer for ${t}`)
        mustEqual(answer, lastAtOrBefore(log, t), `the answer for ${t}`)
        answers.set(t, answer)
      }
    })
  }),
  knownAt('is the same after the store was opened again, and to another writer', async (workbook) => {
    const log = await writeInTurn(workbook)
    const grid = [...Array.from({ length: 40 }, (_, n) => instantAt(n * 1_000)), ...log.map((one) => one.committedAt)]
    const before = await Promise.all(grid.map((t) => run(workbook.store.positionAt(t))))
    mustEqual(before.at(-1), log.length, 'the last')
    const reopened: EventStoreShape = await workbook.book.reopen()
    mustEqual(await Promise.all(grid.map((t) => run(reopened.positionAt(t)))), before, 'after reopening')
  }),

  ahead('of the last event is refused: ClockAhead, and nothing is written', async (workbook) => {
    await workbook.append('account-a', NO_STREAM, notesOf(1))
    const error = await mustFail(
      'ClockAhead',
      workbook.store.append(fromFar(workbook, 'account-b')),
      'an event of 2099',
    )
    mustEqual([error.now, error.retry], [far, 'never'], 'the error')
    mustEqual((await wholeLog(workbook.store)).length, 1, 'events')
  }),
  ahead('does not keep a command that was stored before from its receipt', async (workbook) => {
    const request = workbook.request('account-a', NO_STREAM, notesOf(1), 'pay-1')
    const first = await run(workbook.store.append(request))
    const late = { ...fromFar(workbook, 'account-a', 'pay-1'), fingerprint: request.fingerprint }
    mustEqual(await run(workbook.store.append(late)), { ...first, repeated: true }, 'the receipt')
  }),
  ahead('is no fault of the first event of a log: nobody knows how far it may be', async (workbook) => {
    const receipt = await run(workbook.store.append(fromFar(workbook, 'account-a')))
    mustEqual([receipt.firstPosition, (await wholeLog(workbook.store)).length], [1, 1], 'it is written')
  }),
  ahead('keeps no other member of a batch from being written', async (workbook) => {
    await workbook.append('account-a', NO_STREAM, notesOf(1))
    const both = [fromFar(workbook, 'account-b'), workbook.request('account-c', NO_STREAM, notesOf(1))]
    const answers = await run(workbook.store.appendMany(both))
    mustEqual(
      answers.map(({ _tag }) => _tag),
      ['Failure', 'Success'],
      'the answers',
    )
    mustEqual(
      (await wholeLog(workbook.store)).map(({ stream }) => stream),
      ['account-a', 'account-c'],
      'the log',
    )
  }),
]
