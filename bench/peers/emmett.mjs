// Emmett on SQLite, in a process of its own: answers what bench/peer.ts asks, by messages. Plain JavaScript, because its
// packages are installed apart (npm run bench:peers) and the types of the house do not reach here.
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { CommandHandler } from '@event-driven-io/emmett'
import { getSQLiteEventStore, sqliteConnection } from '@event-driven-io/emmett-sqlite'

/** Rows of one statement: SQLite takes 32,766 parameters, Emmett gives ten for each event. */
const AN_APPEND = 500

/** A stream is folded into what stands on each layer, the least that anybody would have to know to decide on money. */
const initialState = () => ({ layers: new Map() })
const evolve = (state, { data }) => {
  for (const { layerId, amount } of data.effects ?? []) {
    state.layers.set(layerId, (state.layers.get(layerId) ?? 0) + amount)
  }
  return state
}
const handle = CommandHandler({ evolve, initialState })

/**
 * One connection for all operations, its fastest way; by default it opens and closes one for each. The rest is as Emmett
 * and SQLite have it: a write-ahead log, `synchronous = FULL`, so that a commit is on the disk when it is answered.
 */
const open = async (path) => {
  const connection = sqliteConnection({ fileName: path })
  // It does not wait for its own journal mode: a transaction that came first would be refused, and so would the mode itself,
  // with the process, where a statement ran meanwhile.
  await setTimeout(100)
  while ((await connection.querySingle('PRAGMA journal_mode')).journal_mode !== 'wal') await setTimeout(1)
  const store = getSQLiteEventStore({ fileName: path, connectionOptions: { singleton: true, connection } })
  /** Emmett does not wait for its connections to close; the file is whole when SQLite has put its journal away. */
  const close = async () => {
    connection.close()
    while (existsSync(`${path}-wal`)) await setTimeout(1)
  }
  return { store, close }
}

/** As bench/measure.ts does: what the collector's own threads sweep up is not charged to what is measured next. */
const collected = async () => {
  globalThis.gc?.()
  for (let waits = 0; waits < 100; waits += 1) {
    const from = process.cpuUsage()
    await setTimeout(20)
    const { user, system } = process.cpuUsage(from)
    if (user + system < 1_000) return
  }
}

const eventOf = ({ type, ...data }) => ({ type, data })

/** Writes the same events to each stream of a new file. */
const fill = async ({ path, streams, events }) => {
  const { store, close } = await open(path)
  await store.schema.migrate()
  for (const stream of streams) {
    for (let at = 0; at < events.length; at += AN_APPEND) {
      const some = events.slice(at, at + AN_APPEND).map(eventOf)
      await store.appendToStream(stream, some, { expectedStreamVersion: BigInt(at) })
    }
  }
  await close()
  return {}
}

/** So many commands on each stream of a copy of the file: read and fold the stream, append one event behind it. */
const command = async ({ path, streams, each, event }) => {
  const copy = `${path}.copy`
  copyFileSync(path, copy)
  const { store, close } = await open(copy)
  await handle(store, 'account-warm', () => [eventOf(event)])
  await collected()
  const began = performance.now()
  const used = process.cpuUsage()
  for (let n = 0; n < each; n += 1) {
    for (const stream of streams) await handle(store, stream, () => [eventOf({ ...event, n })])
  }
  const { user, system } = process.cpuUsage(used)
  const clock = performance.now() - began
  await close()
  rmSync(copy)
  return { cpu: (user + system) / 1_000, clock }
}

const tasks = { fill, command }
process.on('message', ({ task, ...request }) => {
  tasks[task](request).then(
    (answer) => process.send({ answer }),
    (error) => process.send({ error: String(error?.stack ?? error) }),
  )
})
