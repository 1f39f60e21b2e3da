import { type Cell, type Checkpoint, type Item, NEW_VIEW, type ViewName } from '@daybook/core/ports'
import type { Session } from './sessions.ts'
import { statement } from './statement.ts'
import { rowTables } from './view-tables.ts'

/** A view version in the tables: its number there and how far it is built. */
export interface ViewRow {
  readonly id: number
  readonly checkpoint: Checkpoint
}

/** Nothing has this number: reads of a view that does not exist find nothing. */
const NO_VIEW: ViewRow = { id: 0, checkpoint: NEW_VIEW }

const found = 'SELECT id, position, leaf FROM daybook.view_checkpoint WHERE tenant = $1 AND view = $2 AND version = $3'
const find = statement(found)
/** Nobody else moves what was found so until the transaction ends. */
const findToWrite = statement(`${found} FOR UPDATE`)

type Found = readonly [id: number, position: number, leaf: string]
const rowOf = (row: Found | undefined): ViewRow =>
  row ? { id: row[0], checkpoint: { position: row[1], leaf: row[2] } } : NO_VIEW

export const viewFound = async ({ rows }: Session, tenant: string, { view, version }: ViewName): Promise<ViewRow> =>
  rowOf((await rows<Found>(find, tenant, view, version))[0])
export const viewToWrite = async ({ rows }: Session, tenant: string, { view, version }: ViewName): Promise<ViewRow> =>
  rowOf((await rows<Found>(findToWrite, tenant, view, version))[0])

/** The number of the view that is asked for, in the statement that asks: one round trip, and one state of the store. */
const ofView = `(SELECT id FROM daybook.view_checkpoint WHERE tenant = $1 AND view = $2 AND version = $3)`

const names = statement('SELECT view, version FROM daybook.view_checkpoint WHERE tenant = $1 ORDER BY view, version')
const doc = statement(`SELECT body FROM daybook.view_doc WHERE view = ${ofView} AND key = $4`)
const docsOf = statement(`SELECT key, body FROM daybook.view_doc WHERE view = ${ofView} AND key = ANY($4::text[])`)
const docs = statement(
  `SELECT key, body FROM daybook.view_doc WHERE view = ${ofView} AND key >= $4 AND key > $5 AND key < $6 ORDER BY key LIMIT $7`,
)
const sums = statement(
  `SELECT z, kind, sum(amount) FROM daybook.view_cell WHERE view = ${ofView} AND series = $4 AND x <= $5 AND y <= $6
   GROUP BY z, kind HAVING sum(amount) <> 0`,
)
/** Goes from name to name by the index: a listing costs by series, not by cells. */
const series = statement(
  `WITH RECURSIVE of(view) AS (SELECT ${ofView}), names(series) AS (
     (SELECT c.series FROM daybook.view_cell c, of WHERE c.view = of.view AND c.series >= $4 ORDER BY c.series LIMIT 1)
     UNION ALL
     SELECT (SELECT c.series FROM daybook.view_cell c, of WHERE c.view = of.view AND c.series > n.series
       ORDER BY c.series LIMIT 1)
     FROM names n WHERE n.series < $5
   )
   SELECT series FROM names WHERE series < $5`,
)
const firstItems = statement(
  `SELECT list, key, rank, body FROM daybook.view_item WHERE view = ${ofView} AND list = $4 ORDER BY rank, key LIMIT $5`,
)
const nextItems = statement(
  `SELECT list, key, rank, body FROM daybook.view_item WHERE view = ${ofView} AND list = $4 AND (rank, key) > ($6, $7)
   ORDER BY rank, key LIMIT $5`,
)
const cells = statement(
  `SELECT series, x, y, z, kind, amount FROM daybook.view_cell WHERE view = ${ofView}
   AND (series, x, y, z, kind) > ($4, $5, $6, $7, $8) ORDER BY series, x, y, z, kind LIMIT $9`,
)
const everyItem = statement(
  `SELECT list, key, rank, body FROM daybook.view_item WHERE view = ${ofView} AND (list, key) > ($4, $5)
   ORDER BY list, key LIMIT $6`,
)
const strays = statement(
  `SELECT ${rowTables
    .map(
      (table) => `(SELECT count(*) FROM daybook.${table} r WHERE NOT EXISTS
      (SELECT FROM daybook.view_checkpoint v WHERE v.id = r.view))`,
    )
    .join(' + ')}`,
)

type ItemRow = readonly [list: string, key: string, rank: string, body: string]
const itemOf = ([list, key, rank, body]: ItemRow): Item => ({ list, key, rank, body })

/** Above every text with the prefix. */
const past = (prefix: string): string => `${prefix}\u{10ffff}`

type Read = <Row extends readonly unknown[]>(...given: Parameters<Session['rows']>) => Promise<readonly Row[]>

/** The reads of the views of a tenant; each is one statement. */
export const viewReads = (read: Read, tenant: string) => {
  const of = ({ view, version }: ViewName) => [tenant, view, version] as const
  return {
    names: async (): Promise<readonly ViewName[]> =>
      (await read<[string, number]>(names, tenant)).map(([view, version]) => ({ view, version })),
    checkpoint: async (name: ViewName): Promise<Checkpoint> =>
      rowOf((await read<Found>(find, ...of(name)))[0]).checkpoint,
    doc: async (name: ViewName, key: string): Promise<string | undefined> =>
      (await read<[string]>(doc, ...of(name), key))[0]?.[0],
    docsOf: async (name: ViewName, keys: Iterable<string>): Promise<ReadonlyMap<string, string>> =>
      new Map(await read<[string, string]>(docsOf, ...of(name), [...keys])),
    docs: async (
      name: ViewName,
      { prefix = '', after = '', limit }: { prefix?: string; after?: string; limit: number },
    ) =>
      (await read<[string, string]>(docs, ...of(name), prefix, after, past(prefix), limit)).map(([key, body]) => ({
        key,
        body,
      })),
    sum: async (name: ViewName, asked: { series: string; x: number; y: number }) =>
      (await read<[number, string, number]>(sums, ...of(name), asked.series, asked.x, asked.y)).map(
        ([z, kind, amount]) => ({ z, kind, amount }),
      ),
    series: async (name: ViewName, prefix: string): Promise<readonly string[]> =>
      (await read<[string]>(series, ...of(name), prefix, past(prefix))).map(([one]) => one),
    items: async (
      name: ViewName,
      { list, after, limit }: { list: string; after?: { rank: string; key: string }; limit: number },
    ): Promise<readonly Item[]> => {
      const rows = after
        ? await read<ItemRow>(nextItems, ...of(name), list, limit, after.rank, after.key)
        : await read<ItemRow>(firstItems, ...of(name), list, limit)
      return rows.map(itemOf)
    },
    cells: async (name: ViewName, { after, limit }: { after?: Omit<Cell, 'amount'> | undefined; limit: number }) => {
      // No series has the empty name: the first page begins before all.
      const from = after ?? { series: '', x: 0, y: 0, z: 0, kind: '' }
      const place = [from.series, from.x, from.y, from.z, from.kind] as const
      const rows = await read<[string, number, number, number, string, number]>(cells, ...of(name), ...place, limit)
      return rows.map(
        (row): Cell => ({ series: row[0], x: row[1], y: row[2], z: row[3], kind: row[4], amount: row[5] }),
      )
    },
    everyItem: async (
      name: ViewName,
      { after, limit }: { after?: Pick<Item, 'list' | 'key'> | undefined; limit: number },
    ) => (await read<ItemRow>(everyItem, ...of(name), after?.list ?? '', after?.key ?? '', limit)).map(itemOf),
    strays: async (): Promise<number> => (await read<[number]>(strays))[0]?.[0] ?? 0,
  }
}
