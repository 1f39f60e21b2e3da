import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Effect from 'effect/Effect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { noSmallDisk, type SmallDisk, smallDisk } from './disk/small-disk.ts'
import {
  commandsOf,
  earlierBook,
  earlierFormats,
  earlierRows,
  formatOf,
  halfMade,
  keptBook,
  rowsOf,
} from './store/earlier-book.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'

// A file of an earlier format that is met in the midst: by an older program, by one after it, or without room.

const folder = temporaryFolder()
afterAll(folder.remove)

const answers = async (path: string) => {
  const { store, close } = await opened(sqliteEventStore({ path }))
  try {
    return await rowsOf(store)
  } finally {
    await close()
  }
}

const commands = commandsOf(
  Array.from({ length: 900 }, (_, n) => 1 + (n % 11)),
  40,
)

describe('a file that an older Daybook was making one of format 2', () => {
  it.each([0, 1, 450, 900])('with the rows of %i commands made is made one of now from its beginning', async (made) => {
    const path = folder.file(`half-${made}.db`)
    earlierBook(path, commands)
    const before = earlierRows(path)
    halfMade(path, commands.slice(0, made))
    const readOnly = Effect.runPromise(Effect.scoped(Effect.flip(sqliteEventStore({ path, readOnly: true }))))
    expect(await readOnly).toMatchObject({ _tag: 'Integrity', message: expect.stringContaining('daybook check') })
    expect(await answers(path)).toEqual(before)
    expect(earlierRows(`${path}.format-1-at-${before.events.length}`)).toEqual(before)
  })

  it('and that only lacked the room of its earlier rows is made one of now', async () => {
    const path = folder.file('room.db')
    earlierBook(path, commands, {
      format: 2,
      change: (db) => db.exec('CREATE TABLE migrating(one INTEGER PRIMARY KEY) STRICT'),
    })
    const before = earlierRows(path)
    expect(await answers(path)).toEqual(before)
    expect(formatOf(path)).toBe(3)
  })
})

/** What a Daybook of format 2 says to a file that it has open. */
const ofFormat2 = {
  'reads a stream': 'SELECT position, version, type, data, meta FROM events WHERE stream = 1 AND version > 0',
  'folds the log': 'SELECT position, stream, version, type, schema_version, effective_date, data FROM events',
  appends: `INSERT INTO events(position, stream, version, type, schema_version, effective_date, recorded_at, committed_at,
    actor, id, leaf, data, meta) VALUES (100, 1, 100, 'NoteTaken', 1, '2026-11-22', 1, 1, 'anna', 'id', 'leaf', '{}', '{}')`,
}

describe('an older Daybook that has a file of format 2 open while it is made one of now', () => {
  it.each(Object.entries(ofFormat2))('%s no more', async (_, sql) => {
    const path = folder.file(`open ${sql.slice(0, 30)}.db`)
    keptBook(path, 2)
    const before = earlierRows(path)
    const older = new DatabaseSync(path)
    const statement = older.prepare(sql)
    const { store, close } = await opened(sqliteEventStore({ path }))
    expect(() => statement.all()).toThrow(/no (such column:|column named) type/)
    expect(await rowsOf(store)).toEqual(before)
    await close()
    older.close()
  })
})

/** Room for the file and a little more; then enough for its copy too, but not for all of its rows; then enough. */
const MEGABYTES = [6, 9, 12, 15, 40] as const

describe('a file of an earlier format on a disk that is full', () => {
  let disk: SmallDisk | undefined
  beforeAll(() => {
    disk = smallDisk(MEGABYTES[0])
  })
  afterAll(() => disk?.remove())

  it.each(earlierFormats)('of format %i loses nothing, and is made one of now when there is room', async (format) => {
    if (!disk) return void console.warn(noSmallDisk)
    const path = join(disk.path, `${format}.db`)
    const large = commandsOf(
      Array.from({ length: 1_200 }, (_, n) => 1 + (n % 11)),
      40,
    )
    earlierBook(path, large, { format })
    const before = earlierRows(path)
    let refusals = 0
    for (const size of MEGABYTES) {
      disk.grow(size)
      const opening = await Effect.runPromise(
        Effect.result(Effect.scoped(Effect.flatMap(sqliteEventStore({ path }), (store) => store.head))),
      )
      if (opening._tag === 'Success') break
      expect(opening.failure).toMatchObject({ _tag: 'Unavailable' })
      refusals += 1
    }
    expect(refusals).toBeGreaterThan(1)
    expect(await answers(path)).toEqual(before)
    disk.grow(MEGABYTES[0])
  })
})
