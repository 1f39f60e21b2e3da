import { Integrity, type ReadError, ReadOnly, Unavailable } from '@daybook/core/ports'

/** SQLite's result codes that a store tells apart (https://sqlite.org/rescode.html). */
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IO_ERROR = 10
const CORRUPT = 11
const FULL = 13
const CANT_OPEN = 14
const CONSTRAINT = 19
const NOT_A_DATABASE = 26

/** What a person can look at: SQLite makes files beside the book's, so its folder counts too. */
const rights = 'this user must be allowed to write the file and its folder; to look at a book, open it with ?mode=ro'

const errcodeOf = (cause: unknown): number | undefined =>
  cause instanceof Error && 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode : undefined

/** The primary result code, without its extension; undefined when the error is not SQLite's. */
const resultCode = (cause: unknown): number | undefined => {
  const errcode = errcodeOf(cause)
  return errcode === undefined ? undefined : errcode & 0xff
}

export const isBusy = (cause: unknown): boolean => [BUSY, LOCKED].includes(resultCode(cause) ?? 0)
/** SQLite could not make, or not write, what it needs beside a file that it should only read. */
export const isKeptFromWriting = (cause: unknown): boolean => [CANT_OPEN, READONLY].includes(resultCode(cause) ?? 0)
export const isInputOutput = (cause: unknown): boolean => resultCode(cause) === IO_ERROR
export const isConstraint = (cause: unknown): boolean => resultCode(cause) === CONSTRAINT

const isClosed = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_INVALID_STATE'

/** A number in the file that JavaScript can not hold: no Daybook wrote it. */
const isOutOfRange = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_OUT_OF_RANGE'

/**
 * What an error of SQLite means for the caller.
 * @throws the error itself when it is not SQLite's: it is a defect of ours, not a state of the store.
 */
export const storeError = (cause: unknown, where: string): Unavailable | ReadOnly | Integrity => {
  if (isClosed(cause)) return new Unavailable({ message: `${where} is closed`, cause })
  if (isOutOfRange(cause)) return new Integrity({ message: `${where} holds a number that no Daybook wrote` })
  const detail = cause instanceof Error ? cause.message : String(cause)
  switch (resultCode(cause)) {
    case undefined:
      throw cause
    case BUSY:
    case LOCKED:
      return new Unavailable({
        message: `${where} is busy: another process has been writing to it for longer than was waited; nothing was written`,
        cause,
        busy: true,
      })
    case READONLY:
      return new ReadOnly({ message: `${where} can not be written: ${rights}` })
    case FULL:
      return new Unavailable({ message: `${where}: the disk is full`, cause })
    case CANT_OPEN:
      return new Unavailable({ message: `${where} can not be opened: ${rights}`, cause })
    case IO_ERROR:
      return new Unavailable({ message: `${where}: ${detail}`, cause })
    case CORRUPT:
      return new Integrity({ message: `${where} is damaged: ${detail}` })
    case NOT_A_DATABASE:
      return new Integrity({ message: `${where} is not a Daybook file: it is no SQLite database` })
    default:
      return new Integrity({ message: `${where}: ${detail}` })
  }
}

const codeOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined

/** What an error of a read means; one of the system of files is told by its code. @throws what is a defect of ours. */
export const readError = (cause: unknown, path: string): ReadError => {
  if (cause instanceof Integrity || cause instanceof Unavailable) return cause
  const code = codeOf(cause)
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return new Unavailable({ message: `${path}: ${code}`, cause })
  const error = storeError(cause, path)
  return error instanceof ReadOnly ? new Unavailable({ message: error.message, cause }) : error
}
