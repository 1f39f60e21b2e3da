import { accountCodec } from '@daybook/core/account'
import { isUnreadable } from '@daybook/core/kernel'
import { type EventStoreShape, limits } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { makeCluster } from '../scripts/testing/postgres/cluster.ts'
import { accountEvents } from './account-events.ts'
import { readLog, writeLog } from './log.ts'
import { type Bar, type Bench, type Opened, perSecond, scratch } from './measure.ts'
import { onePayment, sealer } from './sealed.ts'
import { openStorePeers, type StorePeers } from './store-peers.ts'
import { appendOne, memoryShelf, postgresShelf, type StoreShelf, sqliteShelf } from './store-shelf.ts'

/** Clients at once, each of which waits for its receipt before it sends again. */
const CLIENTS = [1, 16, 64] as const
const LENGTHS = [50, 1_000] as const

/** Bars of the design; only where it names one. */
const appendBars = (shelf: StoreShelf, clients: number): readonly Bar[] => {
  if (shelf.name === 'memory') return []
  const times = shelf.name === 'SQLite' ? 10 : 5
  if (clients === 1) return [{ of: 'ratio', is: 'at least', value: 0.8 }]
  if (clients === 64)
    return [
      { of: 'ratio', is: 'at least', value: 0.6 },
      { of: 'peer', is: 'at least', value: times },
    ]
  return []
}

const onStore = <A>(shelf: StoreShelf, log: string, work: (store: EventStoreShape) => Promise<A>): Promise<A> =>
  Effect.runPromise(Effect.scoped(Effect.flatMap(shelf.open(log), (store) => Effect.promise(() => work(store)))))

let logs = 0
const nextLog = (): string => {
  logs += 1
  return `log-${process.pid}-${logs}`
}

const appends = (shelf: StoreShelf, peers: StorePeers, quick: boolean): readonly Bench[] => {
  const sealed = sealer()
  const event = onePayment()
  let streams = 0
  const nextStream = (): string => {
    streams += 1
    return `account-${streams}`
  }
  return CLIENTS.flatMap((clients) => {
    const each = quick ? 2 : clients === 1 ? 400 : 32
    const all = clients * each
    const ours = (): Promise<number> =>
      onStore(shelf, nextLog(), async (store) => {
        const one = (): Promise<unknown> => Effect.runPromise(appendOne(store, nextStream(), sealed))
        await one()
        const client = async (): Promise<void> => {
          for (let done = 0; done < each; done += 1) await one()
        }
        return perSecond(all, () => Promise.all(Array.from({ length: clients }, client)))
      })
    const limit = async (): Promise<number> => {
      const raw = await shelf.raw(nextLog())
      const group = (count: number) =>
        Array.from({ length: count }, nextStream).flatMap((stream) =>
          sealed(stream, 'raw').map((sealedEvent) => ({ ...sealedEvent, stream, version: 0 })),
        )
      await raw.write(group(1))
      const figure = await perSecond(all, async () => {
        for (let done = 0; done < each; done += 1) await raw.write(group(clients))
      })
      await raw.close()
      return figure
    }
    return shelf.peers.map((kind, at) => ({
      name: `append to ${shelf.name}, ${clients === 1 ? 'one client' : `${clients} clients`}`,
      unit: 'commands/s',
      limitIs: `${shelf.rawIs}, the same bytes, ${clients} a transaction`,
      ours,
      limit,
      peer: peers.subject(kind, 'higher', async (ask) => {
        const place = shelf.placeOf(nextLog())
        const { clock } = await ask({ task: 'append', kind, place, clients, each, event })
        return (all / clock) * 1_000
      }),
      bars: at === 0 ? appendBars(shelf, clients) : [],
    }))
  })
}

const reads = (shelf: StoreShelf, peers: StorePeers, quick: boolean): readonly Bench[] =>
  LENGTHS.flatMap((length) => {
    const times = quick ? 2 : Math.round(20_000 / length)
    const events = accountEvents(length)
    const stream = 'account-read'
    const ours = (): Promise<number> =>
      onStore(shelf, nextLog(), async (store) => {
        await Effect.runPromise(writeLog(store, events, [stream]))
        const read = async (): Promise<void> => {
          const rows = await Effect.runPromise(store.readStream(stream, { after: -1, limit: limits.page }))
          for (const row of rows) if (isUnreadable(accountCodec.decode(row))) throw new RangeError(row.type)
          if (rows.length !== length) throw new RangeError(`${rows.length} events of ${length}`)
        }
        await read()
        return perSecond(times * length, async () => {
          for (let done = 0; done < times; done += 1) await read()
        })
      })
    const limit = async (): Promise<number> => {
      const written = await onStore(memoryShelf, nextLog(), async (store) => {
        await Effect.runPromise(writeLog(store, events, [stream]))
        return Effect.runPromise(readLog(store))
      })
      const raw = await shelf.raw(nextLog())
      await raw.write(written)
      await raw.read(stream)
      const figure = await perSecond(times * length, async () => {
        for (let done = 0; done < times; done += 1) {
          const read = await raw.read(stream)
          if (read !== length) throw new RangeError(`${read} events of ${length}`)
        }
      })
      await raw.close()
      return figure
    }
    return shelf.peers.map((kind) => ({
      name: `stream of ${length.toLocaleString('en-US')} read from ${shelf.name}`,
      unit: 'events/s',
      limitIs: `${shelf.rawIs}: select and parse`,
      ours,
      limit,
      peer: peers.subject(kind, 'higher', async (ask) => {
        const place = shelf.placeOf(nextLog())
        const { clock } = await ask({ task: 'read', kind, place, times, events })
        return ((times * length) / clock) * 1_000
      }),
      bars: [],
    }))
  })

/** Appending and reading, in memory, in a file and on a server, beside raw drivers and other libraries. */
export const open = async (quick: boolean): Promise<Opened> => {
  const disk = scratch()
  const peers = openStorePeers()
  const shelves = [memoryShelf, sqliteShelf(disk.path)]
  const cluster = await makeCluster().catch((error: unknown) => {
    console.error(`PostgreSQL is left out: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  })
  if (cluster) {
    await cluster.start()
    shelves.push(postgresShelf(cluster.url))
  }
  return {
    benches: shelves.flatMap((shelf) => [...appends(shelf, peers, quick), ...reads(shelf, peers, quick)]),
    close: () => {
      peers.close()
      void cluster?.stop('immediate').then(cluster.remove)
      disk.remove()
    },
  }
}
