import type { DatabaseSync } from 'node:sqlite'
import type { ReadError } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { isBusy, readError } from './errors.ts'

// SQLite waits for another process inside the statement, and nothing else of this one runs meanwhile. Here a statement
// gives up soon, and who asked for it waits with the event loop free.

/** How long is waited for another process that writes, in milliseconds. */
export const BUSY_TIMEOUT = 5_000

/** How long one statement may hold the event loop for another writer, in milliseconds. */
const HELD = 5

/** How long until it is tried again, in milliseconds. */
export const LOOK_AGAIN = 10

/** From now on a statement that meets another writer gives up soon: whoever runs it waits by `patiently`. */
export const giveUpSoon = (db: DatabaseSync): void => db.exec(`PRAGMA busy_timeout = ${HELD}`)

/** Waits inside the statement again: for what can not wait otherwise, as a close. */
export const waitInside = (db: DatabaseSync, patience: number): void => db.exec(`PRAGMA busy_timeout = ${patience}`)

/** Runs at once, and again while another writer is in the way, for `patience` milliseconds; then gives the last error. */
export const patiently = <A, E>(
  work: () => A,
  failure: (cause: unknown) => E,
  patience = BUSY_TIMEOUT,
): Effect.Effect<A, E> => {
  const attempt = (since?: number): Effect.Effect<A, E> =>
    Effect.suspend(() => {
      try {
        return Effect.succeed(work())
      } catch (cause) {
        const now = performance.now()
        const began = since ?? now
        if (isBusy(cause) && now - began < patience) return Effect.andThen(Effect.sleep(LOOK_AGAIN), attempt(began))
        return Effect.fail(failure(cause))
      }
    })
  return attempt()
}

/** Runs at once, or as soon as no other writer is in the way; SQLite's errors become the store's, anything else stays a defect. */
export const reading = <A>(path: string, work: () => A, patience?: number): Effect.Effect<A, ReadError> =>
  patiently(work, (cause) => readError(cause, path), patience)
