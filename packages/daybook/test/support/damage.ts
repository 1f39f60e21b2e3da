import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { behindTheGuards } from './editing.ts'

// Damage to a book: what somebody with its disk may do to any row, to its guards and to its key, as values to draw.

type Value = string | number | bigint | Uint8Array | null
interface Place {
  readonly table: string
  readonly row: number
  readonly column: number
}

/** What somebody does to a closed book. Numbers choose among what is there, whatever there is. */
export type Damage =
  | { readonly what: 'value'; readonly at: Place; readonly value: Value }
  | { readonly what: 'letter'; readonly at: Place; readonly where: number }
  | { readonly what: 'swapped'; readonly at: Place; readonly with: number }
  | { readonly what: 'deleted' | 'duplicated'; readonly at: Place }
  | { readonly what: 'guardDropped' | 'guardEmptied'; readonly nth: number }
  | { readonly what: 'guardPlanted'; readonly table: string }
  | { readonly what: 'keyDigit'; readonly nth: number }
  | { readonly what: 'keyGone' }

/** Does it; what SQLite refuses leaves all as it was. */
const tried = (db: DatabaseSync, work: () => void): void => {
  db.exec('SAVEPOINT one')
  try {
    work()
    db.exec('RELEASE one')
  } catch {
    db.exec('ROLLBACK TO one; RELEASE one')
  }
}

const columnsIn = (db: DatabaseSync, table: string): readonly string[] =>
  db
    .prepare('SELECT name FROM pragma_table_info(?) ORDER BY cid')
    .all(table)
    .map(({ name }) => String(name))

const atPlace = (db: DatabaseSync, { table, row, column }: Place) => {
  const { count } = db.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }
  const names = columnsIn(db, table)
  const name = names[column % names.length] as string
  // By its place in the file, which an edit of any column leaves as it is; a table that has none is gone through by key.
  const idOf = (nth: number): Value[] =>
    Object.values(
      db.prepare(`SELECT ${keys(db, table).join()} FROM ${table} LIMIT 1 OFFSET ?`).get(nth) ?? {},
    ) as Value[]
  const where = keys(db, table)
    .map((key) => `${key} IS ?`)
    .join(' AND ')
  return { count, name, where, id: idOf(count === 0 ? 0 : row % count), idOf }
}

/** By what a row is found: its place in the file, or its key where the table has no places. */
const keys = (db: DatabaseSync, table: string): readonly string[] => {
  const info = db.prepare(`SELECT wr FROM pragma_table_list WHERE name = ?`).get(table) as { wr: number }
  if (info.wr === 0) return ['rowid']
  return db
    .prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .all(table)
    .map(({ name }) => String(name))
}

const inRow = (db: DatabaseSync, damage: Extract<Damage, { readonly at: Place }>): void => {
  const { at } = damage
  const { count, name, where, id, idOf } = atPlace(db, at)
  if (count === 0) return
  const valueAt = (of: readonly Value[]): Value =>
    (db.prepare(`SELECT ${name} AS value FROM ${at.table} WHERE ${where}`).get(...of)?.['value'] ?? null) as Value
  const put = (value: Value, of: readonly Value[]) =>
    db.prepare(`UPDATE ${at.table} SET ${name} = ? WHERE ${where}`).run(value, ...of)
  tried(db, () => {
    switch (damage.what) {
      case 'value':
        return void put(damage.value, id)
      case 'letter': {
        const text = String(valueAt(id) ?? '')
        const place = text.length === 0 ? 0 : damage.where % text.length
        return void put(`${text.slice(0, place)}${text[place] === '7' ? '8' : '7'}${text.slice(place + 1)}`, id)
      }
      case 'swapped': {
        const other = idOf(damage.with % count)
        const [mine, theirs] = [valueAt(id), valueAt(other)]
        put(theirs, id)
        return void put(mine, other)
      }
      case 'deleted':
        return void db.prepare(`DELETE FROM ${at.table} WHERE ${where}`).run(...id)
      case 'duplicated': {
        const names = columnsIn(db, at.table)
        const changed = names.map((each) => (each === name ? `'zz' || ${each}` : each))
        return void db
          .prepare(`INSERT INTO ${at.table}(${names.join()}) SELECT ${changed.join()} FROM ${at.table} WHERE ${where}`)
          .run(...id)
      }
    }
  })
}

const toGuards = (copy: string, damage: Extract<Damage, { readonly what: `guard${string}` }>): void => {
  const db = new DatabaseSync(copy)
  try {
    if (damage.what === 'guardPlanted') {
      db.exec(`CREATE TRIGGER IF NOT EXISTS planted AFTER INSERT ON ${damage.table} BEGIN DELETE FROM view_doc; END`)
      return
    }
    const guards = db.prepare(`SELECT name, tbl_name AS of FROM sqlite_master WHERE type = 'trigger'`).all()
    const guard = guards[damage.nth % guards.length]
    db.exec(`DROP TRIGGER "${String(guard?.['name'])}"`)
    if (damage.what === 'guardEmptied') {
      db.exec(
        `CREATE TRIGGER "${String(guard?.['name'])}" BEFORE UPDATE ON ${String(guard?.['of'])} BEGIN SELECT 1; END`,
      )
    }
  } finally {
    db.close()
  }
}

const toKey = (copy: string, damage: Extract<Damage, { readonly what: `key${string}` }>): void => {
  const key = `${copy}.key`
  if (damage.what === 'keyGone' || !existsSync(key)) {
    rmSync(key, { force: true })
    return
  }
  const text = readFileSync(key, 'utf8')
  const digits = [...text.matchAll(/[0-9a-f](?=[0-9a-f]*\s*$)/gm)].map(({ index }) => index)
  const at = digits[damage.nth % digits.length] ?? 0
  writeFileSync(key, `${text.slice(0, at)}${text[at] === '7' ? '8' : '7'}${text.slice(at + 1)}`)
}

/** Does all of it to a closed book. */
export const damage = (copy: string, all: readonly Damage[]): void => {
  for (const one of all) {
    if ('at' in one) behindTheGuards(copy, (db) => inRow(db, one))
    else if (one.what === 'keyDigit' || one.what === 'keyGone') toKey(copy, one)
    else toGuards(copy, one)
  }
}

const tables = ['book', 'streams', 'events', 'commands', 'view_checkpoint', 'view_doc', 'view_cell'] as const
const place = fc.record({
  // Most of what can be edited stands in the log and in the documents of views.
  table: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('events', 'view_doc') }, fc.constantFrom(...tables)),
  row: fc.nat(),
  column: fc.nat(),
})
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.string({ maxLength: 20 }),
  fc.constantFrom('2026-01-01', '2099-01-01T00:00:00.000Z', '{}', '[]', '0'.repeat(64)),
)
export const damages: fc.Arbitrary<readonly Damage[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ what: fc.constant('value' as const), at: place, value }) },
    { weight: 6, arbitrary: fc.record({ what: fc.constant('letter' as const), at: place, where: fc.nat() }) },
    { weight: 3, arbitrary: fc.record({ what: fc.constant('swapped' as const), at: place, with: fc.nat() }) },
    {
      weight: 3,
      arbitrary: fc.record({ what: fc.constantFrom('deleted' as const, 'duplicated' as const), at: place }),
    },
    fc.record({ what: fc.constantFrom('guardDropped' as const, 'guardEmptied' as const), nth: fc.nat() }),
    fc.record({ what: fc.constant('guardPlanted' as const), table: fc.constantFrom('events', 'commands') }),
    fc.record({ what: fc.constant('keyDigit' as const), nth: fc.nat() }),
    fc.constant({ what: 'keyGone' as const }),
  ),
  { minLength: 1, maxLength: 3 },
)
