import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** A prepared statement whose rows come as arrays, which node:sqlite makes faster than objects (notes/storage C2). */
export const prepareRows = (db: DatabaseSync, sql: string): StatementSync => {
  const statement = db.prepare(sql)
  statement.setReturnArrays(true)
  return statement
}

/**
 * What stands after LIMIT where the caller says how many. SQLite plans by a bare parameter's value, and so compiles the
 * statement anew each time one is bound, which costs ten times a read that finds nothing; an expression it takes as it is.
 */
export const rowLimit = 'CAST(? AS INTEGER)'

/** The first row of a statement made by `prepareRows`, as the caller knows its columns. */
export const firstRow = <Row extends readonly unknown[]>(
  statement: StatementSync,
  ...parameters: (string | number | Uint8Array)[]
): Row | undefined => {
  const row: unknown = statement.get(...parameters)
  return row as Row | undefined
}
