import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { seeded } from '../../../bench/practice/random.ts'
import { leaveNoFault } from '../../../scripts/testing/figures.ts'
import type { Access, RecordedEvent } from '../src/index.ts'
import { testFolder } from './support/folder.ts'
import { workDying } from './support/year/dying.ts'
import { readJournal } from './support/year/journal.ts'
import { judge } from './support/year/judge.ts'
import { workKilled } from './support/year/killed.ts'
import { judgeLooks } from './support/year/looked.ts'
import type { Outcome, Step } from './support/year/step.ts'
import { tableOf } from './support/year/table.ts'
import { heldIn, workOn } from './support/year/work.ts'
import { type YearOptions, yearOf } from './support/year/year.ts'

// Issue 9: a practice is worked day by day; what was allowed and what was refused is reckoned again by a reckoning that has
// no rule of the product. And the same days once more, broken off wherever it was: the same history.

const folder = testFolder()

/** Some weeks of a small practice, in which clocks go forward: in every `npm test`. */
const short: YearOptions = { seed: 20_260_226, accounts: 30, from: '2026-02-26', days: 24, movesADay: 28 }
/** A year of a practice: clocks go forward and back. Where there are kills enough for it (`npm run torture`); else those weeks. */
const whole: YearOptions = { seed: 20_260_101, accounts: 2_000, from: '2026-01-02', days: 360, movesADay: 75 }

/** Kills from which on it is a year. */
const WHOLE = 200

/** All but the recorded times, and the ids and hashes that are drawn anew for each event. */
const told = ({ stream, version, type, actor, commandId, cause, event }: RecordedEvent): string =>
  JSON.stringify({ stream, version, type, actor, commandId, cause, event })

interface Lived {
  readonly steps: readonly Step[]
  readonly outcomes: readonly Outcome[]
  readonly log: readonly RecordedEvent[]
  readonly accesses: readonly Access[]
}

const quiet = async (url: string, options: YearOptions): Promise<Lived> => {
  const steps = yearOf(options)
  const outcomes: Outcome[] = []
  return { steps, outcomes, ...(await workOn({ url, steps, outcomes })) }
}

const firstDifference = (a: readonly string[], b: readonly string[]) => {
  const at = a.findIndex((each, n) => each !== b[n])
  return at === -1 && a.length === b.length ? undefined : { at, one: a[at], other: b[at] }
}

const decided = (all: readonly Outcome[]) =>
  all.map(({ step, refused, left, earliest, answered }) => ({ step, refused, left, earliest, answered }))

describe('a year of a practice', () => {
  it('F11 Q8 some weeks of it: nothing was allowed that should not have been, and nothing refused that was free; the machine dead on the way, and each day run twice, it ends as it does once', {
    tags: ['Q8'],
    timeout: 300_000,
  }, async () => {
    const { steps, outcomes, log, accesses } = await quiet('memory:', short)
    const { faults, reasons, ...counts } = judge(steps, outcomes, log)
    expect(faults).toEqual([])
    expect(counts.allowed).toBeGreaterThan(25)
    expect(counts.refused).toBeGreaterThan(60)
    expect(counts.dated).toBeGreaterThan(15)
    expect(counts.reported).toBeGreaterThan(50)
    expect(reasons.size).toBeGreaterThan(15)
    const { faults: unseen, ...looked } = judgeLooks(steps, outcomes, accesses)
    expect(unseen).toEqual([])
    expect(looked.looks).toBeGreaterThan(10)
    expect(looked.answered).toBeGreaterThan(5)
    expect(looked.actedFor).toBeGreaterThan(5)
    // And it would say so: a record that is not there, an answer that tells too much, one who acts for nobody.
    const ofLooks = accesses.filter(({ by }) => by.includes('-'))
    expect(judgeLooks(steps, outcomes, ofLooks.slice(1)).faults).toHaveLength(1)
    const telling = outcomes.map((each) =>
      each.answered ? { ...each, tells: ['clinical', 'notes', 'contact'] } : each,
    )
    expect(judgeLooks(steps, telling, accesses).faults.length).toBeGreaterThan(3)
    const unasked = steps.map((step) =>
      step.deed.kind === 'delegate' ? { ...step, deed: { ...step.deed, to: 'x' } } : step,
    )
    expect(judgeLooks(unasked, outcomes, accesses).faults.length).toBeGreaterThan(5)
    const url = `sqlite:${join(folder, 'short-again.db')}`
    const again: Outcome[] = []
    let deaths = 0
    const onDeath = (): void => {
      deaths += 1
    }
    await workDying({ url, steps, outcomes: again, random: seeded(short.seed), diesOnceIn: 40, onDeath })
    expect(deaths).toBeGreaterThan(10)
    expect(decided(again)).toEqual(decided(outcomes))
    const held = await heldIn(url, steps)
    expect(firstDifference(held.log.map(told), log.map(told))).toBeUndefined()
    // Dead behind a record, nobody has seen what it says was shown; and nobody saw anything without one.
    expect(judgeLooks(steps, again, held.accesses, { mayRepeat: true })).toEqual({ ...looked, faults: [] })
  })

  const kills = inject('kills')
  const [name, options, times] = kills >= WHOLE ? ['whole', whole, kills] : ['weeks', short, Math.ceil(kills / 10)]
  it(`F11 Q8 ${options.accounts} accounts, ${options.days} days, the process killed at random on the way: the same history, and nothing in it that should not be`, {
    tags: ['torture', 'Q8'],
    timeout: 7_200_000,
  }, async ({ task }) => {
    const url = `sqlite:${join(folder, `${name}-killed.db`)}`
    const journal = join(folder, `${name}-killed.journal`)
    const steps = yearOf(options)
    const [lived, { killed, died }] = await Promise.all([
      quiet(`sqlite:${join(folder, `${name}.db`)}`, options),
      workKilled({ url, journal, steps, kills: times, diesOnceIn: 400 }),
    ])
    const again = await heldIn(url, steps)
    const { outcomes, log, accesses } = lived
    const { faults: unlike, reasons, ...counts } = judge(steps, outcomes, log)
    const { faults: unseen, ...looked } = judgeLooks(steps, outcomes, accesses)
    const faults = [...unlike, ...unseen]
    const deeds = steps.filter((_, n) => outcomes[n]?.left !== true).length
    const figures = JSON.stringify({
      steps: deeds,
      events: log.length,
      deaths: died,
      ...counts,
      ...looked,
      faults: faults.length,
    })
    console.log(tableOf(figures, steps, outcomes, reasons))
    leaveNoFault(
      { task },
      {
        programme: `kill -9 in the midst of ${options.days} days of a practice`,
        store: 'SQLite',
        of: 'kills',
        tried: killed,
        note: figures,
      },
    )
    expect(faults).toEqual([])
    expect(log.length).toBeGreaterThan(options === whole ? 60_000 : 1_000)
    expect(killed).toBeGreaterThan(times * 0.9)
    expect(died).toBeGreaterThan(options === whole ? 200 : 2)
    const done = readJournal(journal)
    expect(decided(done)).toEqual(decided(outcomes))
    expect(firstDifference(again.log.map(told), log.map(told))).toBeUndefined()
    expect(judgeLooks(steps, done, again.accesses, { mayRepeat: true })).toEqual({ ...looked, faults: [] })
  })
})
