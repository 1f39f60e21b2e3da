import type { OnBehalf } from '../account/context.ts'
import type { Day, Instant } from '../kernel/day.ts'
import type { Earliest, RuleHit } from '../kernel/decision.ts'
import type { Sha256 } from '../kernel/leaf.ts'
import type { LocalTimes } from '../kernel/local-time.ts'
import type { AppendError, InvalidCommand, ReadError, UnreadableEvent } from '../ports/errors.ts'
import type { EventStoreShape, Receipt } from '../ports/event-store.ts'
import type { StateCache } from './state-cache.ts'

/** What the pure core can not make: ids, random bytes, the time. Handed in by the front door. */
export interface World {
  readonly sha256: Sha256
  /** A keyed hash with the book's secret: comparable, not guessable. */
  readonly keyedHash: (kind: string, value: string) => string
  /** UUIDv7. */
  readonly uuid: () => string
  /** 16 random bytes as 32 hex digits. */
  readonly salt: () => string
  readonly now: () => Instant
  /** What it is at an instant in any zone, and when a zone's clocks show a time. */
  readonly localTime: LocalTimes
  /** Civil day of an instant in the practice's zone. */
  readonly dayOf: (instant: Instant) => Day
}

/** What stands behind a command besides its text. */
export interface Issued {
  /** Names the command for good: sent again, it gets its first receipt (law B3). */
  readonly commandId: string
  readonly actor: {
    readonly id: string
    readonly roles: readonly string[]
    /** Whose work it is, where that is another's. */
    readonly onBehalfOf?: OnBehalf | undefined
  }
  /** Recorded with each event: the remittance or the file that caused it. */
  readonly cause?: Readonly<Record<string, string>> | undefined
}

/** Each decision gets its context from here; only what the aggregate asks for. */
export type ContextOf<Context> = (at: {
  readonly commandId: string
  readonly stream: string
  readonly now: Instant
  readonly today: Day
  readonly actor: Issued['actor']
}) => Context

export type Outcome =
  | (Receipt & {
      readonly ok: true
      readonly warnings: readonly RuleHit[]
      /** Types of the events. Of a repeated command none: `firstReceipt` reads them again. */
      readonly events: readonly string[]
      /** Ids of what the command has made, by kind. */
      readonly ids: Readonly<Record<string, string | undefined>>
    })
  /** Accepted, and there was nothing to do. */
  | { readonly ok: true; readonly nothingToDo: true; readonly warnings: readonly RuleHit[] }
  | {
      readonly ok: false
      readonly hits: readonly RuleHit[]
      readonly earliest?: Earliest | undefined
      readonly required: readonly string[]
    }

export type ExecuteError = AppendError | ReadError | InvalidCommand | UnreadableEvent

/** What a batch of commands has read ahead. The cache has the streams; what the batch itself writes is there too. */
export interface Glance {
  /** Streams that were read since the batch began, and that no append has told to be longer. */
  readonly seen: Set<string>
  /** Streams of references by kind and value: each is hashed once. */
  readonly names: Map<string, string>
}

export interface Service {
  readonly store: EventStoreShape
  readonly world: World
  readonly cache: StateCache
  /** Of a batch alone: without it each load asks the store (decision 0030). */
  readonly glance?: Glance | undefined
  /** Recorded on the first event of each decision. */
  readonly policyVersion: () => number
  readonly catalogueHash: string
}
