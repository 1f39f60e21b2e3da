import {
  type Append,
  type AppendError,
  type CommandEntry,
  CommandMismatch,
  Conflict,
  EventStore,
  type EventStoreShape,
  type Head,
  Integrity,
  type LogPage,
  type Receipt,
  type StoreCapabilities,
  type StoredEvent,
  StreamClosed,
  type StreamPage,
  takingOver,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import * as Result from 'effect/Result'
import { headBeyondBy } from '../head-beyond.ts'
import {
  type Clock,
  checkPageLimit,
  clockFault,
  closedMessage,
  conflictMessage,
  refusal,
  stands,
  systemClock,
} from '../store-contract.ts'
import { memoryAdoption } from './adopting.ts'
import { headOf, type MemoryBook, memoryBook, receiptOf, record } from './book.ts'

export interface MemoryEventStoreOptions {
  /** Name of the practice whose log it is; `main` when not given. */
  readonly tenant?: string
  /** Name of the log; random when not given. */
  readonly origin?: string
  readonly clock?: Clock
  /** Whoever opens the store vouches for its clock, however far it stands ahead of the last event. */
  readonly clockIsRight?: boolean
  /** A book that already stands: a second writer over it, or the same one opened again. Its tenant and origin count. */
  readonly book?: MemoryBook
}

/** How many of `events` come before the first that fails `holds`, which holds for a first part of them. */
const countWhile = (events: readonly StoredEvent[], holds: (event: StoredEvent) => boolean): number => {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(events[middle] as StoredEvent)) low = middle + 1
    else high = middle
  }
  return low
}

const appendTo = (
  book: MemoryBook,
  { now, clockIsRight }: { readonly now: ReturnType<Clock>; readonly clockIsRight: boolean },
  request: Append,
): Receipt | AppendError => {
  const refused = refusal(request)
  if (refused) return refused
  if (book.adopting) return takingOver('the log in memory')
  const { stream, commandId, expected } = request
  const known = book.commands.get(stream)?.get(commandId)
  if (known) {
    if (known.fingerprint === request.fingerprint) return receiptOf(known, true)
    const message = `command ${commandId} was used on ${stream} for another command`
    return new CommandMismatch({ stream, commandId, message })
  }
  const head = headOf(book, stream)
  if (book.closed.has(stream)) {
    return new StreamClosed({ stream, version: head.version, message: closedMessage(stream, head) })
  }
  if (!stands(head, expected)) {
    const message = conflictMessage(stream, head, expected)
    return new Conflict({ stream, expected: expected.version, actual: head.version, message })
  }
  const ids = new Set<string>()
  for (const { id } of request.events) {
    if (book.eventIds.has(id) || ids.has(id)) return new Integrity({ message: `event id ${id} is in the log already` })
    ids.add(id)
  }
  const last = book.events.at(-1)?.committedAt
  const fault = clockIsRight ? undefined : clockFault(last, now, request)
  if (fault) return fault
  return receiptOf(record(book, request, last !== undefined && last > now ? last : now), false)
}

const streamsOf = (
  book: MemoryBook,
  page: { readonly prefix: string; readonly after: string; readonly limit: number },
) =>
  [...book.streams.keys()]
    .filter((stream) => stream > page.after && stream.startsWith(page.prefix))
    .sort()
    .slice(0, page.limit)
    .map((stream) => ({ stream, version: headOf(book, stream).version, closed: book.closed.has(stream) }))

const commandsOf = (
  book: MemoryBook,
  { after, limit }: Parameters<EventStoreShape['commands']>[0],
): readonly CommandEntry[] => {
  const entries = [...book.commands.values()].flatMap((commands) =>
    [...commands.values()].map((command): CommandEntry => {
      const { stream, commandId, firstVersion, lastVersion, firstPosition, lastPosition } = receiptOf(command, true)
      const places = { firstVersion, lastVersion, firstPosition, lastPosition }
      return { stream, commandId, fingerprint: command.fingerprint, ...places }
    }),
  )
  entries.sort((a, b) => a.firstPosition - b.firstPosition)
  const start = after
    ? entries.findIndex(({ stream, commandId }) => stream === after.stream && commandId === after.commandId) + 1
    : 0
  return entries.slice(start, start + limit)
}

const pageOf = (book: MemoryBook, page: LogPage, types: ReadonlySet<string> | undefined): readonly StoredEvent[] => {
  const end = Math.min(page.upTo ?? book.events.length, book.events.length)
  if (!types) return book.events.slice(page.after, Math.min(end, page.after + page.limit))
  const found: StoredEvent[] = []
  for (let index = page.after; index < end && found.length < page.limit; index++) {
    const event = book.events[index] as StoredEvent
    if (types.has(event.type)) found.push(event)
  }
  return found
}

const capabilities: StoreCapabilities = {
  durable: false,
  processes: false,
  guards: false,
  wakes: 'at-once',
  batch: 'one-commit',
  adopts: true,
}

/** A log in memory, for tests and trials: it keeps the whole contract but for durability. */
export const memoryEventStore = (options: MemoryEventStoreOptions = {}): Effect.Effect<EventStoreShape> =>
  Effect.sync(() => {
    const book = options.book ?? memoryBook(options)
    const { clock = systemClock, clockIsRight = false } = options
    const read = (page: LogPage) =>
      Effect.sync(() => {
        checkPageLimit(page.limit)
        return pageOf(book, page, page.types && new Set(page.types))
      })
    const appendAll = (requests: readonly Append[]): readonly (Receipt | AppendError)[] => {
      // One commit, and so one time for all of them.
      const at = { now: clock(), clockIsRight }
      const answers = requests.map((request) => appendTo(book, at, request))
      book.grown.ring()
      return answers
    }
    const pageOfStream = (stream: string, page: StreamPage): readonly StoredEvent[] => {
      checkPageLimit(page.limit)
      const start = page.after + 1
      return book.streams.get(stream)?.slice(start, start + page.limit) ?? []
    }
    const head = Effect.sync((): Head => {
      const last = book.events.at(-1)
      return last ? { position: last.position, committedAt: last.committedAt } : { position: 0 }
    })
    const woken = (position: number) => book.grown.rung(() => book.events.length > position)
    return {
      capabilities,
      tenant: book.tenant,
      get origin() {
        return book.origin
      },
      adoption: memoryAdoption(book),
      append: (request) =>
        Effect.suspend(() => {
          const [outcome] = appendAll([request]) as readonly [Receipt | AppendError]
          return '_tag' in outcome ? Effect.fail(outcome) : Effect.succeed(outcome)
        }),
      appendMany: (requests) =>
        Effect.sync(() =>
          appendAll(requests).map((answer) => ('_tag' in answer ? Result.fail(answer) : Result.succeed(answer))),
        ),
      readStream: (stream, page) => Effect.sync(() => pageOfStream(stream, page)),
      readMany: (pages) => Effect.sync(() => pages.map(({ stream, ...page }) => pageOfStream(stream, page))),
      readAll: read,
      readForFold: read,
      head,
      headBeyond: headBeyondBy(head, { woken, everyMs: Number.POSITIVE_INFINITY }),
      findCommand: (stream, commandId) =>
        Effect.sync(() => {
          const known = book.commands.get(stream)?.get(commandId)
          return known && { fingerprint: known.fingerprint, receipt: receiptOf(known, true) }
        }),
      commands: (page) =>
        Effect.sync(() => {
          checkPageLimit(page.limit)
          return commandsOf(book, page)
        }),
      positionAt: (t) => Effect.sync(() => countWhile(book.events, ({ committedAt }) => committedAt <= t)),
      streams: (page) =>
        Effect.sync(() => {
          checkPageLimit(page.limit)
          return streamsOf(book, page)
        }),
      guardFaults: Effect.succeed([]),
      secretCheck: Effect.sync(() => book.secretCheck),
      keepSecretCheck: (value) =>
        Effect.sync(() => {
          book.secretCheck ??= value
          return book.secretCheck
        }),
      health: Effect.map(head, (end) => ({
        reachable: true,
        writable: true,
        head: end,
        detail: 'in memory: gone with the process',
        latencyMs: 0,
      })),
    }
  })

export const memoryEventStoreLayer = (options: MemoryEventStoreOptions = {}): Layer.Layer<EventStore> =>
  Layer.effect(EventStore, memoryEventStore(options))
