import type { SealedEvent } from '@daybook/core/ports'
import { Client } from 'pg'
import { COMMITTED } from './sealed.ts'

export type RawEvent = SealedEvent & { readonly stream: string; readonly version: number }

/** The raw statement on PostgreSQL: the columns and keys of an event, one session, durable, nothing else. */
export interface RawPostgres {
  /** All in one transaction, by one statement. */
  readonly write: (events: readonly RawEvent[]) => Promise<void>
  /** The whole stream, parsed. */
  readonly read: (stream: string) => Promise<number>
  readonly close: () => Promise<void>
}

const columns = [
  'stream',
  'version',
  'type',
  'schema_version',
  'effective_date',
  'recorded_at',
  'committed_at',
  'actor',
  'command_id',
  'id',
  'prev',
  'leaf',
  'data',
  'meta',
] as const
const numbers: ReadonlySet<string> = new Set(['version', 'schema_version'])

/** A table of its own, so that the rounds do not meet each other's rows. */
export const rawPostgres = async (url: string, table: string): Promise<RawPostgres> => {
  const client = new Client(url)
  await client.connect()
  await client.query(`CREATE TABLE ${table}(position bigserial PRIMARY KEY,
    ${columns.map((name) => `${name} ${numbers.has(name) ? 'integer' : 'text COLLATE "C"'} NOT NULL`).join(', ')},
    UNIQUE (stream, version), UNIQUE (id))`)
  const arrays = columns.map((name, at) => `$${at + 1}::${numbers.has(name) ? 'integer' : 'text'}[]`)
  const insert = {
    name: `insert ${table}`,
    text: `INSERT INTO ${table}(${columns.join()}) SELECT * FROM unnest(${arrays.join()})`,
  }
  const read = { name: `read ${table}`, text: `SELECT * FROM ${table} WHERE stream = $1 ORDER BY version` }
  return {
    write: async (events) => {
      const rows = events.map((event) => [
        event.stream,
        event.version,
        event.type,
        event.schemaVersion,
        event.effectiveDate,
        event.recordedAt,
        COMMITTED,
        event.actor,
        event.stream,
        event.id,
        event.prev,
        event.leaf,
        event.data,
        event.meta,
      ])
      await client.query({ ...insert, values: columns.map((_, at) => rows.map((row) => row[at])) })
    },
    read: async (stream) => {
      const { rows } = await client.query({ ...read, values: [stream] })
      for (const { data } of rows) JSON.parse(data)
      return rows.length
    },
    close: () => client.end(),
  }
}
