// Other libraries that keep events, in a process of their own: answers what bench/store-peers.ts asks, by messages. Plain
// JavaScript, as emmett.mjs is.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { InMemoryEventStorageAdapter } from '@castore/event-storage-adapter-in-memory'
import { getInMemoryEventStore } from '@event-driven-io/emmett'
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql'
import { getSQLiteEventStore, sqliteConnection } from '@event-driven-io/emmett-sqlite'
import pg from 'pg'

/** Rows of one statement: SQLite takes 32,766 parameters, Emmett gives ten for each event. */
const AN_APPEND = 500
const require = createRequire(import.meta.url)

const eventOf = ({ type, ...data }) => ({ type, data })

/** What is asked of each: append these events behind so many, read a stream and say how many it has, close. */
const emmett = (store, close = async () => {}) => ({
  append: (stream, events, behind) =>
    store.appendToStream(stream, events.map(eventOf), {
      expectedStreamVersion: behind === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(behind),
    }),
  read: async (stream) => (await store.readStream(stream)).events.length,
  close,
})

const openers = {
  'emmett-memory': async () => emmett(getInMemoryEventStore()),
  'emmett-sqlite': async (path) => {
    const connection = sqliteConnection({ fileName: path })
    await setTimeout(100)
    while ((await connection.querySingle('PRAGMA journal_mode')).journal_mode !== 'wal') await setTimeout(1)
    const store = getSQLiteEventStore({ fileName: path, connectionOptions: { singleton: true, connection } })
    await store.schema.migrate()
    return emmett(store, async () => connection.close())
  },
  'emmett-postgresql': async (url) => {
    const store = getPostgreSQLEventStore(url)
    await store.schema.migrate()
    return emmett(store, () => store.close())
  },
  castore: async () => {
    const adapter = new InMemoryEventStorageAdapter()
    return {
      append: async (stream, events, behind) => {
        for (const [at, event] of events.entries()) {
          const { type, ...payload } = event
          await adapter.pushEvent({ aggregateId: stream, version: behind + at + 1, type, payload }, {})
        }
      },
      read: async (stream) => (await adapter.getEvents(stream, {})).events.length,
      close: async () => {},
    }
  },
  'message-db': async (url) => {
    const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c search_path=message_store,public' })
    await installMessageDb(pool)
    return {
      append: async (stream, events, behind) => {
        for (const [at, event] of events.entries()) {
          const { type, ...data } = event
          await pool.query({
            name: 'write',
            text: 'SELECT message_store.write_message($1, $2, $3, $4, NULL, $5)',
            values: [crypto.randomUUID(), stream, type, data, behind + at - 1],
          })
        }
      },
      read: async (stream) => {
        const { rows } = await pool.query({
          name: 'read',
          text: 'SELECT * FROM message_store.get_stream_messages($1, 0, -1)',
          values: [stream],
        })
        for (const { data } of rows) JSON.parse(data)
        return rows.length
      },
      close: () => pool.end(),
    }
  },
}

/** Its own installation, file by file, without the role that it makes for others. */
const installMessageDb = async (pool) => {
  const folder = join(dirname(require.resolve('@eventide/message-db/package.json')), 'database')
  const there = await pool.query(`SELECT to_regclass('message_store.messages') AS messages`)
  if (there.rows[0].messages !== null) return
  const files = [
    'schema/message-store',
    'extensions/pgcrypto',
    'tables/messages',
    'types/message',
    ...[
      'message-store-version',
      'hash-64',
      'acquire-lock',
      'category',
      'is-category',
      'id',
      'cardinal-id',
      'stream-version',
      'write-message',
      'get-stream-messages',
    ].map((name) => `functions/${name}`),
    'indexes/messages-id',
    'indexes/messages-stream',
    'indexes/messages-category',
  ]
  for (const file of files) {
    await pool.query(readFileSync(join(folder, `${file}.sql`), 'utf8').replaceAll('CONCURRENTLY', ''))
  }
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

const spent = async (work) => {
  await collected()
  const began = performance.now()
  const used = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(used)
  return { cpu: (user + system) / 1_000, clock: performance.now() - began }
}

let streams = 0
const nextStream = () => {
  streams += 1
  return `account-${process.pid}-${streams}`
}

const append = async ({ kind, place, clients, each, event }) => {
  const store = await openers[kind](place)
  await store.append(nextStream(), [event], 0)
  const client = async () => {
    for (let done = 0; done < each; done += 1) await store.append(nextStream(), [event], 0)
  }
  const answer = await spent(() => Promise.all(Array.from({ length: clients }, client)))
  await store.close()
  return answer
}

const read = async ({ kind, place, times, events }) => {
  const store = await openers[kind](place)
  const stream = nextStream()
  for (let at = 0; at < events.length; at += AN_APPEND) await store.append(stream, events.slice(at, at + AN_APPEND), at)
  await store.read(stream)
  const answer = await spent(async () => {
    for (let done = 0; done < times; done += 1) {
      const length = await store.read(stream)
      if (length !== events.length) throw new RangeError(`${length} events of ${events.length}`)
    }
  })
  await store.close()
  return answer
}

const tasks = { append, read }
process.on('message', ({ task, ...request }) => {
  tasks[task](request).then(
    (answer) => process.send({ answer }),
    (error) => process.send({ error: String(error?.stack ?? error) }),
  )
})
