import * as Effect from 'effect/Effect'
import type { Aggregate } from '../kernel/aggregate.ts'
import { reload } from './load.ts'
import { fingerprintOf, parseCommand, parseTyped } from './parse-command.ts'
import type { ContextOf, ExecuteError, Issued, Outcome, Service } from './service.ts'
import { type Drafted, type Settled, settle } from './settle.ts'

/** What is asked of a command besides. */
export interface Asked<E, F> {
  /** The command before its defaults, of which the fingerprint is (law B4); the command itself where absent. */
  readonly given?: unknown
  /** What must stand elsewhere before its events do (`Task.before`). */
  readonly before?: ((events: readonly E[]) => Effect.Effect<void, F>) | undefined
}

/** Commands of one process on one stream take turns. */
const settleInTurn = <S, C extends { readonly type: string }, E extends Drafted, X, F>(
  service: Service,
  aggregate: Aggregate<S, C, E, X>,
  contextOf: ContextOf<X>,
  stream: string,
  command: C,
  issued: Issued,
  { given = command, before }: Asked<E, F>,
): Effect.Effect<Settled<S>, ExecuteError | F> =>
  Effect.flatMap(fingerprintOf(given, service.world.sha256), (fingerprint) => {
    const task = { service, aggregate, contextOf, stream, command, fingerprint, issued, before }
    return service.cache.inTurn(stream, settle(task))
  })

/**
 * Issues a command that this library has made itself, of parts that were validated where they came in: its type stands
 * for the parsing. What it decides is validated all the same, each event when it is sealed. Whatever comes from a caller
 * goes through `execute`.
 */
export const issue = <S, C extends { readonly type: string }, E extends Drafted, X, F = never>(
  service: Service,
  aggregate: Aggregate<S, C, E, X>,
  contextOf: ContextOf<X>,
  stream: string,
  command: C,
  issued: Issued,
  asked: Asked<E, F> = {},
): Effect.Effect<Outcome, ExecuteError | F> =>
  Effect.map(settleInTurn(service, aggregate, contextOf, stream, command, issued, asked), ({ outcome }) => outcome)

/**
 * Issues one command to one stream: validate, load, decide, seal, append; on a conflict load what is new and decide
 * again. A rejection, a no-op or a conflict is answered only after looking the command up, so that a retried command
 * gets its first receipt (design §3.8).
 */
export const execute = <S, C extends { readonly type: string }, E extends Drafted, X>(
  service: Service,
  aggregate: Aggregate<S, C, E, X>,
  contextOf: ContextOf<X>,
  stream: string,
  given: unknown,
  issued: Issued,
): Effect.Effect<Outcome, ExecuteError> =>
  Effect.flatMap(parseTyped(aggregate, given), (command) =>
    issue(service, aggregate, contextOf, stream, command, issued, { given }),
  )

/** An outcome, and the state of the stream after it. */
export interface Executed<S> {
  readonly outcome: Outcome
  readonly state: S
}

/** The same as `execute`, for whoever goes on with what the command has left: it is not loaded again. */
export const executeAndSee = <S, C extends { readonly type: string }, E extends Drafted, X>(
  service: Service,
  aggregate: Aggregate<S, C, E, X>,
  contextOf: ContextOf<X>,
  stream: string,
  given: unknown,
  issued: Issued,
): Effect.Effect<Executed<S>, ExecuteError> =>
  Effect.gen(function* () {
    const command = yield* parseCommand(aggregate, given)
    const asked: Asked<E, never> = { given }
    const { outcome, seen } = yield* settleInTurn(service, aggregate, contextOf, stream, command, issued, asked)
    return { outcome, state: (seen ?? (yield* reload(service, aggregate, stream))).state }
  })
