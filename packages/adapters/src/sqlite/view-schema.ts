import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './transaction.ts'

/**
 * The tables of views, in a file of their own or beside the log. Unlike the log they are rebuilt at will. A view
 * version has a number of its own, so that a rebuilt one takes the place of the live one by changing one row.
 * Documents are a rowid table: without one, a search past a large document would read all of it to compare its key.
 */
const schema = `
CREATE TABLE IF NOT EXISTS view_checkpoint(
  id INTEGER PRIMARY KEY,
  view TEXT NOT NULL,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  leaf TEXT NOT NULL,
  UNIQUE (view, version)
) STRICT;
CREATE TABLE IF NOT EXISTS view_doc(
  view INTEGER NOT NULL,
  key TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (view, key)
) STRICT;
CREATE TABLE IF NOT EXISTS view_cell(
  view INTEGER NOT NULL,
  series TEXT NOT NULL,
  x INTEGER NOT NULL,
  y INTEGER NOT NULL,
  z INTEGER NOT NULL,
  kind TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (view, series, x, y, z, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS view_item(
  view INTEGER NOT NULL,
  list TEXT NOT NULL,
  key TEXT NOT NULL,
  rank TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (view, list, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS view_item_by_rank ON view_item(view, list, rank, key);
`

/** Tables whose rows belong to a view version. */
export const rowTables = ['view_doc', 'view_cell', 'view_item'] as const

const columnsOf = (db: DatabaseSync, table: string): readonly unknown[] =>
  db
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name)

/** Checkpoints of an earlier Daybook do not say on which event they stand: their views are built again. */
const dropUnmarked = (db: DatabaseSync): void => {
  const columns = columnsOf(db, 'view_checkpoint')
  if (columns.length === 0 || columns.includes('leaf')) return
  for (const table of ['view_checkpoint', ...rowTables]) db.exec(`DROP TABLE ${table}`)
}

/** Whether all tables are there as they are made now: then opening takes no lock, and waits for no writer. */
const areThere = (db: DatabaseSync): boolean =>
  columnsOf(db, 'view_checkpoint').includes('leaf') &&
  [...rowTables, 'view_item_by_rank'].every(
    (name) => db.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined,
  )

/** Everything that the views of an attached book hold, as it stands now; of an earlier Daybook's, nothing. */
export const copyViews = (db: DatabaseSync, from: string): void => {
  db.prepare('ATTACH ? AS book').run(from)
  const isKnown = db.prepare(`SELECT 1 FROM pragma_table_info('view_checkpoint', 'book') WHERE name = 'leaf'`).get()
  if (isKnown !== undefined) {
    db.exec('BEGIN')
    for (const table of ['view_checkpoint', ...rowTables])
      db.exec(`INSERT INTO main.${table} SELECT * FROM book.${table}`)
    db.exec('COMMIT')
  }
  db.exec('DETACH book')
}

/** Two processes may open a new file at once: the second waits for the lock and finds the tables. */
export const createViewTables = (db: DatabaseSync): void => {
  if (areThere(db)) return
  inTransaction(db, () => {
    dropUnmarked(db)
    db.exec(schema)
  })
}
