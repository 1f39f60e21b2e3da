import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import type { MigrationProgress } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import fc from 'fast-check'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { bundled } from '../../../scripts/testing/bundled.ts'
import { leaveNoFault } from '../../../scripts/testing/figures.ts'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { type Call, countsIn, killingAt, noStrace, noting, writingCalls } from './disk/strace.ts'
import {
  commandsOf,
  earlierBook,
  earlierFormats,
  earlierRows,
  type Format,
  formatOf,
  keptBook,
  rowsOf,
} from './store/earlier-book.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { noteAppend, tokenOf } from './store/samples.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

/** Opens a file to be written, closes it again, and gives what was answered meanwhile. */
const answers = async (path: string) => {
  const { store, close } = await opened(sqliteEventStore({ path }))
  try {
    expect(await Effect.runPromise(store.guardFaults)).toEqual([])
    return await rowsOf(store)
  } finally {
    await close()
  }
}

const refused = (path: string, readOnly = false) =>
  Effect.runPromise(Effect.scoped(Effect.flip(sqliteEventStore({ path, readOnly }))))

const objectsIn = (path: string): readonly unknown[] => {
  const db = new DatabaseSync(path, { readOnly: true })
  const names = db
    .prepare('SELECT name FROM sqlite_master ORDER BY name')
    .all()
    .map(({ name }) => name)
  db.close()
  return names
}

/** Of several steps: more events than are made at once. */
const large = commandsOf(
  Array.from({ length: 900 }, (_, n) => 1 + (n % 11)),
  40,
)

/** What somebody may have done to a file, of which the rows of now can not say what they said. */
const changesOf = {
  1: [
    ['the leaf before an event', 'UPDATE events SET prev = leaf WHERE position = 4000'],
    ['an event', 'DELETE FROM events WHERE position = 4000'],
    ['the newest event of the book', 'DELETE FROM events WHERE position = (SELECT max(position) FROM events)'],
    ['the record of a command', 'DELETE FROM commands WHERE first_position > 4000 AND first_position < 4050'],
    ['the command of an event', `UPDATE events SET command_id = 'another' WHERE position = 4000`],
    [
      'all events of the newest command',
      'DELETE FROM events WHERE position >= (SELECT max(first_position) FROM commands)',
    ],
    ['a time', `UPDATE events SET committed_at = '2020-01-01T00:00:00.000Z' WHERE position = 4000`],
  ],
  2: [
    ['an event', 'DELETE FROM events WHERE position = 4000'],
    ['the newest event of the book', 'DELETE FROM events WHERE position = (SELECT max(position) FROM events)'],
    ['the record of a command', 'DELETE FROM commands WHERE first_position > 4000 AND first_position < 4050'],
    [
      'the stream of a command',
      'UPDATE commands SET stream = stream + 1 WHERE last_position = (SELECT max(position) FROM events)',
    ],
    ['the stream of an event', 'UPDATE events SET stream = 9000 WHERE position = 4000'],
    ['the name of a stream', 'DELETE FROM streams WHERE stream = 3'],
    [
      'all events of the newest command',
      'DELETE FROM events WHERE position >= (SELECT max(first_position) FROM commands)',
    ],
    ['a time', 'UPDATE events SET committed_at = 1577836800000 WHERE position = 4000'],
  ],
} satisfies Readonly<Record<Format, readonly (readonly [what: string, sql: string])[]>>

describe.each(earlierFormats)('a file of format %i', (format) => {
  const file = (name: string): string => folder.file(`${format} ${name}`)
  const keptOf = (path: string, position: number): string => `${path}.format-${format}-at-${position}`

  it('is made one of now when it is opened to be written: every answer is the same, to the letter', async () => {
    const path = file('kept.db')
    keptBook(path, format)
    const before = earlierRows(path)
    expect(before.events.length).toBe(format === 1 ? 9 : 20)
    expect(await answers(path)).toEqual(before)
    const fresh = file('fresh.db')
    await answers(fresh)
    // But for the table of the secret's check value, which a new book has when it is given one.
    expect(objectsIn(path).filter((name) => !String(name).startsWith('secret_check'))).toEqual(objectsIn(fresh))
    expect(formatOf(path)).toBe(formatOf(fresh))
  })

  it('goes on as any other, where it ended', async () => {
    const path = file('goes-on.db')
    keptBook(path, format)
    const { store, close } = await opened(sqliteEventStore({ path }))
    const stream = 'account-Z'
    const token = tokenOf(await Effect.runPromise(store.readStream(stream, { after: -1, limit: 9 })))
    const receipt = await Effect.runPromise(store.append(noteAppend(store, stream, token, ['later'])))
    expect(receipt).toMatchObject(
      format === 1 ? { firstPosition: 10, firstVersion: 1 } : { firstPosition: 21, firstVersion: 3 },
    )
    await close()
  })

  it('is kept as it was beside it, for its owner alone, and that copy opens', async () => {
    const path = file('copied.db')
    earlierBook(path, large, { format })
    const before = earlierRows(path)
    await answers(path)
    const copy = keptOf(path, before.events.length)
    expect(earlierRows(copy)).toEqual(before)
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    expect(formatOf(copy)).toBe(format)
    expect(await answers(copy)).toEqual(before)
    // The room that the earlier rows took is given back.
    expect(statSync(path).size).toBeLessThan(
      (format === 1 ? 0.8 : 0.95) * readFileSync(keptOf(copy, before.events.length)).length,
    )
  })

  it('tells how far it is, and once: opened again nothing is made', async () => {
    const path = file('told.db')
    earlierBook(path, large, { format })
    const told: MigrationProgress[] = []
    const onMigration = (progress: MigrationProgress) => told.push(progress)
    for (let n = 0; n < 2; n++) await (await opened(sqliteEventStore({ path, onMigration }))).close()
    const events = large.flat().length
    expect(told.length).toBeGreaterThan(3)
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((a, b) => a - b))
    expect(told.filter(({ made }) => made !== undefined)).toEqual([
      { ...told.at(-1), name: 'rows-3', done: events, of: events, made: events, kept: keptOf(path, events) },
    ])
  })

  it('opened for reading only is refused, with the command that makes it one of now, and stays as it is', async () => {
    const path = file('audited.db')
    keptBook(path, format)
    const before = readFileSync(path)
    const error = await refused(path, true)
    expect(error).toMatchObject({
      _tag: 'Integrity',
      message: expect.stringContaining(`daybook check --db sqlite:${path}`),
    })
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(keptOf(path, format === 1 ? 9 : 20))).toBe(false)
  })

  it('two that open it at once make it once', async () => {
    const path = file('raced.db')
    earlierBook(path, large, { format })
    const before = earlierRows(path)
    const both = await Promise.all([0, 1].map(() => opened(sqliteEventStore({ path }))))
    for (const { store } of both) expect(await rowsOf(store)).toEqual(before)
    for (const { close } of both) await close()
  })

  it('given up in the midst it is neither read nor lost, and the next opening goes on', async () => {
    const path = file('given-up.db')
    earlierBook(path, large, { format })
    const before = earlierRows(path)
    for (const after of [1, 2]) {
      let steps = 0
      const fiber: Fiber.Fiber<unknown, unknown> = Effect.runFork(
        Effect.scoped(
          sqliteEventStore({
            path,
            onMigration: () => {
              steps += 1
              if (steps === after) Effect.runFork(Fiber.interrupt(fiber))
            },
          }),
        ),
      )
      await Effect.runPromise(Fiber.await(fiber))
      expect(await refused(path, true)).toMatchObject({ _tag: 'Integrity' })
    }
    expect(await answers(path)).toEqual(before)
  })

  it.each(changesOf[format])('in which somebody has changed %s is refused, and stays as it was', async (what, sql) => {
    const path = file(`changed ${what}.db`)
    earlierBook(path, large, { format, change: (db) => db.exec(sql) })
    const [before, objects] = [earlierRows(path), objectsIn(path)]
    for (let n = 0; n < 2; n++) {
      const error = await refused(path)
      expect(error).toMatchObject({ _tag: 'Integrity', message: expect.stringMatching(/was changed since.*as it was/) })
    }
    expect({ ...earlierRows(path), objects: objectsIn(path) }).toEqual({ ...before, objects })
    expect(formatOf(path)).toBe(format)
  })

  it('whatever its commands are, every answer is the same', { timeout: 120_000 }, async () => {
    const sizes = fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 6 }) }, fc.constant(1_000)), {
      maxLength: 60,
    })
    let n = 0
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 9 }), async (each, streams) => {
        n += 1
        const path = file(`drawn-${n}.db`)
        earlierBook(path, commandsOf(each, streams), { format })
        expect(await answers(path)).toEqual(
          earlierRows(
            keptOf(
              path,
              each.reduce((a, b) => a + b, 0),
            ),
          ),
        )
      }),
      { numRuns: 30 },
    )
  })
})

const program = fileURLToPath(new URL('./store/migrating-process.ts', import.meta.url))

/** 200 in `npm run torture`; else a third of what other tests have, since each is a process under strace. */
const KILLS = inject('kills') < 200 ? Math.ceil(inject('kills') / 3) : inject('kills')

describe.skipIf(noStrace !== undefined)('kill -9 while the rows of a file are made anew', () => {
  it(`${KILLS} kills at a system call: the next opening goes on, and nothing is lost or doubled`, {
    tags: ['torture'],
  }, async ({ task }) => {
    const file = await bundled(program)
    const originals = earlierFormats.map((format) => {
      const original = folder.file(`original-${format}.db`)
      earlierBook(original, large, { format })
      return original
    })
    const before = earlierRows(originals[0] as string)
    const path = folder.file('killed.db')
    const run = (under: readonly string[]) => {
      const all = [...under, process.execPath, file, path]
      return spawnSync(all[0] as string, all.slice(1), {
        env: { ...process.env, NODE_COMPILE_CACHE: folder.file('compiled') },
      })
    }
    const callsOf = (original: string) => {
      copyFileSync(original, path)
      const noted = folder.file('calls')
      expect(run(noting(noted, path, writingCalls)).status).toBe(0)
      const counts = countsIn(noted)
      return writingCalls.flatMap((call) =>
        Array.from({ length: counts.get(call) ?? 0 }, (_, n) => [call, n + 1] as const),
      )
    }
    const programmes = originals.map((original) => ({ original, calls: callsOf(original) }))
    for (const { calls } of programmes) expect(calls.length).toBeGreaterThan(100)
    let killed = 0
    for (let n = 0; killed < KILLS && n < KILLS * 2; n++) {
      for (const end of ['-wal', '-shm']) if (existsSync(`${path}${end}`)) copyFileSync('/dev/null', `${path}${end}`)
      const { original, calls } = programmes[n % 2] as (typeof programmes)[number]
      copyFileSync(original, path)
      const [call, at] = calls[Math.floor((n * 0.618_034 * calls.length) % calls.length)] as readonly [Call, number]
      if (run(killingAt(path, call, at)).signal !== 'SIGKILL') continue
      killed += 1
      expect(await answers(path), `kill ${n} at ${call} ${at}`).toEqual(before)
    }
    expect(killed).toBe(KILLS)
    const of = { programme: 'kill -9 while the rows of an older file are made anew', store: 'SQLite', of: 'kills' }
    leaveNoFault({ task }, { ...of, tried: killed })
  })
})
