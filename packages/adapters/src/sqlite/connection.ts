import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Integrity, Unavailable } from '@daybook/core/ports'
import { isBusy } from './errors.ts'
import { besideIt, keepToOwner, onlyAFile } from './file-rights.ts'
import { openToRead } from './reading-only.ts'
import { BUSY_TIMEOUT } from './waiting.ts'

/** Marks a SQLite file as Daybook's: the letters `Dayb`. */
const APPLICATION_ID = 0x44_61_79_62

export interface ConnectionOptions {
  /** A file, made when it does not exist yet, or `:memory:`. */
  readonly path: string
  /** Opens an existing file for reading only, also where its folder can not be written: for audits. */
  readonly readOnly?: boolean
  /** How long to wait for another process that writes, in milliseconds; 5 seconds when not given. */
  readonly busyTimeout?: number
  /** The most that SQLite keeps of the file in memory, in KiB; 64 MiB where it is written, 16 MiB for reading only, if not given. */
  readonly pageCache?: number
}

/** Appends look up ids all over the index of a large book. */
const TO_WRITE = 65_536
/** A log is read from its begin to its end, and a view by ranges: what the machine keeps of the file is near enough. */
export const TO_READ = 16_384

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

const openFile = ({ path, readOnly = false, busyTimeout = BUSY_TIMEOUT }: ConnectionOptions): DatabaseSync => {
  if (path !== ':memory:' && !existsSync(dirname(resolve(path)))) {
    throw new Unavailable({
      message: `${path} can not be opened: the directory ${dirname(resolve(path))} does not exist`,
    })
  }
  if (path !== ':memory:') for (const end of besideIt) onlyAFile(`${path}${end}`)
  if (readOnly && path !== ':memory:') return openToRead(path, busyTimeout)
  if (path !== ':memory:') keepToOwner(path)
  return new DatabaseSync(path, { timeout: busyTimeout })
}

/**
 * Asks SQLite whether it does what it was told: on a file system without shared memory it keeps no write-ahead log, and
 * says so only where it is asked.
 * @throws Unavailable where a commit would not be durable.
 */
export const mustBeDurable = (db: DatabaseSync, path: string): void => {
  const [journal, synchronous] = [pragma(db, 'journal_mode'), pragma(db, 'synchronous')]
  if (journal === (path === ':memory:' ? 'memory' : 'wal') && synchronous === 2) return
  const found = `journal mode ${String(journal)}, synchronous ${String(synchronous)}`
  const message = `${path} can not be written durably (${found}): its file system keeps no write-ahead log. Put the book on a local disk.`
  throw new Unavailable({ message })
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
    const pageCache = options.pageCache ?? (options.readOnly ? TO_READ : TO_WRITE)
    db.exec(`PRAGMA synchronous = FULL; PRAGMA cache_size = -${pageCache}; PRAGMA wal_autocheckpoint = 4000`)
    if (!options.readOnly) mustBeDurable(db, options.path)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}
