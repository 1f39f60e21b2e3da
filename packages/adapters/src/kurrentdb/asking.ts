import { type AppendError, type ReadError, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { readError } from '../sqlite/errors.ts'

/** Errors of the port that no read gives. */
const portErrors = new Set(['LimitExceeded', 'ReadOnly', 'Indeterminate'])
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
      if (isPortError(cause)) return Effect.fail(new Unavailable({ message: cause.message, cause }))
      try {
        return Effect.fail(readError(cause, path))
      } catch (defect) {
        return Effect.die(defect)
      }
    },
  )
