import { type EventStoreShape, NO_STREAM, type StoredEvent, type Token } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryEventStore } from '../src/memory/index.ts'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { opened } from './store/fixtures.ts'
import { noteAppend, tokenOf } from './store/samples.ts'

const run = Effect.runPromise

/** What a writer tries: on which stream, seen how far, as a new command, an old one, or an old id for another one. */
const attempt = fc.record({
  stream: fc.constantFrom('account-a', 'account-b', 'remittance-a'),
  behind: fc.constantFrom(0, 0, 0, 1, 2),
  size: fc.integer({ min: 1, max: 3 }),
  command: fc.constantFrom('new', 'new', 'new', 'again', 'mismatch'),
})
const attempts = fc.array(attempt, { maxLength: 12 })
type Attempt = (typeof attempts extends fc.Arbitrary<infer T> ? T : never)[number]

/** The contract in its simplest form: an array of texts a stream, and what each command wrote. */
interface Model {
  readonly streams: Map<string, string[]>
  readonly commands: Map<string, { readonly fingerprint: string; readonly first: number; readonly last: number }>
}

const tokenSeen = async (store: EventStoreShape, stream: string, length: number): Promise<Token> =>
  length <= 0 ? NO_STREAM : tokenOf(await run(store.readStream(stream, { after: length - 2, limit: 1 })))

const outcome = (effect: ReturnType<EventStoreShape['append']>): Promise<unknown> =>
  run(
    Effect.match(effect, {
      onSuccess: ({ firstVersion, lastVersion, repeated }) => ({ firstVersion, lastVersion, repeated }),
      onFailure: ({ _tag }) => _tag,
    }),
  )

const predicted = (model: Model, tried: Attempt, id: string, fingerprint: string, seen: number): unknown => {
  const known = model.commands.get(`${tried.stream} ${id}`)
  if (known && known.fingerprint !== fingerprint) return 'CommandMismatch'
  if (known) return { firstVersion: known.first, lastVersion: known.last, repeated: true }
  const texts = model.streams.get(tried.stream) ?? []
  if (seen !== texts.length) return 'Conflict'
  const [first, last] = [texts.length, texts.length + tried.size - 1]
  model.streams.set(tried.stream, [...texts, ...Array.from({ length: tried.size }, (_, n) => `${id} ${n}`)])
  model.commands.set(`${tried.stream} ${id}`, { fingerprint, first, last })
  return { firstVersion: first, lastVersion: last, repeated: false }
}

const play = async (store: EventStoreShape, script: readonly Attempt[]): Promise<void> => {
  const model: Model = { streams: new Map(), commands: new Map() }
  for (const [index, tried] of script.entries()) {
    const id = tried.command === 'new' ? `command-${index}` : 'command-0'
    const seen = Math.max(0, (model.streams.get(tried.stream)?.length ?? 0) - tried.behind)
    const token = await tokenSeen(store, tried.stream, seen)
    const texts = Array.from({ length: tried.size }, (_, n) => `${id} ${n}`)
    const request = noteAppend(store, tried.stream, token, texts, id)
    const fingerprint = tried.command === 'mismatch' ? `another ${index}` : request.fingerprint
    const expected = predicted(model, tried, id, fingerprint, seen)
    expect(await outcome(store.append({ ...request, fingerprint }))).toEqual(expected)
  }
  const log = await run(store.readAll({ after: 0, limit: 1_000 }))
  expect(log.map(({ position }) => position)).toEqual(log.map((_, index) => index + 1))
  for (const [stream, texts] of model.streams) {
    const events = log.filter((event) => event.stream === stream)
    expect(events.map(({ data }) => JSON.parse(data).text)).toEqual(texts)
    expect(events.map(({ version }) => version)).toEqual(texts.map((_, index) => index))
  }
  expect(log.length).toBe([...model.streams.values()].flat().length)
}

const pagesAreOneRead = async (store: EventStoreShape, script: readonly Attempt[], limit: number): Promise<void> => {
  await play(store, script)
  const whole = await run(store.readAll({ after: 0, limit: 1_000 }))
  const pages: StoredEvent[] = []
  for (;;) {
    const page = await run(store.readAll({ after: pages.length, limit }))
    pages.push(...page)
    if (page.length < limit) break
  }
  expect(pages).toEqual(whole)
}

/** Each command loads, decides on what it saw and appends, as a scheduler lets it; after a conflict again. */
const raced = async (
  store: EventStoreShape,
  commands: readonly string[],
  scheduler: fc.Scheduler,
): Promise<string[]> => {
  const read = scheduler.scheduleFunction(() => run(store.readStream('account-a', { after: -1, limit: 100 })))
  const write = scheduler.scheduleFunction((request: Parameters<EventStoreShape['append']>[0]) =>
    outcome(store.append(request)),
  )
  const execute = async (command: string): Promise<void> => {
    for (;;) {
      const events = await read()
      const request = noteAppend(store, 'account-a', tokenOf(events), [`${command} after ${events.length}`], command)
      if ((await write(request)) !== 'Conflict') return
    }
  }
  await scheduler.waitFor(Promise.all(commands.map(execute)))
  const events = await run(store.readStream('account-a', { after: -1, limit: 100 }))
  return events.map(({ data }) => JSON.parse(data).text)
}

const stores = [
  { name: 'memory', runs: 1_000, open: () => opened(memoryEventStore()) },
  // Every run opens a database: fewer of them keep the suite fast.
  { name: 'SQLite in memory', runs: 150, open: () => opened(sqliteEventStore({ path: ':memory:' })) },
]

describe.each(stores)('$name against the model of an event store', ({ name, runs, open }) => {
  const onFreshStore = async (test: (store: EventStoreShape) => Promise<void>): Promise<void> => {
    const { store, close } = await open()
    await test(store).finally(close)
  }

  it('B1 B2 B3 B4 any script of appends is answered and stored as the model says', {
    tags: ['B1', 'B2', 'B3', 'B4'],
    meta: { over: name },
  }, async () => {
    await fc.assert(
      fc.asyncProperty(attempts, (script) => onFreshStore((store) => play(store, script))),
      { numRuns: runs },
    )
  })

  it('N22 pages of any size are one read', { tags: ['N22'], meta: { over: name } }, async () => {
    await fc.assert(
      fc.asyncProperty(attempts, fc.integer({ min: 1, max: 30 }), (script, limit) =>
        onFreshStore((store) => pagesAreOneRead(store, script, limit)),
      ),
      { numRuns: runs },
    )
  })

  it('B10 raced commands give one of the serial histories, in any interleaving', {
    tags: ['B10'],
    meta: { over: name },
  }, async () => {
    const commands = ['first', 'second', 'third']
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), (scheduler) =>
        onFreshStore(async (store) => {
          const history = await raced(store, commands, scheduler)
          const order = history.map((text) => text.split(' ')[0] ?? '')
          expect([...order].sort()).toEqual([...commands].sort())
          expect(history).toEqual(order.map((command, index) => `${command} after ${index}`))
        }),
      ),
      { numRuns: runs },
    )
  })
})
