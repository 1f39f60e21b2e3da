import { setTimeout as wait } from 'node:timers/promises'
import * as Effect from 'effect/Effect'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { findings, readLog } from './store/audit.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { runWriter, type WriterRun } from './store/writer-process.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

/** Opens the file as a next process would, and gives what is wrong with it and which acknowledged commands it lost. */
const inspect = async (path: string, runs: readonly WriterRun[]) => {
  const { store, close } = await opened(sqliteEventStore({ path }))
  const lost: string[] = []
  for (const { stream, commandId, version } of runs.flatMap(({ acknowledged }) => acknowledged)) {
    const record = await Effect.runPromise(store.findCommand(stream, commandId))
    if (record?.receipt.lastVersion !== version) lost.push(`${stream} ${commandId}`)
  }
  const result = { lost, wrong: await findings(store), events: (await readLog(store)).length }
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
    const { lost, wrong, events } = await inspect(path, runs)
    expect({ lost, wrong }).toEqual({ lost: [], wrong: [] })
    expect(events).toBeGreaterThan(3 * 2 * 40)
  })
})

describe('kill -9 of a writer at a random moment', () => {
  const kills = Math.ceil(inject('kills') / 2)
  const lanes = ['first', 'second']

  it.concurrent.for(lanes)(
    `B9 %s file: after each of ${kills} kills nothing acknowledged is lost, no command is half there, chains hold`,
    { tags: ['torture', 'B9'] },
    async (lane, { expect }) => {
      const path = folder.file(`${lane}.db`)
      const runs: WriterRun[] = []
      for (let kill = 0; kill < kills; kill++) {
        // Mostly in the midst of writing, now and then while it starts or recovers the file.
        const whileStarting = kill % 5 === 4
        const moment = Math.random() * (whileStarting ? 300 : 60)
        const run = await runWriter(path, 'endless', async (child, started) => {
          if (!whileStarting) await started
          await wait(moment)
          child.kill('SIGKILL')
        })
        expect(run).toMatchObject({ signal: 'SIGKILL', errors: '' })
        runs.push(run)
        const { lost, wrong } = await inspect(path, [run])
        expect({ kill, moment, lost, wrong }).toEqual({ kill, moment, lost: [], wrong: [] })
      }
      const all = await inspect(path, runs)
      expect({ lost: all.lost, wrong: all.wrong }).toEqual({ lost: [], wrong: [] })
      expect(runs.flatMap(({ acknowledged }) => acknowledged).length).toBeGreaterThan(kills / 2)
      expect(all.events).toBeGreaterThan(kills)
    },
  )
})
