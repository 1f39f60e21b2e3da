import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

export type Value = string | number | boolean | Uint8Array | null
export type Row = Readonly<Record<string, Value>>
export type Table = 'events' | 'commands' | 'streams'

/** Somebody who can write the rows of a book without it, behind its guards. */
export interface StrangeHands {
  readonly rows: (table: Table) => Promise<readonly Row[]>
  /** Takes rows away and puts others there, at once; false where the database refuses it, and has done nothing. */
  readonly replace: (table: Table, gone: readonly Row[], put: readonly Row[]) => Promise<boolean>
  readonly close: () => Promise<void>
}

/** Of a SQLite file; its guards are down as long as these hands are on it. */
export const handsOnFile = (path: string): StrangeHands => {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA synchronous = OFF')
  for (const { name } of db.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).all())
    db.exec(`DROP TRIGGER "${String(name)}"`)
  const columns = (row: Row) => Object.keys(row)
  return {
    rows: async (table) => db.prepare(`SELECT * FROM ${table}`).all() as unknown as readonly Row[],
    replace: async (table, gone, put) => {
      db.exec('BEGIN IMMEDIATE')
      try {
        for (const row of gone)
          db.prepare(
            `DELETE FROM ${table} WHERE ${columns(row)
              .map((name) => `${name} IS ?`)
              .join(' AND ')}`,
          ).run(...(Object.values(row) as (string | number)[]))
        for (const row of put)
          db.prepare(
            `INSERT INTO ${table}(${columns(row).join()}) VALUES (${columns(row)
              .map(() => '?')
              .join()})`,
          ).run(...(Object.values(row) as (string | number)[]))
        db.exec('COMMIT')
        return true
      } catch {
        db.exec('ROLLBACK')
        return false
      }
    },
    close: async () => db.close(),
  }
}

const INT8 = 20

/** Of a tenant's book in PostgreSQL, by its owner. */
export const handsOnDatabase = async (url: string, tenant: string): Promise<StrangeHands> => {
  const types = {
    getTypeParser: (oid: number) => (oid === INT8 ? Number : pg.types.getTypeParser(oid)),
  } as pg.CustomTypesConfig
  const client = new pg.Client({ connectionString: url, types })
  await client.connect()
  for (const table of ['events', 'commands']) await client.query(`ALTER TABLE daybook.${table} DISABLE TRIGGER USER`)
  const { rows } = await client.query('SELECT id FROM daybook.book WHERE tenant = $1', [tenant])
  const book: unknown = rows[0]?.id
  return {
    // A table of files alone.
    rows: async (table) =>
      table === 'streams' ? [] : (await client.query(`SELECT * FROM daybook.${table} WHERE book = $1`, [book])).rows,
    replace: async (table, gone, put) => {
      await client.query('BEGIN')
      try {
        for (const row of gone)
          await client.query(
            `DELETE FROM daybook.${table} WHERE ${Object.keys(row)
              .map((name, at) => `${name} IS NOT DISTINCT FROM $${at + 1}`)
              .join(' AND ')}`,
            Object.values(row),
          )
        for (const row of put)
          await client.query(
            `INSERT INTO daybook.${table}(${Object.keys(row).join()}) VALUES (${Object.keys(row)
              .map((_, at) => `$${at + 1}`)
              .join()})`,
            Object.values(row),
          )
        await client.query('COMMIT')
        return true
      } catch {
        await client.query('ROLLBACK')
        return false
      }
    },
    close: () => client.end(),
  }
}
