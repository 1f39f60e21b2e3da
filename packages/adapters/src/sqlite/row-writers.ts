import type { DatabaseSync } from 'node:sqlite'
import type { RecordedCommand, SealedEvent, StoredEvent } from '@daybook/core/ports'
import { firstRow, prepareRows } from './event-rows.ts'
import { eventColumns } from './log-rows.ts'
import { packHash, packId, packingInstants } from './packed.ts'

/** Where a sealed event stands in the log; its stream by its number. */
type Place = Pick<StoredEvent, 'position' | 'version' | 'committedAt'> & { readonly stream: number }

/** Gives a stream that has none a number, in order of their coming. */
export const streamWriter = (db: DatabaseSync): ((name: string) => number) => {
  const insert = db.prepare('INSERT INTO streams(name) VALUES (?)')
  return (name) => Number(insert.run(name).lastInsertRowid)
}

/** Writes one row of the log. */
export const eventWriter = (db: DatabaseSync): ((place: Place, event: SealedEvent) => void) => {
  const insert = db.prepare(`INSERT INTO events(${eventColumns}) VALUES (${eventColumns.replaceAll(/\w+/g, '?')})`)
  const [recorded, committed] = [packingInstants(), packingInstants()]
  return ({ position, stream, version, committedAt }, event) => {
    insert.run(
      position,
      stream,
      version,
      event.type,
      event.schemaVersion,
      event.effectiveDate,
      recorded(event.recordedAt),
      committed(committedAt),
      event.actor,
      packId(event.id),
      packHash(event.leaf),
      event.data,
      event.meta,
    )
  }
}

/** What is kept of a command beside its events. */
interface Record {
  readonly stream: number
  readonly commandId: string
  readonly fingerprint: string
  readonly versions: readonly [first: number, last: number]
  readonly positions: readonly [first: number, last: number]
}

/** Writes what is on record of a command; false where its stream has one of the same id. */
export const recordWriter = (db: DatabaseSync): ((record: Record) => boolean) => {
  const insert = db.prepare(
    `INSERT INTO commands(first_position, last_position, stream, first_version, last_version, command_id, fingerprint)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (command_id, stream) DO NOTHING`,
  )
  return ({ stream, commandId, fingerprint, versions, positions }) =>
    insert.run(...positions, stream, ...versions, packId(commandId), packHash(fingerprint)).changes !== 0
}

/** Writes a command of another log as it stands there. */
export const commandWriter = (db: DatabaseSync): ((command: RecordedCommand) => void) => {
  const writeEvent = eventWriter(db)
  const writeRecord = recordWriter(db)
  const writeStream = streamWriter(db)
  const numberOf = prepareRows(db, 'SELECT stream FROM streams WHERE name = ?')
  return ({ fingerprint, events }) => {
    const [first, last] = [events[0] as StoredEvent, events.at(-1) as StoredEvent]
    const { commandId } = first
    const stream = firstRow<readonly [number]>(numberOf, first.stream)?.[0] ?? writeStream(first.stream)
    const versions = [first.version, last.version] as const
    writeRecord({ stream, commandId, fingerprint, versions, positions: [first.position, last.position] })
    for (const event of events) writeEvent({ ...event, stream }, event)
  }
}
