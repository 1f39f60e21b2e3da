import type { DatabaseSync } from 'node:sqlite'
import type { RecordedCommand, SealedEvent, StoredEvent } from '@daybook/core/ports'
import { eventColumns } from '../stored-rows.ts'

/** Where a sealed event stands in the log. */
type Place = Pick<StoredEvent, 'position' | 'stream' | 'version' | 'committedAt' | 'commandId'>

/** Writes one row of the log. */
export const eventWriter = (db: DatabaseSync): ((place: Place, event: SealedEvent) => void) => {
  const insert = db.prepare(`INSERT INTO events(${eventColumns}) VALUES (${eventColumns.replaceAll(/\w+/g, '?')})`)
  return ({ position, stream, version, committedAt, commandId }, event) => {
    insert.run(
      position,
      stream,
      version,
      event.type,
      event.schemaVersion,
      event.effectiveDate,
      event.recordedAt,
      committedAt,
      event.actor,
      commandId,
      event.id,
      event.prev,
      event.leaf,
      event.data,
      event.meta,
    )
  }
}

/** Writes a command of another log as it stands there. */
export const commandWriter = (db: DatabaseSync): ((command: RecordedCommand) => void) => {
  const writeEvent = eventWriter(db)
  const insert = db.prepare('INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?, ?)')
  return ({ fingerprint, events }) => {
    const [first, last] = [events[0] as StoredEvent, events.at(-1) as StoredEvent]
    const places = [first.version, last.version, first.position, last.position] as const
    insert.run(first.stream, first.commandId, fingerprint, ...places)
    for (const event of events) writeEvent(event, event)
  }
}
