import { type AppendError, Integrity, type ReadError, ReadOnly, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { storeError } from '../sqlite/errors.ts'

const portErrors = new Set(['Unavailable', 'Integrity', 'LimitExceeded', 'ReadOnly', 'Indeterminate'])
const isPortError = (cause: unknown): cause is AppendError =>
  cause instanceof Error && '_tag' in cause && portErrors.has(String(cause._tag))

/** Runs a step; errors of the port and of the index's file are told, anything else stays a defect. */
export const attempt = <A>(path: string, step: () => Promise<A>): Effect.Effect<A, ReadError> =>
  Effect.flatMap(
    Effect.promise(() =>
      step().then(
        (value) => ({ value }),
        (cause: unknown) => ({ cause }),
      ),
    ),
    (outcome): Effect.Effect<A, ReadError> => {
      if ('value' in outcome) return Effect.succeed(outcome.value)
      const { cause } = outcome
      if (cause instanceof Unavailable || cause instanceof Integrity) return Effect.fail(cause)
      if (isPortError(cause)) return Effect.fail(new Unavailable({ message: cause.message, cause }))
      try {
        const error = storeError(cause, path)
        return Effect.fail(error instanceof ReadOnly ? new Unavailable({ message: error.message, cause }) : error)
      } catch (defect) {
        return Effect.die(defect)
      }
    },
  )
