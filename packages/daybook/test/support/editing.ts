import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { openTestBook } from './folder.ts'

/** Who tells of an edit: SQLite refuses it; opening the book; `check`; `check` with a head from outside; nobody. */
export type Told = 'refused' | 'opening' | 'check' | 'head' | 'nobody'

type Value = string | number | bigint | Uint8Array | null
type Row = Readonly<Record<string, Value>>

export interface Column {
  readonly table: string
  readonly column: string
}

/** The tables of a book and their columns, as they stand in its file. */
export const columnsOf = (path: string): readonly Column[] => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return db
      .prepare(
        `SELECT t.name AS tableName, c.name AS columnName FROM sqlite_master t JOIN pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.rowid, c.cid`,
      )
      .all()
      .map(({ tableName, columnName }) => ({ table: String(tableName), column: String(columnName) }))
  } finally {
    db.close()
  }
}

/** Changes a file as somebody would who knows of the guards, and puts them back. */
export const behindTheGuards = (path: string, work: (db: DatabaseSync) => void): void => {
  const db = new DatabaseSync(path)
  try {
    const triggers = db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).all()
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${String(name)}"`)
    work(db)
    for (const trigger of triggers) db.exec(String(trigger['sql']))
  } finally {
    db.close()
  }
}

const rowsOf = (db: DatabaseSync, table: string): readonly Row[] => {
  const statement = db.prepare(`SELECT * FROM ${table}`)
  statement.setReadBigInts(false)
  return statement.all() as unknown as readonly Row[]
}

const insert = (db: DatabaseSync, table: string, row: Row): void => {
  const names = Object.keys(row)
  db.prepare(`INSERT INTO ${table}(${names.join()}) VALUES (${names.map(() => '?').join()})`).run(...Object.values(row))
}

const remove = (db: DatabaseSync, table: string, row: Row): void => {
  const names = Object.keys(row)
  db.prepare(`DELETE FROM ${table} WHERE ${names.map((name) => `${name} IS ?`).join(' AND ')}`).run(
    ...Object.values(row),
  )
}

/** Five hours, in milliseconds; and what is a time. */
const HOURS = 5 * 60 * 60 * 1_000
const isTime = (value: number): boolean => value > 1e11

/** Another value of the same kind: a number so much larger, a time some hours later, another letter or byte in it. */
const otherThan = (value: Value, by: number): Value => {
  if (typeof value === 'number' && isTime(value)) return value + HOURS
  if (value instanceof Uint8Array)
    return value.map((byte, at) => (at === Math.floor(value.length / 2) ? byte ^ 7 : byte))
  if (typeof value !== 'string') return Number(value) + by
  const at = Math.floor(value.length / 2)
  return `${value.slice(0, at)}${value[at] === '7' ? '8' : '7'}${value.slice(at + 1)}`
}

/** A row in the midst of a table. */
const middle = (rows: readonly Row[]): Row => rows[Math.floor(rows.length / 2)] as Row

export const ways = ['edited', 'nulled', 'swapped', 'deleted', 'inserted', 'duplicated'] as const
export type Way = (typeof ways)[number]
export const waysOfColumns = ['edited', 'nulled', 'swapped'] as const satisfies readonly Way[]
export const waysOfRows = ['deleted', 'inserted', 'duplicated'] as const satisfies readonly Way[]

/** Keys under which a row that stands already can stand once more. */
const keysOf: Readonly<Record<string, (rows: readonly Row[]) => Readonly<Record<string, Value>>>> = {
  events: (rows) => ({ position: rows.length + 1, version: 900, id: 'another' }),
  streams: () => ({ stream: 900, name: 'another' }),
  types: () => ({ number: 900, name: 'another' }),
  commands: () => ({ first_position: 900, command_id: 'another' }),
  view_checkpoint: () => ({ id: 900, version: 900 }),
  view_doc: () => ({ key: 'zz' }),
  view_cell: () => ({ series: 'zz' }),
  view_item: () => ({ key: 'zz' }),
}

/** Does it, or leaves all as it was where SQLite refuses it. */
const isTaken = (db: DatabaseSync, work: () => void): boolean => {
  db.exec('SAVEPOINT one')
  try {
    work()
    db.exec('RELEASE one')
    return true
  } catch {
    db.exec('ROLLBACK TO one; RELEASE one')
    return false
  }
}

/** Edits one column, or one row, of a table: whether SQLite takes it; undefined where there is no such edit. */
const edited = (
  db: DatabaseSync,
  way: Way,
  { table, column = '' }: { readonly table: string; readonly column?: string },
): boolean | undefined => {
  const rows = rowsOf(db, table)
  const one = middle(rows)
  const replace = (row: Row, value: Value): boolean =>
    isTaken(db, () => {
      remove(db, table, row)
      insert(db, table, { ...row, [column]: value })
    })
  const keys = keysOf[table]?.(rows) ?? {}
  switch (way) {
    case 'edited':
      // The next number may be another row's.
      return [1, 1_000].some((by) => replace(one, otherThan(one[column] ?? '', by)))
    case 'nulled':
      return replace(one, null)
    case 'swapped': {
      const others = rows.filter((row) => String(row[column]) !== String(one[column]))
      if (others.length === 0) return undefined
      return others.some((other) =>
        isTaken(db, () => {
          for (const row of [one, other]) remove(db, table, row)
          insert(db, table, { ...one, [column]: other[column] ?? null })
          insert(db, table, { ...other, [column]: one[column] ?? null })
        }),
      )
    }
    case 'deleted':
      return isTaken(db, () => remove(db, table, one))
    case 'inserted': {
      const made = Object.fromEntries(Object.entries(one).map(([name, value]) => [name, otherThan(value, 1)] as const))
      const view = table !== 'view_checkpoint' && 'view' in one ? { view: one['view'] ?? null } : {}
      return isTaken(db, () => insert(db, table, { ...made, ...view, ...keys }))
    }
    case 'duplicated':
      return isTaken(db, () => insert(db, table, { ...one, ...keys }))
  }
}

/** A book that was closed in good order: what stood in it, and its head. */
export interface Original {
  readonly path: string
  readonly head: string
}

/** Who tells of what was done to a copy of a book. A check that ends otherwise than by a typed error is an accident. */
export const toldOf = async (path: string, head: string): Promise<Told> => {
  const opened = await openTestBook(`sqlite:${path}`).catch((error: unknown) => {
    if (typeof error === 'object' && error !== null && '_tag' in error) return undefined
    throw error
  })
  if (!opened) return 'opening'
  await using book = opened
  const found = async (options: { expectHead?: string }) => (await book.check(options)).findings.length > 0
  if (await found({})) return 'check'
  return (await found({ expectHead: head })) ? 'head' : 'nobody'
}

/** A copy of a book, always in one place. */
export const copied = (path: string): string => {
  const copy = `${path}.copy`
  for (const end of ['', '.key', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true })
  for (const end of ['', '.key']) if (existsSync(`${path}${end}`)) copyFileSync(`${path}${end}`, `${copy}${end}`)
  return copy
}

/** Who tells of an edit; undefined where there is no such edit, as of two rows where there is one. */
export const toldOfEdit = async (
  original: Original,
  way: Way,
  place: { readonly table: string; readonly column?: string },
  told = toldOf,
): Promise<Told | undefined> => {
  let taken: boolean | undefined
  const copy = copied(original.path)
  behindTheGuards(copy, (db) => {
    taken = edited(db, way, place)
  })
  return taken ? await told(copy, original.head) : taken === false ? 'refused' : undefined
}
