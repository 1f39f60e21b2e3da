import * as Context from 'effect/Context'
import type { Effect } from 'effect/Effect'
import type { Result } from 'effect/Result'
import type { Day, Instant } from '../kernel/day.ts'
import type { AppendError, ReadError } from './errors.ts'

/** An event ready to be stored: its bytes, their hashes and its place in the chain. Made by `service/seal.ts`. */
export interface SealedEvent {
  /** UUIDv7, unique in the log. */
  readonly id: string
  readonly type: string
  readonly schemaVersion: number
  readonly effectiveDate: Day
  /** The writer's clock; never before the stream's previous event. */
  readonly recordedAt: Instant
  readonly actor: string
  /** Exact canonical JSON text of the payload, salt inside. Stored and given back byte for byte. */
  readonly data: string
  /** Exact canonical JSON text: cause, rules passed, policy version. */
  readonly meta: string
  /** Leaf hash (hex) of the stream's previous event, `-` for the first. */
  readonly prev: string
  /** This event's leaf hash (hex). */
  readonly leaf: string
}

/** An event as the log has it. */
export interface StoredEvent extends SealedEvent {
  /** Place in the tenant's log: 1, 2, 3 … in commit order, without gaps. 0 is before the first. */
  readonly position: number
  readonly stream: string
  /** Place in its stream, from 0. */
  readonly version: number
  /** The store's clock under the writer's lock: never decreases with position. */
  readonly committedAt: Instant
  readonly commandId: string
}

/** What a fold over the log needs of an event: no times, no cause, no hashes. */
export type FoldedEvent = Pick<
  StoredEvent,
  'position' | 'stream' | 'version' | 'type' | 'schemaVersion' | 'effectiveDate' | 'data'
>

/** A part of the log in position order: position > `after` and ≤ `upTo`, of the named types only where given. */
export interface LogPage {
  readonly after: number
  readonly limit: number
  readonly upTo?: number | undefined
  readonly types?: readonly string[] | undefined
}

/** What a writer has seen of a stream. `version` −1 and `headHash` `-`: it does not exist. */
export interface Token {
  readonly version: number
  readonly headHash: string
}
/** What a writer has seen of a stream that does not exist. */
export const NO_STREAM: Token = { version: -1, headHash: '-' }

/** The events of one command, for one stream. */
export interface Append {
  readonly stream: string
  readonly expected: Token
  readonly commandId: string
  /** SHA-256 of the command as given (law B4). */
  readonly fingerprint: string
  /** At least one. All are stored or none (law B9). */
  readonly events: readonly SealedEvent[]
  /** The last event closes the stream, as its meta says (`closesIn`): no new command is taken afterwards. */
  readonly closes?: true | undefined
}

/** What a command wrote: asked again, the same answer (law B3). */
export interface Receipt {
  readonly stream: string
  readonly commandId: string
  readonly firstVersion: number
  readonly lastVersion: number
  readonly firstPosition: number
  readonly lastPosition: number
  /** Leaf hash of the last event. */
  readonly headHash: string
  readonly committedAt: Instant
  /** True when this command had been stored before and nothing was written now. */
  readonly repeated: boolean
}

/** A command that was stored: what was asked, as its fingerprint, and what was answered. */
export interface CommandRecord {
  readonly fingerprint: string
  readonly receipt: Receipt
}

/** What a store keeps of a command apart from its events, as it stands there. */
export type CommandEntry = Omit<Receipt, 'headHash' | 'committedAt' | 'repeated'> & Pick<CommandRecord, 'fingerprint'>

/** The end of the log. */
export interface Head {
  readonly position: number
  /** Absent when the log is empty. */
  readonly committedAt?: Instant | undefined
}

/** A page of one stream in version order: events with version > `after` (−1: from the first), at most `limit`. */
export interface StreamPage {
  readonly after: number
  readonly limit: number
}

/** A stream, as a listing has it. */
export interface StreamEntry {
  readonly stream: string
  /** Of its last event. */
  readonly version: number
  /** The store's mark that it takes no new command; what its last event says is in that one's meta (`closesIn`). */
  readonly closed: boolean
}

/** What a store can do and what it can not, as it declares it: a caller may rely on it, and the kit asks for it. */
export interface StoreCapabilities {
  /** What an append has answered is there after the process, or the machine, has died. */
  readonly durable: boolean
  /** Several processes may write one log at once. */
  readonly processes: boolean
  /** It keeps guards of its own by which stored events can not be changed, puts them back and tells of it (`guardFaults`). */
  readonly guards: boolean
  /** How `headBeyond` learns of what others have written: it is told, or it looks every so often. */
  readonly wakes: 'at-once' | 'by-polling'
  /** Members of one `appendMany` share a commit, some hundred of them at least, or are written one after the other. */
  readonly batch: 'one-commit' | 'one-by-one'
  /** An empty log of it takes another one over (`adoption`). Not said: it does not. */
  readonly adopts?: boolean | undefined
}

/** How a store stands just now. */
export interface StoreHealth {
  /** It answers questions. */
  readonly reachable: boolean
  /** It would take an append, as far as that can be told without one. */
  readonly writable: boolean
  /** The end of the log as whoever decides on appends has it; absent where it does not answer. */
  readonly head?: Head | undefined
  /** How it stands, in words for a person: no secrets, nobody's data. */
  readonly detail: string
  /** Milliseconds until it answered. */
  readonly latencyMs: number
}

/** A command as a log has it: what was asked, as its fingerprint, and what it wrote, one event after the other. */
export interface RecordedCommand {
  readonly fingerprint: string
  readonly events: readonly StoredEvent[]
}

/** Whole commands of another log, in the order of its positions. */
export interface LogPart {
  /** The other log's. */
  readonly origin: string
  readonly commands: readonly RecordedCommand[]
}

/**
 * How an empty log takes over another one, as it is there: origin, positions, versions, times, bytes, hashes, commands with
 * their fingerprints, streams that are closed, and at last the check value of the secret. Nobody decides or dates anything.
 * From the first part to `finish` the log takes no append (`ReadOnly`); stopped in between it goes on behind its head.
 */
export interface Adoption {
  /** Whether the log is taking another one over and has not come to the end. */
  readonly begun: Effect<boolean, ReadError>
  /**
   * Takes the next part, all of it or none, durably; gives the head. The first one begins at position 1 and names the log.
   * Fails with ReadOnly where the log has events, or a check value, of its own, or is taking over one of another origin;
   * Conflict where the part does not begin behind the head; Integrity where it does not follow: a version, a `prev` or a
   * time that does not go on, an event id that is there already.
   */
  readonly take: (part: LogPart) => Effect<Head, AppendError>
  /** The end: keeps the other log's check value, where it has one. Called again, or of a log that takes over none, nothing. */
  readonly finish: (secretCheck: string | undefined) => Effect<void, AppendError>
}

/**
 * One tenant's log of events. Appends are atomic, ordered and durable when the effect succeeds. A repeated command id
 * on a stream with the same fingerprint is answered with its first receipt, before anything else is looked at; with another
 * fingerprint it is a `CommandMismatch`. Then a closed stream is `StreamClosed`, and only then the expected version counts.
 */
export interface EventStoreShape {
  readonly capabilities: StoreCapabilities
  readonly tenant: string
  /** Random name of this log, given at its creation; part of every leaf hash. */
  readonly origin: string
  readonly append: (request: Append) => Effect<Receipt, AppendError>
  /**
   * Several appends at once, each all or none by itself, taken in the order given: also several of one stream, of which a
   * later one expects what the earlier one leaves. Answers each in its place; what is wrong with one is no other's business.
   */
  readonly appendMany: (requests: readonly Append[]) => Effect<readonly Result<Receipt, AppendError>[]>
  readonly readStream: (stream: string, page: StreamPage) => Effect<readonly StoredEvent[], ReadError>
  /** Pages of several streams in one round trip, in the order asked; what each alone would give. */
  readonly readMany: (
    pages: readonly (StreamPage & { readonly stream: string })[],
  ) => Effect<readonly (readonly StoredEvent[])[], ReadError>
  readonly readAll: (page: LogPage) => Effect<readonly StoredEvent[], ReadError>
  /** The same events as `readAll`, only what a fold needs of them: for views, which read millions. */
  readonly readForFold: (page: LogPage) => Effect<readonly FoldedEvent[], ReadError>
  readonly head: Effect<Head, ReadError>
  /**
   * The head as soon as the log is longer than a position, whoever writes; after so many milliseconds the head as it is.
   * May be interrupted.
   */
  readonly headBeyond: (position: number, withinMs: number) => Effect<Head, ReadError>
  readonly findCommand: (stream: string, commandId: string) => Effect<CommandRecord | undefined, ReadError>
  /**
   * What is on record of all commands, in an order of the store's own, after one of them: for checks. A record is given
   * as it is kept, also where its events are gone; a store that keeps none apart from its events gives what those say.
   */
  readonly commands: (page: {
    readonly after?: Pick<CommandEntry, 'stream' | 'commandId'> | undefined
    readonly limit: number
  }) => Effect<readonly CommandEntry[], ReadError>
  /** The last position with committedAt ≤ t; 0 when there is none (law C3). */
  readonly positionAt: (t: Instant) => Effect<number, ReadError>
  /** Streams whose name begins with a prefix, in name order, after a name; for listing and checks. */
  readonly streams: (page: {
    readonly prefix: string
    readonly after: string
    readonly limit: number
  }) => Effect<readonly StreamEntry[], ReadError>
  /**
   * What is wrong with what guards the log in its store, in words; empty where all stands. What was found and mended when
   * the store was opened stays in it until it is closed: whoever could take a guard away could change what it guards.
   */
  readonly guardFaults: Effect<readonly string[], ReadError>
  /** The check value by which the log knows the book's secret again; undefined while it keeps none. */
  readonly secretCheck: Effect<string | undefined, ReadError>
  /** Keeps a check value for good, durably; where one is kept already, that one stays. Gives the one that is kept. */
  readonly keepSecretCheck: (value: string) => Effect<string, AppendError>
  /** How the store stands, held against the true head of the log. Never fails: what is wrong is the answer. */
  readonly health: Effect<StoreHealth>
  /** How an empty log takes another one over: a book that moves from store to store. Absent where it can not: `adoptionOf`. */
  readonly adoption?: Adoption | undefined
}

/** The log of a tenant, as a service: provided by an adapter. */
export class EventStore extends Context.Service<EventStore, EventStoreShape>()('daybook/EventStore') {}

/**
 * Limits of one append: 1 MiB an event (an institutional claim of 999 lines passes 200 KiB), 1,000 events a command.
 * Importers write their claims in events of some 48 KiB.
 */
export const limits = { eventBytes: 1_048_576, eventsPerAppend: 1_000, streamName: 120, page: 10_000 } as const
