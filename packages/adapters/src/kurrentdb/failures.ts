import { Integrity, LimitExceeded, Unavailable } from '@daybook/core/ports'

/** What became of a call that did not succeed. */
export type Failure =
  /** The stream is at another revision than was expected. */
  | 'wrong-version'
  /** Nobody knows; the same call again is safe. */
  | 'unknown'
  | LimitExceeded
  | Integrity
  | Unavailable

/** The server, or the way to it, did not answer in time. */
export class Silence extends Error {}

const typeOf = (error: unknown): string =>
  error instanceof Error && 'type' in error && typeof error.type === 'string' ? error.type : ''

export const isNotFound = (error: unknown): boolean => typeOf(error) === 'stream-not-found'

/** What an error of the driver means. Its own words are kept out: they may repeat what was sent. */
export const failureOf = (error: unknown, label: string): Failure => {
  const type = typeOf(error)
  switch (type) {
    case 'wrong-expected-version':
      return 'wrong-version'
    case 'stream-deleted':
      return new Integrity({ message: `${label}: a stream of the log was deleted for good (a tombstone)` })
    case 'maximum-append-size-exceeded': {
      const most = (error as { readonly maxAppendSize?: number }).maxAppendSize
      const message =
        `${label}: the server takes at most ${most} bytes an append: ` +
        'raise its MaxAppendSize (EVENTSTORE_MAX_APPEND_SIZE, KURRENTDB_MAX_APPEND_SIZE)'
      return new LimitExceeded({ limit: 'appendBytes', message })
    }
    case 'access-denied': {
      const message = `${label} refuses this user: it must be allowed to write the streams of the tenant and to read $all`
      return new Unavailable({ message })
    }
    case 'invalid-argument':
    case 'missing-required-metadata-property':
    case 'invalid-transaction':
    case 'unsupported':
      return new Integrity({ message: `${label} did not take what was sent (${type})` })
    default:
      return 'unknown'
  }
}

/** What is told where a call could not be made for as long as was waited. */
export const unavailable = (label: string, waited: number, cause: unknown): Unavailable => {
  const why = cause instanceof Silence ? 'does not answer' : `can not be reached (${typeOf(cause) || 'no connection'})`
  return new Unavailable({
    message: `${label} ${why}; tried for ${Math.round(waited / 1_000)} s`,
    cause: typeOf(cause),
  })
}
