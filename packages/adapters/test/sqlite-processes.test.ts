import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { leaveFigures } from '../../../scripts/testing/figures.ts'
import { patience } from '../../../scripts/testing/patience.ts'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { readLog } from './store/audit.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { follow } from './store/follow.ts'
import { type Judged, judged, Tally } from './store/judged.ts'
import { atOnce, hasSaid, runWriter, type WriterRun } from './store/writer-process.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

/** What each handler does where two processes write at once. */
const amount = atOnce(inject('kills'))

/** Opens the file as a next process would, and judges it by what its writers had heard. */
const inspect = async (path: string, runs: readonly WriterRun[]): Promise<Judged & { readonly events: number }> => {
  const { store, close } = await opened(sqliteEventStore({ path }))
  const tried = runs.flatMap((run) => run.tried)
  const result = { ...(await judged(store, tried)), events: (await readLog(store)).length }
  await close()
  return result
}

describe('several processes on one file', () => {
  it('B1 B2 three that make the file at once and write at once lose nothing and break nothing', {
    tags: ['B1', 'B2'],
  }, async () => {
    const path = folder.file('together.db')
    const runs = await Promise.all([1, 2, 3].map(() => runWriter(path, 40)))
    expect(runs.map(({ code, errors }) => ({ code, errors }))).toEqual(runs.map(() => ({ code: 0, errors: '' })))
    const { faults, findings, unknown, events } = await inspect(path, runs)
    expect({ faults, findings, unknown }).toEqual({ faults: [], findings: [], unknown: 0 })
    expect(events).toBeGreaterThan(3 * 2 * 40)
  })

  it('B1 B3 B10 two of 32 handlers each: a reader that follows sees every event once, in order, and all that was acknowledged', {
    tags: ['torture', 'B1', 'B3', 'B10'],
    timeout: patience(300_000 + inject('kills') * 5_000),
  }, async ({ task }) => {
    const path = folder.file('followed.db')
    const { store, close } = await opened(sqliteEventStore({ path }))
    let running = true
    const seen = follow(store, () => running)
    const began = performance.now()
    const [commands, times] = amount
    const runs = await Promise.all([0, 1].map(() => runWriter(path, commands, undefined, { handlers: 32, ...times })))
    running = false
    for (const { code, errors } of runs) expect({ code, errors }).toEqual({ code: 0, errors: '' })
    const positions = await seen
    const tally = new Tally()
    tally.tried = Math.round((performance.now() - began) / 1_000)
    tally.add(
      await judged(
        store,
        runs.flatMap(({ tried }) => tried),
      ),
      'two processes',
    )
    const of = { programme: 'two processes of 32 handlers, and a reader that follows', store: 'SQLite', of: 'seconds' }
    leaveFigures({ task }, tally.figures(of))
    expect(tally.wrong).toEqual([])
    expect(tally.unknown).toBe(0)
    expect(tally.acknowledged).toBeGreaterThan(100)
    expect(positions).toEqual((await readLog(store)).map(({ position }) => position))
    await close()
  })
})

/** A writer of four handlers says two lines a command: what it was sent and not told when it dies is four commands at most. */
const MOST_LINES = 120
const HANDLERS = 4

describe('kill -9 of a writer at a random moment', () => {
  const kills = Math.ceil(inject('kills') / 2)
  const lanes = ['first', 'second']

  it.concurrent.for(lanes)(
    `B9 %s file: after each of ${kills} kills nothing acknowledged is lost, no command is half there, chains hold`,
    { tags: ['torture', 'B9'] },
    async (lane, { task, expect }) => {
      const path = folder.file(`${lane}.db`)
      const runs: WriterRun[] = []
      const tally = new Tally()
      for (let kill = 0; kill < kills; kill++) {
        // Mostly in the midst of writing, now and then while it starts or recovers the file.
        const whileStarting = kill % 5 === 4
        const lines = whileStarting ? 0 : Math.ceil(Math.random() * MOST_LINES)
        const milliseconds = Math.random() * (whileStarting ? 300 : 5)
        const run = await runWriter(path, 'endless', async (child) => {
          if (!whileStarting) await hasSaid(child, lines)
          await wait(milliseconds)
          child.kill('SIGKILL')
        })
        expect(run).toMatchObject({ signal: 'SIGKILL', errors: '' })
        const answered = run.lines.filter(({ is }) => is !== 'sent').length
        expect(answered).toBeGreaterThanOrEqual(Math.floor((lines - HANDLERS) / 2))
        runs.push(run)
        tally.tried += 1
        tally.add(await inspect(path, [run]), `kill ${kill}, ${milliseconds} ms after ${lines} lines`)
      }
      leaveFigures({ task }, tally.figures({ programme: 'kill -9 at a random moment', store: 'SQLite', of: 'kills' }))
      expect(tally.wrong).toEqual([])
      const all = await inspect(path, runs)
      expect({ faults: all.faults, findings: all.findings }).toEqual({ faults: [], findings: [] })
      expect(runs.flatMap(({ acknowledged }) => acknowledged).length).toBeGreaterThan(kills * 5)
      expect(all.events).toBeGreaterThan(kills * 5)
    },
  )
})
