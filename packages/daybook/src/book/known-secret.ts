import type { AppendError, EventStoreShape, ReadError } from '@daybook/core/ports'
import { secretProof, type World } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { KeyFault } from './errors.ts'

const foreign = (path: string): KeyFault => {
  const what = path === '' ? 'the secret that was given' : path
  const why = 'with another one no patient is recognised, and files that were imported are posted a second time'
  return new KeyFault({
    path,
    message: `${what} is not the secret of this book: ${why}. Give the one it was made with.`,
  })
}

/**
 * Refuses a secret that is not the book's. The book keeps a check value: a keyed hash of its own name, from which nobody
 * learns the secret. A book that keeps none yet, as of an older Daybook, gets it only from a secret that has proved
 * itself against the references in the log.
 */
export const knowSecret = (
  events: EventStoreShape,
  keyedHash: World['keyedHash'],
  path: string,
): Effect.Effect<void, KeyFault | AppendError | ReadError> =>
  Effect.gen(function* () {
    const own = keyedHash('secretCheck', events.origin)
    let kept = yield* events.secretCheck
    if (kept === undefined) {
      const proof = yield* secretProof(events, keyedHash)
      if (proof === 'refuted') return yield* foreign(path)
      if (proof === 'untold') return
      // While another writer holds the book, or nobody may write it, it can be read; a later opening keeps the value.
      kept = yield* events.keepSecretCheck(own).pipe(
        Effect.catchTag('Unavailable', (error) => (error.busy ? Effect.succeed(own) : Effect.fail(error))),
        Effect.catchTag('ReadOnly', () => Effect.succeed(own)),
      )
    }
    if (kept !== own) return yield* foreign(path)
  })
