import { readFileSync } from 'node:fs'
import { postgresEventStore, postgresViewStore, rightsScript } from '@daybook/adapters/postgres'
import { adoptionOf, type EventStoreShape, NO_STREAM } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../../../scripts/testing/postgres/server.ts'
import { opened } from './store/fixtures.ts'
import { database, noServer } from './store/postgres.ts'
import { noteAppend } from './store/samples.ts'

describe.skipIf(noServer)('the schema of a book in PostgreSQL', () => {
  let place: TestDatabase
  beforeEach(async () => {
    place = await database()
  })
  afterEach(() => place?.drop())

  const open = (url = place.url) => opened(postgresEventStore({ url }))
  const refusedTo = (url: string) => Effect.runPromise(Effect.flip(Effect.scoped(postgresEventStore({ url }))))
  const write = (store: EventStoreShape, stream = 'account-a') =>
    Effect.runPromise(store.append(noteAppend(store, stream, NO_STREAM, ['one', 'two'])))
  const withBook = async <A>(use: (store: EventStoreShape) => Promise<A>, url = place.url): Promise<A> => {
    const { store, close } = await open(url)
    try {
      return await use(store)
    } finally {
      await close()
    }
  }
  const faults = () => withBook((store) => Effect.runPromise(store.guardFaults))

  it('is made once by several that open a new database at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => open()))
    expect(new Set(stores.map(({ store }) => store.origin)).size).toBe(1)
    await Promise.all(stores.map(({ store }, n) => write(store, `account-${n}`)))
    expect(await Effect.runPromise(stores[0]?.store.head ?? expect.fail())).toMatchObject({ position: 8 })
    for (const { close } of stores) await close()
  })

  it('of a newer Daybook is refused, saying so', async () => {
    await withBook(write)
    await place.rows("UPDATE daybook.format SET version = 99 WHERE part = 'log'")
    expect(await refusedTo(place.url)).toMatchObject({
      _tag: 'Integrity',
      message: expect.stringMatching(/newer Daybook \(version 99; this one knows 3\)/),
    })
  })

  it('of version 1, which took no other log over, is brought to today’s as it is opened, and its log goes on', async () => {
    const made = readFileSync(new URL('store/postgres-log-1.sql', import.meta.url), 'utf8')
    await place.rows(`CREATE SCHEMA daybook; CREATE TABLE daybook.format(part text PRIMARY KEY, version integer NOT NULL);
      INSERT INTO daybook.format VALUES ('log', 1); ${made} SELECT daybook.open_book('main', 'log-of-version-1')`)
    const other = new URL(place.url)
    other.searchParams.set('tenant', 'other')
    await withBook(async (store) => {
      expect(store.origin).toBe('log-of-version-1')
      expect(await Effect.runPromise(store.guardFaults)).toEqual([])
      await write(store)
      const [first] = await Effect.runPromise(store.readAll({ after: 0, limit: 1 }))
      await withBook(async (empty) => {
        const part = { origin: 'log-of-another', commands: [] }
        await Effect.runPromise(adoptionOf(empty).take(part))
        expect(await Effect.runPromise(adoptionOf(empty).begun)).toBe(true)
        await Effect.runPromise(adoptionOf(empty).finish('theirs'))
        expect(empty.origin).toBe('log-of-another')
      }, other.href)
      expect(first?.position).toBe(1)
    })
    expect(await faults()).toEqual([])
  })

  it('of version 2, which judged and wrote by one statement, is brought to today’s with the log that is in it', async () => {
    const made = readFileSync(new URL('store/postgres-log-2.sql', import.meta.url), 'utf8')
    await place.rows(`CREATE SCHEMA daybook; CREATE TABLE daybook.format(part text PRIMARY KEY, version integer NOT NULL);
      INSERT INTO daybook.format VALUES ('log', 2); ${made} SELECT daybook.open_book('main', 'log-of-version-2')`)
    const log = (store: EventStoreShape) => Effect.runPromise(store.readAll({ after: 0, limit: 99 }))
    await withBook(async (store) => {
      expect(store.origin).toBe('log-of-version-2')
      expect(await Effect.runPromise(store.guardFaults)).toEqual([])
      const receipt = await write(store)
      const again = await Effect.runPromise(store.append(noteAppend(store, 'account-b', NO_STREAM, ['three'])))
      expect([receipt.lastPosition, again.firstPosition]).toEqual([2, 3])
      expect((await log(store)).map(({ stream, version }) => [stream, version])).toEqual([
        ['account-a', 0],
        ['account-a', 1],
        ['account-b', 0],
      ])
    })
    expect(await faults()).toEqual([])
  })

  it('lets nobody change, delete or empty what is in a log, not even its owner, nor a session that says it replicates', async () => {
    await withBook(write)
    const attempts = [
      "UPDATE daybook.events SET data = '{}'",
      'DELETE FROM daybook.events',
      'TRUNCATE daybook.events',
      "UPDATE daybook.commands SET fingerprint = 'x'",
      'DELETE FROM daybook.commands',
      "UPDATE daybook.book SET origin = 'x'",
      'UPDATE daybook.head SET position = 1',
      'DELETE FROM daybook.head',
      'SET session_replication_role = replica; DELETE FROM daybook.events',
    ]
    for (const attempt of attempts) {
      await expect(place.rows(attempt), attempt).rejects.toMatchObject({ code: 'DB009' })
    }
    expect(await faults()).toEqual([])
  })

  it('tells of each guard that is gone, was made another or was added, and puts it right when its owner opens it', async () => {
    const deeds: Readonly<Record<string, RegExp>> = {
      'DROP TRIGGER events_never_changed ON daybook.events': /guard events_never_changed is gone/,
      'ALTER TABLE daybook.events DISABLE TRIGGER events_never_changed': /guard events_never_changed was made another/,
      'CREATE OR REPLACE TRIGGER commands_never_changed BEFORE DELETE ON daybook.commands FOR EACH ROW EXECUTE FUNCTION daybook.never()':
        /guard commands_never_changed was made another/,
      'CREATE TRIGGER mine BEFORE INSERT ON daybook.events FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()':
        /a trigger that no Daybook made/,
      'CREATE RULE mine AS ON INSERT TO daybook.commands DO INSTEAD NOTHING': /a rule that no Daybook made/,
      "CREATE OR REPLACE FUNCTION daybook.never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'":
        /function never was made another/,
    }
    await withBook(write)
    expect(await faults()).toEqual([])
    for (const [deed, says] of Object.entries(deeds)) {
      await place.rows(deed)
      await withBook(async (store) => {
        const told = await Effect.runPromise(store.guardFaults)
        expect(told, deed).toEqual([expect.stringMatching(says)])
        expect(told[0]).toContain('was put right')
      })
      expect(await faults(), deed).toEqual([])
      await expect(place.rows('DELETE FROM daybook.events')).rejects.toMatchObject({ code: 'DB009' })
    }
  })

  it('a log that was cut off at its end is told, and nothing is written behind the cut', async () => {
    await withBook(write)
    await place.rows(
      'ALTER TABLE daybook.events DISABLE TRIGGER ALL; DELETE FROM daybook.events WHERE position = 2; ALTER TABLE daybook.events ENABLE TRIGGER ALL',
    )
    await withBook(async (store) => {
      expect(await Effect.runPromise(store.guardFaults)).toEqual(
        expect.arrayContaining([expect.stringMatching(/ends at position 1, and its end was written down as 2/)]),
      )
      const append = store.append(noteAppend(store, 'account-b', NO_STREAM, ['three']))
      expect(await Effect.runPromise(Effect.flip(append))).toMatchObject({ _tag: 'Integrity' })
    })
  })

  it('needs few rights: a program appends and keeps views, and can do nothing else; an auditor reads', async () => {
    await withBook(write)
    await Effect.runPromise(Effect.scoped(postgresViewStore({ url: place.url })))
    const name = new URL(place.url).pathname.slice(1)
    const role = (kind: string) => `${name}_${kind}`
    const as = (kind: string): string => {
      const url = new URL(place.url)
      url.username = role(kind)
      url.password = 'not-secret-here'
      return url.href
    }
    for (const kind of ['program', 'reader']) {
      await place.rows(`CREATE ROLE ${role(kind)} LOGIN PASSWORD 'not-secret-here'`)
    }
    try {
      expect(await refusedTo(as('program'))).toMatchObject({
        message: expect.stringMatching(/docs\/guides\/postgres.md/),
      })
      await place.rows(
        rightsScript({ owner: new URL(place.url).username, program: role('program'), reader: role('reader') }),
      )
      await withBook(async (store) => {
        await write(store, 'account-b')
        expect(await Effect.runPromise(store.guardFaults)).toEqual([])
      }, as('program'))
      await Effect.runPromise(
        Effect.scoped(
          Effect.gen(function* () {
            const views = yield* postgresViewStore({ url: as('program') })
            yield* views.commit({ view: 'v', version: 1, from: 0, to: 1, leaf: 'x', put: new Map([['a', '1']]) })
            yield* views.forget({ view: 'v', version: 1 })
          }),
        ),
      )
      for (const deed of [
        "INSERT INTO daybook.commands VALUES (1, 'a', 'b', 'c', 0, 0, 1, 1)",
        'DELETE FROM daybook.events',
        'UPDATE daybook.head SET position = position + 1',
        'ALTER TABLE daybook.events DISABLE TRIGGER ALL',
        'CREATE TABLE daybook.mine()',
      ]) {
        await expect(place.rowsAs(as('program'), deed), deed).rejects.toMatchObject({ code: '42501' })
      }
      await withBook(async (store) => {
        expect(await Effect.runPromise(store.readAll({ after: 0, limit: 10 }))).toHaveLength(4)
        const append = store.append(noteAppend(store, 'account-c', NO_STREAM, ['three']))
        expect(await Effect.runPromise(Effect.flip(append))).toMatchObject({
          _tag: 'Unavailable',
          message: expect.stringContaining('lacks a right'),
        })
      }, as('reader'))
    } finally {
      for (const kind of ['program', 'reader']) await place.rows(`DROP OWNED BY ${role(kind)}; DROP ROLE ${role(kind)}`)
    }
  })
})
