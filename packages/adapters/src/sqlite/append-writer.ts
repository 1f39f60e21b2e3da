import type { DatabaseSync } from 'node:sqlite'
import {
  type Append,
  type AppendError,
  type CommandEntry,
  CommandMismatch,
  type CommandRecord,
  Conflict,
  type EventStoreShape,
  Integrity,
  type ReadOnly,
  type Receipt,
  type SealedEvent,
  StreamClosed,
  type Token,
} from '@daybook/core/ports'
import { type Clock, clockFault, closedMessage, conflictMessage, stands } from '../store-contract.ts'
import { type CommandRow, type EntryRow, entryColumns, toCommandRecord, toEntry } from '../stored-rows.ts'
import { appendFault } from './adopting.ts'
import type { BookIdentity } from './book-schema.ts'
import { isConstraint } from './errors.ts'
import { firstRow, prepareRows, rowLimit } from './event-rows.ts'
import { headMemory } from './heads.ts'
import { eventWriter } from './row-writers.ts'

/** What was written or found for one request. The other members of its transaction do not depend on it. */
export type Verdict = Receipt | AppendError

/** Looks a command up; its receipt is read again from the events that it wrote (design §3.8). */
export const commandReader = (db: DatabaseSync) => {
  const command = prepareRows(
    db,
    `SELECT c.fingerprint, c.first_version, c.last_version, c.first_position, c.last_position, e.leaf, e.committed_at
     FROM commands c JOIN events e ON e.position = c.last_position WHERE c.stream = ? AND c.command_id = ?`,
  )
  return (stream: string, commandId: string): CommandRecord | undefined => {
    const row = firstRow<CommandRow>(command, stream, commandId)
    return row && toCommandRecord(stream, commandId, row)
  }
}

/** Pages of what is on record of commands, by the key of their table: its events are not looked at. */
export const commandPages = (db: DatabaseSync) => {
  const page = prepareRows(
    db,
    `SELECT ${entryColumns} FROM commands WHERE (command_id, stream) > (?, ?) ORDER BY command_id, stream LIMIT ${rowLimit}`,
  )
  return ({ after, limit }: Parameters<EventStoreShape['commands']>[0]): readonly CommandEntry[] => {
    const rows: unknown = page.all(after?.commandId ?? '', after?.stream ?? '', limit)
    return (rows as readonly EntryRow[]).map(toEntry)
  }
}

/** Writes requests inside the transaction that its caller has begun. */
export interface AppendWriter {
  /** Takes the log's end and the time; once after each BEGIN. */
  readonly begin: () => void
  /** @throws SQLite's error: then the transaction must be rolled back. */
  readonly write: (request: Append) => Verdict
  /** Forgets what it wrote; once after each ROLLBACK. */
  readonly rolledBack: () => void
}

interface WriterOptions {
  readonly path: string
  /** The log as it was named when it was opened. */
  readonly identity: Readonly<Pick<BookIdentity, 'origin'>>
  readonly clock: Clock
  readonly clockIsRight: boolean
}

export const appendWriter = (
  db: DatabaseSync,
  { path, identity, clock, clockIsRight }: WriterOptions,
): AppendWriter => {
  const heads = headMemory(db)
  const findCommand = commandReader(db)
  const writeEvent = eventWriter(db)
  const faultOf = appendFault(db, path)
  const insertCommand = db.prepare('INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
  let position = 0
  let committedAt = clock()
  let last: Receipt['committedAt'] | undefined
  let refused: ReadOnly | undefined

  const insert = ({ stream, commandId }: Append, version: number, event: SealedEvent): void => {
    position += 1
    writeEvent({ position, stream, version, committedAt, commandId }, event)
  }

  /** The answer to a command id that is in the log already (laws B3, B4). */
  const repeated = ({ stream, commandId, fingerprint }: Append): Verdict | undefined => {
    const known = findCommand(stream, commandId)
    if (!known || known.fingerprint === fingerprint) return known?.receipt
    const message = `command ${commandId} was used on ${stream} for another command`
    return new CommandMismatch({ stream, commandId, message })
  }

  const closed = ({ stream }: Append, head: Token): StreamClosed =>
    new StreamClosed({ stream, version: head.version, message: closedMessage(stream, head) })

  const conflict = ({ stream, expected }: Append, head: Token): Conflict => {
    const message = conflictMessage(stream, head, expected)
    return new Conflict({ stream, expected: expected.version, actual: head.version, message })
  }

  return {
    begin: () => {
      const head = heads.begin()
      const now = clock()
      refused = faultOf(identity.origin)
      position = head.position
      last = head.committedAt
      committedAt = head.committedAt !== undefined && head.committedAt > now ? head.committedAt : now
    },
    write: (request) => {
      const { stream, commandId, expected, events, fingerprint } = request
      if (refused) return refused
      const ahead = clockIsRight ? undefined : clockFault(last, committedAt, request)
      if (ahead) return repeated(request) ?? ahead
      const head = heads.of(stream)
      if (head.closed) return repeated(request) ?? closed(request, head)
      const firstVersion = head.version + 1
      const lastVersion = head.version + events.length
      const firstPosition = position + 1
      const lastPosition = position + events.length
      const places = [firstVersion, lastVersion, firstPosition, lastPosition] as const
      // The key of the commands finds a repeated one; looking it up first would cost every new command a search.
      const isNew = stands(head, expected) && insertCommand.run(stream, commandId, fingerprint, ...places).changes !== 0
      if (!isNew) return repeated(request) ?? conflict(request, head)
      for (const [index, event] of events.entries()) insert(request, firstVersion + index, event)
      const headHash = events.at(-1)?.leaf ?? head.headHash
      heads.moved(
        stream,
        { version: lastVersion, headHash, closed: request.closes ?? false },
        lastPosition,
        committedAt,
      )
      last = committedAt
      const receipt = { stream, commandId, firstVersion, lastVersion, firstPosition, lastPosition }
      return { ...receipt, headHash, committedAt, repeated: false }
    },
    rolledBack: heads.forget,
  }
}

/** The only constraint that a checked request can break: its event id is in the log already (law B8). */
export const duplicateId = (cause: unknown, { stream, commandId }: Append): Integrity | undefined =>
  isConstraint(cause)
    ? new Integrity({ message: `command ${commandId} on ${stream} has an event id that is in the log already` })
    : undefined
