import type { Instant } from '../../kernel/day.ts'
import { type EventStoreShape, NO_STREAM, type StoredEvent, type Token } from '../../ports/event-store.ts'
import { must, mustEqual, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { handClock, instantAt, note, tokenOf, type Workbook, wholeLog, withWorkbook } from './workbook.ts'

/** The writer that is ahead of the other by so many milliseconds. */
const AHEAD = 5_000

/** The same question put to the whole log, event by event. */
const lastAtOrBefore = (log: readonly StoredEvent[], t: Instant): number =>
  log.reduce((found, { committedAt, position }) => (committedAt <= t ? Math.max(found, position) : found), 0)

const mustNotDecrease = (log: readonly StoredEvent[]): void => {
  for (const [index, event] of log.entries()) {
    const before = log[index - 1]
    must(!before || before.committedAt <= event.committedAt, `committedAt decreases at position ${event.position}`)
  }
}

/** Two writers in turn, the second one's clock ahead; `after` is called after every append. */
const writeInTurn = async (workbook: Workbook, after: (log: readonly StoredEvent[]) => Promise<void>) => {
  const { book, store, clock, append } = workbook
  const fastClock = handClock()
  const fast = book.newWriter ? await book.newWriter({ clock: fastClock.now }) : store
  const turns: readonly (readonly [EventStoreShape, number])[] = [0, 1, 2, 3, 8, 9, 10, 11, 30].flatMap(
    (second): (readonly [EventStoreShape, number])[] => [
      [store, second * 1_000],
      [fast, second * 1_000 + 1],
    ],
  )
  let token: Token = NO_STREAM
  for (const [writer, time] of turns) {
    clock.set(time)
    fastClock.set(time + AHEAD)
    token = tokenOf(await append('account-a', token, [note('slow or fast')], writer))
    await after(await wholeLog(store))
  }
  mustEqual((await wholeLog(store)).length, turns.length, 'events')
}

const monotone: StoreCase = {
  suite: 'times',
  name: 'C3 committedAt never decreases with position, with two writers whose clocks are 5 s apart',
  laws: ['C3'],
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      await writeInTurn(workbook, async (log) => mustNotDecrease(log))
      const log = await wholeLog(workbook.store)
      if (fixture.injectsClock && workbook.book.newWriter) {
        const wanted = [0, 5_001, 5_001, 6_001, 6_001, 7_001, 7_001, 8_001, 8_001, 13_001].map(instantAt)
        mustEqual(
          log.slice(0, wanted.length).map(({ committedAt }) => committedAt),
          wanted,
          'max(now, last)',
        )
      }
    }),
}

const knownAt: StoreCase = {
  suite: 'times',
  name: 'C3 positionAt is the last position with committedAt ≤ t, and answers for a past t never change',
  laws: ['C3'],
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      const { store } = workbook
      mustEqual(await run(store.positionAt(instantAt(0))), 0, 'an empty log')
      const answers = new Map<Instant, number>()
      await writeInTurn(workbook, async (log) => {
        const head = log.at(-1)?.committedAt ?? ('' as Instant)
        const grid = Array.from({ length: 80 }, (_, n) => instantAt(n * 500))
        for (const t of [...grid, ...log.map(({ committedAt }) => committedAt)]) {
          const answer = await run(store.positionAt(t))
          mustEqual(answer, lastAtOrBefore(log, t), `positionAt ${t} with the head at ${head}`)
          // Past is what lies before the head: at the head's own instant another event may still be committed.
          if (t < head) mustEqual(answer, answers.get(t) ?? answer, `the earlier answer for ${t}`)
          if (t < head) answers.set(t, answer)
        }
      })
      const reopened = await workbook.book.reopen()
      for (const [t, answer] of answers) mustEqual(await run(reopened.positionAt(t)), answer, `after reopening, ${t}`)
      mustEqual(await run(reopened.positionAt('1970-01-01T00:00:00.000Z' as Instant)), 0, 'before all')
      const all = (await wholeLog(reopened)).length
      mustEqual(await run(reopened.positionAt('9999-12-31T23:59:59.999Z' as Instant)), all, 'after all')
    }),
}

export const clockCases: readonly StoreCase[] = [monotone, knownAt]
