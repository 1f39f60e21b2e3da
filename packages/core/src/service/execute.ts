import * as Effect from 'effect/Effect'
import type { Aggregate } from '../kernel/aggregate.ts'
import { canonicalJson } from '../kernel/canonical.ts'
import type { Day, Instant } from '../kernel/day.ts'
import type { RuleHit, RuleRef } from '../kernel/decision.ts'
import { isUnreadable } from '../kernel/event.ts'
import type { Sha256 } from '../kernel/leaf.ts'
import { type AppendError, CommandMismatch, InvalidCommand, type ReadError, UnreadableEvent } from '../ports/errors.ts'
import { type EventStoreShape, NO_STREAM, type Receipt, type StoredEvent, type Token } from '../ports/event-store.ts'
import { seal } from './seal.ts'

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
      readonly earliest?: Day | undefined
      readonly required: readonly string[]
    }

export type ExecuteError = AppendError | ReadError | InvalidCommand | UnreadableEvent

export interface Loaded<S> {
  readonly state: S
  readonly token: Token
  readonly recordedAt?: Instant | undefined
}

/** Folded states by stream, so that a command on a long account reads only what is new. Bounded, oldest out first. */
export class StateCache {
  readonly #entries = new Map<string, Loaded<unknown>>()
  readonly #size: number
  constructor(size = 10_000) {
    this.#size = size
  }
  get(stream: string): Loaded<unknown> | undefined {
    const entry = this.#entries.get(stream)
    if (entry) {
      this.#entries.delete(stream)
      this.#entries.set(stream, entry)
    }
    return entry
  }
  set(stream: string, entry: Loaded<unknown>): void {
    this.#entries.delete(stream)
    this.#entries.set(stream, entry)
    if (this.#entries.size > this.#size) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest)
        break
      }
    }
  }
}

export interface Service {
  readonly store: EventStoreShape
  readonly world: World
  readonly cache: StateCache
  /** Recorded on the first event of each decision. */
  readonly policyVersion: () => number
  readonly catalogueHash: string
}

const PAGE = 1_000
/** A conflict is re-decided on what the other writer left; more than this many in a row is given back to the caller. */
const ATTEMPTS = 8

const decodeAll = <E extends { readonly type: string }>(
  aggregate: Pick<Aggregate<never, never, E, never>, 'codec'>,
  stored: readonly StoredEvent[],
): Effect.Effect<readonly E[], UnreadableEvent> => {
  const events: E[] = []
  for (const row of stored) {
    const decoded = aggregate.codec.decode(row)
    if (isUnreadable(decoded)) {
      return Effect.fail(
        new UnreadableEvent({
          stream: row.stream,
          version: row.version,
          type: row.type,
          message: `${row.stream}#${row.version} (${row.type}) can not be read: ${decoded.reason}. A newer Daybook may have written it.`,
        }),
      )
    }
    events.push(decoded)
  }
  return Effect.succeed(events)
}

/** Loads a stream from the cache and what came since. */
export const load = <S, C extends { readonly type: string }, E extends { readonly type: string }, X>(
  service: Pick<Service, 'store' | 'cache'>,
  aggregate: Aggregate<S, C, E, X>,
  stream: string,
): Effect.Effect<Loaded<S>, ReadError | UnreadableEvent> =>
  Effect.gen(function* () {
    let loaded = (service.cache.get(stream) as Loaded<S> | undefined) ?? { state: aggregate.initial, token: NO_STREAM }
    for (;;) {
      const page = yield* service.store.readStream(stream, { after: loaded.token.version, limit: PAGE })
      const last = page.at(-1)
      if (!last) break
      const events = yield* decodeAll(aggregate, page)
      loaded = {
        state: aggregate.fold(loaded.state, events),
        token: { version: last.version, headHash: last.leaf },
        recordedAt: last.recordedAt,
      }
      if (page.length < PAGE) break
    }
    if (loaded.token.version >= 0) service.cache.set(stream, loaded)
    return loaded
  })

const issuesOf = (error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }) =>
  error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }))

/** `constructor`, `prototype` and `__proto__` are no keys of a command, at any depth (notes/trust §6). */
const forbiddenKey = (value: unknown, path: string, depth = 0): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > 64) return path
  for (const key of Object.keys(value)) {
    const at = path === '' ? key : `${path}.${key}`
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') return at
    const below = forbiddenKey((value as Record<string, unknown>)[key], at, depth + 1)
    if (below) return below
  }
  return undefined
}

const invalid = (message: string, issues: InvalidCommand['issues']) => new InvalidCommand({ message, issues })

/** Validates a command as given; every fault with the path to its field. */
export const parseCommand = <C extends { readonly type: string }>(
  aggregate: Pick<Aggregate<never, C, never, never>, 'commandSchema'>,
  given: unknown,
): Effect.Effect<C, InvalidCommand> => {
  const forbidden = forbiddenKey(given, '')
  if (forbidden !== undefined) {
    return Effect.fail(invalid(`the key ${forbidden} is not allowed`, [{ path: forbidden, message: 'not allowed' }]))
  }
  const parsed = aggregate.commandSchema.safeParse(given)
  if (parsed.success) return Effect.succeed(parsed.data)
  const issues = issuesOf(parsed.error)
  const words = issues.map((issue) => `${issue.path || '(command)'}: ${issue.message}`).join('; ')
  return Effect.fail(invalid(`not a valid command: ${words}`, issues))
}

const receiptOf = (receipt: Receipt, warnings: readonly RuleHit[], events: readonly string[]): Outcome => ({
  ...receipt,
  ok: true,
  warnings,
  events,
})

/**
 * Issues one command to one stream: load, decide, seal, append; on a conflict load what is new and decide again. A
 * rejection, a no-op or a conflict is answered only after looking the command up, so that a retried command gets its
 * first receipt (design §3.8).
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
  Effect.gen(function* () {
    const command = yield* parseCommand(aggregate, given)
    const fingerprint = service.world.sha256(canonicalJson(given))
    const repeated = function* () {
      const record = yield* service.store.findCommand(stream, issued.commandId)
      if (!record) return undefined
      if (record.fingerprint !== fingerprint) {
        return yield* new CommandMismatch({
          stream,
          commandId: issued.commandId,
          message: `command id ${issued.commandId} was used before for another command: use a new id`,
        })
      }
      return receiptOf({ ...record.receipt, repeated: true }, [], [])
    }
    for (let attempt = 1; ; attempt++) {
      const loaded = yield* load(service, aggregate, stream)
      const clock = service.world.now()
      // The writer's clock never goes before the stream's previous event (two-clocks).
      const now = loaded.recordedAt !== undefined && loaded.recordedAt > clock ? loaded.recordedAt : clock
      const context = contextOf({
        commandId: issued.commandId,
        stream,
        now,
        today: service.world.dayOf(now),
        actor: issued.actor,
      })
      const decision = aggregate.decide(loaded.state, command, context)
      if (!decision.ok) {
        return (
          (yield* repeated()) ?? {
            ok: false,
            hits: decision.hits,
            required: decision.required,
            ...(decision.earliest ? { earliest: decision.earliest } : {}),
          }
        )
      }
      if (decision.events.length === 0) {
        return (yield* repeated()) ?? { ok: true, nothingToDo: true, warnings: decision.warnings }
      }
      const events = decision.events
      const sealed = seal(
        aggregate.codec,
        events,
        events.map((_, index) => ({
          id: service.world.uuid(),
          salt: service.world.salt(),
          meta: {
            commandId: issued.commandId,
            ...(issued.cause ? { cause: issued.cause } : {}),
            ...(index === 0 ? decided(service, decision.allowedBy, decision.inputs) : {}),
          },
        })),
        {
          stream,
          token: loaded.token,
          origin: service.store.origin,
          recordedAt: now,
          actor: issued.actor.id,
          sha256: service.world.sha256,
        },
      )
      const appended = yield* Effect.result(
        service.store.append({
          stream,
          expected: loaded.token,
          commandId: issued.commandId,
          fingerprint,
          events: sealed,
        }),
      )
      if (appended._tag === 'Success') {
        const receipt = appended.success
        if (!receipt.repeated) {
          service.cache.set(stream, {
            state: aggregate.fold(loaded.state, events),
            token: { version: receipt.lastVersion, headHash: receipt.headHash },
            recordedAt: now,
          })
        }
        return receiptOf(receipt, decision.warnings, receipt.repeated ? [] : events.map((event) => event.type))
      }
      if (appended.failure._tag !== 'Conflict' || attempt >= ATTEMPTS) return yield* appended.failure
    }
  })

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
