import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { Integrity, type MigrationProgress, type ReadError, type RecordedCommand } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { adoptionFault } from '../adopting.ts'
import { sqliteBackup } from './backup.ts'
import { bookRow, FORMAT, hasTable, logSchema, logTables } from './book-schema.ts'
import { openConnection } from './connection.ts'
import type { EarlierFormat } from './earlier-format.ts'
import { besideIn, besideName, type EarlierLog, earlierFormats, earlierLog } from './earlier-rows.ts'
import { isBusy } from './errors.ts'
import { firstRow, prepareRows } from './event-rows.ts'
import { guardSchema, guardsOf } from './guards.ts'
import { headReader, streamHeadReader } from './heads.ts'
import { eventMaker, readColumns } from './log-rows.ts'
import { commandWriter } from './row-writers.ts'
import { inTransaction } from './transaction.ts'
import { reading } from './waiting.ts'

// A file of an earlier format becomes one of now (decision 0023): a copy of it as it is beside it; then its rows are made
// anew beside the earlier ones, some at a time, each read back and compared; then the earlier ones go, and the room they
// took. Killed anywhere, the next opening goes on. What does not fit is left as it was, and refused. Where an older Daybook was
// stopped while it did so for a format of its own, the file is first put back as that one had found it.

/** A table that stands in the file until all is done. */
const MARK = 'migrating'

/** The format of a file, where it is an earlier one. */
const earlierIn = (db: DatabaseSync): EarlierFormat | undefined => {
  const format = bookRow(db)?.format
  return earlierFormats.find((earlier) => earlier.format === format)
}

/** Whether rows of an earlier format are still in the file: it is neither read nor written until they are made anew. */
export const isEarlier = (db: DatabaseSync): boolean => (earlierIn(db) ?? besideIn(db)) !== undefined

const isPending = (db: DatabaseSync): boolean => isEarlier(db) || hasTable(db, MARK)

/** Why a file of an earlier format is not read as it is. */
export const earlierFormat = (path: string): Integrity =>
  new Integrity({
    message:
      `${path} was written by an older Daybook, and is made one of this Daybook once, when it is opened to be written: ` +
      `run daybook check --db sqlite:${path} (without mode=ro), which keeps a copy of it as it is beside it. ` +
      'Where it can not be written, copy it and its key to where it can.',
  })

/** Where the file is kept as it was when it ended at a position. */
const keptAt = (path: string, { format }: EarlierFormat, position: number): string =>
  `${path}.format-${format}-at-${position}`

const endOf = (db: DatabaseSync): number =>
  Number(db.prepare('SELECT coalesce(max(position), 0) AS position FROM events').get()?.['position'])

/** A copy opens by itself, is whole as SQLite has it, and ends where it should, or later. */
const lookAt = (path: string, position: number): Effect.Effect<void, ReadError> =>
  reading(path, () => {
    const copy = openConnection({ path, readOnly: true })
    try {
      const said = Object.values(copy.prepare('PRAGMA quick_check(1)').get() ?? {})[0]
      if (said === 'ok' && endOf(copy) >= position) return
      throw new Integrity({ message: `${path}: the copy of the book is not whole: ${String(said)}` })
    } finally {
      copy.close()
    }
  })

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

/** Keeps the file as it is, under a name of its own; one that was kept already stays. */
const keep = (path: string, to: string, position: number): Effect.Effect<void, ReadError> =>
  Effect.suspend(() => {
    if (isThere(to)) return Effect.void
    // Another process may keep it at the same time: its copy is as good.
    return Effect.catch(
      sqliteBackup({ path, to }, (draft) => lookAt(draft, position)),
      (error) => (isThere(to) ? Effect.void : Effect.fail(error)),
    )
  })

/** Inside a transaction: what a book says its format is. */
const setFormat = (db: DatabaseSync, format: number): void => {
  for (const [name] of guardsOf('book')) db.exec(`DROP TRIGGER IF EXISTS ${name}`)
  db.prepare('UPDATE book SET format = ?').run(format)
  db.exec(guardSchema('book'))
}

/** Puts the earlier tables aside and makes those of now, where the log still ends where the kept file does. */
const begin = (db: DatabaseSync, earlier: EarlierFormat, position: number): void =>
  inTransaction(db, () => {
    if (earlierIn(db) !== earlier || besideIn(db) || endOf(db) !== position) return
    for (const table of earlier.tables) {
      for (const [name] of guardsOf(table)) db.exec(`DROP TRIGGER IF EXISTS ${name}`)
      db.exec(`ALTER TABLE ${table} RENAME TO ${besideName(earlier, table)}`)
    }
    db.exec(`${logSchema} CREATE TABLE IF NOT EXISTS ${MARK}(one INTEGER PRIMARY KEY) STRICT`)
    setFormat(db, FORMAT)
  })

/** Inside a transaction: takes the tables that stand aside for those of the log again. */
const putBack = (db: DatabaseSync): void => {
  const earlier = besideIn(db)
  if (!earlier) return
  for (const table of [...logTables, MARK]) db.exec(`DROP TABLE IF EXISTS ${table}`)
  for (const table of earlier.tables)
    db.exec(`ALTER TABLE ${besideName(earlier, table)} RENAME TO ${table}; ${guardSchema(table)}`)
  setFormat(db, earlier.format)
}

/** Leaves the file as it was: what does not fit the rows of now stays to be looked at. */
const undo = (db: DatabaseSync): void => inTransaction(db, () => putBack(db))

/** The earlier format that a file has, whole: what an older Daybook began and did not end is put back. */
const wholeEarlier = (db: DatabaseSync): EarlierFormat | undefined =>
  inTransaction(db, () => {
    if (earlierIn(db)) putBack(db)
    return earlierIn(db)
  })

/** Makes rows of commands, after they were looked at as those of a log that is taken over; what they hold is read back. */
const rowMaker = (db: DatabaseSync, path: string): ((commands: readonly RecordedCommand[]) => void) => {
  const readHead = headReader(db)
  const headOf = streamHeadReader(db)
  const write = commandWriter(db)
  const written = prepareRows(db, `SELECT ${readColumns} FROM events WHERE position > ? ORDER BY position`)
  const make = eventMaker(db)
  const origin = bookRow(db)?.origin ?? ''
  return (commands) => {
    const head = readHead()
    const log = { name: path, begun: true, origin, hasSecret: false, head, headOf, hasEvent: () => false }
    const fault = adoptionFault({ origin, commands }, log)
    if (fault) throw new Integrity({ message: fault.message })
    write(commands)
    const events = commands.flatMap((command) => command.events)
    if (!isDeepStrictEqual(make.events(written, head.position), events)) {
      throw new Integrity({ message: `rows behind @${head.position} are not read as they were` })
    }
  }
}

/** The rows of now hold all that the earlier ones do: those go. */
const finish = (db: DatabaseSync, earlier: EarlierFormat, { end }: EarlierLog): void => {
  const { position, records } = end()
  const now = firstRow<readonly [number]>(prepareRows(db, 'SELECT count(*) FROM commands'))?.[0]
  if (endOf(db) !== position || now !== records) {
    throw new Integrity({ message: `@${position}: commands are on record whose events are gone` })
  }
  for (const table of earlier.tables) db.exec(`DROP TABLE ${besideName(earlier, table)}`)
}

type Step = 'next' | 'done'

/** One transaction: some more rows, or the end. Another process may have come before. */
const step = (db: DatabaseSync, path: string): Step =>
  inTransaction(db, () => {
    const earlier = besideIn(db)
    if (!earlier) return 'done'
    const log = earlierLog(db, earlier)
    const commands = log.commandsAfter(endOf(db))
    if (commands.length > 0) rowMaker(db, path)(commands)
    else finish(db, earlier, log)
    return commands.length > 0 ? 'next' : 'done'
  })

/** Gives the room that the earlier rows took back; who can not have the file alone for it leaves that to the next. */
const giveRoomBack = (db: DatabaseSync): void => {
  try {
    db.exec(`VACUUM; DROP TABLE IF EXISTS ${MARK}`)
  } catch (cause) {
    if (!isBusy(cause)) throw cause
  }
}

const notWhole = (path: string, { message }: { readonly message: string }): Integrity =>
  new Integrity({
    message:
      `${path} was written by an older Daybook, and was changed since: ${message}. It is left as it was: ` +
      'check it by the Daybook that wrote it, and restore it from a backup',
  })

/** Rows one step after the other, with the event loop free between them. */
const makeRows = (db: DatabaseSync, path: string, tell: () => void): Effect.Effect<void, ReadError> =>
  Effect.gen(function* () {
    while ((yield* reading(path, () => step(db, path))) === 'next') {
      tell()
      yield* Effect.yieldNow
    }
  }).pipe(
    Effect.catchTag('Integrity', (fault) =>
      Effect.andThen(
        reading(path, () => undo(db)),
        Effect.fail(notWhole(path, fault)),
      ),
    ),
  )

/** Keeps the file as it is and puts its tables aside, where it is of an earlier format. */
const begun = (db: DatabaseSync, path: string): Effect.Effect<void, ReadError> =>
  Effect.gen(function* () {
    for (;;) {
      const earlier = yield* reading(path, () => wholeEarlier(db))
      if (!earlier) return
      const position = yield* reading(path, () => endOf(db))
      yield* keep(path, keptAt(path, earlier, position), position)
      yield* reading(path, () => begin(db, earlier, position))
    }
  })

/** Where the file was kept as it was; what else may be there is of a format before that one. */
const keptOf = (path: string, position: number): string | undefined =>
  earlierFormats
    .map((earlier) => keptAt(path, earlier, position))
    .filter(isThere)
    .at(-1)

/**
 * Makes a file of an earlier format one of now, where it is one: nothing that is read of it changes. Fails with Integrity
 * where it was changed so that it can not be; Unavailable where the disk is full or another process is in the way.
 */
export const migrated = (
  db: DatabaseSync,
  path: string,
  onProgress: (progress: MigrationProgress) => void = () => undefined,
): Effect.Effect<void, ReadError> =>
  Effect.gen(function* () {
    if (!(yield* reading(path, () => isPending(db)))) return
    const about = { name: `rows-${FORMAT}`, what: 'rows of fewer bytes' }
    yield* begun(db, path)
    const earlier = yield* reading(path, () => besideIn(db))
    const of = yield* reading(path, () => (earlier ? earlierLog(db, earlier).end().position : endOf(db)))
    yield* makeRows(db, path, () => onProgress({ ...about, done: endOf(db), of }))
    yield* reading(path, () => giveRoomBack(db))
    const kept = keptOf(path, of)
    onProgress({ ...about, done: of, of, made: of, ...(kept === undefined ? {} : { kept }) })
  })
