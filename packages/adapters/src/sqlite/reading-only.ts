import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { Unavailable } from '@daybook/core/ports'
import { isKeptFromWriting } from './errors.ts'

/** Where a file is read without writing anything beside it, and what is to be done when it was read. */
export interface ReadingPlace {
  readonly url: URL
  readonly release: () => void
}

const nothing = (): void => undefined

const place = (path: string, mode: 'mode=ro' | 'immutable=1', release = nothing): ReadingPlace => {
  const url = pathToFileURL(resolve(path))
  url.search = mode
  return { url, release }
}

/** A statement must run: SQLite opens the files beside a database when it is first read. */
const canBeRead = ({ url }: ReadingPlace, timeout: number): boolean => {
  const db = new DatabaseSync(url, { readOnly: true, timeout })
  try {
    db.prepare('SELECT count(*) FROM sqlite_master').get()
    return true
  } catch (cause) {
    if (isKeptFromWriting(cause)) return false
    throw cause
  } finally {
    db.close()
  }
}

/** How often a file that is written meanwhile is copied again. */
const TRIES = 5

const marksOf = (paths: readonly string[]): string =>
  paths
    .map((path) => statSync(path, { throwIfNoEntry: false }))
    .map((at) => `${at?.size} ${at?.mtimeMs}`)
    .join()

/** The file and its write-ahead log as they stand, in a folder that nobody else reads. */
const copyOf = (path: string): ReadingPlace => {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-reading-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, basename(path))
    for (let tried = 0; tried < TRIES; tried++) {
      const before = marksOf([path, `${path}-wal`])
      for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${copy}${end}`)
      if (marksOf([path, `${path}-wal`]) === before) return place(copy, 'mode=ro', remove)
    }
    throw new Unavailable({ message: `${path} is written again and again while it is copied to be read: try later` })
  } catch (cause) {
    remove()
    throw cause
  }
}

/**
 * How a file is read and left as it is. SQLite makes files beside a database also to read it. Where the folder can not be
 * written, as on a medium for archives, a file that was closed in good order is read alone, as one that does not change
 * (`immutable`); one whose last commits stand in the write-ahead log beside it is read from a private copy of both.
 * @throws Unavailable where there is no such file, or SQLite's error.
 */
export const placeToRead = (path: string, timeout: number): ReadingPlace => {
  if (!existsSync(path)) throw new Unavailable({ message: `${path} can not be opened: there is no such file` })
  try {
    accessSync(path, constants.R_OK)
  } catch {
    throw new Unavailable({ message: `${path} can not be opened: this user may not read it` })
  }
  const plain = place(path, 'mode=ro')
  if (canBeRead(plain, timeout)) return plain
  const unwritten = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
  return unwritten > 0 ? copyOf(path) : place(path, 'immutable=1')
}

class Reading extends DatabaseSync {
  readonly #release: () => void
  constructor({ url, release }: ReadingPlace, timeout: number) {
    super(url, { readOnly: true, timeout })
    this.#release = release
  }
  override close(): void {
    super.close()
    this.#release()
  }
}

/** Opens a file for reading only, wherever it lies. @throws as `placeToRead`. */
export const openToRead = (path: string, timeout: number): DatabaseSync =>
  new Reading(placeToRead(path, timeout), timeout)
