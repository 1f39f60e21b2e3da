import type { Tried } from '@daybook/core/testing/store'
import { afterAll, beforeAll, describe, inject, it } from 'vitest'
import { leaveFigures } from '../../../scripts/testing/figures.ts'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { type Call, countsIn, killingAt, noStrace, noting, writingCalls } from './disk/strace.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { judged, Tally } from './store/judged.ts'
import { runWriter, type WriterOptions } from './store/writer-process.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

/** Some in `npm test`, 1,000 in `npm run torture`. */
const KILLS = inject('kills') < 200 ? Math.ceil(inject('kills') / 2) : inject('kills') * 5
const lanes = ['a new file each time', 'one file that goes on'] as const
/** A file that goes on does so for so many kills: each time all of it is judged. */
const KILLS_OF_A_FILE = 50
const OF_A_LANE = Math.ceil(KILLS / lanes.length)

/** Two lives: the second opens what the first has closed; and the log is emptied into the database in each. */
const COMMANDS = 4
const life = (under: readonly string[]): WriterOptions => ({
  lives: 2,
  checkpoints: 3,
  under,
  env: { NODE_COMPILE_CACHE: folder.file('compiled') },
})

describe.skipIf(noStrace !== undefined)('kill -9 of a writer at a system call that changes the disk', () => {
  /** Every such call of a life that nobody ends. */
  let calls: readonly (readonly [Call, number])[] = []
  beforeAll(async () => {
    const noted = folder.file('calls')
    const whole = folder.file('whole.db')
    await runWriter(whole, COMMANDS, undefined, life(noting(noted, whole, writingCalls)))
    const counts = countsIn(noted)
    calls = writingCalls.flatMap((call) =>
      Array.from({ length: counts.get(call) ?? 0 }, (_, n) => [call, n + 1] as const),
    )
  })

  it.concurrent.for(lanes)(
    `B1 B3 B9 ${OF_A_LANE} kills, %s: nothing acknowledged is lost or doubled, what nobody knew is found out`,
    { tags: ['torture', 'B1', 'B3', 'B9'] },
    async (lane, { task, expect }) => {
      expect(calls.length).toBeGreaterThan(100)
      const tally = new Tally()
      let all: readonly Tried[] = []
      let path = ''
      for (let n = 0; tally.tried < OF_A_LANE && n < OF_A_LANE * 3; n++) {
        if (n % KILLS_OF_A_FILE === 0 || lane === 'a new file each time') {
          path = folder.file(`${lane}-${n}.db`)
          all = []
        }
        // Goes through all calls in strides that meet each kind of them early, and every one in the end.
        const [call, at] = calls[Math.floor((n * 0.618_034 * calls.length) % calls.length)] as readonly [Call, number]
        const run = await runWriter(path, COMMANDS, undefined, life(killingAt(path, call, at)))
        if (run.signal !== 'SIGKILL') {
          // In a file that goes on there are fewer calls of some kinds than in a new one.
          expect({ lane, call, at, code: run.code, errors: run.errors }).toMatchObject({ code: 0, errors: '' })
          all = [...all, ...run.tried]
          continue
        }
        tally.tried += 1
        const { store, close } = await opened(sqliteEventStore({ path }))
        const found = await judged(store, [...all, ...run.tried])
        tally.add({ ...found, acknowledged: run.acknowledged.length }, `${lane}, kill ${n} at ${call} ${at}`)
        all = [...all, ...run.tried, ...found.settled]
        await close()
      }
      leaveFigures({ task }, tally.figures({ programme: 'kill -9 at a system call', store: 'SQLite', of: 'kills' }))
      expect(tally.wrong).toEqual([])
      expect(tally.tried).toBe(OF_A_LANE)
      expect(tally.acknowledged).toBeGreaterThan(OF_A_LANE / 2)
    },
  )
})
