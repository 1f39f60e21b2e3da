import { memoryEventStore } from '@daybook/adapters/memory'
import { postgresEventStore } from '@daybook/adapters/postgres'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import type { ReadError } from '@daybook/core/ports'
import { type EventStoreShape, NO_STREAM, type SealedEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import { type RawEvent, rawPostgres } from './raw-postgres.ts'
import { rawLog } from './raw-sqlite.ts'
import { COMMITTED } from './sealed.ts'

/** Whoever writes the same bytes by the least that the store's driver needs. */
export interface RawStore {
  readonly write: (events: readonly RawEvent[]) => void | Promise<void>
  /** Reads a stream and parses its events; how many. */
  readonly read: (stream: string) => number | Promise<number>
  readonly close: () => void | Promise<void>
}

/** A store of ours with what stands beside it. Each opening is a new log. */
export interface StoreShelf {
  readonly name: string
  readonly open: (log: string) => Effect.Effect<EventStoreShape, ReadError, Scope>
  readonly rawIs: string
  readonly raw: (log: string) => RawStore | Promise<RawStore>
  /** Which of the peers keep their events in the same place, and where a peer finds it. */
  readonly peers: readonly string[]
  readonly placeOf: (log: string) => string
}

export const sqliteShelf = (path: (name: string) => string): StoreShelf => ({
  name: 'SQLite',
  open: (log) => sqliteEventStore({ path: path(`${log}.db`) }),
  rawIs: 'node:sqlite',
  raw: (log) => {
    const raw = rawLog(path(`${log}-raw.db`))
    return {
      write: (events) =>
        raw.write(events.map((event) => ({ ...event, position: 0, committedAt: COMMITTED, commandId: event.stream }))),
      read: raw.read,
      close: raw.close,
    }
  },
  peers: ['emmett-sqlite'],
  placeOf: (log) => path(`${log}-peer.db`),
})

export const postgresShelf = (url: string): StoreShelf => ({
  name: 'PostgreSQL',
  open: (log) => postgresEventStore({ url: `${url}?tenant=${log}` }),
  rawIs: 'pg, one session',
  raw: (log) => rawPostgres(url, `raw_${log.replaceAll('-', '_')}`),
  peers: ['emmett-postgresql', 'message-db'],
  placeOf: () => url,
})

/** What a Map alone takes. */
const rawMap = (): RawStore => {
  const streams = new Map<string, SealedEvent[]>()
  return {
    write: (events) => {
      for (const event of events) {
        const held = streams.get(event.stream)
        if (held) held.push(event)
        else streams.set(event.stream, [event])
      }
    },
    read: (stream) => {
      const held = streams.get(stream) ?? []
      for (const { data } of held) JSON.parse(data)
      return held.length
    },
    close: () => {},
  }
}

export const memoryShelf: StoreShelf = {
  name: 'memory',
  open: () => memoryEventStore(),
  rawIs: 'a Map of lists',
  raw: rawMap,
  peers: ['emmett-memory', 'castore'],
  placeOf: () => '',
}

/** One event as a command of its own on a stream that is not there yet. */
export const appendOne = (
  store: EventStoreShape,
  stream: string,
  sealed: (stream: string, origin: string) => readonly SealedEvent[],
) =>
  Effect.suspend(() =>
    store.append({
      stream,
      expected: NO_STREAM,
      commandId: stream,
      fingerprint: stream,
      events: sealed(stream, store.origin),
    }),
  )
