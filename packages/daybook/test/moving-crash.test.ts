import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { bundled } from '../../../scripts/testing/bundled.ts'
import { leaveNoFault } from '../../../scripts/testing/figures.ts'
import { openTestBook, testFolder } from './support/folder.ts'
import { testServers } from './support/server-shelves.ts'

const folder = testFolder()
const servers = testServers()
const at = (name: string): string => join(folder, name)
/** A kill here is a move that is begun, cut, and gone through to its end: several processes each. */
const KILLS = Math.ceil(inject('kills') / 3)
/** On a server each process has to reach it first. */
const KILLS_ON_A_SERVER = Math.ceil(inject('kills') / 5)
/** Before and after each of two parts, and before the end. */
const STEPS = 5

const practice = join(import.meta.dirname, '..', '..', '..', 'examples', 'practice')

/** What is killed, as one file. */
let program = ''

/** Moves the log in a process of its own; whether it came to the end. */
const move = (to: string, steps?: number | string): boolean => {
  const given = [program, at('clinic.log'), to, ...(steps === undefined ? [] : [String(steps)])]
  const { stdout, stderr, signal } = spawnSync(process.execPath, given, { encoding: 'utf8' })
  if (signal === null && stdout !== 'done') throw new Error(stderr)
  return stdout === 'done'
}

describe('kill -9 in the midst of a move', () => {
  beforeAll(async () => {
    program = await bundled(fileURLToPath(new URL('./support/crash-move.ts', import.meta.url)))
    vi.stubEnv('NODE_COMPILE_CACHE', at('compiled'))
    await using book = await openTestBook(`sqlite:${at('clinic.db')}`)
    const documents = readdirSync(practice)
      .filter((name) => /\.8\d\d$/.test(name))
      .sort()
      .slice(0, 4)
      .map((name) => join(practice, name))
    await book.importPaths(documents, { openMissing: true })
    expect((await book.export(at('clinic.log'))).events).toBeGreaterThan(500)
    return () => vi.unstubAllEnvs()
  })

  it(`L4 N12 ${KILLS} kills: it goes on where it was, and ends with the same bytes as one that was never killed`, {
    tags: ['torture', 'L4', 'N12'],
  }, async ({ task }) => {
    let kills = 0
    for (let book = 0; kills < KILLS; book += 1) {
      const to = at(`moved-${book}.db`)
      // Each goes one step further than the last, and begins again at the first where there are no more.
      while (!move(`sqlite:${to}`, kills < KILLS ? 1 + (kills % STEPS) : undefined)) kills += 1
      await using moved = await openTestBook(`sqlite:${to}`)
      await moved.export(at(`moved-${book}.log`))
      expect(readFileSync(at(`moved-${book}.log`), 'utf8')).toBe(readFileSync(at('clinic.log'), 'utf8'))
      expect((await moved.check()).findings).toEqual([])
    }
    expect(kills).toBe(KILLS)
    leaveNoFault({ task }, { programme: 'kill -9 in the midst of a move', store: 'SQLite', of: 'kills', tried: kills })
  })

  it.for(servers)(
    `L4 N12 N13 on %s ${KILLS_ON_A_SERVER} kills, also in the midst of a part: it ends with the same bytes`,
    {
      tags: ['torture', 'L4', 'N12', 'N13'],
    },
    async ([name, newUrl], { task }) => {
      let kills = 0
      for (let book = 0; kills < KILLS_ON_A_SERVER; book += 1) {
        const to = await newUrl()
        // Before and after each part, and, going on from there, some milliseconds into the next one.
        const dying = (): number | string => (kills % 2 === 0 ? 1 + (kills % STEPS) : `${1 + ((kills * 7) % 60)}ms`)
        while (!move(to, kills < KILLS_ON_A_SERVER ? dying() : undefined)) kills += 1
        await using moved = await openTestBook(to, name === 'KurrentDB' ? { views: 'memory:' } : {})
        const log = `moved-${name}-${book}.log`
        await moved.export(at(log))
        expect(readFileSync(at(log), 'utf8')).toBe(readFileSync(at('clinic.log'), 'utf8'))
        expect((await moved.check()).findings).toEqual([])
      }
      expect(kills).toBe(KILLS_ON_A_SERVER)
      leaveNoFault({ task }, { programme: 'kill -9 in the midst of a move', store: name, of: 'kills', tried: kills })
    },
  )
})
