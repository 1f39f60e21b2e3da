import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { KeyFault } from './errors.ts'

/** Bytes of a book's secret: the key of its keyed hashes (docs/decisions/0004). */
export const SECRET_BYTES = 32

const TITLE = 'daybook key v1'

const textOf = (origin: string, secret: Uint8Array): string =>
  `${TITLE}\norigin ${origin}\nsecret ${Buffer.from(secret).toString('hex')}\n`

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST'

const read = (path: string, origin: string): Uint8Array | KeyFault | undefined => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    return new KeyFault({ path, message: `${path} can not be read: ${String(error)}` })
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    return new KeyFault({ path, message: `${path} is open to other users: chmod 600 ${path}` })
  }
  const [title, ofBook, secret] = text.split('\n')
  const hex = /^secret ([0-9a-f]{64})$/.exec(secret ?? '')?.[1]
  if (title !== TITLE || hex === undefined) {
    return new KeyFault({ path, message: `${path} is no key file of a daybook: restore it from a backup` })
  }
  if (ofBook !== `origin ${origin}`) {
    return new KeyFault({ path, message: `${path} is the key of another book: restore the one that belongs here` })
  }
  return Buffer.from(hex, 'hex')
}

/** Writes the whole file under another name, then gives it its name: of two processes one wins, nobody reads half. */
const create = (path: string, origin: string): void => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, textOf(origin, randomBytes(SECRET_BYTES)), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!isThere(error)) throw error
  } finally {
    unlinkSync(draft)
  }
}

const missing = (path: string): KeyFault => {
  const message = `${path} is missing: without it no patient or control number of this book is recognised. Restore it.`
  return new KeyFault({ path, message })
}

/**
 * The secret of a book in a file, made with the book and never again: with another one, no patient and no control
 * number would be recognised. A book whose file is missing can still be read, by an auditor without the key: the fault
 * is thrown when the secret is first needed. A file that is damaged, open to others or another book's is told at once.
 */
export const secretInFile = (path: string, origin: string, isNewBook: boolean): (() => Uint8Array) | KeyFault => {
  let found = read(path, origin)
  if (!found && isNewBook) {
    create(path, origin)
    found = read(path, origin)
  }
  if (found instanceof KeyFault) return found
  const secret = found
  return () => {
    if (!secret) throw missing(path)
    return secret
  }
}
