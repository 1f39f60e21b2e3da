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
import { commandsOf, earlierBook, earlierRows, keptBook, rowsOf } from './store/earlier-book.ts'
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

const formatOf = (path: string): unknown => {
  const db = new DatabaseSync(path, { readOnly: true })
  const format = db.prepare('SELECT format FROM book').get()?.['format']
  db.close()
  return format
}

/** Of several steps: more events than are made at once. */
const large = commandsOf(
  Array.from({ length: 900 }, (_, n) => 1 + (n % 11)),
  40,
)

describe('a file of the earlier format', () => {
  it('is made one of now when it is opened to be written: every answer is the same, to the letter', async () => {
    const path = folder.file('kept.db')
    keptBook(path)
    const before = earlierRows(path)
    expect(before.events.length).toBe(9)
    expect(await answers(path)).toEqual(before)
    const fresh = folder.file('fresh.db')
    await answers(fresh)
    // But for the table of the secret's check value, which a new book has when it is given one.
    expect(objectsIn(path).filter((name) => !String(name).startsWith('secret_check'))).toEqual(objectsIn(fresh))
    expect(formatOf(path)).toBe(formatOf(fresh))
  })

  it('goes on as any other, where it ended', async () => {
    const path = folder.file('goes-on.db')
    keptBook(path)
    const { store, close } = await opened(sqliteEventStore({ path }))
    const stream = 'account-Z'
    const token = tokenOf(await Effect.runPromise(store.readStream(stream, { after: -1, limit: 9 })))
    const receipt = await Effect.runPromise(store.append(noteAppend(store, stream, token, ['later'])))
    expect(receipt).toMatchObject({ firstPosition: 10, firstVersion: 1 })
    await close()
  })

  it('is kept as it was beside it, for its owner alone, and that copy opens', async () => {
    const path = folder.file('copied.db')
    earlierBook(path, large)
    const before = earlierRows(path)
    await answers(path)
    const copy = `${path}.format-1-at-${before.events.length}`
    expect(earlierRows(copy)).toEqual(before)
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    expect(formatOf(copy)).toBe(1)
    expect(await answers(copy)).toEqual(before)
    // The room that the earlier rows took is given back.
    expect(statSync(path).size).toBeLessThan(0.85 * readFileSync(`${copy}.format-1-at-${before.events.length}`).length)
  })

  it('tells how far it is, and once: opened again nothing is made', async () => {
    const path = folder.file('told.db')
    earlierBook(path, large)
    const told: MigrationProgress[] = []
    const onMigration = (progress: MigrationProgress) => told.push(progress)
    for (let n = 0; n < 2; n++) await (await opened(sqliteEventStore({ path, onMigration }))).close()
    const events = large.flat().length
    expect(told.length).toBeGreaterThan(3)
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((a, b) => a - b))
    expect(told.filter(({ made }) => made !== undefined)).toEqual([
      { ...told.at(-1), name: 'rows-2', done: events, of: events, made: events, kept: `${path}.format-1-at-${events}` },
    ])
  })

  it('opened for reading only is refused, with the command that makes it one of now, and stays as it is', async () => {
    const path = folder.file('audited.db')
    keptBook(path)
    const before = readFileSync(path)
    const error = await refused(path, true)
    expect(error).toMatchObject({
      _tag: 'Integrity',
      message: expect.stringContaining(`daybook check --db sqlite:${path}`),
    })
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(`${path}.format-1-at-9`)).toBe(false)
  })

  it('two that open it at once make it once', async () => {
    const path = folder.file('raced.db')
    earlierBook(path, large)
    const before = earlierRows(path)
    const both = await Promise.all([0, 1].map(() => opened(sqliteEventStore({ path }))))
    for (const { store } of both) expect(await rowsOf(store)).toEqual(before)
    for (const { close } of both) await close()
  })

  it('given up in the midst it is neither read nor lost, and the next opening goes on', async () => {
    const path = folder.file('given-up.db')
    earlierBook(path, large)
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

  it.each([
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
  ])('in which somebody has changed %s is refused, and stays as it was', async (what, sql) => {
    const path = folder.file(`changed ${what}.db`)
    earlierBook(path, large, (db) => db.exec(sql))
    const [before, objects] = [earlierRows(path), objectsIn(path)]
    for (let n = 0; n < 2; n++) {
      const error = await refused(path)
      expect(error).toMatchObject({ _tag: 'Integrity', message: expect.stringMatching(/was changed since.*as it was/) })
    }
    expect({ ...earlierRows(path), objects: objectsIn(path) }).toEqual({ ...before, objects })
    expect(formatOf(path)).toBe(1)
  })

  it('whatever its commands are, every answer is the same', { timeout: 120_000 }, async () => {
    const sizes = fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 6 }) }, fc.constant(1_000)), {
      maxLength: 60,
    })
    let n = 0
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 9 }), async (each, streams) => {
        n += 1
        const path = folder.file(`drawn-${n}.db`)
        earlierBook(path, commandsOf(each, streams))
        expect(await answers(path)).toEqual(earlierRows(`${path}.format-1-at-${each.reduce((a, b) => a + b, 0)}`))
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
    const original = folder.file('original.db')
    earlierBook(original, large)
    const before = earlierRows(original)
    const path = folder.file('killed.db')
    const run = (under: readonly string[]) => {
      const all = [...under, process.execPath, file, path]
      return spawnSync(all[0] as string, all.slice(1), {
        env: { ...process.env, NODE_COMPILE_CACHE: folder.file('compiled') },
      })
    }
    copyFileSync(original, path)
    const noted = folder.file('calls')
    expect(run(noting(noted, path, writingCalls)).status).toBe(0)
    const counts = countsIn(noted)
    const calls = writingCalls.flatMap((call) =>
      Array.from({ length: counts.get(call) ?? 0 }, (_, n) => [call, n + 1] as const),
    )
    expect(calls.length).toBeGreaterThan(100)
    let killed = 0
    for (let n = 0; killed < KILLS && n < KILLS * 2; n++) {
      for (const end of ['-wal', '-shm']) if (existsSync(`${path}${end}`)) copyFileSync('/dev/null', `${path}${end}`)
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
