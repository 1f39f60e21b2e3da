import type { DatabaseSync } from 'node:sqlite'
import { Integrity } from '@daybook/core/ports'
import { newOrigin } from '../store-contract.ts'
import { guardSchema, guardsOf } from './guards.ts'
import { inTransaction } from './transaction.ts'

/** Version of the tables below. A newer one is not read; an older one is made this one (`migrating.ts`). */
export const FORMAT = 3

/** The tables of a log by their names. */
export const logTables = ['streams', 'types', 'events', 'commands'] as const

/**
 * The tables of a log. `position` is the rowid: one writer at a time makes it dense and in commit order. What is
 * searched or skipped by stands first in a row, the long texts last. Nothing is ever updated or deleted. A row does not
 * repeat what another one says (`log-rows.ts`); columns of any type hold what `packed.ts` makes of hashes, ids, times and
 * names. `meta` is empty where it is that of the event before it, by the same command.
 */
export const logSchema = `
CREATE TABLE streams(
  stream INTEGER PRIMARY KEY,
  name ANY NOT NULL UNIQUE
) STRICT;
CREATE TABLE types(
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE events(
  position INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL,
  version INTEGER NOT NULL,
  type_number INTEGER NOT NULL,
  schema_version INTEGER NOT NULL,
  effective_date TEXT NOT NULL,
  recorded_at ANY NOT NULL,
  committed_at ANY NOT NULL,
  actor TEXT NOT NULL,
  id ANY NOT NULL UNIQUE,
  leaf ANY NOT NULL,
  data TEXT NOT NULL,
  meta TEXT,
  UNIQUE (stream, version)
) STRICT;
CREATE TABLE commands(
  first_position INTEGER PRIMARY KEY,
  last_position INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  first_version INTEGER NOT NULL,
  last_version INTEGER NOT NULL,
  command_id ANY NOT NULL,
  fingerprint ANY NOT NULL,
  UNIQUE (command_id, stream)
) STRICT;
${logTables.map(guardSchema).join('\n')}
`

const schema = `
CREATE TABLE book(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  format INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
${guardSchema('book')}
${logSchema}
`

/**
 * By what a book knows its secret again. A table of its own: a book of an earlier Daybook has none, and gets it when it is
 * opened to be written.
 */
const secretSchema = `
CREATE TABLE secret_check(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  value TEXT NOT NULL
) STRICT;
${guardSchema('secret_check')}
`

export interface BookIdentity {
  readonly tenant: string
  readonly origin: string
}

export const hasTable = (db: DatabaseSync, name: string): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`).get(name) !== undefined
const hasBook = (db: DatabaseSync): boolean => hasTable(db, 'book')

/** Two processes may open a new file at once: the second waits for the lock and then finds the book. */
const createBook = (db: DatabaseSync, tenant: string): void =>
  inTransaction(db, () => {
    if (hasBook(db)) return
    db.exec(schema)
    db.prepare('INSERT INTO book(one, format, tenant, origin) VALUES (1, ?, ?, ?)').run(FORMAT, tenant, newOrigin())
  })

/** Gives an empty book the name of the log that it takes over. The guards of its table are as they were afterwards. */
export const nameAfter = (db: DatabaseSync, origin: string): void => {
  for (const [name] of guardsOf('book')) db.exec(`DROP TRIGGER IF EXISTS ${name}`)
  db.prepare('UPDATE book SET origin = ?').run(origin)
  db.exec(guardSchema('book'))
}

/** The check value of the secret, undefined where the book keeps none. */
export const secretCheckIn = (db: DatabaseSync): string | undefined => {
  if (!hasTable(db, 'secret_check')) return undefined
  const value = db.prepare('SELECT value FROM secret_check').get()?.['value']
  return value === undefined ? undefined : String(value)
}

/** Inside a transaction: keeps a check value where there is none. Gives the one that is kept. */
export const putSecretCheck = (db: DatabaseSync, value: string): string => {
  if (!hasTable(db, 'secret_check')) db.exec(secretSchema)
  db.prepare('INSERT INTO secret_check VALUES (1, ?) ON CONFLICT DO NOTHING').run(value)
  return secretCheckIn(db) ?? value
}

/** Keeps a check value where there is none; gives the one that is kept. */
export const keepSecretCheck = (db: DatabaseSync, value: string): string =>
  secretCheckIn(db) ?? inTransaction(db, () => putSecretCheck(db, value))

/** What a book says of itself; undefined where the file holds none. */
export const bookRow = (db: DatabaseSync): (BookIdentity & { readonly format: number }) | undefined => {
  const book = hasBook(db) ? db.prepare('SELECT format, tenant, origin FROM book').get() : undefined
  return book && { format: Number(book['format']), tenant: String(book['tenant']), origin: String(book['origin']) }
}

/**
 * The book in a file, made for `tenant` when the file is new; also one of an earlier format.
 * @throws Integrity when it is of a newer format or another tenant's.
 */
export const bookIn = (db: DatabaseSync, path: string, tenant: string | undefined, create: boolean): BookIdentity => {
  if (!hasBook(db)) {
    if (!create) throw new Integrity({ message: `${path} holds no daybook` })
    createBook(db, tenant ?? 'main')
  }
  const found = bookRow(db)
  if (!found) throw new Integrity({ message: `${path}: what the book says of itself is gone` })
  if (!(found.format >= 1 && found.format <= FORMAT)) {
    const message = `${path} was written by a newer Daybook (format ${found.format}; this one reads format ${FORMAT})`
    throw new Integrity({ message })
  }
  if (tenant !== undefined && found.tenant !== tenant) {
    throw new Integrity({ message: `${path} is the book of tenant ${found.tenant}, not of ${tenant}` })
  }
  return { tenant: found.tenant, origin: found.origin }
}
