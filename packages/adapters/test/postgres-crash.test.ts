import { memoryEventStore } from '@daybook/adapters/memory'
import {
  adoptionOf,
  type EventStoreShape,
  limits,
  type RecordedCommand,
  type StoredEvent,
  type Token,
} from '@daybook/core/ports'
import type { Tried } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { leaveFigures, leaveNoFault } from '../../../scripts/testing/figures.ts'
import { patience } from '../../../scripts/testing/patience.ts'
import { type Cluster, makeCluster } from '../../../scripts/testing/postgres/cluster.ts'
import type { TestDatabase } from '../../../scripts/testing/postgres/server.ts'
import { postgresEventStore } from '../src/postgres/index.ts'
import { readLog } from './store/audit.ts'
import { opened } from './store/fixtures.ts'
import { follow } from './store/follow.ts'
import { judged, Tally } from './store/judged.ts'
import { database, noServer } from './store/postgres.ts'
import { noteAppend, tokenOf } from './store/samples.ts'
import { uuidv7 } from './store/uuid.ts'
import { atOnce, runWriter } from './store/writer-process.ts'

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const readToken = async (store: EventStoreShape, stream: string): Promise<Token> => {
  const events: StoredEvent[] = []
  for (;;) {
    const page = await Effect.runPromise(store.readStream(stream, { after: events.length - 1, limit: limits.page }))
    events.push(...page)
    if (page.length < limits.page) return tokenOf(events)
  }
}

/** Writes commands one after the other until it is told to stop; what could not be sent or answered is tried anew. */
const write = async (store: EventStoreShape, stream: string, tried: Tried[], goesOn: () => boolean): Promise<void> => {
  let token: Token | undefined
  for (let n = 0; goesOn(); n++) {
    token ??= await readToken(store, stream)
    const size = 1 + (n % 3)
    const texts = Array.from({ length: size }, (_, at) => `${at + 1} of ${size}`)
    const request = noteAppend(store, stream, token, texts, `${uuidv7()}-of-${size}`)
    const began = Number(process.hrtime.bigint())
    const outcome = await Effect.runPromise(Effect.result(store.append(request)))
    const one = { stream, commandId: request.commandId, events: size, began, ended: Number(process.hrtime.bigint()) }
    if (outcome._tag === 'Success') {
      const { success: receipt } = outcome
      tried.push({ ...one, outcome: 'written', receipt })
      token = { version: receipt.lastVersion, headHash: receipt.headHash }
      continue
    }
    token = undefined
    const { failure } = outcome
    if (!['Indeterminate', 'Conflict', 'Unavailable'].includes(failure._tag)) throw failure
    tried.push({ ...one, outcome: failure._tag === 'Indeterminate' ? 'unknown' : 'refused' })
  }
}

describe.skipIf(noServer)('a PostgreSQL server that dies under its writers', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await makeCluster()
    await cluster.start()
  })
  afterAll(async () => {
    await cluster?.stop('immediate')
    cluster?.remove()
  })

  const killSessions = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: cluster.url })
    await client.connect()
    await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'daybook'")
    await client.end()
  }

  it('B1 B3 B9 loses and doubles no acknowledged command, and leaves no outcome unknown, killed at once or session by session', {
    tags: ['torture', 'B1', 'B3', 'B9'],
    timeout: patience(60_000 + inject('kills') * 20_000),
    meta: { over: 'PostgreSQL' },
  }, async ({ task }) => {
    const kills = inject('kills')
    const stores = await Promise.all(
      [0, 1].map(() => opened(postgresEventStore({ url: cluster.url, patience: 60_000 }))),
    )
    const first = stores[0]?.store ?? expect.fail()
    const second = stores[1]?.store ?? expect.fail()
    const tried: Tried[] = []
    const acknowledged = () => tried.filter(({ outcome }) => outcome === 'written').length
    let running = true
    const goesOn = () => running
    const writers = [first, first, second, second, first, second].map((store, n) =>
      write(store, `account-${n % 4}`, tried, goesOn),
    )
    const seen = follow(second, goesOn)
    for (let n = 0; n < kills; n++) {
      // Something is under way again, and somewhere in it the server dies.
      const before = acknowledged()
      for (let waited = 0; acknowledged() < before + 3 && waited < 15_000; waited += 10) await pause(10)
      await pause(Math.random() * 50)
      if (n % 2 === 0) {
        await cluster.stop('immediate')
        await cluster.start()
      } else await killSessions()
    }
    await pause(300)
    running = false
    await Promise.all(writers)
    const positions = await seen
    // What a reader was shown while the log grew, before what nobody knew of is sent once more.
    expect(positions).toEqual((await readLog(first)).map(({ position }) => position))
    const tally = new Tally()
    tally.tried = kills
    tally.add(await judged(first, tried), 'killed')
    const of = { programme: 'immediate restarts and killed sessions', store: 'PostgreSQL', of: 'kills' }
    leaveFigures({ task }, tally.figures(of))
    expect(tally.wrong).toEqual([])
    expect(tally.unknown).toBe(0)
    expect(tally.acknowledged).toBeGreaterThan(kills)
    for (const { close } of stores) await close()
  })

  it('N13 a log is taken over whole and once while the server dies and its sessions are killed again and again', {
    tags: ['torture', 'N13'],
    timeout: patience(60_000 + inject('kills') * 20_000),
    meta: { over: 'PostgreSQL' },
  }, async ({ task }) => {
    const kills = inject('kills')
    /** Parts from one death to the next. */
    const EVERY = 8
    const source = await opened(memoryEventStore())
    const commands: RecordedCommand[] = []
    for (let n = 0; n < kills * EVERY; n++) {
      const stream = `account-${n % 5}`
      const request = noteAppend(source.store, stream, await readToken(source.store, stream), ['1', '2'])
      await Effect.runPromise(source.store.append(request))
      const events = (await readLog(source.store)).slice(-2)
      commands.push({ fingerprint: request.fingerprint, events })
    }
    const url = new URL(cluster.url)
    url.searchParams.set('tenant', 'taken')
    const target = await opened(postgresEventStore({ url: url.href, patience: 60_000 }))
    const adoption = adoptionOf(target.store)
    let dying = Promise.resolve()
    const restart = () => cluster.stop('immediate').then(cluster.start)
    for (const [n, command] of commands.entries()) {
      if (n % EVERY === 0) {
        await dying
        // Somewhere in the parts that follow.
        dying = pause(Math.random() * 20).then(n % (EVERY * 5) === 0 ? restart : killSessions)
      }
      await Effect.runPromise(adoption.take({ origin: source.store.origin, commands: [command] }))
    }
    await dying
    await Effect.runPromise(adoption.finish('theirs'))
    expect(await readLog(target.store)).toEqual(await readLog(source.store))
    expect(await Effect.runPromise(target.store.secretCheck)).toBe('theirs')
    expect(await Effect.runPromise(target.store.guardFaults)).toEqual([])
    const of = { programme: 'restarts and killed sessions while a log is taken over', of: 'kills' }
    leaveNoFault({ task }, { ...of, store: 'PostgreSQL', tried: kills })
    for (const { close } of [target, source]) await close()
  })

  it('an append whose server does not come back is Indeterminate or Unavailable, and is there once when it is sent again', async () => {
    const { store, close } = await opened(postgresEventStore({ url: cluster.url, patience: 3_000 }))
    const token = await readToken(store, 'account-alone')
    const request = noteAppend(store, 'account-alone', token, ['one'], `${uuidv7()}-of-1`)
    await cluster.stop('immediate')
    const exit = await Effect.runPromiseExit(store.append(request))
    expect(Exit.isFailure(exit)).toBe(true)
    const error = await Effect.runPromise(Effect.flip(store.append(request)))
    expect(['Indeterminate', 'Unavailable']).toContain(error._tag)
    expect(error).toMatchObject({ retry: 'safe' })
    expect(await Effect.runPromise(store.health)).toMatchObject({ reachable: false, writable: false })
    await cluster.start()
    const [one, again] = [
      await Effect.runPromise(store.append(request)),
      await Effect.runPromise(store.append(request)),
    ]
    expect(again).toEqual({ ...one, repeated: true })
    expect(await Effect.runPromise(store.readStream('account-alone', { after: -1, limit: 10 }))).toHaveLength(1)
    await close()
  })
})

describe.skipIf(noServer)('two processes on one book in PostgreSQL', () => {
  let place: TestDatabase
  beforeAll(async () => {
    place = await database()
  })
  afterAll(() => place?.drop())

  it('B1 B3 B10 32 handlers each: a reader that follows sees every event once, in order, and all that was acknowledged', {
    tags: ['torture', 'B1', 'B3', 'B10'],
    timeout: patience(300_000 + inject('kills') * 5_000),
    meta: { over: 'PostgreSQL' },
  }, async ({ task }) => {
    const amount = atOnce(inject('kills'))
    const { store, close } = await opened(postgresEventStore({ url: place.url }))
    let running = true
    const seen = follow(store, () => running)
    const began = performance.now()
    const [commands, times] = amount
    const runs = await Promise.all(
      [0, 1].map(() => runWriter(place.url, commands, undefined, { handlers: 32, ...times })),
    )
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
    const of = {
      programme: 'two processes of 32 handlers, and a reader that follows',
      store: 'PostgreSQL',
      of: 'seconds',
    }
    leaveFigures({ task }, tally.figures(of))
    expect(tally.wrong).toEqual([])
    expect(tally.unknown).toBe(0)
    expect(tally.acknowledged).toBeGreaterThan(100)
    expect(positions).toEqual((await readLog(store)).map(({ position }) => position))
    await close()
  })
})
