import { type EventStoreShape, limits, type StoredEvent, type Token } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Cluster, makeCluster } from '../../../scripts/testing/postgres/cluster.ts'
import type { TestDatabase } from '../../../scripts/testing/postgres/server.ts'
import { postgresEventStore } from '../src/postgres/index.ts'
import { findings, readLog } from './store/audit.ts'
import { opened } from './store/fixtures.ts'
import { database, noServer } from './store/postgres.ts'
import { noteAppend, tokenOf } from './store/samples.ts'
import { uuidv7 } from './store/uuid.ts'
import { runWriter, type WriterRun } from './store/writer-process.ts'

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** What a writer heard of each of its commands. */
interface Heard {
  readonly acknowledged: { readonly stream: string; readonly commandId: string; readonly version: number }[]
  readonly unknown: { readonly stream: string; readonly commandId: string }[]
  conflicts: number
  away: number
}

const readToken = async (store: EventStoreShape, stream: string): Promise<Token> => {
  const events: StoredEvent[] = []
  for (;;) {
    const page = await Effect.runPromise(store.readStream(stream, { after: events.length - 1, limit: limits.page }))
    events.push(...page)
    if (page.length < limits.page) return tokenOf(events)
  }
}

/** Writes commands one after the other until it is told to stop; what could not be sent or answered is tried anew. */
const write = async (store: EventStoreShape, stream: string, heard: Heard, goesOn: () => boolean): Promise<void> => {
  let token: Token | undefined
  for (let n = 0; goesOn(); n++) {
    token ??= await readToken(store, stream)
    const size = 1 + (n % 3)
    const texts = Array.from({ length: size }, (_, at) => `${at + 1} of ${size}`)
    const request = noteAppend(store, stream, token, texts, `${uuidv7()}-of-${size}`)
    const outcome = await Effect.runPromise(
      Effect.match(store.append(request), { onSuccess: (receipt) => receipt, onFailure: (error) => error }),
    )
    const { commandId } = request
    if (!('_tag' in outcome)) {
      heard.acknowledged.push({ stream, commandId, version: outcome.lastVersion })
      token = { version: outcome.lastVersion, headHash: outcome.headHash }
      continue
    }
    token = undefined
    if (outcome._tag === 'Indeterminate') heard.unknown.push({ stream, commandId })
    else if (outcome._tag === 'Conflict') heard.conflicts += 1
    else if (outcome._tag === 'Unavailable') heard.away += 1
    else throw outcome
  }
}

/** What a reader sees who follows the log while it grows. */
const follow = async (store: EventStoreShape, goesOn: () => boolean): Promise<readonly number[]> => {
  const seen: number[] = []
  for (;;) {
    const last = goesOn()
    await Effect.runPromise(store.headBeyond(seen.length, 200))
    const page = await Effect.runPromise(store.readAll({ after: seen.at(-1) ?? 0, limit: 500 }))
    seen.push(...page.map(({ position }) => position))
    if (!last && page.length === 0) return seen
  }
}

/** What is wrong with what writers heard, held against the log. */
const wrongWith = async (
  store: EventStoreShape,
  { acknowledged, unknown }: Pick<WriterRun, 'acknowledged'> & Pick<Heard, 'unknown'>,
): Promise<readonly string[]> => {
  const log = await readLog(store)
  const last = new Map(log.map(({ stream, commandId, version }) => [`${stream} ${commandId}`, version]))
  const lost = acknowledged.filter(({ stream, commandId, version }) => last.get(`${stream} ${commandId}`) !== version)
  const heardOf = new Set([...acknowledged, ...unknown].map(({ stream, commandId }) => `${stream} ${commandId}`))
  const refused = [...last.keys()].filter((command) => !heardOf.has(command))
  return [
    ...(await findings(store)),
    ...lost.map(({ commandId }) => `${commandId} was acknowledged and is not there`),
    ...refused.map((command) => `${command} is there, and its writer was told that it is not`),
  ]
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
    timeout: 60_000 + inject('kills') * 20_000,
    meta: { over: 'PostgreSQL' },
  }, async () => {
    const kills = inject('kills')
    const stores = await Promise.all(
      [0, 1].map(() => opened(postgresEventStore({ url: cluster.url, patience: 60_000 }))),
    )
    const first = stores[0]?.store ?? expect.fail()
    const second = stores[1]?.store ?? expect.fail()
    const heard: Heard = { acknowledged: [], unknown: [], conflicts: 0, away: 0 }
    let running = true
    const goesOn = () => running
    const writers = [first, first, second, second, first, second].map((store, n) =>
      write(store, `account-${n % 4}`, heard, goesOn),
    )
    const seen = follow(second, goesOn)
    for (let n = 0; n < kills; n++) {
      // Something is under way again, and somewhere in it the server dies.
      const before = heard.acknowledged.length
      for (let waited = 0; heard.acknowledged.length < before + 3 && waited < 15_000; waited += 10) await pause(10)
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
    const { acknowledged, unknown, conflicts, away } = heard
    console.log(
      `PostgreSQL: ${kills} kills, ${acknowledged.length} acknowledged, ${unknown.length} unknown, ${conflicts} conflicts, ${away} away`,
    )
    expect(await wrongWith(first, heard)).toEqual([])
    expect(unknown).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(kills)
    const log = await readLog(first)
    expect(positions).toEqual(log.map(({ position }) => position))
    for (const { close } of stores) await close()
  })

  it('an append whose server does not come back is Indeterminate or Unavailable, and is there once when it is sent again', async () => {
    const { store, close } = await opened(postgresEventStore({ url: cluster.url, patience: 400 }))
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
    tags: ['B1', 'B3', 'B10'],
    timeout: 300_000,
    meta: { over: 'PostgreSQL' },
  }, async () => {
    const { store, close } = await opened(postgresEventStore({ url: place.url }))
    let running = true
    const seen = follow(store, () => running)
    const runs = await Promise.all([0, 1].map(() => runWriter(place.url, 10, undefined, { handlers: 32 })))
    running = false
    for (const { code, errors } of runs) expect({ code, errors }).toEqual({ code: 0, errors: '' })
    const acknowledged = runs.flatMap((run) => run.acknowledged)
    expect(acknowledged.length).toBeGreaterThan(100)
    expect(await wrongWith(store, { acknowledged, unknown: [] })).toEqual([])
    expect(await seen).toEqual((await readLog(store)).map(({ position }) => position))
    await close()
  })
})
