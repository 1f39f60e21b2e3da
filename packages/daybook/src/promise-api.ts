import type { Day } from '@daybook/core/kernel'
import type { PolicyVersion } from '@daybook/core/policy'
import * as Effect from 'effect/Effect'
import * as ManagedRuntime from 'effect/ManagedRuntime'
import type { DaybookShape, OpenOptions } from './book/contract.ts'
import { Rejected } from './book/errors.ts'
import { Daybook } from './effect/index.ts'

/** A command that rules or preconditions refuse: an answer, never an exception. Every hit is listed. */
export type Refused = Pick<Rejected, 'hits' | 'earliest' | 'required'> & { readonly ok: false }

type Promised<Method> = Method extends (...given: infer Given) => Effect.Effect<infer Answer, unknown>
  ? (...given: Given) => Promise<Answer>
  : never

type OrRefused<Method> = Method extends (...given: infer Given) => Effect.Effect<infer Answer, unknown>
  ? (...given: Given) => Promise<Answer | Refused>
  : never

type Questions =
  | 'open'
  | 'aging'
  | 'worklist'
  | 'account'
  | 'history'
  | 'explain'
  | 'importFile'
  | 'importPaths'
  | 'find'
  | 'check'
type Commands = 'execute' | 'publishPolicy' | 'release' | 'reject'

/**
 * One practice's book, open: `await using book = await openDaybook(…)`. A rejection by rules is a value; what a store
 * or a malformed command answers rejects the promise with its tagged error, whose `retry` says whether to send again.
 * `open` has only an account to give, so a rejection there is thrown too (`Rejected`).
 */
export type Book = { readonly [Name in Questions]: Promised<DaybookShape[Name]> } & {
  readonly [Name in Commands]: OrRefused<DaybookShape[Name]>
} & {
  readonly url: string
  /** What was wrong with the store's guards when the book was opened, and was put right. Empty as a rule. */
  readonly notices: readonly string[]
  readonly policy: () => Promise<PolicyVersion>
  /** In the practice's zone. */
  readonly today: () => Promise<Day>
  /** The same book; calls through it are given up when the signal fires. What was written by then stays written. */
  readonly until: (signal: AbortSignal) => Book
  /** Writes what waits, then closes the stores. Calling it again does nothing. */
  readonly close: () => Promise<void>
} & AsyncDisposable

const refusalOf = ({ hits, earliest, required }: Rejected): Refused => ({
  ok: false,
  hits,
  required,
  ...(earliest === undefined ? {} : { earliest }),
})

const orRefused = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A | Refused, E> =>
  Effect.catch(
    effect,
    (error): Effect.Effect<Refused, E> =>
      error instanceof Rejected ? Effect.succeed(refusalOf(error)) : Effect.fail(error),
  )

const bookOf = (shape: DaybookShape, close: () => Promise<void>, signal?: AbortSignal): Book => {
  const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> =>
    Effect.runPromise(effect, signal === undefined ? {} : { signal })
  return {
    url: shape.url,
    notices: shape.notices,
    policy: () => run(shape.policy),
    publishPolicy: (...given) => run(orRefused(shape.publishPolicy(...given))),
    today: () => run(shape.today),
    open: (...given) => run(shape.open(...given)),
    execute: (...given) => run(orRefused(shape.execute(...given))),
    aging: (...given) => run(shape.aging(...given)),
    worklist: (...given) => run(shape.worklist(...given)),
    account: (...given) => run(shape.account(...given)),
    history: (...given) => run(shape.history(...given)),
    explain: (...given) => run(shape.explain(...given)),
    importFile: (...given) => run(shape.importFile(...given)),
    importPaths: (...given) => run(shape.importPaths(...given)),
    release: (...given) => run(orRefused(shape.release(...given))),
    reject: (...given) => run(orRefused(shape.reject(...given))),
    find: (...given) => run(shape.find(...given)),
    check: (...given) => run(shape.check(...given)),
    until: (next) => bookOf(shape, close, next),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/**
 * Opens the book at a URL: `sqlite:clinic.db` (made when it does not exist), `memory:`. A new book needs `practice`.
 * @throws UnknownUrl, StoreNotHereYet, PracticeNeeded, KeyFault, or the store's tagged error, as a rejected promise.
 */
export const openDaybook = async (url: string, options: OpenOptions): Promise<Book> => {
  const runtime = ManagedRuntime.make(Daybook.layer(url, options))
  try {
    const shape = await runtime.runPromise(Daybook.use((book) => Effect.succeed(book)))
    return bookOf(shape, () => runtime.dispose())
  } catch (error) {
    await runtime.dispose()
    throw error
  }
}
