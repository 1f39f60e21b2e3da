import type { DatabaseSync } from 'node:sqlite'
import { Integrity } from '@daybook/core/ports'
import { newOrigin } from '../store-contract.ts'

/** Version of the tables below. A newer one is not read. */
const FORMAT = 1

/**
 * The tables of a log. `position` is the rowid: one writer at a time makes it dense and in commit order. What is
 * searched or skipped by stands first in a row, the long texts last. Nothing is ever updated or deleted.
 */
const schema = `
CREATE TABLE book(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  format INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE TABLE events(
  position INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  effective_date TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  committed_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  command_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  prev TEXT NOT NULL,
  leaf TEXT NOT NULL,
  data TEXT NOT NULL,
  meta TEXT NOT NULL,
  UNIQUE (stream, version)
) STRICT;
CREATE TABLE commands(
  stream TEXT NOT NULL,
  command_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  first_version INTEGER NOT NULL,
  last_version INTEGER NOT NULL,
  first_position INTEGER NOT NULL,
  last_position INTEGER NOT NULL,
  PRIMARY KEY (command_id, stream)
) STRICT, WITHOUT ROWID;
${['book', 'events', 'commands']
  .flatMap((table) =>
    ['UPDATE', 'DELETE'].map(
      (change) => `CREATE TRIGGER ${table}_never_${change.toLowerCase()} BEFORE ${change} ON ${table}
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;`,
    ),
  )
  .join('\n')}
`

export interface BookIdentity {
  readonly tenant: string
  readonly origin: string
}

const hasBook = (db: DatabaseSync): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'book'`).get() !== undefined

/** Two processes may open a new file at once: the second waits for the lock and then finds the book. */
const createBook = (db: DatabaseSync, tenant: string): void => {
  db.exec('BEGIN IMMEDIATE')
  try {
    if (!hasBook(db)) {
      db.exec(schema)
      db.prepare('INSERT INTO book(one, format, tenant, origin) VALUES (1, ?, ?, ?)').run(FORMAT, tenant, newOrigin())
    }
    db.exec('COMMIT')
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw cause
  }
}

/**
 * The book in a file, made for `tenant` when the file is new.
 * @throws Integrity when it is of a newer format or another tenant's.
 */
export const bookIn = (db: DatabaseSync, path: string, tenant: string | undefined, create: boolean): BookIdentity => {
  if (!hasBook(db)) {
    if (!create) throw new Integrity({ message: `${path} holds no daybook` })
    createBook(db, tenant ?? 'main')
  }
  const book = db.prepare('SELECT format, tenant, origin FROM book').get()
  const found = { format: Number(book?.['format']), tenant: String(book?.['tenant']), origin: String(book?.['origin']) }
  if (found.format !== FORMAT) {
    const message = `${path} was written by a newer Daybook (format ${found.format}; this one reads format ${FORMAT})`
    throw new Integrity({ message })
  }
  if (tenant !== undefined && found.tenant !== tenant) {
    throw new Integrity({ message: `${path} is the book of tenant ${found.tenant}, not of ${tenant}` })
  }
  return { tenant: found.tenant, origin: found.origin }
}
