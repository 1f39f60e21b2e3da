import {
  type AppendError,
  EventStore,
  type EventStoreShape,
  Integrity,
  type ReadError,
  type StoreCapabilities,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as Result from 'effect/Result'
import type { Scope } from 'effect/Scope'
import { headBeyondBy } from '../head-beyond.ts'
import { type Clock, newOrigin, refusal } from '../store-contract.ts'
import { postgresAdoption } from './adopting.ts'
import { appendBatch } from './append-batch.ts'
import { type AppendQueue, appendQueue } from './append-queue.ts'
import { addressGiven, asking, shownOf } from './asking.ts'
import { eventReads } from './event-reads.ts'
import { guardFaultsIn, restoreGuards } from './guard-faults.ts'
import { healthOf } from './health.ts'
import { migrate, versionIn } from './migrations.ts'
import { openSessions, type Sessions } from './sessions.ts'
import { statement } from './statement.ts'
import { sureAppend } from './sure-append.ts'
import { type WakeUps, wakeUps } from './wake-ups.ts'

/** One tenant of one database is one book. */
export interface PostgresEventStoreOptions {
  /** `postgres://user@host:5432/database?tenant=main`; see docs/guides/postgres.md for its parameters. */
  readonly url: string
  /** The clock that `committedAt` is stamped with; the server's when not given, so that several machines write by one time. */
  readonly clock?: Clock
  /** Whoever opens the store vouches for its clock, however far it stands ahead of the last event. */
  readonly clockIsRight?: boolean
  /** Sessions for reading at once; 4 when not given. One more writes. */
  readonly readers?: number
  /** How long to go on trying while the server is away, in milliseconds; 15 seconds when not given. */
  readonly patience?: number
}

/** A PostgreSQL store, with what its tests and benchmarks ask beside the contract. */
export interface PostgresEventStore extends EventStoreShape {
  /** Commits of this store that have written something. */
  readonly commits: () => number
}

const PATIENCE = 15_000
const READERS = 4

const bookOf = statement('SELECT id, origin FROM daybook.book WHERE tenant = $1')
const makeBook = statement('SELECT daybook.open_book($1, $2)')
const keepSecretCheck = statement('SELECT daybook.keep_secret_check($1, $2)')

interface OpenBook {
  readonly id: number
  readonly tenant: string
  readonly name: { origin: string }
  readonly writing: Sessions
  readonly reading: Sessions
  /** Guards that were not as they are made when the book was opened, in words. */
  readonly mended: readonly string[]
}

/** Whether a database holds the book of a tenant. Nothing is made by asking. */
export const postgresBookIsThere = (url: string): Effect.Effect<boolean, ReadError> =>
  asking(shownOf(url), async () => {
    const address = addressGiven(url)
    const sessions = openSessions({ address, most: 1, patience: 0 })
    try {
      return await sessions.use(async (session) => {
        if ((await versionIn(session, 'log')) === 0) return false
        return (await session.rows(bookOf, address.tenant)).length > 0
      })
    } finally {
      await sessions.close()
    }
  })

const openBook = async (options: PostgresEventStoreOptions): Promise<OpenBook> => {
  const address = addressGiven(options.url)
  const { patience = PATIENCE, readers = READERS } = options
  // A commit that is told is on disk, whatever the server says of other sessions.
  const settings = { synchronous_commit: 'on' }
  const writing = openSessions({ address, most: 1, patience, settings })
  const reading = openSessions({ address, most: readers, patience })
  try {
    await migrate(writing, 'log')
    const book = await writing.use(async (session) => {
      const find = () => session.rows<[number, string]>(bookOf, address.tenant)
      const [found] = await find()
      if (!found) await session.rows(makeBook, address.tenant, newOrigin())
      const [row] = found ? [found] : await find()
      if (!row) throw new Integrity({ message: `${address.shown}: the book of the tenant could not be made` })
      return { id: row[0], name: { origin: row[1] } }
    })
    return { ...book, tenant: address.tenant, writing, reading, mended: await restoreGuards(writing, book.id) }
  } catch (cause) {
    await Promise.all([writing.close(), reading.close()])
    throw cause
  }
}

type Writes = 'append' | 'appendMany' | 'keepSecretCheck' | 'adoption'
type Reads = Omit<EventStoreShape, 'capabilities' | 'tenant' | 'origin' | 'headBeyond' | 'health' | Writes>

const readsOf = ({ id, reading, mended }: OpenBook): Reads => {
  const reads = eventReads(reading, id)
  const { where } = reading
  return {
    readStream: (stream, page) => asking(where, () => reads.readStream(stream, page)),
    readMany: (pages) => asking(where, () => reads.readMany(pages)),
    readAll: (page) => asking(where, () => reads.readAll(page)),
    readForFold: (page) => asking(where, () => reads.readForFold(page)),
    head: asking(where, reads.head),
    findCommand: (stream, commandId) => asking(where, () => reads.findCommand(stream, commandId)),
    commands: (page) => asking(where, () => reads.commands(page)),
    positionAt: (t) => asking(where, () => reads.positionAt(t)),
    streams: (page) => asking(where, () => reads.streams(page)),
    guardFaults: asking(where, async () => [
      ...mended,
      ...(await reading.patiently(() => reading.use((session) => guardFaultsIn(session, where, id)))),
    ]),
    secretCheck: asking(where, reads.secretCheck),
  }
}

const queueOf = (
  { id, name, writing }: OpenBook,
  options: PostgresEventStoreOptions,
  { isClosing, grown }: { readonly isClosing: () => boolean; readonly grown: WakeUps['grown'] },
): AppendQueue => {
  const { clock, clockIsRight = false, patience = PATIENCE } = options
  const { where } = writing
  const send = appendBatch(writing, { book: id, name, clock, clockIsRight })
  return appendQueue(sureAppend(send, { where, patience, isClosed: isClosing }), { where, grown })
}

type Appends = Pick<EventStoreShape, 'append' | 'appendMany'>

const appendsOf = (queue: AppendQueue): Appends => ({
  append: (request) => {
    const refused: AppendError | undefined = refusal(request)
    return refused ? Effect.fail(refused) : queue.append(request)
  },
  appendMany: (requests) =>
    Effect.suspend(() => {
      const refusals = requests.map(refusal)
      const taken = requests.filter((_, at) => refusals[at] === undefined)
      return Effect.map(queue.appendMany(taken), (answers) => {
        let next = 0
        return refusals.map((refused) =>
          refused ? Result.fail(refused) : (answers[next++] as (typeof answers)[number]),
        )
      })
    }),
})

const capabilities: StoreCapabilities = {
  durable: true,
  processes: true,
  guards: true,
  wakes: 'at-once',
  batch: 'one-commit',
  adopts: true,
}

/** The server tells when a log has grown; where it could not be heard, the log is looked at so often, in milliseconds. */
const LOOK_EVERY = 500

const waitsOf = ({ head }: Reads, { listening, woken }: WakeUps): EventStoreShape['headBeyond'] => {
  const beyond = headBeyondBy(head, { woken, everyMs: LOOK_EVERY })
  // Listening first: what is committed after the first look is told.
  return (...given) => Effect.andThen(listening, beyond(...given))
}

interface OpenStore {
  readonly book: OpenBook
  readonly queue: AppendQueue
  readonly wakes: WakeUps
  readonly close: () => Promise<void>
}

const openStore = async (options: PostgresEventStoreOptions): Promise<OpenStore> => {
  const book = await openBook(options)
  const wakes = wakeUps(addressGiven(options.url), book.id)
  let closing = false
  const queue = queueOf(book, options, { isClosing: () => closing, grown: wakes.grown })
  const close = async (): Promise<void> => {
    closing = true
    await queue.close()
    await Promise.all([book.writing.close(), book.reading.close(), wakes.close()])
  }
  return { book, queue, wakes, close }
}

/**
 * The log of a tenant in a PostgreSQL database (15 or newer): durable when an append succeeds (`synchronous_commit = on`),
 * safe with any number of processes, positions without gaps in commit order, appends of one tick in one call and one
 * commit. A connection that is lost is made again, and what became of the appends that it carried is found out. Closing the
 * scope writes what waits, then closes. Fails with Unavailable when the server is not there or lets nobody in, each time
 * saying what to do; with Integrity when the schema is of a newer Daybook or is not as Daybook made it.
 */
export const postgresEventStore = (
  options: PostgresEventStoreOptions,
): Effect.Effect<PostgresEventStore, ReadError, Scope> =>
  Effect.map(
    Effect.acquireRelease(
      asking(shownOf(options.url), () => openStore(options)),
      ({ close }) => Effect.promise(close),
    ),
    ({ book, queue, wakes }) => {
      const reads = readsOf(book)
      return {
        capabilities,
        tenant: book.tenant,
        // Of an empty log that takes another one over it changes.
        get origin() {
          return book.name.origin
        },
        ...appendsOf(queue),
        keepSecretCheck: (value) =>
          asking(book.writing.where, async () => {
            const [row] = await book.writing.read<[string]>(keepSecretCheck, book.id, value)
            return row?.[0] ?? value
          }),
        adoption: postgresAdoption({ ...book, grown: wakes.grown }),
        ...reads,
        headBeyond: waitsOf(reads, wakes),
        health: healthOf(book.reading, reads.head),
        commits: queue.commits,
      }
    },
  )

export const postgresEventStoreLayer = (options: PostgresEventStoreOptions): Layer.Layer<EventStore, ReadError> =>
  Layer.effect(EventStore, postgresEventStore(options))
