import type { StoredEvent } from '@daybook/core/ports'
import { limits } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../../../scripts/testing/postgres/server.ts'
import { postgresEventStore } from '../src/postgres/index.ts'
import { type AskPages, readQueue, type StreamPage } from '../src/postgres/read-queue.ts'
import { opened } from './store/fixtures.ts'
import { database, noServer } from './store/postgres.ts'
import { noteAppend, tokenOf } from './store/samples.ts'

const page = (n: number): StreamPage => ({ stream: `account-${n}`, after: -1, limit: 10 })
const eventsOf = ({ stream }: StreamPage): readonly StoredEvent[] => [{ stream } as StoredEvent]

/** What was asked, query by query, of a server on which some streams can not be read. */
const asked = (unreadable: readonly string[] = [], refused: readonly string[] = []) => {
  const queries: (readonly string[])[] = []
  const ask: AskPages = async (pages) => {
    queries.push(pages.map(({ stream }) => stream))
    if (pages.some(({ stream }) => refused.includes(stream))) throw new Error('refused')
    return Promise.allSettled(
      pages.map(async (one) => {
        if (unreadable.includes(one.stream)) throw new Error(`${one.stream} is damaged`)
        return eventsOf(one)
      }),
    )
  }
  return { queries, read: readQueue(ask) }
}

describe('reads of one tick', () => {
  it('share a query of 64 streams at most, each with its own answer', async () => {
    const { queries, read } = asked()
    const pages = Array.from({ length: 100 }, (_, n) => page(n))
    expect(await Promise.all(pages.map(read))).toEqual(pages.map(eventsOf))
    expect(queries.map((streams) => streams.length)).toEqual([64, 36])
    await read(page(1))
    expect(queries.at(-1)).toEqual(['account-1'])
  })

  it('fail alone: what is wrong with the events of one stream is told to who asked for it', async () => {
    const { queries, read } = asked(['account-2'])
    const answers = await Promise.allSettled([1, 2, 3].map((n) => read(page(n))))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(queries).toHaveLength(1)
  })

  it('are asked again stream by stream where the query as a whole fails', async () => {
    const { queries, read } = asked([], ['account-2'])
    const answers = await Promise.allSettled([1, 2, 3].map((n) => read(page(n))))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(queries.map((streams) => streams.length)).toEqual([3, 1, 1, 1])
  })
})

describe.skipIf(noServer)('reads of one tick on a server', () => {
  let place: TestDatabase
  beforeAll(async () => {
    place = await database()
  })
  afterAll(() => place?.drop())

  it('B1 B3 give what each gives alone, from any version on, and what was written before they were asked', {
    tags: ['B1', 'B3'],
    meta: { over: 'PostgreSQL' },
  }, async () => {
    const { store, close } = await opened(postgresEventStore({ url: place.url }))
    const read = (stream: string, after: number, limit: number = limits.page) =>
      Effect.runPromise(store.readStream(stream, { after, limit }))
    const streams = Array.from({ length: 70 }, (_, n) => `account-${n}`)
    for (const turn of [1, 2]) {
      await Promise.all(
        streams.map(async (stream, n) => {
          const texts = Array.from({ length: 1 + (n % 3) }, (_, at) => `${turn}.${at}`)
          await Effect.runPromise(store.append(noteAppend(store, stream, tokenOf(await read(stream, -1)), texts)))
        }),
      )
    }
    const questions = streams.map((stream, n) => [stream, (n % 4) - 1, 1 + (n % 5)] as const)
    const together = await Promise.all(questions.map((question) => read(...question)))
    const alone: (readonly StoredEvent[])[] = []
    for (const question of questions) alone.push(await read(...question))
    expect(together).toEqual(alone)
    expect(together.flat().length).toBeGreaterThan(streams.length)
    expect((await Promise.all(streams.map((stream) => read(stream, -1)))).map(({ length }) => length)).toEqual(
      streams.map((_, n) => 2 * (1 + (n % 3))),
    )
    await close()
  })
})
