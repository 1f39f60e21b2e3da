import type { DatabaseSync } from 'node:sqlite'
import {
  type Append,
  type AppendError,
  CommandMismatch,
  type CommandRecord,
  Conflict,
  Integrity,
  NO_STREAM,
  type Receipt,
  type SealedEvent,
  type Token,
} from '@daybook/core/ports'
import { type Clock, conflictMessage, stands } from '../store-contract.ts'
import { isConstraint } from './errors.ts'
import { eventColumns, firstRow, prepareRows } from './event-rows.ts'

/** What was written or found for one request. The other members of its transaction do not depend on it. */
export type Verdict = Receipt | AppendError

export interface LogHead {
  readonly position: number
  readonly committedAt: Receipt['committedAt'] | undefined
}

type HeadRow = readonly [position: number, committedAt: Receipt['committedAt']]
export const headReader = (db: DatabaseSync): (() => LogHead) => {
  const last = prepareRows(db, 'SELECT position, committed_at FROM events ORDER BY position DESC LIMIT 1')
  return () => {
    const row = firstRow<HeadRow>(last)
    return row ? { position: row[0], committedAt: row[1] } : { position: 0, committedAt: undefined }
  }
}

type CommandRow = readonly [
  fingerprint: string,
  firstVersion: number,
  lastVersion: number,
  firstPosition: number,
  lastPosition: number,
  headHash: string,
  committedAt: Receipt['committedAt'],
]

/** Looks a command up; its receipt is read again from the events that it wrote (design §3.8). */
export const commandReader = (db: DatabaseSync) => {
  const command = prepareRows(
    db,
    `SELECT c.fingerprint, c.first_version, c.last_version, c.first_position, c.last_position, e.leaf, e.committed_at
     FROM commands c JOIN events e ON e.position = c.last_position WHERE c.stream = ? AND c.command_id = ?`,
  )
  return (stream: string, commandId: string): CommandRecord | undefined => {
    const row = firstRow<CommandRow>(command, stream, commandId)
    if (!row) return undefined
    const [fingerprint, firstVersion, lastVersion, firstPosition, lastPosition, headHash, committedAt] = row
    const versions = { firstVersion, lastVersion, firstPosition, lastPosition }
    return { fingerprint, receipt: { stream, commandId, ...versions, headHash, committedAt, repeated: true } }
  }
}

/** Writes requests inside the transaction that its caller has begun. */
export interface AppendWriter {
  /** Reads the log's end and the time; once after each BEGIN. */
  readonly begin: () => void
  /** @throws SQLite's error: then the transaction must be rolled back. */
  readonly write: (request: Append) => Verdict
}

export const appendWriter = (db: DatabaseSync, clock: Clock): AppendWriter => {
  const readHead = headReader(db)
  const findCommand = commandReader(db)
  const streamHead = prepareRows(db, 'SELECT version, leaf FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1')
  const insertEvent = db.prepare(`INSERT INTO events(${eventColumns}) VALUES (${eventColumns.replaceAll(/\w+/g, '?')})`)
  const insertCommand = db.prepare('INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?, ?)')
  let position = 0
  let committedAt = clock()

  const headOf = (stream: string): Token => {
    const row = firstRow<readonly [number, string]>(streamHead, stream)
    return row ? { version: row[0], headHash: row[1] } : NO_STREAM
  }

  const insert = ({ stream, commandId }: Append, version: number, event: SealedEvent): void => {
    position += 1
    insertEvent.run(
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

  return {
    begin: () => {
      const head = readHead()
      const now = clock()
      position = head.position
      committedAt = head.committedAt !== undefined && head.committedAt > now ? head.committedAt : now
    },
    write: (request) => {
      const { stream, commandId, expected, events, fingerprint } = request
      const known = findCommand(stream, commandId)
      if (known) {
        if (known.fingerprint === fingerprint) return known.receipt
        const message = `command ${commandId} was used on ${stream} for another command`
        return new CommandMismatch({ stream, commandId, message })
      }
      const head = headOf(stream)
      if (!stands(head, expected)) {
        const message = conflictMessage(stream, head, expected)
        return new Conflict({ stream, expected: expected.version, actual: head.version, message })
      }
      const firstVersion = head.version + 1
      const firstPosition = position + 1
      for (const [index, event] of events.entries()) insert(request, firstVersion + index, event)
      const lastVersion = head.version + events.length
      insertCommand.run(stream, commandId, fingerprint, firstVersion, lastVersion, firstPosition, position)
      const versions = { firstVersion, lastVersion, firstPosition, lastPosition: position }
      const headHash = events.at(-1)?.leaf ?? head.headHash
      return { stream, commandId, ...versions, headHash, committedAt, repeated: false }
    },
  }
}

/** The only constraint that a checked request can break: its event id is in the log already (law B8). */
export const duplicateId = (cause: unknown, { stream, commandId }: Append): Integrity | undefined =>
  isConstraint(cause)
    ? new Integrity({ message: `command ${commandId} on ${stream} has an event id that is in the log already` })
    : undefined
