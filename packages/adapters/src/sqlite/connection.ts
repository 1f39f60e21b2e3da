import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Integrity, Unavailable } from '@daybook/core/ports'
import { isBusy } from './errors.ts'

/** Marks a SQLite file as Daybook's: the letters `Dayb`. */
const APPLICATION_ID = 0x44_61_79_62
const BUSY_TIMEOUT = 5_000

export interface ConnectionOptions {
  /** A file, made when it does not exist yet, or `:memory:`. */
  readonly path: string
  /** Opens an existing file for reading only: for audits. */
  readonly readOnly?: boolean
  /** How long to wait for another process that writes, in milliseconds; 5 seconds when not given. */
  readonly busyTimeout?: number
}

const pragma = (db: DatabaseSync, name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]

const sleep = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

/** SQLite does not wait by itself when two processes switch a new file to WAL at once. */
const useWriteAheadLog = (db: DatabaseSync, busyTimeout: number): void => {
  for (let waited = 0; ; waited += 10) {
    try {
      db.exec('PRAGMA journal_mode = WAL')
      return
    } catch (cause) {
      if (!isBusy(cause) || waited >= busyTimeout) throw cause
      sleep(10)
    }
  }
}

/** Whether the file is new, that is without tables; asked before anything is written to it. */
const isNew = (db: DatabaseSync, path: string): boolean => {
  const applicationId = pragma(db, 'application_id')
  if (applicationId === APPLICATION_ID) return false
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_master').get()?.['n']
  if (applicationId !== 0 || tables !== 0) {
    throw new Integrity({ message: `${path} is not a Daybook file: it is a SQLite database of something else` })
  }
  return true
}

const makeOwn = (path: string): boolean => {
  try {
    closeSync(openSync(path, 'wx', 0o600))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    // What keeps it from being made, SQLite says again.
    return true
  }
}

/**
 * A book is read by its owner alone: what stands in it is about patients. SQLite makes the files beside it with the same
 * rights. One that was made with more loses what strangers may do, and what a group may read; what a group may write was
 * meant so.
 */
const keepToOwner = (path: string): void => {
  if (process.platform === 'win32' || makeOwn(path)) return
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const status = statSync(file, { throwIfNoEntry: false })
    if (!status?.isFile() || status.uid !== process.getuid?.()) continue
    const rights = status.mode & 0o777
    const kept = rights & ((rights & 0o020) === 0 ? 0o700 : 0o770)
    if (kept !== rights) chmodSync(file, kept)
  }
}

/** The book, and what SQLite keeps beside it. */
const besideIt = ['', '-wal', '-shm', '-journal'] as const

/** Opening a pipe would wait for ever, and a device has no end. */
const onlyAFile = (file: string): void => {
  const there = statSync(file, { throwIfNoEntry: false })
  if (!there || there.isFile()) return
  const what = there.isDirectory() ? 'it is a directory' : 'it is no regular file'
  throw new Unavailable({ message: `${file} can not be opened: ${what}` })
}

const openFile = ({ path, readOnly = false, busyTimeout = BUSY_TIMEOUT }: ConnectionOptions): DatabaseSync => {
  if (path !== ':memory:' && !existsSync(dirname(resolve(path)))) {
    throw new Unavailable({
      message: `${path} can not be opened: the directory ${dirname(resolve(path))} does not exist`,
    })
  }
  if (path !== ':memory:') for (const end of besideIt) onlyAFile(`${path}${end}`)
  if (path !== ':memory:' && !readOnly) keepToOwner(path)
  return new DatabaseSync(path, { readOnly, timeout: busyTimeout })
}

/**
 * Opens a Daybook file durably: write-ahead log, and `synchronous = FULL` on this connection, since SQLite keeps that
 * setting for each connection and not in the file.
 * @throws Integrity when the file is not Daybook's, Unavailable when its directory does not exist or it is one itself, or SQLite's error.
 */
export const openConnection = (options: ConnectionOptions): DatabaseSync => {
  const db = openFile(options)
  try {
    const fresh = isNew(db, options.path)
    if (!options.readOnly) useWriteAheadLog(db, options.busyTimeout ?? BUSY_TIMEOUT)
    if (fresh && !options.readOnly) db.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
    db.exec('PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000')
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}
