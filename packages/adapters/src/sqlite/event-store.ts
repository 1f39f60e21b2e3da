import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  type AppendError,
  EventStore,
  type EventStoreShape,
  Integrity,
  type LogPage,
  type MigrationProgress,
  type ReadError,
  ReadOnly,
  type StoreCapabilities,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as Result from 'effect/Result'
import type { Scope } from 'effect/Scope'
import { type Bell, bell, headBeyondBy } from '../head-beyond.ts'
import { type Clock, checkPageLimit, refusal, systemClock } from '../store-contract.ts'
import { sqliteAdoption } from './adopting.ts'
import { type AppendQueue, appendQueue } from './append-queue.ts'
import { appendWriter, commandPages, commandReader } from './append-writer.ts'
import { bookIn, keepSecretCheck, secretCheckIn } from './book-schema.ts'
import { type ConnectionOptions, openConnection } from './connection.ts'
import { firstRow, prepareRows, rowLimit } from './event-rows.ts'
import { guardFaultsIn, restoreGuards } from './guards.ts'
import { headReader } from './heads.ts'
import { healthOf } from './health.ts'
import { eventMaker, foldedColumns, readColumns } from './log-rows.ts'
import { earlierFormat, isEarlier, migrated } from './migrating.ts'
import { type Packed, packName, unpackingInstants } from './packed.ts'
import { streamPages } from './stream-pages.ts'
import { BUSY_TIMEOUT, giveUpSoon, reading } from './waiting.ts'

/** One file is one tenant's book. */
export interface SqliteEventStoreOptions extends ConnectionOptions {
  /** For a new file its tenant, `main` when not given; for an existing one, the tenant that it must be. */
  readonly tenant?: string
  readonly clock?: Clock
  /** Whoever opens the store vouches for its clock, however far it stands ahead of the last event. */
  readonly clockIsRight?: boolean
  /** Called while the rows of a file of an earlier format are made anew, once: when it is opened to be written. */
  readonly onMigration?: ((progress: MigrationProgress) => void) | undefined
}

/** A SQLite store, with what its tests and benchmarks ask beside the contract. */
export interface SqliteEventStore extends EventStoreShape {
  /** Transactions that this store has committed with something written. */
  readonly commits: () => number
}

interface OpenBook {
  readonly tenant: string
  readonly identity: { origin: string }
  readonly db: DatabaseSync
  readonly path: string
  /** Guards that were not as they are made when the file was opened, in words. */
  readonly mended: readonly string[]
}

/** Opens the file and says whose book it is; of an earlier format its rows are made anew first. */
const openBook = (options: SqliteEventStoreOptions): Effect.Effect<OpenBook, ReadError, Scope> =>
  Effect.gen(function* () {
    const { path, tenant, readOnly = false, onMigration } = options
    const db = yield* Effect.acquireRelease(
      reading(path, () => openConnection(options)),
      (connection) => Effect.sync(() => connection.close()),
    )
    const found = yield* reading(path, () => bookIn(db, path, tenant, !readOnly))
    const book = { db, path, tenant: found.tenant, identity: { origin: found.origin } }
    if (readOnly) {
      if (yield* reading(path, () => isEarlier(db))) return yield* earlierFormat(path)
      return { ...book, mended: [] }
    }
    const mended = yield* reading(path, () => restoreGuards(db, path))
    giveUpSoon(db)
    yield* migrated(db, path, onMigration)
    return { ...book, mended }
  })

type Writes = 'append' | 'appendMany' | 'keepSecretCheck' | 'adoption'
type Reads = Omit<EventStoreShape, 'capabilities' | 'tenant' | 'origin' | 'headBeyond' | 'health' | Writes>

/** Reads of the log in order of position, of some columns. */
const pagesOfLog = <Event>(
  db: DatabaseSync,
  columns: string,
  rowsOf: (statement: StatementSync, ...parameters: Packed[]) => readonly Event[],
): ((page: LogPage) => readonly Event[]) => {
  const all = prepareRows(
    db,
    `SELECT ${columns} FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ${rowLimit}`,
  )
  const ofTypes = prepareRows(
    db,
    `SELECT ${columns} FROM events WHERE position > ? AND position <= ?
     AND type_number IN (SELECT number FROM types WHERE name IN (SELECT value FROM json_each(?))) ORDER BY position LIMIT ${rowLimit}`,
  )
  return ({ after, upTo = Number.MAX_SAFE_INTEGER, types, limit }) => {
    checkPageLimit(limit)
    return types ? rowsOf(ofTypes, after, upTo, JSON.stringify(types), limit) : rowsOf(all, after, upTo, limit)
  }
}

const readsOf = ({ db, path, mended }: OpenBook): Reads => {
  const ofStream = prepareRows(
    db,
    `SELECT ${readColumns} FROM events WHERE stream = (SELECT stream FROM streams WHERE name = ?) AND version > ?
     ORDER BY version LIMIT ${rowLimit}`,
  )
  const make = eventMaker(db)
  const ofLog = pagesOfLog(db, readColumns, make.events)
  const ofLogForFold = pagesOfLog(db, foldedColumns, make.folded)
  const committedAt = prepareRows(db, 'SELECT committed_at FROM events WHERE position = ?')
  const instant = unpackingInstants()
  const streamPage = streamPages(db)
  const readHead = headReader(db)
  const findCommand = commandReader(db)
  const commandPage = commandPages(db)

  const positionAt = (t: string): number => {
    let low = 0
    let high = readHead().position
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const row = firstRow<readonly [Packed]>(committedAt, middle)
      if (!row) throw new Integrity({ message: `${path} has no event at position ${middle}` })
      if (instant(row[0]) <= t) low = middle
      else high = middle - 1
    }
    return low
  }

  return {
    readStream: (stream, page) =>
      reading(path, () => {
        checkPageLimit(page.limit)
        return make.events(ofStream, packName(stream), page.after, page.limit)
      }),
    readMany: (pages) =>
      reading(path, () =>
        pages.map(({ stream, after, limit }) => {
          checkPageLimit(limit)
          return make.events(ofStream, packName(stream), after, limit)
        }),
      ),
    readAll: (page) => reading(path, () => ofLog(page)),
    readForFold: (page) => reading(path, () => ofLogForFold(page)),
    head: reading(path, () => {
      const { position, committedAt } = readHead()
      return committedAt === undefined ? { position } : { position, committedAt }
    }),
    findCommand: (stream, commandId) => reading(path, () => findCommand(stream, commandId)),
    commands: (page) =>
      reading(path, () => {
        checkPageLimit(page.limit)
        return commandPage(page)
      }),
    positionAt: (t) => reading(path, () => positionAt(t)),
    streams: (page) =>
      reading(path, () => {
        checkPageLimit(page.limit)
        return streamPage(page)
      }),
    guardFaults: reading(path, () => [...mended, ...guardFaultsIn(db, path)]),
    secretCheck: reading(path, () => secretCheckIn(db)),
  }
}

const appendsOf = (queue: AppendQueue, { path }: OpenBook, readOnly: boolean): EventStoreShape['append'] =>
  readOnly
    ? () => Effect.fail(new ReadOnly({ message: `${path} was opened for reading only` }))
    : (request) => {
        const refused: AppendError | undefined = refusal(request)
        return refused ? Effect.fail(refused) : queue.append(request)
      }

const batchesOf = (queue: AppendQueue, { path }: OpenBook, readOnly: boolean): EventStoreShape['appendMany'] => {
  if (readOnly) {
    const refused = Result.fail(new ReadOnly({ message: `${path} was opened for reading only` }))
    return (requests) => Effect.succeed(requests.map(() => refused))
  }
  return (requests) =>
    Effect.suspend(() => {
      const refusals = requests.map(refusal)
      const taken = requests.filter((_, at) => refusals[at] === undefined)
      return Effect.map(queue.appendMany(taken), (answers) => {
        let next = 0
        return refusals.map((refused) =>
          refused ? Result.fail(refused) : (answers[next++] as (typeof answers)[number]),
        )
      })
    })
}

const secretChecksOf = ({ db, path }: OpenBook, readOnly: boolean): EventStoreShape['keepSecretCheck'] =>
  readOnly
    ? () => Effect.fail(new ReadOnly({ message: `${path} was opened for reading only` }))
    : (value) => reading(path, () => keepSecretCheck(db, value))

/** What others have committed nobody tells: the file is looked at so often. */
const LOOK_EVERY = 25

const waitsOf = ({ head }: Reads, { written }: AppendQueue, grown: Bell): EventStoreShape['headBeyond'] =>
  headBeyondBy(head, { woken: (position) => grown.rung(() => written() > position), everyMs: LOOK_EVERY })

const capabilitiesAt = (path: string): StoreCapabilities => ({
  durable: path !== ':memory:',
  processes: path !== ':memory:',
  guards: true,
  wakes: 'by-polling',
  batch: 'one-commit',
  adopts: true,
})

/**
 * The log in a SQLite file by `node:sqlite`: durable when an append succeeds (WAL, `synchronous = FULL`), safe with
 * several processes on one file, appends of one tick in one commit. Closing the scope writes what waits, then closes.
 * A file of an earlier format is made one of now (`migrating.ts`). Fails with Integrity when the file is not a Daybook file,
 * is of a newer format, of an earlier one and opened for reading only, or another tenant's; Unavailable when its directory
 * does not exist.
 */
export const sqliteEventStore = (options: SqliteEventStoreOptions): Effect.Effect<SqliteEventStore, ReadError, Scope> =>
  Effect.gen(function* () {
    const book = yield* openBook(options)
    const { path, clock = systemClock, clockIsRight = false, busyTimeout = BUSY_TIMEOUT, readOnly = false } = options
    const grown = bell()
    const { queue, writer, reads } = yield* Effect.acquireRelease(
      reading(path, () => {
        giveUpSoon(book.db)
        const writer = appendWriter(book.db, { ...book, clock, clockIsRight })
        const queue = appendQueue(book.db, writer, { path, grown: grown.ring, patience: busyTimeout })
        return { queue, writer, reads: readsOf(book) }
      }),
      ({ queue }) => Effect.sync(() => queue.close()),
    )
    const taken = (): void => {
      writer.rolledBack()
      grown.ring()
    }
    return {
      capabilities: capabilitiesAt(book.path),
      tenant: book.tenant,
      // Of an empty log that takes another one over it changes.
      get origin() {
        return book.identity.origin
      },
      append: appendsOf(queue, book, readOnly),
      appendMany: batchesOf(queue, book, readOnly),
      keepSecretCheck: secretChecksOf(book, readOnly),
      adoption: sqliteAdoption({ ...book, readOnly, taken }),
      ...reads,
      headBeyond: waitsOf(reads, queue, grown),
      health: healthOf(book, reads.head, readOnly),
      commits: queue.commits,
    }
  })

export const sqliteEventStoreLayer = (options: SqliteEventStoreOptions): Layer.Layer<EventStore, ReadError> =>
  Layer.effect(EventStore, sqliteEventStore(options))
