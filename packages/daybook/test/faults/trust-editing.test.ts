import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sqliteEventStore, sqliteViewStore } from '@daybook/adapters/sqlite'
import { EventStore, type FoldedEvent, limits, type StoredEvent, ViewStore } from '@daybook/core/ports'
import { leafOfStored } from '@daybook/core/service'
import { catchUp, compareViews, type View } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import { beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/book/world.ts'
import {
  behindTheGuards,
  columnsOf,
  copied,
  type Original,
  type Told,
  toldOf,
  toldOfEdit,
  waysOfColumns,
  waysOfRows,
} from '../support/editing.ts'
import { editingPage } from '../support/editing-page.ts'
import { type ClassName, classes, tables } from '../support/editing-told.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'
import { numberOf, ofType } from '../support/tamper.ts'

// Editing what is stored: every column of every table, and each class of what can be done to a book as a whole.

const folder = testFolder()
const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213' } as const

/** A small book in which no two events were written at one time, by two persons; closed, its views up to its head. */
const originalAt = async (path: string): Promise<Original> => {
  let now = Date.parse('2026-11-20T12:00:00.000Z')
  const clock = () => {
    now += 1_000
    return new Date(now)
  }
  {
    await using book = await openTestBook(`sqlite:${path}`, { clock })
    await book.importPaths([write(folder, 'advice.835', remittanceText())], { openMissing: true })
    for (const n of [1, 2]) {
      const actor = { id: `clerk-${n}` }
      await book.open({ account: uuid(n), guarantor: { name: `Jo Roe ${n}` }, actor })
      await book.execute(uuid(n), { ...charge, amount: n * 1_000 }, { actor })
    }
    await Promise.all([book.aging(), book.worklist(), book.accounts()])
  }
  return { path, head: await headOf(path) }
}

const headOf = async (path: string): Promise<string> => {
  await using book = await openTestBook(`sqlite:${path}`)
  return (await book.check()).head
}

/** A view with rows of all kinds: those of Daybook keep no items, and cells of whole blocks of a long log alone. */
const tallyOf = (version: number): View<FoldedEvent, { readonly last: number }> => ({
  view: 'tally',
  version,
  decode: (stored) => stored,
  needs: () => ({ keys: [] }),
  project: ({ events }) => ({
    put: new Map(events.map(({ stored }) => [stored.stream, { last: stored.position }])),
    add: events.map(({ stored }) => ({
      series: `${version} ${stored.stream}`,
      x: stored.position,
      y: stored.version,
      z: stored.position % 7,
      kind: stored.type,
      amount: stored.position,
    })),
    items: events.map(({ stored }) => ({
      list: `${version} ${stored.type}`,
      key: `${stored.position}`,
      rank: stored.stream,
      body: `${stored.version}`,
    })),
  }),
})

const tallies = [tallyOf(1), tallyOf(2)]

/** Runs over the log of one file and the views of another. */
const over = <A, E>(log: string, views: string, work: Effect.Effect<A, E, EventStore | ViewStore>): Promise<A> =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const events = yield* sqliteEventStore({ path: log, readOnly: true })
        const store = yield* sqliteViewStore({ path: views })
        return yield* Effect.provideService(Effect.provideService(work, EventStore, events), ViewStore, store)
      }),
    ),
  )

let original: Original
let tallied: Original
beforeAll(async () => {
  original = await originalAt(join(folder, 'original.db'))
  tallied = { path: join(folder, 'tally.db'), head: '' }
  for (const view of tallies) await over(original.path, tallied.path, catchUp(view))
})

/** What check asks of a view, of the one with rows of all kinds. */
const toldOfViews = (copy: string): Promise<Told> =>
  over(
    original.path,
    copy,
    Effect.gen(function* () {
      const fresh = yield* sqliteViewStore({ path: ':memory:' })
      const live = yield* ViewStore
      let found = 0
      const tell = () => {
        found += 1
      }
      for (const view of tallies) {
        yield* Effect.provideService(catchUp(view), ViewStore, fresh)
        yield* compareViews(view, live, fresh, tell)
      }
      return (found > 0 || (yield* live.strays) > 0 ? 'check' : 'nobody') as Told
    }).pipe(Effect.scoped),
  )

const places = Object.entries(tables).flatMap(([table, { rows, columns }]) => [
  ...waysOfRows.map((way, at) => ({ table, way, told: rows[at] })),
  ...Object.entries(columns).flatMap(([column, told]) =>
    waysOfColumns.map((way, at) => ({ table, column, way, told: told[at] })),
  ),
])

describe('an edit of what is stored', () => {
  it('trust-13 every table and every column of a book is among those that are edited here', () => {
    const known = Object.entries(tables).flatMap(([table, { columns }]) =>
      Object.keys(columns).map((column) => ({ table, column })),
    )
    const byPlace = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
    expect([...known].sort(byPlace)).toEqual([...columnsOf(original.path)].sort(byPlace))
  })

  it.each(Object.keys(tables))('trust-13 of %s is told by whom the page says', async (table) => {
    const rowsOfItsOwn = table === 'view_cell' || table === 'view_item'
    const found: object[] = []
    for (const { told: _told, ...place } of places.filter((one) => one.table === table)) {
      const told = rowsOfItsOwn
        ? await toldOfEdit(tallied, place.way, place, toldOfViews)
        : await toldOfEdit(original, place.way, place)
      found.push({ ...place, told })
    }
    expect(found).toEqual(places.filter((one) => one.table === table))
  })

  it('docs/editing.md is current: else `npm run editing`', async () => {
    await expect(editingPage()).toMatchFileSnapshot(join(import.meta.dirname, '../../../../docs/editing.md'))
  })
})

const dropViews = ['view_checkpoint', 'view_doc', 'view_cell', 'view_item']
  .map((name) => `DELETE FROM ${name};`)
  .join('')
const newest = '(SELECT max(position) FROM events)'
const streamOf = (n: number) => numberOf(`account-${uuid(n)}`)
const charged = (n: number) => `stream = ${streamOf(n)} AND ${ofType('ChargePosted')}`
/** A registration in the midst: a stream of one event. */
const alone = `(SELECT stream FROM events JOIN streams USING (stream)
  WHERE typeof(name) = 'blob' AND position > 2 ORDER BY position LIMIT 1)`

const swapped = (pair: string): string => `
  CREATE TEMP TABLE pair AS ${pair};
  UPDATE events SET position = -1 WHERE position = (SELECT a FROM pair);
  UPDATE events SET position = (SELECT a FROM pair) WHERE position = (SELECT a FROM pair) + 1;
  UPDATE events SET position = (SELECT a FROM pair) + 1 WHERE position = -1`
const neighbours = (same: '=' | '<>'): string =>
  `SELECT a.position AS a FROM events a JOIN events b ON b.position = a.position + 1 AND b.stream ${same} a.stream
   WHERE a.position > 10 LIMIT 1`

/** Writes the last event of a stream anew, with a hash that fits. */
const forged = async (path: string, where: string, change: (data: string) => string): Promise<void> => {
  const { origin, events } = await Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(sqliteEventStore({ path, readOnly: true }), (store) =>
        Effect.map(store.readAll({ after: 0, limit: limits.page }), (all) => ({ origin: store.origin, events: all })),
      ),
    ),
  )
  behindTheGuards(path, (db) => {
    const position = db.prepare(`SELECT position FROM events WHERE ${where}`).get()?.['position']
    const event = events.find((one) => one.position === position) as StoredEvent
    const data = change(event.data)
    const leaf = leafOfStored({ ...event, data }, origin, sha256)
    db.prepare('UPDATE events SET data = ?, leaf = unhex(?) WHERE position = ?').run(data, leaf, event.position)
  })
}

const gone = async (path: string, n: number): Promise<void> => {
  await using book = await openTestBook(`sqlite:${path}`)
  await book.execute(uuid(n), { ...charge, line: 'l2', amount: 700 })
}

const inSql =
  (text: string) =>
  (path: string): void =>
    behindTheGuards(path, (db) => void db.exec(text))

/** What is done to a copy of the book for each class. */
const doing: Readonly<Record<ClassName, (path: string) => void | Promise<void>>> = {
  'the body of an event made another': inSql(
    `UPDATE events SET data = replace(data, '"amount":1000', '"amount":1001') WHERE ${charged(1)}`,
  ),
  'an event inserted in the midst of a stream': inSql(
    `UPDATE events SET version = version + 1 WHERE ${charged(1)};
     INSERT INTO events SELECT ${newest} + 1, stream, version - 1, type_number, schema_version, effective_date, recorded_at,
       committed_at, actor, 'another', leaf, data, meta FROM events WHERE ${charged(1)}`,
  ),
  'two events of a stream in another order': inSql(swapped(neighbours('='))),
  'two events of two streams in another order': inSql(swapped(neighbours('<>'))),
  'an event moved to another stream': inSql(
    `UPDATE events SET stream = ${streamOf(2)}, version = version + 1 WHERE ${charged(1)}`,
  ),
  'an event taken out of the midst': inSql(`DELETE FROM events WHERE stream = ${streamOf(1)} AND version = 1`),
  'the newest event of one account deleted': inSql(`DELETE FROM events WHERE ${charged(1)}`),
  'the newest event of the book deleted': inSql(`DELETE FROM events WHERE position = ${newest}`),
  'the newest command deleted with its events, its record and the views': inSql(
    `DELETE FROM events WHERE position >= (SELECT first_position FROM commands WHERE last_position = ${newest});
     DELETE FROM commands WHERE last_position > ${newest}; ${dropViews}`,
  ),
  'a whole stream deleted with its records and the views, the rest moved up': inSql(
    `CREATE TEMP TABLE lost AS SELECT stream, position FROM events WHERE stream = ${alone};
     DELETE FROM events WHERE stream IN (SELECT stream FROM lost);
     DELETE FROM commands WHERE stream IN (SELECT stream FROM lost);
     DELETE FROM streams WHERE stream IN (SELECT stream FROM lost);
     UPDATE events SET position = -position WHERE position > (SELECT position FROM lost);
     UPDATE events SET position = -position - 1 WHERE position < 0;
     UPDATE commands SET first_position = -first_position WHERE first_position > (SELECT position FROM lost);
     UPDATE commands SET first_position = -first_position - 1, last_position = last_position - 1
       WHERE first_position < 0; ${dropViews}`,
  ),
  'all committed times, alike': inSql(`UPDATE events SET committed_at = '2026-01-10T09:00:00.000Z'`),
  'an event made another with all that follows from it: its entries, its hash, the views': async (path) => {
    await forged(path, charged(1), (data) => data.replaceAll('1000', '1500'))
    inSql(dropViews)(path)
  },
  'another book put in its place': async (path) => {
    const other = await originalAt(join(folder, `other-${Date.now()}.db`))
    for (const end of ['', '.key']) copyFileSync(`${other.path}${end}`, `${path}${end}`)
  },
  'an old copy restored and gone on with': async (path) => {
    inSql(doingOf('the newest command deleted with its events, its record and the views'))(path)
    await gone(path, 2)
  },
  'two copies gone on with, each shown to another auditor': (path) => gone(path, 1),
  'a false command of somebody who may give it': (path) => gone(path, 2),
  'the command id of events, as their record has it': inSql(
    `UPDATE commands SET command_id = 'another'
       WHERE (SELECT position FROM events WHERE ${charged(1)}) BETWEEN first_position AND last_position`,
  ),
  'an event forged above the head': inSql(
    `INSERT INTO events SELECT position + 1000, stream, version + 1, type_number, schema_version, effective_date, recorded_at,
       committed_at, actor, 'forged', leaf, data, meta FROM events WHERE position = ${newest}`,
  ),
  'an amount that its entries do not give, its hash computed again': async (path) => {
    await forged(path, charged(1), (data) => data.replace('"amount":1000,"code"', '"amount":1001,"code"'))
    inSql(dropViews)(path)
  },
  'a guard of the log dropped': (path) => {
    const db = new DatabaseSync(path)
    db.exec('DROP TRIGGER events_never_update')
    db.close()
  },
  'a trigger planted': (path) => {
    const db = new DatabaseSync(path)
    db.exec(`CREATE TRIGGER later AFTER INSERT ON events BEGIN UPDATE events SET actor = 'mallory'; END`)
    db.close()
  },
}

/** The newest command is the charge of the second account; without it and its record the copy is one of before. */
function doingOf(_: ClassName): string {
  return `DELETE FROM events WHERE position >= (SELECT first_position FROM commands WHERE last_position = ${newest});
     DELETE FROM commands WHERE last_position > ${newest}; ${dropViews}`
}

describe('a class of what can be done to a book', () => {
  it.each(classes)('trust-13 $what: $told', async ({ what, told }) => {
    const copy = copied(original.path)
    await doing[what](copy)
    expect(await toldOf(copy, original.head)).toBe(told)
  })

  it('trust-13 two auditors who compare their heads find two histories', async () => {
    const [one, other] = [join(folder, 'one.db'), join(folder, 'other.db')]
    for (const path of [one, other]) {
      for (const end of ['', '.key']) copyFileSync(`${original.path}${end}`, `${path}${end}`)
    }
    await gone(one, 1)
    await gone(other, 2)
    expect(await toldOf(other, await headOf(one))).toBe('head')
  })
})
