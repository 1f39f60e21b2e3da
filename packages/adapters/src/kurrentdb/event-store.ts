import { EventStore, type EventStoreShape, type ReadError, type StoreCapabilities } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import type { Scope } from 'effect/Scope'
import { headBeyondBy } from '../head-beyond.ts'
import { type Clock, checkPageLimit, systemClock } from '../store-contract.ts'
import { addressGiven, indexNamedIn } from './address.ts'
import { type KnownName, kurrentAdoption } from './adopting.ts'
import { appender } from './appends.ts'
import { attempt } from './asking.ts'
import { type BookStream, bookStream } from './book-stream.ts'
import { type Connection, connect, type Patience, usualPatience } from './connection.ts'
import { type Follower, followerOf } from './follower.ts'
import { healthOf } from './health.ts'
import { openIndex, type PositionIndex } from './position-index.ts'
import { logReads } from './reads.ts'

export interface KurrentEventStoreOptions {
  /** `esdb://host:2113?tls=false`, `esdb+discover://user:password@host`; `tenant=north` names the practice. */
  readonly url: string
  /**
   * A SQLite file for the index of positions: that of the views, or one of its own. It can be thrown away. One that the URL
   * names (`?index=FILE`) comes first. Without either a temporary one, made of the log at this opening.
   */
  readonly index?: string | undefined
  /** The writer's clock: what is recorded years ahead of the log is refused. When an event was committed, the server says. */
  readonly clock?: Clock
  /** Whoever opens the store vouches for its clock, however far it stands ahead of the last event. */
  readonly clockIsRight?: boolean
  /** How long is waited for the server, in milliseconds: 10,000 for an answer, 30,000 with all repetitions. */
  readonly patience?: Partial<Patience>
}

const TEMPORARY = 'the index of positions'
/** Where the index is, as it is told. */
const placeOf = ({ url, index }: KurrentEventStoreOptions): string => indexNamedIn(url) ?? index ?? TEMPORARY

const capabilities: StoreCapabilities = {
  durable: true,
  processes: true,
  guards: false,
  wakes: 'at-once',
  batch: 'one-by-one',
  adopts: true,
}

/** Appends and reads of different streams that are under way together. */
const AT_ONCE = 32

/** Who waits for the log to grow is woken by a subscription; where that is broken, the log is looked at so often. */
const LOOK_EVERY = 1_000

/**
 * Whether a server holds the log of a tenant. Nothing is made by asking, and it is asked once: a server that is away is told
 * at once.
 */
export const kurrentBookIsThere = (url: string): Effect.Effect<boolean, ReadError> =>
  attempt(TEMPORARY, async () => {
    const address = addressGiven(url)
    const connection = await connect(address, { ...usualPatience, call: 0 })
    try {
      return (await bookStream(connection, address.tenant).read()) !== undefined
    } finally {
      await connection.close()
    }
  })

/** A batch, stream by stream: the appends of one stream in their order, those of different streams together. */
const appendByStream =
  (append: EventStoreShape['append']): EventStoreShape['appendMany'] =>
  (requests) => {
    const streams = Map.groupBy(requests.entries(), ([, { stream }]) => stream)
    return Effect.map(
      Effect.forEach(
        streams.values(),
        (members) =>
          Effect.forEach(members, ([at, request]) =>
            Effect.map(Effect.result(append(request)), (answer) => [at, answer] as const),
          ),
        { concurrency: AT_ONCE },
      ),
      (answers) =>
        answers
          .flat()
          .sort(([a], [b]) => a - b)
          .map(([, answer]) => answer),
    )
  }

interface OpenLog {
  readonly connection: Connection
  readonly index: PositionIndex
  readonly tenant: string
  readonly name: KnownName
  readonly book: BookStream
  readonly follower: Follower
}

const openLog = async ({ url, index: given, patience }: KurrentEventStoreOptions): Promise<OpenLog> => {
  const address = addressGiven(url)
  const { tenant, index: path = given } = address
  const waits = { ...usualPatience, ...patience }
  const connection = await connect(address, waits)
  try {
    const book = bookStream(connection, tenant)
    const { born, first } = await book.open()
    const index = await openIndex(connection, { tenant, born, first, path, patience: waits.call })
    const name = { origin: index.log().origin }
    return { connection, index, tenant, name, book, follower: followerOf(connection, tenant) }
  } catch (cause) {
    await connection.close()
    throw cause
  }
}

const storeOver = (
  { connection, index, tenant, name, book, follower }: OpenLog,
  options: KurrentEventStoreOptions,
): EventStoreShape => {
  const { clock = systemClock, clockIsRight = false } = options
  const reads = logReads(connection, index, tenant)
  const append = appender(connection, index, { tenant, name, clock, clockIsRight })
  const reading = <A>(step: () => Promise<A>): Effect.Effect<A, ReadError> => attempt(placeOf(options), step)
  /** Answers of the index, once it has been carried on to the end of the log. */
  const fresh = <A>(answer: () => A): Effect.Effect<A, ReadError> =>
    reading(async () => {
      await index.freshen()
      return answer()
    })
  const page = <P extends { readonly limit: number }, A>(
    read: (page: P) => Effect.Effect<A, ReadError>,
  ): ((page: P) => Effect.Effect<A, ReadError>) => {
    return (asked) =>
      Effect.suspend(() => {
        checkPageLimit(asked.limit)
        return read(asked)
      })
  }
  const readAll = page((asked: Parameters<EventStoreShape['readAll']>[0]) => reading(() => reads.readAll(asked)))

  const head = fresh(() => index.head())
  const appendOne: EventStoreShape['append'] = (request) =>
    Effect.flatMap(
      reading(() => append(request)),
      (outcome) => ('_tag' in outcome ? Effect.fail(outcome) : Effect.succeed(outcome)),
    )
  const readStream: EventStoreShape['readStream'] = (stream, asked) =>
    page(() => reading(() => reads.readStream(stream, asked)))(asked)

  return {
    capabilities,
    tenant,
    // Of an empty log that takes another one over it changes.
    get origin() {
      return name.origin
    },
    append: appendOne,
    appendMany: appendByStream(appendOne),
    readStream,
    readMany: (pages) =>
      Effect.forEach(pages, ({ stream, ...asked }) => readStream(stream, asked), { concurrency: AT_ONCE }),
    readAll,
    readForFold: readAll,
    head,
    headBeyond: headBeyondBy(head, { woken: follower.woken, everyMs: LOOK_EVERY }),
    findCommand: (stream, commandId) =>
      fresh(() => {
        const known = index.command(stream, commandId)
        return known && { fingerprint: known.fingerprint, receipt: known.receipt }
      }),
    commands: page((asked: Parameters<EventStoreShape['commands']>[0]) => fresh(() => index.commands(asked))),
    positionAt: (t) => fresh(() => index.positionAt(t)),
    streams: page((asked: Parameters<EventStoreShape['streams']>[0]) => fresh(() => index.streams(asked))),
    guardFaults: fresh(() => index.faults().map((fault) => `${connection.label}: ${fault}`)),
    secretCheck: reading(async () => (await book.read())?.secretCheck),
    keepSecretCheck: (value) => reading(() => book.keepSecretCheck(value)),
    adoption: kurrentAdoption({ connection, index, tenant, book, name }, reading),
    health: healthOf(connection, head),
  }
}

/**
 * A log in EventStoreDB or KurrentDB, by the driver `@eventstore/db-client` 6.2.1. Streams are appended to at exact
 * revisions; a position is the ordinal of the tenant's event in the order of the server's whole log. Closing the scope
 * closes the connection.
 */
export const kurrentEventStore = (
  options: KurrentEventStoreOptions,
): Effect.Effect<EventStoreShape, ReadError, Scope> =>
  Effect.map(
    Effect.acquireRelease(
      attempt(placeOf(options), () => openLog(options)),
      ({ connection, index, follower }) =>
        Effect.promise(async () => {
          follower.stop()
          await connection.close()
          index.close()
        }),
    ),
    (log) => storeOver(log, options),
  )

export const kurrentEventStoreLayer = (options: KurrentEventStoreOptions): Layer.Layer<EventStore, ReadError> =>
  Layer.effect(EventStore, kurrentEventStore(options))
