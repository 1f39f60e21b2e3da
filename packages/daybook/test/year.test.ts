import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { leaveNoFault } from '../../../scripts/testing/figures.ts'
import type { Book, RecordedEvent } from '../src/index.ts'
import { testFolder } from './support/folder.ts'
import { readJournal } from './support/year/journal.ts'
import { judge } from './support/year/judge.ts'
import { workKilled } from './support/year/killed.ts'
import type { Outcome, Step } from './support/year/step.ts'
import { logOf, workOn } from './support/year/work.ts'
import { type YearOptions, yearOf } from './support/year/year.ts'

// Issue 9: a practice is worked day by day; what was allowed and what was refused is reckoned again by a reckoning that has
// no rule of the product. And the same days once more, broken off wherever it was: the same history.

const folder = testFolder()

/** Some weeks of a small practice, in which clocks go forward: in every `npm test`. */
const short: YearOptions = { seed: 20_260_214, accounts: 60, from: '2026-02-14', days: 40, movesADay: 22 }
/** A year of a practice: clocks go forward and back. Where there are kills enough for it (`npm run torture`); else those weeks. */
const whole: YearOptions = { seed: 20_260_101, accounts: 2_000, from: '2026-01-02', days: 360, movesADay: 95 }

/** Kills from which on it is a year. */
const WHOLE = 200

/** All but the recorded times, and the ids and hashes that are drawn anew for each event. */
const told = ({ stream, version, type, actor, commandId, cause, event }: RecordedEvent): string =>
  JSON.stringify({ stream, version, type, actor, commandId, cause, event })

interface Lived {
  readonly steps: readonly Step[]
  readonly outcomes: readonly Outcome[]
  readonly log: readonly RecordedEvent[]
}

const quiet = async (name: string, options: YearOptions): Promise<Lived> => {
  const url = `sqlite:${join(folder, `${name}.db`)}`
  const steps = yearOf(options)
  const outcomes: Outcome[] = []
  await workOn({ url, steps, outcomes })
  return { steps, outcomes, log: await logOf(url, steps) }
}

/** Before each run of the day one that is broken off, each time one matter further; after it another one. */
const runsOfTheDay = () => {
  let broken = 0
  const before = async (book: Book, { deed }: Step): Promise<void> => {
    if (deed.kind !== 'day') return
    const gone = new AbortController()
    const onProgress = (done: number): void => {
      if (done > broken % 7) gone.abort()
    }
    broken += 1
    await book
      .until(gone.signal)
      .day({ onProgress })
      .catch(() => undefined)
  }
  const after = async (book: Book, { deed }: Step): Promise<void> => {
    if (deed.kind !== 'day') return
    const again = await book.day()
    expect(again.steps.filter(({ outcome }) => outcome === 'done')).toEqual([])
  }
  return { before, after }
}

const firstDifference = (a: readonly string[], b: readonly string[]) => {
  const at = a.findIndex((each, n) => each !== b[n])
  return at === -1 && a.length === b.length ? undefined : { at, one: a[at], other: b[at] }
}

describe('a year of a practice', () => {
  it('F11 Q8 some weeks of it: nothing was allowed that should not have been, and nothing refused that was free; the days run twice and broken off end as they do once', {
    tags: ['Q8'],
    timeout: 300_000,
  }, async () => {
    const { steps, outcomes, log } = await quiet('short', short)
    const { faults, reasons, ...counts } = judge(steps, outcomes, log)
    expect(faults).toEqual([])
    expect(counts.allowed).toBeGreaterThan(50)
    expect(counts.refused).toBeGreaterThan(100)
    expect(counts.reported).toBeGreaterThan(100)
    expect(reasons.size).toBeGreaterThan(15)
    const url = `sqlite:${join(folder, 'short-again.db')}`
    const again: Outcome[] = []
    await workOn({ url, steps, outcomes: again, ...runsOfTheDay() })
    expect(firstDifference((await logOf(url, steps)).map(told), log.map(told))).toBeUndefined()
  })

  const kills = inject('kills')
  const [name, options, times] = kills >= WHOLE ? ['whole', whole, kills] : ['weeks', short, Math.ceil(kills / 10)]
  it(`F11 Q8 ${options.accounts} accounts, ${options.days} days, the process killed at random on the way: the same history, and nothing in it that should not be`, {
    tags: ['torture', 'Q8'],
    timeout: 3_600_000,
  }, async ({ task }) => {
    const { steps, outcomes, log } = await quiet(name, options)
    const url = `sqlite:${join(folder, `${name}-killed.db`)}`
    const journal = join(folder, `${name}-killed.journal`)
    const killed = await workKilled(url, journal, options, times)
    const again = await logOf(url, steps)
    const { faults, reasons: _, ...counts } = judge(steps, outcomes, log)
    const programme = `kill -9 in the midst of ${options.days} days of a practice`
    leaveNoFault(
      { task },
      {
        programme,
        store: 'SQLite',
        of: 'kills',
        tried: killed,
        note: `${log.length} events, ${JSON.stringify(counts)}`,
      },
    )
    expect(faults).toEqual([])
    expect(log.length).toBeGreaterThan(options === whole ? 60_000 : 1_000)
    const decided = (all: readonly Outcome[]) => all.map(({ step, refused, left }) => ({ step, refused, left }))
    expect(decided(readJournal(journal))).toEqual(decided(outcomes))
    expect(firstDifference(again.map(told), log.map(told))).toBeUndefined()
  })
})
