import * as Effect from 'effect/Effect'
import type { Aggregate } from '../kernel/aggregate.ts'
import type { Day, Instant } from '../kernel/day.ts'
import type { Accepted, Decision, Earliest, RuleHit, RuleRef } from '../kernel/decision.ts'
import type { Sha256 } from '../kernel/leaf.ts'
import type { LocalTimes } from '../kernel/local-time.ts'
import {
  type AppendError,
  CommandMismatch,
  type InvalidCommand,
  type ReadError,
  type UnreadableEvent,
} from '../ports/errors.ts'
import type { EventStoreShape, Receipt } from '../ports/event-store.ts'
import { load } from './load.ts'
import { fingerprintOf, parseCommand } from './parse-command.ts'
import { seal } from './seal.ts'
import type { Loaded, StateCache } from './state-cache.ts'

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
  readonly actor: { readonly id: string; readonly roles: readonly string[] }
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
  | (Receipt & { readonly ok: true; readonly warnings: readonly RuleHit[]; readonly events: readonly string[] })
  /** Accepted, and there was nothing to do. */
  | { readonly ok: true; readonly nothingToDo: true; readonly warnings: readonly RuleHit[] }
  | {
      readonly ok: false
      readonly hits: readonly RuleHit[]
      readonly earliest?: Earliest | undefined
      readonly required: readonly string[]
    }

export type ExecuteError = AppendError | ReadError | InvalidCommand | UnreadableEvent

export interface Service {
  readonly store: EventStoreShape
  readonly world: World
  readonly cache: StateCache
  /** Recorded on the first event of each decision. */
  readonly policyVersion: () => number
  readonly catalogueHash: string
}

/** A conflict is re-decided on what the other writer left; more than this many in a row is given back to the caller. */
const ATTEMPTS = 32

const receiptOf = (receipt: Receipt, warnings: readonly RuleHit[], events: readonly string[]): Outcome => ({
  ...receipt,
  ok: true,
  warnings,
  events,
})

/** The answer where nothing is written: a rejection, or that there was nothing to do. */
const unwritten = <E>(decision: Decision<E>): Outcome =>
  decision.ok
    ? { ok: true, nothingToDo: true, warnings: decision.warnings }
    : {
        ok: false,
        hits: decision.hits,
        required: decision.required,
        ...(decision.earliest ? { earliest: decision.earliest } : {}),
      }

/** Everything that one command is decided and stored by. */
interface Task<S, C extends { readonly type: string }, E extends { readonly type: string }, X> {
  readonly service: Service
  readonly aggregate: Aggregate<S, C, E, X>
  readonly contextOf: ContextOf<X>
  readonly stream: string
  readonly command: C
  readonly fingerprint: string
  readonly issued: Issued
}

/** The first receipt of a command that was stored before (law B3), or nothing. */
const findReceipt = (service: Service, stream: string, commandId: string, fingerprint: string) =>
  Effect.flatMap(service.store.findCommand(stream, commandId), (record) => {
    if (!record) return Effect.succeed(undefined)
    if (record.fingerprint === fingerprint)
      return Effect.succeed(receiptOf({ ...record.receipt, repeated: true }, [], []))
    const message = `command id ${commandId} was used before for another command: use a new id`
    return Effect.fail(new CommandMismatch({ stream, commandId, message }))
  })

/** Seals what was decided, to stand behind the events that were seen. */
const sealed = <
  S,
  C extends { readonly type: string },
  E extends { readonly type: string; readonly effectiveDate: Day },
  X,
>(
  { service, aggregate, stream, issued }: Task<S, C, E, X>,
  decision: Accepted<E>,
  seen: Loaded<S>,
  now: Instant,
) => {
  const { world, store } = service
  const meta = { commandId: issued.commandId, ...(issued.cause ? { cause: issued.cause } : {}) }
  const first = { ...meta, ...decided(service, decision.allowedBy, decision.inputs) }
  return seal(
    aggregate.codec,
    decision.events,
    decision.events.map((_, index) => ({ id: world.uuid(), salt: world.salt(), meta: index === 0 ? first : meta })),
    { stream, token: seen.token, origin: store.origin, recordedAt: now, actor: issued.actor.id, sha256: world.sha256 },
  )
}

/**
 * Decides on what the cache has of the stream, without reading it: an append says whether that was all of it. What is
 * not appended, a rejection or nothing to do, is answered only after reading on and deciding again, and after looking
 * the command up.
 */
const settle = <
  S,
  C extends { readonly type: string },
  E extends { readonly type: string; readonly effectiveDate: Day },
  X,
>(
  task: Task<S, C, E, X>,
): Effect.Effect<Outcome, ExecuteError> =>
  Effect.gen(function* () {
    const { service, aggregate, stream, command, fingerprint, issued } = task
    const cached = service.cache.get(stream) as Loaded<S> | undefined
    let seen = cached ?? (yield* load(service, aggregate, stream))
    let upToDate = cached === undefined
    for (let attempt = 1; ; ) {
      const clock = service.world.now()
      // The writer's clock never goes before the stream's previous event (two-clocks).
      const now = seen.recordedAt !== undefined && seen.recordedAt > clock ? seen.recordedAt : clock
      const context = task.contextOf({
        commandId: issued.commandId,
        stream,
        now,
        today: service.world.dayOf(now),
        actor: issued.actor,
      })
      const decision = aggregate.decide(seen.state, command, context)
      if (!decision.ok || decision.events.length === 0) {
        if (!upToDate) {
          const { version } = seen.token
          seen = yield* load(service, aggregate, stream)
          upToDate = true
          if (seen.token.version > version) continue
        }
        const first = yield* findReceipt(service, stream, issued.commandId, fingerprint)
        return first ?? unwritten(decision)
      }
      const events = sealed(task, decision, seen, now)
      const appended = yield* Effect.result(
        service.store.append({ stream, expected: seen.token, commandId: issued.commandId, fingerprint, events }),
      )
      if (appended._tag === 'Success') {
        const receipt = appended.success
        if (receipt.repeated) return receiptOf(receipt, decision.warnings, [])
        service.cache.set(stream, {
          state: decision.after ?? aggregate.fold(seen.state, decision.events),
          token: { version: receipt.lastVersion, headHash: receipt.headHash },
          recordedAt: now,
        })
        return receiptOf(
          receipt,
          decision.warnings,
          decision.events.map((event) => event.type),
        )
      }
      if (appended.failure._tag !== 'Conflict' || attempt >= ATTEMPTS) return yield* appended.failure
      attempt += 1
      seen = yield* load(service, aggregate, stream)
      upToDate = true
    }
  })

/**
 * Issues a command that this library has made itself, of parts that were validated where they came in: its type stands
 * for the parsing. What it decides is validated all the same, each event when it is sealed. Whatever comes from a caller
 * goes through `execute`; `given` is then the command before its defaults, of which the fingerprint is (law B4).
 */
export const issue = <
  S,
  C extends { readonly type: string },
  E extends { readonly type: string; readonly effectiveDate: Day },
  X,
>(
  service: Service,
  aggregate: Aggregate<S, C, E, X>,
  contextOf: ContextOf<X>,
  stream: string,
  command: C,
  issued: Issued,
  given: unknown = command,
): Effect.Effect<Outcome, ExecuteError> =>
  Effect.flatMap(fingerprintOf(given, service.world.sha256), (fingerprint) => {
    const task = { service, aggregate, contextOf, stream, command, fingerprint, issued }
    return service.cache.inTurn(stream, settle(task))
  })

/**
 * Issues one command to one stream: validate, load, decide, seal, append; on a conflict load what is new and decide
 * again. A rejection, a no-op or a conflict is answered only after looking the command up, so that a retried command
 * gets its first receipt (design §3.8). Commands of one process on one stream take turns.
 */
export const execute = <
  S,
  C extends { readonly type: string },
  E extends { readonly type: string; readonly effectiveDate: Day },
  X,
>(
  service: Service,
  aggregate: Aggregate<S, C, E, X>,
  contextOf: ContextOf<X>,
  stream: string,
  given: unknown,
  issued: Issued,
): Effect.Effect<Outcome, ExecuteError> =>
  Effect.flatMap(parseCommand(aggregate, given), (command) =>
    issue(service, aggregate, contextOf, stream, command, issued, given),
  )

/** What a decision passed, recorded once, on its first event (design §3.11). */
const decided = (
  service: Service,
  allowedBy: readonly RuleRef[],
  inputs: Readonly<Record<string, string>> | undefined,
) => ({
  policyVersion: service.policyVersion(),
  catalogue: service.catalogueHash,
  ...(allowedBy.length > 0 ? { rules: allowedBy.map((rule) => ({ id: rule.id, version: rule.version })) } : {}),
  ...(inputs ? { inputs } : {}),
})
