import {
  type AllStreamResolvedEvent,
  binaryEvent,
  type EventStoreDBClient,
  streamNameFilter,
} from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWireServer, type WireServer } from '../../../scripts/testing/kurrentdb/control.ts'
import { plainDriver } from './kurrentdb/plain-driver.ts'
import { uuidv7 } from './store/uuid.ts'

// The rules are those of the published server (EventStoreDB 23.10), asked by the driver that everybody uses.

let server: WireServer
let client: EventStoreDBClient
beforeAll(async () => {
  server = await startWireServer()
  client = plainDriver(server.url)
})
afterAll(async () => {
  await client.dispose()
  await server.stop()
})

const event = (id = uuidv7()) => binaryEvent({ id, type: 'Tried', data: new TextEncoder().encode('data') })
const newName = (): string => `tried-${uuidv7()}`

const typeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { readonly type?: string }) => error.type,
  )

const revisions = async (stream: string): Promise<readonly number[] | string> => {
  const found: number[] = []
  try {
    for await (const { event: one } of client.readStream(stream)) found.push(Number(one?.revision))
    return found
  } catch (error) {
    return (error as { readonly type: string }).type
  }
}

/** The driver appends by one long call, or by a call an append where it is given a user. */
const ways = [
  { way: 'one long call', credentials: undefined },
  { way: 'a call an append', credentials: { username: 'anna', password: 'x' } },
]

describe.each(ways)('appends by $way', ({ credentials }) => {
  const append = (stream: string, expectedRevision: bigint | 'no_stream' | 'any' | 'stream_exists', ...ids: string[]) =>
    client.appendToStream(stream, ids.map(event), { expectedRevision, ...(credentials ? { credentials } : {}) })

  it('an exact revision is taken where the stream stands there, and nowhere else', async () => {
    const stream = newName()
    expect(await typeOf(append(stream, 0n, uuidv7()))).toBe('wrong-expected-version')
    expect((await append(stream, 'no_stream', uuidv7(), uuidv7())).nextExpectedRevision).toBe(1n)
    expect(await typeOf(append(stream, 'no_stream', uuidv7()))).toBe('wrong-expected-version')
    expect(await typeOf(append(stream, 0n, uuidv7()))).toBe('wrong-expected-version')
    expect((await append(stream, 1n, uuidv7())).nextExpectedRevision).toBe(2n)
    expect((await append(stream, 'any', uuidv7())).nextExpectedRevision).toBe(3n)
    expect((await append(stream, 'stream_exists', uuidv7())).nextExpectedRevision).toBe(4n)
    expect(await typeOf(append(newName(), 'stream_exists', uuidv7()))).toBe('wrong-expected-version')
  })

  it('the same ids at the same revision are a repeat, answered as at first; a part of them is none', async () => {
    const stream = newName()
    const [a, b, c] = [uuidv7(), uuidv7(), uuidv7()]
    const first = await append(stream, 'no_stream', a, b)
    await append(stream, 1n, c)
    expect(await append(stream, 'no_stream', a, b)).toEqual(first)
    expect(await append(stream, 'any', a, b)).toEqual(first)
    expect(await typeOf(append(stream, 'no_stream', a, uuidv7()))).toBe('wrong-expected-version')
    expect(await typeOf(append(stream, 'no_stream', b, a))).toBe('wrong-expected-version')
    expect(await revisions(stream)).toEqual([0, 1, 2])
  })

  it('a stream that was deleted softly is not found, and goes on behind its last revision', async () => {
    const stream = newName()
    await append(stream, 'no_stream', uuidv7(), uuidv7())
    await client.deleteStream(stream, { expectedRevision: 1n })
    expect(await revisions(stream)).toBe('stream-not-found')
    expect(await typeOf(append(stream, 'stream_exists', uuidv7()))).toBe('stream-deleted')
    expect((await append(stream, 'no_stream', uuidv7())).nextExpectedRevision).toBe(2n)
    expect(await revisions(stream)).toEqual([2])
  })

  it('a tombstone is for ever', async () => {
    const stream = newName()
    await append(stream, 'no_stream', uuidv7())
    await client.tombstoneStream(stream)
    expect(await typeOf(append(stream, 'any', uuidv7()))).toBe('stream-deleted')
    expect(await revisions(stream)).toBe('stream-deleted')
  })

  it('more than a mebibyte at once is refused', async () => {
    const large = binaryEvent({ type: 'Tried', data: new Uint8Array(1_048_577) })
    const options = credentials ? { credentials } : {}
    expect(await typeOf(client.appendToStream(newName(), large, options))).toBe('maximum-append-size-exceeded')
  })
})

/** Where in the whole log the first event of a stream stands. A read that is left half-way keeps the driver from ending. */
const placeOf = async (stream: string) => {
  const places = []
  for await (const { event: one } of client.readAll()) if (one?.streamId === stream) places.push(one.position)
  return places[0]
}

describe('reads', () => {
  const all = async (options: Parameters<EventStoreDBClient['readAll']>[0], prefix: string) => {
    const found: AllStreamResolvedEvent[] = []
    for await (const one of client.readAll(options)) if (one.event?.streamId.includes(prefix)) found.push(one)
    return found.map(({ event: one }) => `${one?.streamId.replace(prefix, 's')} ${one?.revision}`)
  }

  it('of a stream hide what its metadata truncates; of the whole log they hide nothing', async () => {
    const stream = newName()
    await client.appendToStream(stream, [event(), event(), event()])
    await client.setStreamMetadata(stream, { maxCount: 1 })
    expect(await revisions(stream)).toEqual([2])
    await client.setStreamMetadata(stream, { truncateBefore: 3 })
    expect(await revisions(stream)).toEqual([])
    expect(await revisions(newName())).toBe('stream-not-found')
    expect(await all({}, stream)).toEqual(['s 0', 's 1', 's 2', '$$s 0', '$$s 1'])
  })

  it('of the whole log begin with the event at a position forwards, with the one before it backwards', async () => {
    const stream = newName()
    await client.appendToStream(stream, [event(), event(), event()])
    const places = []
    for await (const { event: one } of client.readAll()) if (one?.streamId === stream) places.push(one.position)
    const middle = places[1]
    if (!middle) throw new Error('no position')
    expect(await all({ fromPosition: middle }, stream)).toEqual(['s 1', 's 2'])
    const backwards = { direction: 'backwards', fromPosition: middle, maxCount: 1 } as const
    expect(await all(backwards, stream)).toEqual(['s 0'])
  })

  it('a subscription begins behind its position, passes a filter, and says how far it has looked', async () => {
    const stream = newName()
    await client.appendToStream(stream, [event(), event()])
    const position = await placeOf(stream)
    if (!position) throw new Error('no position')
    const checkpoints: bigint[] = []
    const filter = streamNameFilter({
      prefixes: [stream],
      maxSearchWindow: 1,
      checkpointReached: (_, { commit }) => void checkpoints.push(commit),
    })
    const subscription = client.subscribeToAll({ fromPosition: position, filter })
    const seen: number[] = []
    for await (const { event: one } of subscription) {
      seen.push(Number(one?.revision))
      if (seen.length === 1) {
        await client.appendToStream(newName(), event())
        await client.appendToStream(stream, event())
      }
      if (seen.length === 2) break
    }
    expect(seen).toEqual([1, 2])
    expect(checkpoints.length).toBeGreaterThanOrEqual(2)
  })
})
