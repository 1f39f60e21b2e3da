import { memoryEventStore } from '@daybook/adapters/memory'
import { adoptionOf, type EventStoreShape, type LogPart, NO_STREAM } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startWireServer, type WireServer } from '../../../scripts/testing/kurrentdb/control.ts'
import type { Fault, FaultKind } from '../../../scripts/testing/kurrentdb/faults.ts'
import { impatient, ownTenant } from './kurrentdb/fixture.ts'
import { openedAt, outcomeOf } from './kurrentdb/opened.ts'
import { findings, readLog } from './store/audit.ts'
import { type Opened, opened, temporaryFolder } from './store/fixtures.ts'
import { noteAppend, tokenOf } from './store/samples.ts'
import { uuidv7 } from './store/uuid.ts'

const run = Effect.runPromise

/** Commands whose number of events is in their id, as `findings` counts them. */
const command = (size: number): string => `${uuidv7()}-of-${size}`
const texts = (size: number): readonly string[] => Array.from({ length: size }, (_, n) => `${n}`)

/** What a book holds, seen by who opens it anew. */
const seenAnew = async (url: string) => {
  const { store, close } = await openedAt(url)
  const log = await readLog(store)
  const seen = { wrong: await findings(store), commands: log.map(({ commandId }) => commandId) }
  await close()
  return seen
}

const ofAppends: readonly (readonly [words: string, fault: Omit<Fault, 'on'>])[] = [
  ['is refused', { kind: 'refuse' }],
  ['is refused three times', { kind: 'refuse', times: 3 }],
  ['is aborted', { kind: 'abort' }],
  ['is not heard', { kind: 'deaf' }],
  ['is written and not answered', { kind: 'lost' }],
  ['is written late and not answered', { kind: 'late', ms: 800 }],
  ['meets a channel that drops before it is written', { kind: 'cut' }],
  ['is written and its channel drops', { kind: 'cutAfter' }],
  ['is answered twice', { kind: 'twice' }],
  ['is answered slowly', { kind: 'slow', ms: 500 }],
  ['is sent to a node that does not lead', { kind: 'notLeader' }],
]

describe('one server', () => {
  let server: WireServer
  let book: Opened
  let url: string
  beforeAll(async () => {
    server = await startWireServer()
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    url = ownTenant(server.url)
    book = await openedAt(url)
  })
  afterEach(async () => {
    await server.ask({ do: 'mend' })
    await book.close()
  })

  it.for(ofAppends)(
    'B1 B3 an append that %s is written once, and answered as the first of its command',
    {
      tags: ['B1', 'B3'],
    },
    async ([, fault]) => {
      const first = noteAppend(book.store, 'account-a', NO_STREAM, texts(2), command(2))
      await server.faults({ on: 'append', ...fault })
      expect(await outcomeOf(book.store, first)).toEqual({ firstVersion: 0, lastVersion: 1, repeated: false })
      expect(await outcomeOf(book.store, first)).toEqual({ firstVersion: 0, lastVersion: 1, repeated: true })
      const events = await run(book.store.readStream('account-a', { after: -1, limit: 10 }))
      const next = noteAppend(book.store, 'account-a', tokenOf(events), texts(1), command(1))
      expect(await outcomeOf(book.store, next)).toEqual({ firstVersion: 2, lastVersion: 2, repeated: false })
      expect(await seenAnew(url)).toEqual({ wrong: [], commands: [first.commandId, first.commandId, next.commandId] })
    },
  )

  it('B10 while an answer is lost another writer takes the place: the command meets a conflict and is not written', {
    tags: ['B10'],
  }, async () => {
    const other = await openedAt(url)
    await server.faults({ on: 'append', kind: 'deaf' })
    const mine = noteAppend(book.store, 'account-a', NO_STREAM, texts(1), command(1))
    const theirs = noteAppend(other.store, 'account-a', NO_STREAM, texts(1), command(1))
    const waiting = outcomeOf(book.store, mine)
    while ((await server.ask({ do: 'struck' })) === 0) await run(Effect.sleep(5))
    expect(await outcomeOf(other.store, theirs)).toMatchObject({ repeated: false })
    expect(await waiting).toBe('Conflict')
    expect(await seenAnew(url)).toEqual({ wrong: [], commands: [theirs.commandId] })
    await other.close()
  })

  it('B3 the same events sent by two writers at once are written once, and one of the two is told so', {
    tags: ['B3'],
  }, async () => {
    const other = await openedAt(url)
    const request = noteAppend(book.store, 'account-a', NO_STREAM, texts(3), command(3))
    const both = await Promise.all([outcomeOf(book.store, request), outcomeOf(other.store, request)])
    expect(both.map((one) => typeof one === 'object' && one.repeated).sort()).toEqual([false, true])
    expect((await seenAnew(url)).wrong).toEqual([])
    await other.close()
  })

  const ofReads: readonly (readonly [kind: FaultKind, ms?: number])[] = [
    ['refuse'],
    ['abort'],
    ['deaf'],
    ['cut'],
    ['cutAfter', 2],
    ['twice'],
    ['slow', 300],
    ['notLeader'],
  ]
  it.for(ofReads)(
    'N22 a read that meets %s gives what is there, each event once',
    { tags: ['N22'] },
    async ([kind, ms]) => {
      const request = noteAppend(book.store, 'account-a', NO_STREAM, texts(9), command(9))
      await outcomeOf(book.store, request)
      const strike = () => server.faults({ on: 'read', kind, ...(ms === undefined ? {} : { ms }) })
      const versions = [0, 1, 2, 3, 4, 5, 6, 7, 8]
      await strike()
      const stream = await run(book.store.readStream('account-a', { after: -1, limit: 100 }))
      expect(stream.map(({ version }) => version)).toEqual(versions)
      await strike()
      expect(await readLog(book.store)).toEqual(stream)
      await strike()
      expect((await seenAnew(url)).wrong).toEqual([])
    },
  )

  it('who follows the log is woken although the subscription breaks again and again', async () => {
    await server.faults({ on: 'subscribe', kind: 'cutAfter', ms: 0, times: 3 })
    for (let n = 0; n < 4; n++) {
      const waiting = run(book.store.headBeyond(n, 20_000))
      const request = noteAppend(book.store, `account-${n}`, NO_STREAM, texts(1), command(1))
      expect(await outcomeOf(book.store, request)).toMatchObject({ repeated: false })
      expect((await waiting).position).toBe(n + 1)
    }
  })

  it('a server that is away for a while is waited for, and nothing is lost', async () => {
    const requests = texts(6).map((n) => noteAppend(book.store, `account-${n}`, NO_STREAM, texts(2), command(2)))
    const [answers] = await Promise.all([
      Promise.all(requests.map((request) => outcomeOf(book.store, request))),
      server.ask({ do: 'restart', ms: 700 }),
    ])
    expect(answers).toEqual(requests.map(() => ({ firstVersion: 0, lastVersion: 1, repeated: false })))
    const { wrong, commands } = await seenAnew(url)
    expect(wrong).toEqual([])
    expect(commands.length).toBe(12)
  })

  it('of a server that stays away an append says that nobody knows, a read that it is unavailable, and health so', async () => {
    const short = await openedAt(url, undefined, { answer: 200, call: 600 })
    const request = noteAppend(short.store, 'account-a', NO_STREAM, texts(1), command(1))
    await server.ask({ do: 'shut' })
    // Of a log that is empty, as far as is known, it is asked first whether it takes another one over: nothing was sent.
    expect(await outcomeOf(short.store, request)).toBe('Unavailable')
    await server.ask({ do: 'open' })
    await outcomeOf(short.store, noteAppend(short.store, 'account-b', NO_STREAM, texts(1), command(1)))
    await server.ask({ do: 'shut' })
    expect(await outcomeOf(short.store, request)).toBe('Indeterminate')
    const failure = await run(Effect.flip(short.store.head))
    expect(failure._tag).toBe('Unavailable')
    expect(failure.message).toContain('tenant test-')
    expect(await run(short.store.health)).toMatchObject({ reachable: false, writable: false })
    await server.ask({ do: 'open' })
    expect(await outcomeOf(short.store, request)).toMatchObject({ repeated: false })
    await short.close()
  })

  it('an append of which nobody can say whether it was written is Indeterminate, and is resolved by sending it again', async () => {
    const short = await openedAt(url, undefined, { answer: 200, call: 600 })
    await server.faults({ on: 'append', kind: 'lost', times: 10 })
    const request = noteAppend(short.store, 'account-a', NO_STREAM, texts(1), command(1))
    expect(await outcomeOf(short.store, request)).toBe('Indeterminate')
    await server.ask({ do: 'mend' })
    expect(await outcomeOf(short.store, request)).toMatchObject({ lastVersion: 0, repeated: true })
    await short.close()
  })

  it('C3 committedAt goes on with the later of the server’s clock and the last event, when the clock is set back', {
    tags: ['C3'],
  }, async () => {
    const times: string[] = []
    const { store } = book
    for (const ahead of [3_600_000, -3_600_000, 0]) {
      await server.ask({ do: 'clock', ahead })
      const events = await run(store.readStream('account-a', { after: -1, limit: 10 }))
      await outcomeOf(store, noteAppend(store, 'account-a', tokenOf(events), texts(1), command(1)))
      times.push((await run(store.head)).committedAt ?? '')
    }
    expect(times[1]).toBe(times[0])
    expect(times[2]).toBe(times[0])
    expect((await seenAnew(url)).wrong).toEqual([])
  })
})

describe('a server that is killed, and started again over its log', () => {
  it('B9 after kill -9 what was acknowledged is there, and the writer goes on', { tags: ['B9'] }, async () => {
    const folder = temporaryFolder()
    const data = folder.file('log.ndjson')
    let server = await startWireServer('--data', data)
    const port = String(server.ports[0])
    const url = ownTenant(server.url)
    const book = await openedAt(url)
    const first = noteAppend(book.store, 'account-a', NO_STREAM, texts(3), command(3))
    expect(await outcomeOf(book.store, first)).toMatchObject({ repeated: false })
    await server.kill()
    server = await startWireServer('--data', data, '--port', port)
    expect(await outcomeOf(book.store, first)).toMatchObject({ repeated: true })
    const second = noteAppend(book.store, 'account-b', NO_STREAM, texts(1), command(1))
    expect(await outcomeOf(book.store, second)).toMatchObject({ repeated: false })
    expect((await seenAnew(url)).wrong).toEqual([])
    await book.close()
    await server.stop()
    folder.remove()
  })
})

describe('two nodes', () => {
  let cluster: WireServer
  beforeAll(async () => {
    cluster = await startWireServer('--nodes', '2')
  })
  afterAll(() => cluster.stop())

  it('the leader is found by gossip, and the next one when it goes away in the midst of writing', async () => {
    const url = ownTenant(cluster.url)
    const book = await openedAt(url)
    const write = (n: number) =>
      outcomeOf(book.store, noteAppend(book.store, `account-${n}`, NO_STREAM, texts(1), command(1)))
    expect(await write(0)).toMatchObject({ repeated: false })
    const during = [1, 2, 3].map(write)
    await cluster.ask({ do: 'shut', node: 0 })
    await cluster.ask({ do: 'lead', node: 1 })
    for (const answer of await Promise.all(during)) expect(answer).toMatchObject({ lastVersion: 0 })
    expect(await write(4)).toMatchObject({ repeated: false })
    await cluster.ask({ do: 'open', node: 0 })
    expect((await seenAnew(url)).wrong).toEqual([])
    await book.close()
  })

  it('a node that follows sends on to the one that leads', async () => {
    await cluster.ask({ do: 'lead', node: 1 })
    const url = ownTenant(`esdb://127.0.0.1:${cluster.ports[0]}?tls=false`)
    const book = await openedAt(url, undefined, impatient)
    const request = noteAppend(book.store, 'account-a', NO_STREAM, texts(1), command(1))
    expect(await outcomeOf(book.store, request)).toMatchObject({ repeated: false })
    await book.close()
  })

  it('esdb+discover:// asks one host for the others', async () => {
    const url = ownTenant(`esdb+discover://127.0.0.1:${cluster.ports[0]}?tls=false`)
    const book = await openedAt(url)
    expect((await run(book.store.health)).reachable).toBe(true)
    await book.close()
  })
})

describe('taking a log over', () => {
  let server: WireServer
  let source: Opened
  beforeAll(async () => {
    server = await startWireServer()
    source = await opened(memoryEventStore())
    for (const n of [1, 2, 3]) {
      await outcomeOf(source.store, noteAppend(source.store, `account-${n}`, NO_STREAM, texts(n), command(n)))
    }
  })
  afterAll(() => server.stop())

  /** The log of the source, a part a command. */
  const parts = async (): Promise<readonly LogPart[]> => {
    const events = await readLog(source.store)
    return [1, 2, 3].map((n) => {
      const its = events.filter(({ stream }) => stream === `account-${n}`)
      return { origin: source.store.origin, commands: [{ fingerprint: `of-${n}`, events: its }] }
    })
  }
  const take = (store: EventStoreShape, part: LogPart) => run(adoptionOf(store).take(part))

  it.for(['account-z', 'account-3'])(
    'N13 an append to %s that was under way when it began is none of the log, and its writer is told',
    { tags: ['N13'] },
    async (stream) => {
      const url = ownTenant(server.url)
      const [writer, target] = [await openedAt(url), await openedAt(url)]
      const [first, second, third] = await parts()
      if (!first || !second || !third) throw new Error('the source has three commands')
      await server.faults({ on: 'append', kind: 'late', ms: 400 })
      const late = outcomeOf(writer.store, noteAppend(writer.store, stream, NO_STREAM, texts(1), command(1)))
      while ((await server.ask({ do: 'struck' })) === 0) await run(Effect.sleep(5))
      await take(target.store, first)
      expect(await late).not.toMatchObject({ repeated: expect.anything() })
      await take(target.store, second)
      const last = run(Effect.result(adoptionOf(target.store).take(third)))
      if (stream === 'account-z') {
        expect((await last)._tag).toBe('Success')
        await run(adoptionOf(target.store).finish('theirs'))
      } else {
        // Its own stream has what is not its own: that can not be taken out, and is told.
        expect((await last)._tag).toBe('Failure')
      }
      const positions = stream === 'account-z' ? 6 : 3
      for (const { store, close } of [target, await openedAt(url)]) {
        expect(await readLog(store)).toEqual((await readLog(source.store)).slice(0, positions))
        expect(await run(store.guardFaults)).toEqual([expect.stringMatching(/that was written for another log/)])
        expect(store.origin).toBe(source.store.origin)
        await close()
      }
      await writer.close()
      await server.ask({ do: 'mend' })
    },
  )

  it.for(ofAppends)(
    'N13 a part of whose appends one %s is taken whole and once',
    { tags: ['N13'] },
    async ([, fault]) => {
      const url = ownTenant(server.url)
      const target = await openedAt(url)
      const [first, ...others] = await parts()
      if (first) await take(target.store, first)
      await server.faults({ on: 'append', ...fault })
      for (const part of others) await take(target.store, part)
      await run(adoptionOf(target.store).finish('theirs'))
      expect(await server.ask({ do: 'struck' })).toBeGreaterThan(0)
      const anew = await openedAt(url)
      for (const { store, close } of [target, anew]) {
        expect(await readLog(store)).toEqual(await readLog(source.store))
        expect(await run(store.guardFaults)).toEqual([])
        expect(await run(store.secretCheck)).toBe('theirs')
        await close()
      }
      await server.ask({ do: 'mend' })
    },
  )

  it('N13 two who take the same log over at once write it once, and it ends once', { tags: ['N13'] }, async () => {
    const url = ownTenant(server.url)
    const both = [await openedAt(url), await openedAt(url)]
    for (const part of await parts()) {
      const taken = await Promise.all(both.map(({ store }) => run(Effect.result(adoptionOf(store).take(part)))))
      expect(taken.some(({ _tag }) => _tag === 'Success')).toBe(true)
    }
    await Promise.all(both.map(({ store }, n) => run(adoptionOf(store).finish(`secret ${n}`))))
    expect(await readLog(both[0]?.store ?? expect.fail())).toEqual(await readLog(source.store))
    const [one, other] = await Promise.all(both.map(({ store }) => run(store.secretCheck)))
    expect(one).toBe(other)
    for (const { close } of both) await close()
  })

  it('N13 a writer who had opened the empty log before is told that it is another one now', {
    tags: ['N13'],
  }, async () => {
    const url = ownTenant(server.url)
    const [writer, target] = [await openedAt(url), await openedAt(url)]
    for (const part of await parts()) await take(target.store, part)
    const request = noteAppend(writer.store, 'account-z', NO_STREAM, texts(1), command(1))
    expect(await outcomeOf(writer.store, request)).toBe('ReadOnly')
    await run(adoptionOf(target.store).finish(undefined))
    expect(await outcomeOf(writer.store, request)).toBe('ReadOnly')
    const { wrong, commands } = await seenAnew(url)
    expect([wrong, commands.length]).toEqual([[], 6])
    for (const { close } of [writer, target]) await close()
  })
})
