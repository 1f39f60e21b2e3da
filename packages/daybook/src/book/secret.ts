import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { KeyFault } from './errors.ts'
import { readRegularFile } from './regular-file.ts'

/** Bytes of a book's secret: the key of its keyed hashes (docs/decisions/0004). */
export const SECRET_BYTES = 32

/** Many times what a key file holds. */
const LONGEST = 4_096

const TITLE = 'daybook key v1'

const textOf = (origin: string, secret: Uint8Array): string =>
  `${TITLE}\norigin ${origin}\nsecret ${Buffer.from(secret).toString('hex')}\n`

const isThereAlready = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST'

const read = (path: string, origin: string): Uint8Array | KeyFault | undefined => {
  const found = readRegularFile(path, LONGEST)
  if (found.kind === 'missing') return undefined
  if (found.kind === 'unreadable') {
    return new KeyFault({ path, message: `${path} can not be read: ${found.why}`, isKept: found.why === 'EACCES' })
  }
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    return new KeyFault({ path, message: `${path} is open to other users: chmod 600 ${path}` })
  }
  if (found.bytes.length === 0) {
    return new KeyFault({ path, message: `${path} is empty: restore it from a backup` })
  }
  const [title, ofBook, secret] = found.bytes.toString('utf8').split('\n')
  const hex = /^secret ([0-9a-f]{64})$/.exec(secret ?? '')?.[1]
  if (title !== TITLE || hex === undefined) {
    return new KeyFault({ path, message: `${path} is no key file of a daybook: restore it from a backup` })
  }
  if (ofBook !== `origin ${origin}`) {
    return new KeyFault({ path, message: `${path} is the key of another book: restore the one that belongs here` })
  }
  return Buffer.from(hex, 'hex')
}

/** What is written, or named, in a file or directory is on disk afterwards. */
const sync = (path: string): void => {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** A file and its name on disk; Windows keeps the names of a directory by itself, and opens none. */
const syncNamed = (path: string): void => {
  if (process.platform === 'win32') return
  sync(path)
  sync(dirname(resolve(path)))
}

/** Writes the whole file under another name, then gives it its name: of two processes one wins, nobody reads half. */
const create = (path: string, origin: string): void => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, textOf(origin, randomBytes(SECRET_BYTES)), { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!isThereAlready(error)) throw error
  } finally {
    unlinkSync(draft)
  }
}

const missing = (path: string): KeyFault => {
  const message = `${path} is missing: without it no patient or control number of this book is recognised. Restore it.`
  return new KeyFault({ path, message })
}

/** The secret of a book, as it was found when the book was opened. */
export interface BookSecret {
  /** The file that it is in; empty where the caller or the memory keeps it. */
  readonly path: string
  /** False: the book can be read, and what needs the secret fails. */
  readonly isThere: boolean
  /** @throws KeyFault when it is not there. */
  readonly bytes: () => Uint8Array
}

/**
 * The secret of a book in a file, made with the book and never again: with another one, no patient and no control
 * number would be recognised. A book whose file is missing can still be read, by an auditor without the key: the fault
 * is thrown when the secret is first needed. A file that is damaged, open to others or another book's is told at once.
 */
export const secretInFile = (
  path: string,
  origin: string,
  { isNew: isNewBook, readOnly }: { readonly isNew: boolean; readonly readOnly: boolean },
): BookSecret | KeyFault => {
  let found = read(path, origin)
  // An auditor is given the book, not its key.
  if (readOnly && found instanceof KeyFault && found.isKept === true) found = undefined
  if (!found && isNewBook) {
    create(path, origin)
    found = read(path, origin)
  }
  // Also where another process has made it: no event may be on disk before the key is.
  if (isNewBook && found && !(found instanceof KeyFault)) syncNamed(path)
  if (found instanceof KeyFault) return found
  const secret = found
  return {
    path,
    isThere: secret !== undefined,
    bytes: () => {
      if (!secret) throw missing(path)
      return secret
    },
  }
}
