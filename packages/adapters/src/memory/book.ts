import type { Append, Receipt, StoredEvent, Token } from '@daybook/core/ports'
import { closesIn, NO_STREAM } from '@daybook/core/ports'
import { type Bell, bell } from '../head-beyond.ts'
import { newOrigin } from '../store-contract.ts'

/** What a command wrote, by its first and last event. */
export interface MemoryCommand {
  readonly fingerprint: string
  readonly first: StoredEvent
  readonly last: StoredEvent
}

/** What a log holds. Several stores may stand over one book, as several processes stand over one database. */
export interface MemoryBook {
  readonly tenant: string
  /** Of an empty log that takes another one over it changes. */
  origin: string
  /** Whether it is taking another log over. */
  adopting: boolean
  /** By position − 1. */
  readonly events: StoredEvent[]
  /** By stream, by version. */
  readonly streams: Map<string, StoredEvent[]>
  /** By stream, by command id. */
  readonly commands: Map<string, Map<string, MemoryCommand>>
  readonly eventIds: Set<string>
  /** Streams that take no new command. */
  readonly closed: Set<string>
  /** Rung when the log has grown. */
  readonly grown: Bell
  /** By which the log knows the book's secret again; undefined while it keeps none. */
  secretCheck: string | undefined
}

export const memoryBook = (options: { readonly tenant?: string; readonly origin?: string } = {}): MemoryBook => ({
  tenant: options.tenant ?? 'main',
  origin: options.origin ?? newOrigin(),
  adopting: false,
  events: [],
  streams: new Map(),
  commands: new Map(),
  eventIds: new Set(),
  closed: new Set(),
  grown: bell(),
  secretCheck: undefined,
})

export const headOf = (book: MemoryBook, stream: string): Token => {
  const last = book.streams.get(stream)?.at(-1)
  return last ? { version: last.version, headHash: last.leaf } : NO_STREAM
}

export const receiptOf = ({ first, last }: MemoryCommand, repeated: boolean): Receipt => ({
  stream: last.stream,
  commandId: last.commandId,
  firstVersion: first.version,
  lastVersion: last.version,
  firstPosition: first.position,
  lastPosition: last.position,
  headHash: last.leaf,
  committedAt: last.committedAt,
  repeated,
})

/** Writes a checked append. Nothing in here can fail half-way: all of it is stored or none (law B9). */
export const record = (book: MemoryBook, request: Append, committedAt: StoredEvent['committedAt']): MemoryCommand => {
  const { stream, commandId, fingerprint } = request
  const events = request.events.map(
    (event, index): StoredEvent => ({
      position: book.events.length + 1 + index,
      stream,
      version: request.expected.version + 1 + index,
      id: event.id,
      type: event.type,
      schemaVersion: event.schemaVersion,
      effectiveDate: event.effectiveDate,
      recordedAt: event.recordedAt,
      committedAt,
      actor: event.actor,
      commandId,
      prev: event.prev,
      leaf: event.leaf,
      data: event.data,
      meta: event.meta,
    }),
  )
  return keep(book, events, fingerprint)
}

/** Puts the events of one command at the end of a log. */
export const keep = (book: MemoryBook, events: readonly StoredEvent[], fingerprint: string): MemoryCommand => {
  const { stream, commandId } = events[0] as StoredEvent
  const written = book.streams.get(stream) ?? []
  for (const event of events) {
    book.events.push(event)
    written.push(event)
    book.eventIds.add(event.id)
  }
  book.streams.set(stream, written)
  const last = events.at(-1) as StoredEvent
  if (closesIn(last.meta)) book.closed.add(stream)
  const command = { fingerprint, first: events[0] as StoredEvent, last }
  const commands = book.commands.get(stream) ?? new Map<string, MemoryCommand>()
  commands.set(commandId, command)
  book.commands.set(stream, commands)
  return command
}
