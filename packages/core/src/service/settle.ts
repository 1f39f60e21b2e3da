import * as Effect from 'effect/Effect'
import type { Aggregate } from '../kernel/aggregate.ts'
import type { Day, Instant } from '../kernel/day.ts'
import { type Accepted, type Decision, type RuleHit, rejectIfAny } from '../kernel/decision.ts'
import { CommandMismatch } from '../ports/errors.ts'
import type { Receipt } from '../ports/event-store.ts'
import { reload } from './load.ts'
import { cacheHits, cacheMisses, count, retries } from './observed.ts'
import { seal } from './seal.ts'
import type { ContextOf, ExecuteError, Issued, Outcome, Service } from './service.ts'
import type { Loaded } from './state-cache.ts'

/** A conflict is re-decided on what the other writer left; more than this many in a row is given back to the caller. */
const ATTEMPTS = 32

/** An event as a decision drafts it. */
export interface Drafted {
  readonly type: string
  readonly effectiveDate: Day
}

/** Everything that one command is decided and stored by. */
export interface Task<S, C extends { readonly type: string }, E extends Drafted, X, F> {
  readonly service: Service
  readonly aggregate: Aggregate<S, C, E, X>
  readonly contextOf: ContextOf<X>
  readonly stream: string
  readonly command: C
  readonly fingerprint: string
  readonly issued: Issued
  /**
   * What must stand elsewhere before these events do: run once, when the command is first accepted with events. Where it
   * fails nothing is appended.
   */
  readonly before?: ((events: readonly E[]) => Effect.Effect<void, F>) | undefined
}

/** What became of a command. */
export interface Settled<S> {
  readonly outcome: Outcome
  /** The stream up to what the outcome tells; absent where the stream was longer than what was seen of it. */
  readonly seen?: Loaded<S>
}

const receiptOf = <E extends { readonly type: string }>(
  { madeBy }: Pick<Aggregate<never, never, E, never>, 'madeBy'>,
  receipt: Receipt,
  { warnings, events }: { readonly warnings: readonly RuleHit[]; readonly events: readonly E[] },
): Outcome => ({
  ...receipt,
  ok: true,
  warnings,
  events: events.map(({ type }) => type),
  ids: madeBy?.(events) ?? {},
})

/** A receipt whose events are in the book and not at hand. */
const repeatedOf = (receipt: Receipt): Outcome => receiptOf({}, receipt, { warnings: [], events: [] })

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

/** The first receipt of a command that was stored before (law B3), or nothing. */
const findReceipt = (service: Service, stream: string, commandId: string, fingerprint: string) =>
  Effect.flatMap(service.store.findCommand(stream, commandId), (record) => {
    if (!record) return Effect.succeed(undefined)
    if (record.fingerprint === fingerprint) return Effect.succeed(repeatedOf({ ...record.receipt, repeated: true }))
    const message = `command id ${commandId} was used before for another command: use a new id`
    return Effect.fail(new CommandMismatch({ stream, commandId, message }))
  })

/** What a decision passed, recorded once, on its first event (design §3.11). */
const decided = (
  service: Service,
  { allowedBy, inputs, warnings }: Pick<Accepted<unknown>, 'allowedBy' | 'inputs' | 'warnings'>,
) => ({
  policyVersion: service.policyVersion(),
  catalogue: service.catalogueHash,
  ...(allowedBy.length > 0 ? { rules: allowedBy.map((rule) => ({ id: rule.id, version: rule.version })) } : {}),
  ...(inputs ? { inputs } : {}),
  ...(warnings.length > 0 ? { warnings } : {}),
})

/** For whom the actor acts, and by which delegation: beside each event, as the actor is. */
const actedFor = ({ onBehalfOf }: Issued['actor']) =>
  onBehalfOf
    ? { onBehalfOf: onBehalfOf.id, ...(onBehalfOf.delegation ? { delegation: onBehalfOf.delegation } : {}) }
    : {}

/** Seals what was decided, to stand behind the events that were seen. */
const sealed = <S, C extends { readonly type: string }, E extends Drafted, X, F>(
  { service, aggregate, stream, issued }: Task<S, C, E, X, F>,
  decision: Accepted<E>,
  seen: Loaded<S>,
  now: Instant,
) => {
  const { world, store } = service
  const { commandId, cause, actor } = issued
  const meta = { commandId, ...(cause ? { cause } : {}), ...actedFor(actor) }
  const first = { ...meta, ...decided(service, decision) }
  return seal(
    aggregate.codec,
    decision.events,
    decision.events.map((_, index) => ({ id: world.uuid(), salt: world.salt(), meta: index === 0 ? first : meta })),
    {
      stream,
      token: seen.token,
      origin: store.origin,
      recordedAt: now,
      actor: issued.actor.id,
      sha256: world.sha256,
      closes: aggregate.closes?.(decision.events),
    },
  )
}

/**
 * Decides on what the cache has of the stream, without reading it: an append says whether that was all of it. What is
 * not appended, a rejection or nothing to do, is answered only after reading on and deciding again, and after looking
 * the command up.
 */
export const settle = <S, C extends { readonly type: string }, E extends Drafted, X, F>(
  task: Task<S, C, E, X, F>,
): Effect.Effect<Settled<S>, ExecuteError | F> =>
  Effect.gen(function* () {
    const { service, aggregate, stream, command, fingerprint, issued } = task
    const cached = service.cache.get(stream) as Loaded<S> | undefined
    yield* count(cached ? cacheHits : cacheMisses)
    let seen = cached ?? (yield* reload(service, aggregate, stream))
    let upToDate = cached === undefined
    let { before } = task
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
      // Who may not act for another is refused whatever they ask; what they did while they might keeps its receipt.
      const decision =
        rejectIfAny(issued.actor.onBehalfOf?.hits ?? []) ?? aggregate.decide(seen.state, command, context)
      if (!decision.ok || decision.events.length === 0) {
        if (!upToDate) {
          const { version } = seen.token
          seen = yield* reload(service, aggregate, stream)
          upToDate = true
          if (seen.token.version > version) continue
        }
        const first = yield* findReceipt(service, stream, issued.commandId, fingerprint)
        return { outcome: first ?? unwritten(decision), seen }
      }
      if (before) yield* before(decision.events)
      before = undefined
      const events = sealed(task, decision, seen, now)
      const closes = aggregate.closes?.(decision.events) ? { closes: true as const } : {}
      const appended = yield* Effect.result(
        service.store.append({
          stream,
          expected: seen.token,
          commandId: issued.commandId,
          fingerprint,
          events,
          ...closes,
        }),
      )
      if (appended._tag === 'Success') {
        const receipt = appended.success
        if (receipt.repeated) {
          // The stream is longer than what was seen of it: whoever comes next in this batch goes by what is there.
          yield* reload(service, aggregate, stream)
          return { outcome: repeatedOf(receipt) }
        }
        const after = {
          state: decision.after ?? aggregate.fold(seen.state, decision.events),
          token: { version: receipt.lastVersion, headHash: receipt.headHash },
          recordedAt: now,
        }
        service.cache.set(stream, after)
        return { outcome: receiptOf(aggregate, receipt, decision), seen: after }
      }
      // Decided on what it was before it was closed, it is decided again on what it is now: that says why not.
      const isLate = appended.failure._tag === 'StreamClosed' && !upToDate
      if (!(isLate || appended.failure._tag === 'Conflict') || attempt >= ATTEMPTS) return yield* appended.failure
      attempt += 1
      yield* count(retries)
      seen = yield* reload(service, aggregate, stream)
      upToDate = true
    }
  })
