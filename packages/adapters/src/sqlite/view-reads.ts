import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Cell, type Checkpoint, type Item, NEW_VIEW, type ViewName } from '@daybook/core/ports'
import { firstRow, prepareRows, rowLimit } from './event-rows.ts'
import { rowTables } from './view-schema.ts'

/** A view version in the tables: its number there and how far it is built. */
export interface ViewRow {
  readonly id: number
  readonly checkpoint: Checkpoint
}

/** Nothing has this number: reads of a view that does not exist find nothing. */
const NO_VIEW: ViewRow = { id: 0, checkpoint: NEW_VIEW }

export const viewFinder = (db: DatabaseSync): ((name: ViewName) => ViewRow) => {
  const find = prepareRows(db, 'SELECT id, position, leaf FROM view_checkpoint WHERE view = ? AND version = ?')
  return ({ view, version }) => {
    const row = firstRow<readonly [number, number, string]>(find, view, version)
    return row ? { id: row[0], checkpoint: { position: row[1], leaf: row[2] } } : NO_VIEW
  }
}

const rowsOf = <Row extends readonly unknown[]>(statement: StatementSync, ...parameters: (string | number)[]) => {
  const rows: unknown = statement.all(...parameters)
  return rows as readonly Row[]
}

type CellRow = readonly [series: string, x: number, y: number, z: number, kind: string, amount: number]

/** Above every text with the prefix. */
const past = (prefix: string): string => `${prefix}\u{10ffff}`

/** The reads of a view store; each runs at once and throws SQLite's errors. */
export const viewReads = (db: DatabaseSync) => {
  const find = viewFinder(db)
  const one = prepareRows(db, 'SELECT body FROM view_doc WHERE view = ? AND key = ?')
  const many = prepareRows(
    db,
    `SELECT d.key, d.body FROM json_each(?) wanted CROSS JOIN view_doc d ON d.view = ? AND d.key = wanted.value`,
  )
  // Two statements: with both bounds in one, SQLite seeks by the first and walks all keys up to the second.
  const firstPage = prepareRows(
    db,
    `SELECT key, body FROM view_doc WHERE view = ? AND key >= ? AND key < ? ORDER BY key LIMIT ${rowLimit}`,
  )
  const nextPage = prepareRows(
    db,
    `SELECT key, body FROM view_doc WHERE view = ? AND key > ? AND key < ? ORDER BY key LIMIT ${rowLimit}`,
  )
  const sums = prepareRows(
    db,
    `SELECT z, kind, SUM(amount) FROM view_cell WHERE view = ? AND series = ? AND x <= ? AND y <= ?
     GROUP BY z, kind HAVING SUM(amount) <> 0`,
  )
  const seriesNames = prepareRows(
    db,
    `WITH RECURSIVE names(series) AS (
       SELECT min(series) FROM view_cell WHERE view = ?1 AND series >= ?2
       UNION ALL
       SELECT (SELECT min(series) FROM view_cell WHERE view = ?1 AND series > names.series)
       FROM names WHERE names.series < ?3
     )
     SELECT series FROM names WHERE series < ?3`,
  )
  const firstItems = prepareRows(
    db,
    `SELECT list, key, rank, body FROM view_item WHERE view = ? AND list = ? ORDER BY rank, key LIMIT ${rowLimit}`,
  )
  const nextItems = prepareRows(
    db,
    `SELECT list, key, rank, body FROM view_item WHERE view = ? AND list = ? AND (rank, key) > (?, ?)
     ORDER BY rank, key LIMIT ${rowLimit}`,
  )
  const everyCell = prepareRows(
    db,
    `SELECT series, x, y, z, kind, amount FROM view_cell WHERE view = ? AND (series, x, y, z, kind) > (?, ?, ?, ?, ?)
     ORDER BY series, x, y, z, kind LIMIT ${rowLimit}`,
  )
  const everyItem = prepareRows(
    db,
    `SELECT list, key, rank, body FROM view_item WHERE view = ? AND (list, key) > (?, ?)
     ORDER BY list, key LIMIT ${rowLimit}`,
  )
  const all = prepareRows(db, 'SELECT view, version FROM view_checkpoint ORDER BY view, version')
  const strays = rowTables.map((table) =>
    prepareRows(db, `SELECT count(*) FROM ${table} WHERE view NOT IN (SELECT id FROM view_checkpoint)`),
  )
  return {
    cells: (name: ViewName, { after, limit }: { after?: Omit<Cell, 'amount'> | undefined; limit: number }) => {
      // No series has the empty name: the first page begins before all.
      const { series, x, y, z, kind } = after ?? { series: '', x: 0, y: 0, z: 0, kind: '' }
      return rowsOf<CellRow>(everyCell, find(name).id, series, x, y, z, kind, limit).map(
        (row): Cell => ({ series: row[0], x: row[1], y: row[2], z: row[3], kind: row[4], amount: row[5] }),
      )
    },
    everyItem: (name: ViewName, { after, limit }: { after?: Pick<Item, 'list' | 'key'> | undefined; limit: number }) =>
      rowsOf<readonly [string, string, string, string]>(
        everyItem,
        find(name).id,
        after?.list ?? '',
        after?.key ?? '',
        limit,
      ).map(([list, key, rank, body]): Item => ({ list, key, rank, body })),
    strays: (): number => strays.reduce((sum, count) => sum + (firstRow<readonly [number]>(count)?.[0] ?? 0), 0),
    names: (): readonly ViewName[] =>
      rowsOf<readonly [string, number]>(all).map(([view, version]) => ({ view, version })),
    checkpoint: (name: ViewName): Checkpoint => find(name).checkpoint,
    doc: (name: ViewName, key: string): string | undefined => firstRow<readonly [string]>(one, find(name).id, key)?.[0],
    docsOf: (name: ViewName, keys: Iterable<string>): ReadonlyMap<string, string> =>
      new Map(rowsOf<readonly [string, string]>(many, JSON.stringify([...keys]), find(name).id)),
    docs: (name: ViewName, { prefix = '', after = '', limit }: { prefix?: string; after?: string; limit: number }) => {
      const { id } = find(name)
      const rows =
        after < prefix
          ? rowsOf<readonly [string, string]>(firstPage, id, prefix, past(prefix), limit)
          : rowsOf<readonly [string, string]>(nextPage, id, after, past(prefix), limit)
      return rows.map(([key, body]) => ({ key, body }))
    },
    sum: (name: ViewName, { series, x, y }: { series: string; x: number; y: number }) =>
      rowsOf<readonly [number, string, number]>(sums, find(name).id, series, x, y).map(([z, kind, amount]) => ({
        z,
        kind,
        amount,
      })),
    series: (name: ViewName, prefix: string): readonly string[] =>
      rowsOf<readonly [string]>(seriesNames, find(name).id, prefix, past(prefix)).map(([series]) => series),
    items: (
      name: ViewName,
      { list, after, limit }: { list: string; after?: { rank: string; key: string }; limit: number },
    ): readonly Item[] => {
      const { id } = find(name)
      const rows = after
        ? rowsOf<readonly [string, string, string, string]>(nextItems, id, list, after.rank, after.key, limit)
        : rowsOf<readonly [string, string, string, string]>(firstItems, id, list, limit)
      return rows.map(([of, key, rank, body]) => ({ list: of, key, rank, body }))
    },
  }
}
