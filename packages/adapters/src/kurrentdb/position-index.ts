import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { Integrity, Unavailable } from '@daybook/core/ports'
import { openConnection } from '../sqlite/connection.ts'
import { isBusy } from '../sqlite/errors.ts'
import { BUSY_TIMEOUT, giveUpSoon, LOOK_AGAIN } from '../sqlite/waiting.ts'
import type { Connection } from './connection.ts'
import type { Position, Recorded } from './driver.ts'
import { type IndexReader, indexReader } from './index-reader.ts'
import { createIndex, emptyIndex, indexFor } from './index-schema.ts'
import { indexWriter } from './index-writer.ts'

/** Events that are asked for at once: of the largest ones they are a quarter of a gigabyte. */
export const EVENTS_AT_ONCE = 256
const PAUSE = 5

/**
 * The index of positions, carried on from the server's log as it is asked. Between the server's word that an append is
 * written and the moment in which its log shows it there may be some milliseconds.
 */
export interface PositionIndex extends IndexReader {
  readonly db: DatabaseSync
  /** Reads on until the end of the log, as it was after this call at the earliest. */
  readonly freshen: () => Promise<void>
  /** Reads on until something holds. @throws Unavailable when it does not in time. */
  readonly until: (holds: () => boolean, what: string) => Promise<void>
  readonly close: () => void
}

/** SQLite keeps a database without a name in a temporary file that nobody else can open, and removes it when it is closed. */
const UNNAMED = ''

const openDatabase = (path: string | undefined): DatabaseSync => {
  const db = path === undefined ? new DatabaseSync(UNNAMED) : openConnection({ path })
  try {
    // What was lost with the power is read from the log again.
    db.exec('PRAGMA synchronous = NORMAL')
    createIndex(db)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

export interface PositionIndexOptions {
  readonly tenant: string
  /** The name that the log was made with, and the event before which it has none. */
  readonly born: string
  readonly first: Recorded
  /** A SQLite file; undefined for a temporary one, gone when it is closed. */
  readonly path: string | undefined
  /** Milliseconds until something must hold that is waited for. */
  readonly patience: number
}

/** Opens an index and holds its end against the log: where another event stands there, it is made anew. */
export const openIndex = async (
  connection: Connection,
  { tenant, born, first, path, patience }: PositionIndexOptions,
): Promise<PositionIndex> => {
  const db = openDatabase(path)
  const reader = indexReader(db)
  const carryOn = indexWriter(db, tenant)

  /** An index that begins need not read what others wrote before this log was. */
  const beginning = async (): Promise<Position | 'start'> => {
    if (!first.position) return 'start'
    // Not every server says in a stream where in the whole log its events stand.
    const [there] = await connection.readAll(first.position, 1).catch(() => [])
    return there?.id === first.id ? first.position : 'start'
  }

  /** Who else writes to the file is waited for with the event loop free. */
  const carriedOn = async (records: readonly Recorded[], upTo: Position): Promise<void> => {
    const began = performance.now()
    for (;;) {
      try {
        return carryOn(records, upTo)
      } catch (cause) {
        if (!isBusy(cause) || performance.now() - began > BUSY_TIMEOUT) throw cause
        await wait(LOOK_AGAIN)
      }
    }
  }

  const readOn = async (): Promise<void> => {
    for (;;) {
      const records = await connection.readAll(reader.mark() ?? (await beginning()), EVENTS_AT_ONCE)
      const last = records.at(-1)
      if (last?.position) await carriedOn(records, last.position)
      if (records.length < EVENTS_AT_ONCE) return
    }
  }

  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const run = (): Promise<void> => {
    running = readOn().finally(() => {
      running = undefined
    })
    return running
  }
  /** One that runs already may have passed the place that is meant: the next one is shared by all who wait. */
  const freshen = (): Promise<void> => {
    if (!running) return run()
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined
        return run()
      })
    return next
  }

  const until = async (holds: () => boolean, what: string): Promise<void> => {
    const begun = Date.now()
    for (;;) {
      if (holds()) return
      await freshen()
      if (holds()) return
      if (Date.now() - begun > patience) {
        throw new Unavailable({ message: `${connection.label}: ${what} is not to be seen in the log yet; ask again` })
      }
      await wait(PAUSE)
    }
  }

  try {
    indexFor(db, born, path ?? 'a temporary file')
    giveUpSoon(db)
    const last = reader.last()
    if (last) {
      const place = { commit: last.place, prepare: last.place }
      const [found] = await connection.readAll(place, 1)
      if (found?.position?.commit !== last.place || found.id !== last.id) emptyIndex(db, born)
    }
    await freshen()
  } catch (cause) {
    db.close()
    throw cause
  }
  return { ...reader, db, freshen, until, close: () => db.close() }
}

/** Nothing is decided or answered from a stream that has a fault. @throws Integrity */
export const mustBeWhole = (stream: string, { fault }: { readonly fault?: string }, label: string): void => {
  if (fault === undefined) return
  const what = 'a daybook is never changed: find out who did this, undo it, or restore the log from a backup'
  throw new Integrity({ message: `${label}: ${stream} ${fault}; ${what}` })
}
