import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { WireServer } from '../../../../scripts/testing/kurrentdb/control.ts'
import type { StoredText } from '../../../../scripts/testing/kurrentdb/log.ts'
import { sha256 } from '../../src/book/world.ts'

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

/** An id in the form that the wire has; any other text becomes one. */
const asUuid = (text: string): string => {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return text
  return sha256(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

/** Committed is the later of the server's time and of the one before: what a reader sees of the times of a log. */
const timesRead = (texts: readonly StoredText[]): string => {
  let last = 0
  return texts.map(({ created }) => (last = Math.max(last, created))).join()
}

const BYTES = 'application/octet-stream'

/** What metadata says. Who appended is asked only as long as the append is under way; a blank between two names says nothing. */
const saidBy = (metadata: string): unknown => {
  try {
    const { writer: _, ...said } = JSON.parse(metadata)
    return said
  } catch {
    return metadata
  }
}

/**
 * Of a book behind a server of the wire protocol, by whoever can write the server's files. The server's own streams, and that
 * of the book, which holds the check value of its secret, stay as they are, before all others.
 */
export const handsOnServer = async (server: WireServer, book: string): Promise<StrangeHands> => {
  const all = (await server.ask({ do: 'texts' })) as readonly StoredText[]
  const system = all.filter(({ stream }) => stream.startsWith('$') || stream === book)
  const rowOf = ({ contentType: _, ...text }: StoredText, at: number): Row => ({ position: at + 1, ...text })
  let rows = all.filter((text) => !system.includes(text)).map(rowOf)
  const textsOf = (of: readonly Row[]): readonly StoredText[] =>
    of
      .toSorted((a, b) => Number(a['position']) - Number(b['position']))
      .map(({ stream, created, id, type, data, metadata }) => ({
        ...{ stream: String(stream), created: Number(created), id: asUuid(String(id)), type: String(type) },
        ...{ contentType: BYTES, data: String(data), metadata: String(metadata) },
      }))
  const said = (of: readonly Row[]): string =>
    JSON.stringify(textsOf(of).map(({ created: _, metadata, ...text }) => ({ ...text, said: saidBy(metadata) })))
  return {
    rows: async (table) => (table === 'events' ? rows : []),
    replace: async (_table, gone, put) => {
      const after = [...rows.filter((row) => !gone.includes(row)), ...put]
      // A time that no reader sees, a place that changes no order: nothing was edited.
      if (said(after) === said(rows) && timesRead(textsOf(after)) === timesRead(textsOf(rows))) return false
      rows = after
      await server.ask({ do: 'rewrite', texts: [...system, ...textsOf(rows)] })
      return true
    },
    close: () => server.stop(),
  }
}
