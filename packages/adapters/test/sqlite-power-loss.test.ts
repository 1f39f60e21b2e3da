import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { leaveFigures } from '../../../scripts/testing/figures.ts'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { imageAfter, type PowerLoss, powerLosses } from './disk/images.ts'
import { type Deed, deedsIn } from './disk/recorded-run.ts'
import { fastFolder, noStrace, recording } from './disk/strace.ts'
import { opened } from './store/fixtures.ts'
import { type Judged, judged, Tally } from './store/judged.ts'
import { triedIn } from './store/writer-lines.ts'
import { runWriter } from './store/writer-process.ts'

/** Some in `npm test`, 5,000 in `npm run torture`. */
const IMAGES = inject('kills') * (inject('kills') < 200 ? 4 : 25)

const folder = mkdtempSync(join(fastFolder ?? tmpdir(), 'daybook-power-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A run of two lives, in which the log is emptied into the database at times; a careless writer does not sync its commits. */
const recorded = async (careless: boolean): Promise<readonly Deed[]> => {
  const own = mkdtempSync(join(folder, 'recorded-'))
  const file = join(folder, 'calls')
  const options = { lives: 2, checkpoints: 3, careless, under: recording(file) }
  const run = await runWriter(join(own, 'book.db'), 6, undefined, options)
  expect({ code: run.code, errors: run.errors }).toEqual({ code: 0, errors: '' })
  const deeds = deedsIn(file, own)
  expect(deeds.filter(({ does }) => does === 'say')).toHaveLength(run.lines.length)
  return deeds
}

/** Opens what a loss of power has left, as the next process would, and judges it by what had been said until then. */
const judgedAfter = async (deeds: readonly Deed[], loss: PowerLoss): Promise<Judged> => {
  const own = mkdtempSync(join(folder, 'image-'))
  try {
    for (const [name, bytes] of imageAfter(deeds, loss)) writeFileSync(join(own, name), bytes, { mode: 0o600 })
    const said = deeds.slice(0, loss.after).flatMap((deed) => (deed.does === 'say' ? [deed.line] : []))
    const { store, close } = await opened(sqliteEventStore({ path: join(own, 'book.db') }))
    try {
      return await judged(store, triedIn(said))
    } finally {
      await close()
    }
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

const whereIn = (loss: PowerLoss): string => JSON.stringify(loss)

describe('an image of a disk after a loss of power', () => {
  const made = (at: number, text: string): Deed => ({ does: 'write', file: 'a', at, bytes: Buffer.from(text) })
  const deeds: readonly Deed[] = [
    { does: 'make', file: 'a' },
    made(0, 'first'),
    { does: 'sync', file: 'a' },
    { does: 'sync-folder' },
    made(5, ' second'),
    { does: 'unlink', file: 'a' },
  ]
  const imageOf = (loss: Partial<PowerLoss>) =>
    imageAfter(deeds, { after: 5, left: 'nothing', seed: 1, ...loss }).get('a')

  it('has what was synced, and of what was not all or nothing or any of its sectors', () => {
    expect(imageOf({})?.toString()).toBe('first')
    expect(imageOf({ left: 'all' })?.toString()).toBe('first second')
    const any = new Set(Array.from({ length: 50 }, (_, seed) => imageOf({ left: 'anything', seed })?.toString()))
    expect(any).toEqual(new Set(['first', 'first second']))
    const long: readonly Deed[] = [made(0, 'x'.repeat(2_048))]
    const sectors = imageAfter(long, { after: 1, left: 'anything', seed: 11 }).get('a')
    expect((sectors?.length ?? 0) % 512).toBe(0)
  })

  it('has a name that was made or taken away for sure only once the folder was synced', () => {
    expect(imageOf({ after: 3 })).toBeUndefined()
    expect(imageOf({ after: 4 })?.toString()).toBe('first')
    expect(imageOf({ after: 6 })?.toString()).toBe('first')
    expect(imageOf({ after: 6, left: 'all' })).toBeUndefined()
  })
})

describe.skipIf(noStrace !== undefined)('a loss of power under a writer', () => {
  let careful: readonly Deed[] = []
  let careless: readonly Deed[] = []
  beforeAll(async () => {
    careful = await recorded(false)
    careless = await recorded(true)
  })

  it(`B1 B3 B9 ${IMAGES} images of what the disk may have: nothing acknowledged is lost, no command is half there, chains hold`, {
    tags: ['torture', 'B1', 'B3', 'B9'],
  }, async ({ task }) => {
    const tally = new Tally()
    const property = fc.asyncProperty(powerLosses(careful), async (loss) => {
      tally.tried += 1
      tally.add(await judgedAfter(careful, loss), whereIn(loss))
      expect(tally.wrong).toEqual([])
    })
    await fc
      .assert(property, { numRuns: IMAGES })
      .finally(() =>
        leaveFigures({ task }, tally.figures({ programme: 'loss of power', store: 'SQLite', of: 'images' })),
      )
    // Power that goes where nobody waits for anything would show nothing.
    expect(tally.acknowledged).toBeGreaterThan(tally.tried)
    expect(tally.unknown).toBeGreaterThan(tally.tried / 4)
  })

  it('finds that a writer whose commits are not synced (synchronous = NORMAL) loses what it acknowledged', {
    tags: ['torture'],
  }, async ({ task }) => {
    const tally = new Tally()
    const property = fc.asyncProperty(powerLosses(careless), async (loss) => {
      tally.tried += 1
      tally.add(await judgedAfter(careless, loss), whereIn(loss))
    })
    await fc.assert(property, { numRuns: Math.max(100, IMAGES / 5) })
    const figures = tally.figures({
      programme: 'loss of power',
      store: 'SQLite, were it opened with NORMAL',
      of: 'images',
    })
    leaveFigures({ task }, figures)
    expect(figures.lost).toBeGreaterThan(tally.tried / 10)
  })

  it.for(['sync', 'sync-folder'] as const)(
    'finds what is lost where the disk does nothing when it is told to %s',
    async (deaf) => {
      const tally = new Tally()
      const deeds = careful.filter(({ does }) => does !== deaf)
      const property = fc.asyncProperty(powerLosses(deeds), async (loss) => {
        tally.tried += 1
        tally.add(await judgedAfter(deeds, loss), whereIn(loss))
        expect(tally.wrong).toEqual([])
      })
      expect(await fc.check(property, { numRuns: 100, endOnFailure: true })).toMatchObject({ failed: true })
    },
  )
})
