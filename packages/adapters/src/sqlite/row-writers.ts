import type { DatabaseSync } from 'node:sqlite'
import type { RecordedCommand, SealedEvent, StoredEvent } from '@daybook/core/ports'
import { firstRow, prepareRows } from './event-rows.ts'
import { eventColumns } from './log-rows.ts'
import { packHash, packId, packingInstants, packName } from './packed.ts'

/** Where a sealed event stands in the log; its stream by its number. */
type Place = Pick<StoredEvent, 'position' | 'version' | 'committedAt'> & { readonly stream: number }

/** Gives a stream that has none a number, in order of their coming. */
export const streamWriter = (db: DatabaseSync): ((name: string) => number) => {
  const insert = db.prepare('INSERT INTO streams(name) VALUES (?)')
  return (name) => Number(insert.run(packName(name)).lastInsertRowid)
}

/** The numbers of types; one that has none gets it, in order of their coming. */
const typeNumbers = (db: DatabaseSync) => {
  const find = prepareRows(db, 'SELECT number FROM types WHERE name = ?')
  const insert = db.prepare('INSERT INTO types(name) VALUES (?)')
  const numbers = new Map<string, number>()
  return {
    forget: (): void => numbers.clear(),
    of: (name: string): number => {
      const known = numbers.get(name)
      if (known !== undefined) return known
      const number = firstRow<readonly [number]>(find, name)?.[0] ?? Number(insert.run(name).lastInsertRowid)
      numbers.set(name, number)
      return number
    },
  }
}

/** Writes rows of the log, those of one command at a time. */
export interface EventWriter {
  /** The first stands at this place, the others behind it. */
  readonly write: (first: Place, events: readonly SealedEvent[]) => void
  /** What it remembers may not be so any more: another connection has committed, or its own transaction was rolled back. */
  readonly forget: () => void
}

export const eventWriter = (db: DatabaseSync): EventWriter => {
  const insert = db.prepare(`INSERT INTO events(${eventColumns}) VALUES (${eventColumns.replaceAll(/\w+/g, '?')})`)
  const [recorded, committed] = [packingInstants(), packingInstants()]
  const types = typeNumbers(db)
  return {
    write: ({ position, stream, version, committedAt }, events) => {
      let meta: string | undefined
      for (const [index, event] of events.entries()) {
        insert.run(
          position + index,
          stream,
          version + index,
          types.of(event.type),
          event.schemaVersion,
          event.effectiveDate,
          recorded(event.recordedAt),
          committed(committedAt),
          event.actor,
          packId(event.id),
          packHash(event.leaf),
          event.data,
          event.meta === meta ? null : event.meta,
        )
        meta = event.meta
      }
    },
    forget: types.forget,
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

/** Writes commands of another log as they stand there, all in one transaction. */
export const commandWriter = (db: DatabaseSync): ((commands: readonly RecordedCommand[]) => void) => {
  const rows = eventWriter(db)
  const writeRecord = recordWriter(db)
  const writeStream = streamWriter(db)
  const numberOf = prepareRows(db, 'SELECT stream FROM streams WHERE name = ?')
  const write = ({ fingerprint, events }: RecordedCommand): void => {
    const [first, last] = [events[0] as StoredEvent, events.at(-1) as StoredEvent]
    const { commandId } = first
    const stream = firstRow<readonly [number]>(numberOf, packName(first.stream))?.[0] ?? writeStream(first.stream)
    const versions = [first.version, last.version] as const
    writeRecord({ stream, commandId, fingerprint, versions, positions: [first.position, last.position] })
    rows.write({ ...first, stream }, events)
  }
  return (commands) => {
    rows.forget()
    for (const command of commands) write(command)
  }
}
