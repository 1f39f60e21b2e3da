import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import * as Effect from 'effect/Effect'
import { afterAll, beforeAll, describe, inject, it, vi } from 'vitest'
import { leaveNoFault } from '../../../scripts/testing/figures.ts'
import {
  brokenChains,
  clearingFaults,
  controlOf,
  type Entry,
  entriesOf,
  readLog,
  unbalancedPrefixes,
} from './support/books.ts'
import { crashPractice, importDay } from './support/crash-practice.ts'
import { deskOn, memoryDesk } from './support/desk.ts'
import { openByClaim } from './support/open-by-claim.ts'
import { death, runImport } from './support/run-until.ts'

const CLAIMS = 60
/** Kills of each lane; each costs more than a second of a processor. */
const KILLS = Math.ceil(inject('kills') / 2)
const LANES = ['first', 'second']
/** Kills where two processes import at once: 300 in `npm run torture`. */
const KILLS_OF_TWO = inject('kills') < 200 ? Math.ceil(inject('kills') / 3) : Math.ceil(inject('kills') * 1.5)

/** What an import leaves behind, ids apart. */
const totalsOf = (log: readonly Entry[]) => ({
  control: controlOf(log),
  open: openByClaim(log),
  events: Object.fromEntries(
    [...Map.groupBy(log, ({ event }) => event.type)].map(([type, found]) => [type, found.length] as const).sort(),
  ),
})

/** Of two processes one may post at once what the other holds, or has just held: nothing is retried then. */
const onTheWay: readonly string[] = ['RemittanceClaimHeld', 'RemittanceClaimRetried']

/** Totals without what depends on which of two processes came first. */
const ofTwo = ({ events, ...totals }: ReturnType<typeof totalsOf>) => ({
  ...totals,
  events: Object.entries(events).filter(([type]) => !onTheWay.includes(type)),
})

/** Opens the file as the next process would, and says what is wrong with what the killed one left. */
const inspect = (path: string) =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const desk = deskOn(yield* sqliteEventStore({ path }))
        const stored = yield* Effect.promise(() => readLog(desk))
        const log = entriesOf(stored)
        return {
          faults: [...unbalancedPrefixes(log), ...clearingFaults(log), ...brokenChains(desk, stored)],
          totals: totalsOf(log),
        }
      }),
    ),
  )

describe('kill -9 in the midst of an import', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-crash-'))
    vi.stubEnv('NODE_COMPILE_CACHE', join(folder, 'compiled'))
    // One that lives to its end leaves the compiled modules behind for those that do not.
    await runImport(join(folder, 'whole.db'), 'day', CLAIMS, {})
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    return rm(folder, { recursive: true, force: true })
  })

  it.concurrent.for(LANES)(
    `P6 N12 L1 %s lane of ${KILLS} kills: the books balance and the chains hold after each; the import goes on and ends as one that was never killed`,
    { tags: ['torture', 'P6', 'N12', 'L1'] },
    async (lane, { task, expect }) => {
      const calm = await memoryDesk()
      await importDay(calm, crashPractice(CLAIMS))
      const expected = totalsOf(entriesOf(await readLog(calm)))
      expect(expected.events['ClaimAdjudicated']).toBeGreaterThan(CLAIMS * 0.8)

      let kills = 0
      for (let file = 0; kills < KILLS; file += 1) {
        const path = join(folder, `${lane}-${file}.db`)
        for (let done = false; !done; ) {
          const commits = 1 + Math.floor(Math.random() * 14)
          const moment = Math.random() * 40
          // Killed often enough, it lives to its end.
          const run = await runImport(path, 'day', CLAIMS, kills === KILLS ? {} : death(kills, commits, moment))
          expect({ errors: run.errors, kills, commits, moment }).toEqual({ errors: '', kills, commits, moment })
          done = run.done
          if (!done) {
            expect(run.signal).toBe('SIGKILL')
            kills += 1
          }
          const { faults, totals } = await inspect(path)
          expect({ faults, kills, commits, moment }).toEqual({ faults: [], kills, commits, moment })
          if (done) expect(totals).toEqual(expected)
        }
      }
      expect(kills).toBe(KILLS)
      const of = { programme: 'kill -9 in the midst of a day of files', store: 'SQLite', of: 'kills' }
      leaveNoFault({ task }, { ...of, tried: kills })
    },
  )

  it(`P6 N12 L1 ${KILLS_OF_TWO} kills of two processes at the same files: the books balance and the chains hold after each; what they leave is what one leaves`, {
    tags: ['torture', 'P6', 'N12', 'L1'],
  }, async ({ task, expect }) => {
    const calm = await memoryDesk()
    await importDay(calm, crashPractice(CLAIMS))
    const expected = ofTwo(totalsOf(entriesOf(await readLog(calm))))

    let [kills, both] = [0, 0]
    for (let file = 0; kills < KILLS_OF_TWO; file += 1) {
      const path = join(folder, `two-${file}.db`)
      for (let done = false; !done; ) {
        const deaths = [0, 1].map((nth) => {
          const [commits, moment] = [1 + Math.floor(Math.random() * 14), Math.random() * 40]
          return { commits, moment, how: kills + nth < KILLS_OF_TWO ? death(kills + nth, commits, moment) : {} }
        })
        const runs = await Promise.all(deaths.map(({ how }) => runImport(path, 'day', CLAIMS, how)))
        const killed = runs.filter(({ signal }) => signal === 'SIGKILL').length
        kills += killed
        if (killed === 2) both += 1
        done = runs.some((run) => run.done)
        const { faults, totals } = await inspect(path)
        const errors = runs.map((run) => run.errors)
        expect({ errors, faults, kills, deaths }).toEqual({ errors: ['', ''], faults: [], kills, deaths })
        if (done) expect(ofTwo(totals)).toEqual(expected)
      }
    }
    expect(kills).toBe(KILLS_OF_TWO)
    expect(both, 'both killed at once').toBeGreaterThan(0)
    const of = { programme: 'kill -9 of two processes that import at once', store: 'SQLite', of: 'kills' }
    leaveNoFault({ task }, { ...of, tried: kills })
  })
})
