import { Integrity, ReadOnly, takingOver, Unavailable } from '@daybook/core/ports'
import { StoredNumber } from './statement.ts'

/** SQLSTATEs of our own functions (log-functions.ts), beside the server's (PostgreSQL, appendix A). */
export const OURS = {
  noHead: 'DB001',
  headBeyondLog: 'DB002',
  takingOver: 'DB003',
  renamed: 'DB004',
  /** A part of another log does not go on with what is there: it has changed since that was looked at. */
  notNext: 'DB005',
  guarded: 'DB009',
} as const

const guide = 'docs/guides/postgres.md'

/** No session with the server was had: nothing of what was to be done has been sent. */
export class NoSession extends Error {
  constructor(cause: unknown) {
    super('no session with the server', { cause })
  }
}

interface Said {
  readonly state: string
  readonly message: string
  readonly constraint: string | undefined
}

/** What the server itself said; undefined when an error is not the server's. */
const saidBy = (cause: unknown): Said | undefined => {
  // Node's errors have a `code` too, and EPIPE looks like a SQLSTATE.
  if (!(cause instanceof Error && 'severity' in cause && 'code' in cause && typeof cause.code === 'string'))
    return undefined
  const constraint = 'constraint' in cause && typeof cause.constraint === 'string' ? cause.constraint : undefined
  return { state: cause.code, message: cause.message, constraint }
}

const systemCode = (cause: unknown): string | undefined =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined

/** A fault of our own code, not a state of the store. */
const isDefect = (cause: unknown): boolean =>
  !(cause instanceof Error) || [TypeError, RangeError, ReferenceError].some((defect) => cause instanceof defect)

const reasonOf = (cause: unknown): unknown => (cause instanceof NoSession ? cause.cause : cause)

/** The server goes down, or this session was ended: what ran in it may have been committed before. */
const endsSession = (state: string): boolean => state.startsWith('08') || /^57P0[0-5]$/.test(state)

/** It takes nobody at the moment: it starts, stops, recovers, or has no session to spare. */
const takesNobody = (state: string): boolean => /^57P0[1-3]$/.test(state) || state === '53300' || state.startsWith('08')

/** Rolled back; the same again may succeed: deadlock, serialization, a lock or statement that took too long. */
const rolledBack = new Set(['40001', '40P01', '55P03'])

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
])

/**
 * Whether trying again may help: the server is away, starts, or took the transaction back. What says that nobody will be
 * let in, ever, is not among it.
 */
export const isPassing = (cause: unknown): boolean => {
  const reason = reasonOf(cause)
  const said = saidBy(reason)
  if (said) return takesNobody(said.state) || endsSession(said.state) || rolledBack.has(said.state)
  if (isDefect(reason)) return false
  const code = systemCode(reason)
  if (code !== undefined) return unreachable.has(code)
  // The driver's own words: "Connection terminated …", "timeout exceeded when trying to connect", "Query read timeout".
  return /connection|timeout/i.test((reason as Error).message)
}

/** Whether a statement may have been committed although it brought no answer: its session ended under it. */
export const isUnknown = (cause: unknown): boolean => {
  if (cause instanceof NoSession || isDefect(cause)) return false
  const said = saidBy(cause)
  return said ? endsSession(said.state) : true
}

/** Whether the log has moved on since it was looked at, by whoever takes another one over into it. */
export const isNotNext = (cause: unknown): boolean => saidBy(cause)?.state === OURS.notNext

/** The constraint that a statement would have broken. */
export const brokenConstraint = (cause: unknown): string | undefined => {
  const said = saidBy(cause)
  return said?.state === '23505' ? said.constraint : undefined
}

const wordsOfSystem: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody answers there (connection refused): is PostgreSQL running, are host and port right?',
  ENOENT: 'there is no socket of a server: is PostgreSQL running, are host and port right?',
  ENOTFOUND: 'there is no host of this name: correct it in the URL',
  EAI_AGAIN: 'the name of the host can not be looked up now: is the network there?',
  EHOSTUNREACH: 'the host can not be reached: is the network there?',
  ENETUNREACH: 'the host can not be reached: is the network there?',
  ETIMEDOUT: 'the server did not answer in time',
  ECONNRESET: 'the server ended the connection',
  EPIPE: 'the server ended the connection',
}

/** What TLS says of a certificate that it does not trust. */
const mistrust = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|ERR_OSSL/

/** What a person can do about what the server said, by SQLSTATE; else its message, where that holds no data. */
const wordsOfServer = ({ state, message }: Said): string => {
  switch (state) {
    case '28P01':
    case '28000':
      return `it lets this user not in (${message}): correct user or password in the URL or in ~/.pgpass`
    case '3D000':
      return `${message}: make it (createdb), or name another one in the URL`
    case '42501':
      return `${message}: this user lacks a right; its owner gives it (${guide}, "Rights")`
    case '53100':
      return 'the disk of the server is full: make room'
    case '53300':
      return 'the server has no connection to spare (max_connections)'
    case '55P03':
      return 'another writer holds the book'
    case '57014':
      return 'it took longer than a statement may take, and was taken back'
    case '57P03':
      return 'the server is starting up or shutting down'
    default:
      return endsSession(state) ? `the server ended the connection (${message})` : `${message} (${state})`
  }
}

const wordsOf = (cause: unknown): string => {
  const said = saidBy(cause)
  if (said) return wordsOfServer(said)
  const code = systemCode(cause)
  const { message } = cause as Error
  if (code !== undefined && mistrust.test(code)) {
    return `its certificate is not trusted (${code}): name the authority with ?sslrootcert=FILE`
  }
  if (/does not support SSL/i.test(message)) {
    return 'it does not encrypt: turn TLS on there, or say ?sslmode=disable where the network is your own'
  }
  if (/password must be a string|no password/i.test(message))
    return 'it asks for a password: give it in the URL or in ~/.pgpass'
  if (code !== undefined) return wordsOfSystem[code] ?? `${message} (${code})`
  return /timeout/i.test(message) ? 'the server did not answer in time' : 'the server ended the connection'
}

const oursOf = (state: string): string | undefined => {
  if (state === OURS.noHead) return 'the row that holds the end of the log is gone: somebody took it away'
  if (state === OURS.headBeyondLog)
    return 'the log ends before the event that was its last: events were taken off its end'
  return undefined
}

/** Why the log takes nothing from this writer, though nothing is wrong with it. */
const refusedBy = (state: string | undefined, where: string): ReadOnly | undefined => {
  if (state === OURS.takingOver) return takingOver(where)
  if (state !== OURS.renamed) return undefined
  return new ReadOnly({ message: `${where} has taken another log over since it was opened: open it again` })
}

/** Another state of the schema than this Daybook made: a table or function is not there, or is another. */
const isForeignSchema = (state: string): boolean => /^(42P01|42883|42703|3F000|42P10|42804)$/.test(state)
/** The server found its own data damaged, or a value in it that no Daybook wrote. */
const isDamage = (state: string): boolean => /^(XX00[12]|22|23)/.test(state)

/**
 * What an error of the driver or the server means for the caller.
 * @throws the error itself when it is neither's: it is a defect of ours, not a state of the store.
 */
export const storeError = (cause: unknown, where: string): Unavailable | ReadOnly | Integrity => {
  if (cause instanceof Unavailable || cause instanceof Integrity || cause instanceof ReadOnly) return cause
  const reason = reasonOf(cause)
  if (reason instanceof StoredNumber) return new Integrity({ message: `${where} holds a number that no Daybook wrote` })
  if (isDefect(reason)) throw reason
  const state = saidBy(reason)?.state
  const ours = state === undefined ? undefined : oursOf(state)
  if (ours !== undefined) return new Integrity({ message: `${where}: ${ours}; restore the book from a copy` })
  const refused = refusedBy(state, where)
  if (refused) return refused
  const words = `${where}: ${wordsOf(reason)}`
  if (state === '25006')
    return new ReadOnly({ message: `${where} can not be written: it is a copy; name the primary server` })
  if (state !== undefined && isForeignSchema(state)) {
    return new Integrity({ message: `${where}: its schema daybook is not as Daybook made it (${state})` })
  }
  if (state !== undefined && isDamage(state)) return new Integrity({ message: `${where} is damaged (${state})` })
  return new Unavailable({ message: words, cause: reason, ...(state === '55P03' ? { busy: true } : {}) })
}
