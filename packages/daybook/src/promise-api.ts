import type { AccountId } from '@daybook/core/kernel'
import * as Cause from 'effect/Cause'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as ManagedRuntime from 'effect/ManagedRuntime'
import type { BookHealth, MoveReport, Refused } from './book/answers.ts'
import type { Book } from './book/book.ts'
import { Aborted, BookClosed, invalidQuery, Rejected } from './book/errors.ts'
import type { ImportLogOptions } from './book/moving-requests.ts'
import type { OpenOptions } from './book/requests.ts'
import type { DaybookShape } from './book/shape.ts'
import { Daybook } from './effect/index.ts'
import { eventsBy, type ReadPage, subscribeBy } from './events/iterate.ts'
import { fairScheduler } from './fair-scheduler.ts'
import { importLogInto } from './move/import-log.ts'

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

/** A refused opening names its account, as an accepted one does. */
const orRefusedOpening: <A, E>(
  effect: Effect.Effect<A, E>,
) => Effect.Effect<A | (Refused & { readonly account: AccountId }), E> = (effect) =>
  Effect.catch(effect, (error) =>
    error instanceof Rejected && error.account !== undefined
      ? Effect.succeed({ ...refusalOf(error), account: error.account })
      : Effect.fail(error),
  )

const aborted = ({ reason }: AbortSignal): Aborted =>
  new Aborted({ message: 'given up: its signal fired; what was written by then stays written', cause: reason })

/** Types do not reach every caller: what is no signal would never fire, or fail further in. */
const isSignal = (given: unknown): given is AbortSignal =>
  typeof given === 'object' &&
  given !== null &&
  'aborted' in given &&
  typeof given.aborted === 'boolean' &&
  'addEventListener' in given &&
  typeof given.addEventListener === 'function'

/** An open book as its calls see it: which of them run, and whether it takes more. */
class Lifetime {
  readonly #running = new Set<Promise<unknown>>()
  readonly #closing = new AbortController()
  readonly #scheduler = fairScheduler()
  #end: Promise<void> | undefined
  readonly #url: string
  readonly #dispose: () => Promise<void>
  constructor(url: string, dispose: () => Promise<void>) {
    this.#url = url
    this.#dispose = dispose
  }

  async run<A, E>(effect: Effect.Effect<A, E>, signal: AbortSignal | undefined): Promise<A> {
    if (this.#end) throw new BookClosed({ url: this.#url, message: this.closedText })
    if (signal?.aborted) throw aborted(signal)
    const running = Effect.runPromiseExit(effect, {
      scheduler: this.#scheduler,
      ...(signal === undefined ? {} : { signal }),
    })
    this.#running.add(running)
    const exit = await running.finally(() => this.#running.delete(running))
    if (Exit.isSuccess(exit)) return exit.value
    if (signal?.aborted && Cause.hasInterruptsOnly(exit.cause)) throw aborted(signal)
    throw Cause.squash(exit.cause)
  }

  get isClosed(): boolean {
    return this.#end !== undefined
  }

  get closedText(): string {
    return `the book ${this.#url} is closed: open it again`
  }

  /** Fires when the book begins to close. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  readonly close = (): Promise<void> => {
    this.#closing.abort()
    this.#end ??= Promise.allSettled(this.#running).then(this.#dispose)
    return this.#end
  }
}

/** How a book stands that was closed: `health` never fails, so that a probe of a service that goes down is answered. */
const closedHealth = (detail: string): BookHealth => ({
  well: false,
  store: { reachable: false, writable: false, detail, latencyMs: 0 },
  views: [],
})

const bookOf = (shape: DaybookShape, lifetime: Lifetime, signal?: AbortSignal): Book => {
  const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> => lifetime.run(effect, signal)
  const pageOf: ReadPage = (...given) => run(shape.eventPage(...given))
  return {
    url: shape.url,
    notices: shape.notices,
    policy: () => run(shape.policy),
    publishPolicy: (...given) => run(orRefused(shape.publishPolicy(...given))),
    today: () => run(shape.today),
    open: (...given) => run(orRefusedOpening(shape.open(...given))),
    execute: (...given) => run(orRefused(shape.execute(...given))),
    openPerson: (...given) => run(orRefused(shape.openPerson(...given))),
    executeOnPerson: (...given) => run(orRefused(shape.executeOnPerson(...given))),
    may: (...given) => run(shape.may(...given)),
    person: (...given) => run(shape.person(...given)),
    statement: (...given) => run(shape.statement(...given)),
    statementFile: (...given) => run(shape.statementFile(...given)),
    aging: (...given) => run(shape.aging(...given)),
    controlAccounts: (...given) => run(shape.controlAccounts(...given)),
    cash: (...given) => run(shape.cash(...given)),
    worklist: (...given) => run(shape.worklist(...given)),
    account: (...given) => run(shape.account(...given)),
    history: (...given) => run(shape.history(...given)),
    explain: (...given) => run(shape.explain(...given)),
    find: (...given) => run(shape.find(...given)),
    disclosures: (...given) => run(shape.disclosures(...given)),
    accesses: (...given) => run(shape.accesses(...given)),
    limited: {
      account: (...given) => run(shape.limited.account(...given)),
      history: (...given) => run(shape.limited.history(...given)),
      explain: (...given) => run(shape.limited.explain(...given)),
      worklist: (...given) => run(shape.limited.worklist(...given)),
      accounts: (...given) => run(shape.limited.accounts(...given)),
      payments: (...given) => run(shape.limited.payments(...given)),
      plans: (...given) => run(shape.limited.plans(...given)),
      remittances: (...given) => run(shape.limited.remittances(...given)),
      may: (...given) => run(shape.limited.may(...given)),
      person: (...given) => run(shape.limited.person(...given)),
      statement: (...given) => run(shape.limited.statement(...given)),
    },
    accounts: (...given) => run(shape.accounts(...given)),
    payments: (...given) => run(shape.payments(...given)),
    plans: (...given) => run(shape.plans(...given)),
    remittances: (...given) => run(shape.remittances(...given)),
    importFile: (...given) => run(shape.importFile(...given)),
    importContent: (...given) => run(shape.importContent(...given)),
    importPaths: (...given) => run(shape.importPaths(...given)),
    release: (...given) => run(orRefused(shape.release(...given))),
    reject: (...given) => run(orRefused(shape.reject(...given))),
    dismiss: (...given) => run(orRefused(shape.dismiss(...given))),
    refund: (...given) => run(orRefused(shape.refund(...given))),
    deposit: (...given) => run(orRefused(shape.deposit(...given))),
    events: (request = {}) => eventsBy(pageOf, request),
    subscribe: (request = {}) => {
      const { closing } = lifetime
      // One that waits for what comes gives way when the book is closed.
      const ends = signal ? AbortSignal.any([closing, signal]) : closing
      const waiting: ReadPage = (...given) => lifetime.run(shape.eventPage(...given), ends)
      return subscribeBy(waiting, request, { closing, signal, isLate: closing.aborted })
    },
    view: (definition) => {
      const view = shape.view(definition)
      return {
        get: (...given) => run(view.get(...given)),
        list: (...given) => run(view.list(...given)),
        rebuild: (...given) => run(view.rebuild(...given)),
      }
    },
    check: (...given) => run(shape.check(...given)),
    day: (...given) => run(shape.day(...given)),
    delegate: (...given) => run(orRefused(shape.delegate(...given))),
    revokeDelegation: (...given) => run(orRefused(shape.revokeDelegation(...given))),
    delegations: (...given) => run(shape.delegations(...given)),
    handOver: (...given) => run(shape.handOver(...given)),
    rebuild: (...given) => run(shape.rebuild(...given)),
    health: async () => (lifetime.isClosed ? closedHealth(lifetime.closedText) : await run(shape.health)),
    backup: (...given) => run(shape.backup(...given)),
    export: (...given) => run(shape.export(...given)),
    until: (next) => {
      if (!isSignal(next)) throw invalidQuery('signal', 'must be an AbortSignal')
      return bookOf(shape, lifetime, signal ? AbortSignal.any([signal, next]) : next)
    },
    close: lifetime.close,
    [Symbol.asyncDispose]: lifetime.close,
  }
}

/**
 * Opens the book at a URL: `sqlite:clinic.db` (made when it does not exist), `postgres://user@host/clinic`, `memory:`. A new
 * book needs `practice`, and on a server a place for its secret (`key` or `secret`).
 * @throws UnknownUrl, ViewsNeeded, DriverMissing, MissingDirectory, PracticeNeeded, UnknownTimeZone, KeyFault, InvalidOptions and
 * InvalidRules for options that are none, Rejected for a policy that says what none may say, or the store's tagged error, as a
 * rejected promise.
 */
export const openDaybook = async (url: string, options: OpenOptions): Promise<Book> => {
  const runtime = ManagedRuntime.make(Daybook.layer(url, options))
  try {
    const shape = await runtime.runPromise(Daybook.use((book) => Effect.succeed(book)))
    return bookOf(shape, new Lifetime(shape.url, () => runtime.dispose()))
  } catch (error) {
    await runtime.dispose()
    throw error
  }
}

/**
 * Takes the log in an exported file, or of the book at a URL, over into the empty book at `to`, which is made where there is
 * none. Stopped at any moment, the same call goes on where it was. The key moves apart: put the key file of the other book
 * beside the new one.
 * @throws UnknownUrl, DriverMissing, MissingDirectory, InvalidQuery, ReadOnly where the book has events of its own, Integrity
 * where anything does not fit, or what the stores answer, as a rejected promise.
 */
export const importLog = (from: string, to: string, options: ImportLogOptions = {}): Promise<MoveReport> =>
  Effect.runPromise(importLogInto(from, to, options), { scheduler: fairScheduler() })
