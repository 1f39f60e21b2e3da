import { type ReadError, ReadOnly, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { type PostgresAddress, postgresAddress } from './address.ts'
import { storeError } from './errors.ts'

const readError = (cause: unknown, where: string): ReadError => {
  const error = storeError(cause, where)
  return error instanceof ReadOnly ? new Unavailable({ message: error.message, cause }) : error
}

/** Runs what asks the server; its errors become the store's, anything else stays a defect. */
export const asking = <A>(where: string, ask: () => Promise<A>): Effect.Effect<A, ReadError> =>
  Effect.callback((resume) => {
    ask().then(
      (answer) => resume(Effect.succeed(answer)),
      (cause) => {
        try {
          resume(Effect.fail(readError(cause, where)))
        } catch (defect) {
          resume(Effect.die(defect))
        }
      },
    )
  })

/** The address that a URL gives. @throws Unavailable where it gives none. */
export const addressGiven = (url: string): PostgresAddress => {
  const address = postgresAddress(url)
  if ('fault' in address) throw new Unavailable({ message: `the URL of a PostgreSQL store: ${address.fault}` })
  return address
}

/** A URL as it may be shown. */
export const shownOf = (url: string): string => {
  const address = postgresAddress(url)
  return 'fault' in address ? 'the PostgreSQL server' : address.shown
}
