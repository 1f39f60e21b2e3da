import type { DatabaseSync } from 'node:sqlite'

/** Runs all of it or nothing, with nobody else writing meanwhile. */
export const inTransaction = <A>(db: DatabaseSync, work: () => A): A => {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw cause
  }
}
