import type { Cell, Checkpoint, Conflict, Integrity, Item, ViewChange, ViewName } from '@daybook/core/ports'
import { changeFault, movedOn, standsAt } from '../view-contract.ts'
import { anyText } from './kept-text.ts'
import type { Session, Sessions } from './sessions.ts'
import { statement } from './statement.ts'
import { viewFound, viewToWrite } from './view-reads.ts'
import { rowTables } from './view-tables.ts'

const create = statement(
  `INSERT INTO daybook.view_checkpoint(tenant, view, version, position, leaf) VALUES ($1, $2, $3, 0, '-')
   ON CONFLICT (tenant, view, version) DO NOTHING RETURNING id`,
)
const moveOn = statement('UPDATE daybook.view_checkpoint SET position = $2, leaf = $3 WHERE id = $1')
const rename = statement('UPDATE daybook.view_checkpoint SET view = $2, version = $3 WHERE id = $1')
const forgetCheckpoint = statement('DELETE FROM daybook.view_checkpoint WHERE id = $1')
const forgetRows = rowTables.map((table) => statement(`DELETE FROM daybook.${table} WHERE view = $1`))
const sweep = rowTables.map((table) =>
  statement(
    `DELETE FROM daybook.${table} r WHERE NOT EXISTS (SELECT FROM daybook.view_checkpoint v WHERE v.id = r.view)`,
  ),
)
const put = statement(
  `INSERT INTO daybook.view_doc SELECT $1::bigint, d.key, d.body FROM unnest($2::text[], $3::text[]) AS d(key, body)
   ORDER BY d.key ON CONFLICT (view, key) DO UPDATE SET body = excluded.body`,
)
const drop = statement('DELETE FROM daybook.view_doc WHERE view = $1 AND key = ANY($2::text[])')
const add = statement(
  `INSERT INTO daybook.view_cell
   SELECT $1::bigint, c.series, c.x, c.y, c.z, c.kind, sum(c.amount)::bigint
   FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[]) AS c(series, x, y, z, kind, amount)
   GROUP BY c.series, c.x, c.y, c.z, c.kind ORDER BY 2, 3, 4, 5, 6
   ON CONFLICT (view, series, x, y, z, kind) DO UPDATE SET amount = view_cell.amount + excluded.amount`,
)
const putItems = statement(
  `INSERT INTO daybook.view_item
   SELECT $1::bigint, i.list, i.key, i.rank, i.body
   FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS i(list, key, rank, body) ORDER BY 2, 3
   ON CONFLICT (view, list, key) DO UPDATE SET rank = excluded.rank, body = excluded.body`,
)
const dropItems = statement(
  `DELETE FROM daybook.view_item i USING unnest($2::text[], $3::text[]) AS d(list, key)
   WHERE i.view = $1 AND i.list = d.list AND i.key = d.key`,
)

/** Of several items of one place the last one stays: a statement can not write a row twice. */
const lastOfEach = (items: Iterable<Item>): readonly Item[] => [
  ...new Map([...items].map((item) => [JSON.stringify([item.list, item.key]), item])).values(),
]

const write = async ({ rows }: Session, id: number, change: ViewChange, cells: readonly Cell[]): Promise<void> => {
  const dropped = [...(change.drop ?? [])]
  if (dropped.length > 0) await rows(drop, id, dropped)
  const documents = change.put ?? new Map<string, string>()
  if (documents.size > 0) await rows(put, id, [...documents.keys()], [...documents.values()])
  if (cells.length > 0) {
    const column = <Name extends keyof Cell>(name: Name): readonly Cell[Name][] => cells.map((cell) => cell[name])
    await rows(add, id, column('series'), column('x'), column('y'), column('z'), column('kind'), column('amount'))
  }
  const gone = [...(change.dropItems ?? [])]
  if (gone.length > 0) {
    await rows(
      dropItems,
      id,
      gone.map(({ list }) => list),
      gone.map(({ key }) => key),
    )
  }
  const items = lastOfEach(change.items ?? [])
  if (items.length > 0) {
    const column = (name: keyof Item): readonly string[] => items.map((item) => item[name])
    await rows(putItems, id, column('list'), column('key'), column('rank'), column('body'))
  }
  await rows(moveOn, id, change.to, change.leaf)
}

/** The writes of the views of a tenant; each is one transaction. */
export const viewWrites = (sessions: Sessions, tenant: string) => {
  const transaction: Sessions['transaction'] = (work) =>
    sessions.transaction(({ rows, run }) => work({ rows: anyText(rows), run }))

  const erase = async (session: Session, name: ViewName): Promise<void> => {
    const { id } = await viewToWrite(session, tenant, name)
    for (const of of [...forgetRows, forgetCheckpoint]) await session.rows(of, id)
  }

  /** The view with its number, made where it is new: of two that make it, the second one waits and finds it. */
  const toWrite = async (session: Session, name: ViewName) => {
    const there = await viewToWrite(session, tenant, name)
    if (there.id !== 0) return there
    await session.rows(create, tenant, name.view, name.version)
    return await viewToWrite(session, tenant, name)
  }

  return {
    commit: async (change: ViewChange): Promise<Conflict | Integrity | undefined> => {
      const cells = [...(change.add ?? [])]
      const fault = changeFault(change, cells)
      if (fault) return fault
      return await transaction(async (session) => {
        // Asked before it is made: a change that comes too early leaves no new view behind.
        const { checkpoint } = await viewFound(session, tenant, change)
        if (checkpoint.position !== change.from) return movedOn(change, checkpoint.position)
        const view = await toWrite(session, change)
        if (view.checkpoint.position !== change.from) return movedOn(change, view.checkpoint.position)
        await write(session, view.id, change, cells)
        return undefined
      })
    },
    forget: (name: ViewName, at?: Checkpoint): Promise<void> =>
      transaction(async (session) => {
        const { checkpoint } = await viewToWrite(session, tenant, name)
        if (at === undefined || standsAt(checkpoint, at)) await erase(session, name)
      }),
    sweep: (): Promise<void> =>
      transaction(async (session) => {
        for (const of of sweep) await session.rows(of)
      }),
    replace: (live: ViewName, built: ViewName): Promise<void> =>
      transaction(async (session) => {
        await erase(session, live)
        const { id } = await viewToWrite(session, tenant, built)
        await session.rows(rename, id, live.view, live.version)
      }),
  }
}
