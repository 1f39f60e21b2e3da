import { type EventRow, eventColumns, toEvent } from '../stored-rows.ts'
import type { EarlierFormat, Places } from './earlier-format.ts'
import { firstRow, prepareRows } from './event-rows.ts'

/** Each row had the names of its stream and its command, and hashes as text. */
export const format1: EarlierFormat = {
  format: 1,
  tables: ['events', 'commands'],
  rowsIn: (db, name) => {
    const page = prepareRows(
      db,
      `SELECT ${eventColumns} FROM ${name('events')} WHERE position > ? ORDER BY position LIMIT ?`,
    )
    const record = prepareRows(
      db,
      `SELECT fingerprint, first_version, last_version, first_position, last_position
       FROM ${name('commands')} WHERE stream = ? AND command_id = ?`,
    )
    return {
      eventsAfter: (position, limit) => {
        const rows: unknown = page.all(position, limit)
        return (rows as readonly EventRow[]).map(toEvent)
      },
      recordOf: ({ stream, commandId }) => firstRow<readonly [string, ...Places]>(record, stream, commandId),
    }
  },
}
