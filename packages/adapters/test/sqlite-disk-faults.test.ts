import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { leaveFigures } from '../../../scripts/testing/figures.ts'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { type Call, countsIn, failingAt, noStrace, noting, writingCalls } from './disk/strace.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { judged, Tally } from './store/judged.ts'
import { runWriter, type WriterOptions, type WriterRun } from './store/writer-process.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

const COMMANDS = 4
const HANDLERS = 4
const LIVES = 2
const life = (under: readonly string[]): WriterOptions => ({
  lives: LIVES,
  handlers: HANDLERS,
  checkpoints: 3,
  under,
  env: { NODE_COMPILE_CACHE: folder.file('compiled') },
})

interface Failing {
  readonly what: string
  readonly call: Call
  readonly error: 'EIO' | 'ENOSPC'
  /** Once, or from then on: a disk that is full stays so. */
  readonly forGood: boolean
}

const kinds: readonly Failing[] = [
  { what: 'a sync fails', call: 'fsync', error: 'EIO', forGood: false },
  { what: 'a write fails', call: 'pwrite64', error: 'EIO', forGood: false },
  { what: 'a read fails', call: 'pread64', error: 'EIO', forGood: false },
  { what: 'the disk is full for a moment', call: 'pwrite64', error: 'ENOSPC', forGood: false },
  { what: 'the disk is full and stays so', call: 'pwrite64', error: 'ENOSPC', forGood: true },
  { what: 'every write fails from then on', call: 'pwrite64', error: 'EIO', forGood: true },
  { what: 'every sync fails from then on', call: 'fsync', error: 'EIO', forGood: true },
]

/** A place each in `npm test`, 30 each in `npm run torture`. */
const PLACES = Math.ceil(inject('kills') * (inject('kills') < 200 ? 0.1 : 0.15))

/** What the store said of what it could not do: nothing but its own errors. */
const errorsOf = ({ lines }: WriterRun): readonly string[] => [
  ...new Set(lines.flatMap((line) => ('error' in line ? [line.error] : []))),
]

/** A read that the system answers with EIO SQLite takes for a damage of the disk, and nobody goes on with that by himself. */
const isDamage = (call: Call, error: string): boolean => call === 'pread64' && error === 'Integrity'

describe.skipIf(noStrace !== undefined)('a disk that fails under a writer', () => {
  let counts: ReadonlyMap<string, number> = new Map()
  beforeAll(async () => {
    const noted = folder.file('calls')
    const whole = folder.file('whole.db')
    const run = await runWriter(whole, COMMANDS, undefined, life(noting(noted, whole, [...writingCalls, 'pread64'])))
    expect({ code: run.code, errors: run.errors }).toEqual({ code: 0, errors: '' })
    counts = countsIn(noted)
  })

  it.for(kinds)(
    `B1 B3 B9 $what, at ${PLACES} places: every error is typed, nothing acknowledged is lost, and what is tried again is done`,
    { tags: ['torture', 'B1', 'B3', 'B9'] },
    async (failing, { task }) => {
      const { what, call, error, forGood } = failing
      const tally = new Tally()
      const total = counts.get(call) ?? 0
      const said = new Set<string>()
      expect(total).toBeGreaterThan(5)
      for (let n = 0; n < PLACES; n++) {
        const at = 1 + Math.floor((((n + 0.5) * total) / PLACES) % total)
        const path = folder.file(`${call}-${error}-${forGood}-${n}.db`)
        const run = await runWriter(path, COMMANDS, undefined, life(failingAt(path, failing, at)))
        // A defect would have ended the process, and told of itself.
        expect({ what, at, code: run.code, errors: run.errors }).toEqual({ what, at, code: 0, errors: '' })
        for (const one of errorsOf(run)) said.add(one)
        tally.tried += 1
        const { store, close } = await opened(sqliteEventStore({ path }))
        const found = await judged(store, run.tried)
        tally.add(found, `${what}, at ${call} ${at}`)
        // What passes is tried again, and done: no life ends before all of its commands are answered.
        const ended = run.lines.flatMap((line) => (line.is === 'ended' ? [line.error] : []))
        if (!forGood)
          expect({ what, at, ended: ended.filter((one) => !isDamage(call, one)) }).toMatchObject({ ended: [] })
        await close()
      }
      leaveFigures(
        { task },
        tally.figures({ programme: `${what} (${error} at ${call})`, store: 'SQLite', of: 'faults' }),
      )
      expect(tally.wrong).toEqual([])
      const known = ['Conflict', 'Indeterminate', 'Unavailable']
      expect([...said].filter((one) => !(known.includes(one) || isDamage(call, one)))).toEqual([])
      if (forGood) expect(said.size).toBeGreaterThan(0)
    },
  )
})
