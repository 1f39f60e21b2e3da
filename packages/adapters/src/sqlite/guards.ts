import type { DatabaseSync } from 'node:sqlite'
import { isBusy } from './errors.ts'
import { inTransaction } from './transaction.ts'

/** Tables to which rows are only ever added. */
const guarded = ['book', 'streams', 'types', 'events', 'commands', 'secret_check'] as const
export type GuardedTable = (typeof guarded)[number]

/** The guards of a table by their names: what stands in it can only be added to. */
export const guardsOf = (table: GuardedTable): readonly (readonly [name: string, sql: string])[] =>
  ['UPDATE', 'DELETE'].map((change) => {
    const name = `${table}_never_${change.toLowerCase()}`
    return [
      name,
      `CREATE TRIGGER ${name} BEFORE ${change} ON ${table}
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END`,
    ]
  })

/** The statements that make the guards of a table. */
export const guardSchema = (table: GuardedTable): string =>
  guardsOf(table)
    .map(([, sql]) => `${sql};`)
    .join('\n')

interface Deviation {
  readonly says: string
  readonly mend: string
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** What the triggers of a file are and should not be, or should be and are not. */
const deviations = (db: DatabaseSync): readonly Deviation[] => {
  const objects = db.prepare(`SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')`).all()
  const tables = new Set(objects.flatMap(({ type, name }) => (type === 'table' ? [name] : [])))
  const found = new Map(objects.flatMap(({ type, name, sql }) => (type === 'trigger' ? [[String(name), sql]] : [])))
  const due = new Map(guarded.filter((table) => tables.has(table)).flatMap(guardsOf))
  const missing = [...due].flatMap(([name, sql]): readonly Deviation[] => {
    if (found.get(name) === sql) return []
    if (!found.has(name)) return [{ says: `the guard ${name} is gone`, mend: sql }]
    return [{ says: `the guard ${name} was made another`, mend: `DROP TRIGGER ${name}; ${sql}` }]
  })
  const planted = [...found.keys()].flatMap((name): readonly Deviation[] =>
    due.has(name)
      ? []
      : [{ says: 'a trigger that no Daybook made was planted in it', mend: `DROP TRIGGER ${quoted(name)}` }],
  )
  return [...missing, ...planted]
}

const why = 'whoever did this could change what is stored: check the book, against a head that was written down'

/** What is wrong with the guards of a file, in words. */
export const guardFaultsIn = (db: DatabaseSync, path: string): readonly string[] =>
  deviations(db).map(({ says }) => `${path}: ${says}; ${why}`)

/**
 * Puts the guards of a file back as they are made, and takes out every other trigger. Gives what was wrong, in words.
 * While another writer holds the file it stays as it is, and is still told.
 */
export const restoreGuards = (db: DatabaseSync, path: string): readonly string[] => {
  if (deviations(db).length === 0) return []
  try {
    const found = inTransaction(db, () => {
      const there = deviations(db)
      for (const { mend } of there) db.exec(mend)
      return there
    })
    return found.map(({ says }) => `${path}: ${says}, and was put right; ${why}`)
  } catch (cause) {
    if (isBusy(cause)) return []
    throw cause
  }
}
