import type { DatabaseSync } from 'node:sqlite'
import type { Checkpoint, Conflict, Integrity, ViewChange, ViewName } from '@daybook/core/ports'
import { changeFault, movedOn, standsAt } from '../view-contract.ts'
import { firstRow, prepareRows } from './event-rows.ts'
import { inTransaction } from './transaction.ts'
import { viewFinder } from './view-reads.ts'
import { rowTables } from './view-schema.ts'

const byKey = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : a > b ? 1 : 0)

/** The writes of a view store; each is one transaction, runs at once and throws SQLite's errors. */
export const viewWrites = (db: DatabaseSync) => {
  const find = viewFinder(db)
  const create = db.prepare(
    `INSERT INTO view_checkpoint(view, version, position, leaf) VALUES (?, ?, 0, '-') RETURNING id`,
  )
  const moveOn = db.prepare('UPDATE view_checkpoint SET position = ?, leaf = ? WHERE id = ?')
  const put = db.prepare(
    'INSERT INTO view_doc VALUES (?, ?, ?) ON CONFLICT (view, key) DO UPDATE SET body = excluded.body',
  )
  const drop = db.prepare('DELETE FROM view_doc WHERE view = ? AND key = ?')
  const add = db.prepare(
    `INSERT INTO view_cell VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (view, series, x, y, z, kind) DO UPDATE SET amount = amount + excluded.amount`,
  )
  const putItem = db.prepare(
    `INSERT INTO view_item VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (view, list, key) DO UPDATE SET rank = excluded.rank, body = excluded.body`,
  )
  const dropItem = db.prepare('DELETE FROM view_item WHERE view = ? AND list = ? AND key = ?')
  const number = prepareRows(db, 'SELECT id FROM view_checkpoint WHERE view = ? AND version = ?')
  const rename = db.prepare('UPDATE view_checkpoint SET view = ?, version = ? WHERE id = ?')
  const forgetCheckpoint = db.prepare('DELETE FROM view_checkpoint WHERE id = ?')
  const forgetRows = rowTables.map((table) => db.prepare(`DELETE FROM ${table} WHERE view = ?`))

  /** By the number alone: where a view stands may be anything, once somebody has changed it. */
  const numberOf = ({ view, version }: ViewName): number => firstRow<readonly [number]>(number, view, version)?.[0] ?? 0

  const erase = (name: ViewName): void => {
    const id = numberOf(name)
    for (const statement of [...forgetRows, forgetCheckpoint]) statement.run(id)
  }

  /** The number of a view that is new. SQLite gives the number of one that is gone again: nothing of that may be left. */
  const created = ({ view, version }: ViewName): number => {
    const id = Number(create.get(view, version)?.['id'])
    for (const statement of forgetRows) statement.run(id)
    return id
  }

  const write = (id: number, change: ViewChange, cells: ViewChange['add']): void => {
    for (const key of change.drop ?? []) drop.run(id, key)
    // In order of keys: what stands side by side in the index is written while it is at hand.
    for (const [key, body] of [...(change.put ?? [])].sort(byKey)) put.run(id, key, body)
    for (const cell of cells ?? []) add.run(id, cell.series, cell.x, cell.y, cell.z, cell.kind, cell.amount)
    for (const item of change.dropItems ?? []) dropItem.run(id, item.list, item.key)
    for (const item of change.items ?? []) putItem.run(id, item.list, item.key, item.rank, item.body)
    moveOn.run(change.to, change.leaf, id)
  }

  return {
    commit: (change: ViewChange): Conflict | Integrity | undefined => {
      const cells = [...(change.add ?? [])]
      const fault = changeFault(change, cells)
      if (fault) return fault
      return inTransaction(db, () => {
        const { id, checkpoint } = find(change)
        const { position } = checkpoint
        if (position !== change.from) return movedOn(change, position)
        write(id || created(change), change, cells)
        return undefined
      })
    },
    forget: (name: ViewName, at?: Checkpoint): void =>
      inTransaction(db, () => {
        if (at === undefined || standsAt(find(name).checkpoint, at)) erase(name)
      }),
    sweep: (): void =>
      inTransaction(db, () => {
        for (const table of rowTables) {
          db.exec(`DELETE FROM ${table} WHERE view NOT IN (SELECT id FROM view_checkpoint)`)
        }
      }),
    replace: (live: ViewName, built: ViewName): void =>
      inTransaction(db, () => {
        erase(live)
        rename.run(live.view, live.version, numberOf(built))
      }),
  }
}
