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

/** What a person can look at, by the words of the channel. Those themselves are kept out. */
const reasons: readonly (readonly [words: RegExp, says: string])[] = [
  [/ECONNREFUSED/, 'nobody answers there (connection refused): is the server running, are host and port right?'],
  [/ENOTFOUND|EAI_AGAIN|name resolution/i, 'there is no host of this name: correct it in the URL'],
  [
    /wrong version number|packet length too long|EPROTO|unknown protocol/i,
    'it does not encrypt: turn TLS on there, or say ?tls=false where the network is your own',
  ],
  [/discover/i, 'none of its hosts names a leader: are hosts and ports right, does the cluster have a majority?'],
  [
    /ECONNRESET|EPIPE|failed to connect|dropped|socket hang up|protocol error/i,
    'it ends the connection: where it speaks TLS, leave out tls=false',
  ],
]

const mistrust = /certificate|altname|UNABLE_TO_VERIFY|SELF_SIGNED|CERT_/i

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : '')

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
      const what = 'correct user and password in the URL'
      const right = 'the user must be allowed to write the streams of the tenant and to read $all'
      return new Unavailable({ message: `${label} lets this user not in: ${what}; ${right}` })
    }
    case 'invalid-argument':
    case 'missing-required-metadata-property':
    case 'invalid-transaction':
    case 'unsupported':
      return new Integrity({ message: `${label} did not take what was sent (${type})` })
    default:
      return mistrust.test(wordsOf(error)) ? mistrusted(label) : 'unknown'
  }
}

/** Asking again would not help. */
const mistrusted = (label: string): Unavailable =>
  new Unavailable({
    message: `${label}: its certificate is not trusted: name the authority with ?tlsCAFile=FILE, and the host as the certificate does`,
  })

const awayFor = (cause: unknown): string => {
  if (cause instanceof Silence) return 'the server does not answer'
  return reasons.find(([words]) => words.test(wordsOf(cause)))?.[1] ?? `no connection (${typeOf(cause) || 'unknown'})`
}

/** What is told where a call could not be made for as long as was waited. */
export const unavailable = (label: string, waited: number, cause: unknown): Unavailable => {
  const tried = waited < 1_000 ? '' : `; tried for ${Math.round(waited / 1_000)} s`
  return new Unavailable({ message: `${label}: ${awayFor(cause)}${tried}`, cause: typeOf(cause) })
}
