import type { DatabaseSync } from 'node:sqlite'
import { Integrity } from '@daybook/core/ports'
import { inTransaction } from '../sqlite/transaction.ts'

/** Of the tables below. An index of another format is thrown away and made again from the log. */
const FORMAT = 2

const tables = ['kurrentdb_log', 'kurrentdb_stream', 'kurrentdb_event', 'kurrentdb_command'] as const

/**
 * Which event stands at which position. All of it follows from the log: it can be thrown away, and two of them are equal.
 * `ordinal` is the position; where an event stands in the server's log is in `log_position`. `born` is the name that the log
 * was made with, `origin` the one that it has: another one where it took another log over.
 */
const schema = `
CREATE TABLE kurrentdb_log(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  format INTEGER NOT NULL,
  born TEXT NOT NULL,
  origin TEXT NOT NULL,
  adopting INTEGER NOT NULL DEFAULT 0,
  commit_position TEXT NOT NULL,
  prepare_position TEXT NOT NULL
) STRICT;
CREATE TABLE kurrentdb_stream(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT -1,
  leaf TEXT NOT NULL DEFAULT '-',
  closed INTEGER NOT NULL DEFAULT 0,
  truncated TEXT,
  fault TEXT
) STRICT;
CREATE TABLE kurrentdb_event(
  ordinal INTEGER PRIMARY KEY,
  log_position TEXT NOT NULL,
  committed_at TEXT NOT NULL,
  stream INTEGER NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  UNIQUE (stream, version)
) STRICT;
CREATE TABLE kurrentdb_command(
  stream INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  writer TEXT NOT NULL,
  first_version INTEGER NOT NULL,
  last_version INTEGER NOT NULL,
  first_position INTEGER NOT NULL,
  last_position INTEGER NOT NULL,
  leaf TEXT NOT NULL,
  PRIMARY KEY (command_id, stream)
) STRICT, WITHOUT ROWID;
`

const makeTables = (db: DatabaseSync): void => {
  for (const table of tables) db.exec(`DROP TABLE IF EXISTS ${table}`)
  db.exec(schema)
}

const isThere = (db: DatabaseSync): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'kurrentdb_log'`).get() !== undefined

const formatIn = (db: DatabaseSync): unknown => db.prepare('SELECT format FROM kurrentdb_log').get()?.['format']

/** Makes the tables where they are absent or of another format. Two processes may do so at once. */
export const createIndex = (db: DatabaseSync): void => {
  const isFit = (): boolean => isThere(db) && [FORMAT, undefined].includes(formatIn(db) as number | undefined)
  if (isFit()) return
  inTransaction(db, () => {
    if (!isFit()) makeTables(db)
  })
}

const insertLog = (db: DatabaseSync, born: string): void => {
  db.prepare(`INSERT INTO kurrentdb_log VALUES (1, ?, ?, ?, 0, '', '')`).run(FORMAT, born, born)
}

/** Throws the index away: it begins again at the start of the log. */
export const emptyIndex = (db: DatabaseSync, born: string): void =>
  inTransaction(db, () => {
    for (const table of tables) db.exec(`DELETE FROM ${table}`)
    insertLog(db, born)
  })

/**
 * Makes the index that of a log. An empty one is taken; one of the same log goes on.
 * @throws Integrity when it is of another log: the views in its file are as well.
 */
export const indexFor = (db: DatabaseSync, born: string, path: string): void =>
  inTransaction(db, () => {
    const found = db.prepare('SELECT born FROM kurrentdb_log').get()?.['born']
    if (found === undefined) {
      insertLog(db, born)
    } else if (found !== born) {
      throw new Integrity({ message: `${path} holds the index or the views of another log: name another file` })
    }
  })
