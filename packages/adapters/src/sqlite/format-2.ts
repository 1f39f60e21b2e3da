import type { StoredEvent } from '@daybook/core/ports'
import type { EarlierFormat, Places } from './earlier-format.ts'
import { firstRow, prepareRows } from './event-rows.ts'
import { type Packed, unpackHash, unpackId, unpackingInstants } from './packed.ts'

type Row = readonly [
  position: number,
  stream: string | null,
  number: number,
  version: number,
  type: string,
  schemaVersion: number,
  effectiveDate: StoredEvent['effectiveDate'],
  recordedAt: Packed,
  committedAt: Packed,
  actor: string,
  commandId: Packed | null,
  id: Packed,
  prev: Packed | null,
  leaf: Packed,
  data: string,
  meta: string,
]

/**
 * Streams had numbers, hashes and ids were bytes, and the command and the leaf before an event stood with others; types and
 * names of references were text, and each event had its meta.
 */
export const format2: EarlierFormat = {
  format: 2,
  tables: ['streams', 'events', 'commands'],
  rowsIn: (db, name) => {
    const page = prepareRows(
      db,
      `SELECT e.position, s.name, e.stream, e.version, e.type, e.schema_version, e.effective_date, e.recorded_at,
        e.committed_at, e.actor,
        (SELECT iif(last_position >= e.position, command_id, NULL) FROM ${name('commands')}
         WHERE first_position <= e.position ORDER BY first_position DESC LIMIT 1),
        e.id, before.leaf, e.leaf, e.data, e.meta
       FROM ${name('events')} e LEFT JOIN ${name('streams')} s ON s.stream = e.stream
        LEFT JOIN ${name('events')} before ON before.stream = e.stream AND before.version = e.version - 1
       WHERE e.position > ? ORDER BY e.position LIMIT ?`,
    )
    const record = prepareRows(
      db,
      `SELECT c.fingerprint, c.first_version, c.last_version, c.first_position, c.last_position
       FROM ${name('commands')} c JOIN ${name('events')} e ON e.position = c.first_position AND e.stream = c.stream
       WHERE c.first_position = ?`,
    )
    const [recordedAt, committedAt] = [unpackingInstants(), unpackingInstants()]
    // What is not there becomes a text that fits nothing: the command is refused by its record, or by the chain.
    const toEvent = (row: Row): StoredEvent => ({
      position: row[0],
      stream: row[1] ?? `#${row[2]}`,
      version: row[3],
      type: row[4],
      schemaVersion: row[5],
      effectiveDate: row[6],
      recordedAt: recordedAt(row[7]),
      committedAt: committedAt(row[8]),
      actor: row[9],
      commandId: row[10] === null ? '' : unpackId(row[10]),
      id: unpackId(row[11]),
      prev: row[12] === null ? (row[3] === 0 ? '-' : '') : unpackHash(row[12]),
      leaf: unpackHash(row[13]),
      data: row[14],
      meta: row[15],
    })
    return {
      eventsAfter: (position, limit) => {
        const rows: unknown = page.all(position, limit)
        return (rows as readonly Row[]).map(toEvent)
      },
      recordOf: ({ position }) => {
        const row = firstRow<readonly [Packed, ...Places]>(record, position)
        if (!row) return undefined
        const [fingerprint, ...places] = row
        return [unpackHash(fingerprint), ...places]
      },
    }
  },
}
