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
  StreamClosed,
  type Token,
} from '@daybook/core/ports'
import { type Clock, clockFault, closedMessage, conflictMessage, stands } from '../store-contract.ts'
import { toCommandRecord, toEntry } from '../stored-rows.ts'
import { appendFault } from './adopting.ts'
import type { BookIdentity } from './book-schema.ts'
import { isConstraint } from './errors.ts'
import { firstRow, prepareRows, rowLimit } from './event-rows.ts'
import { headMemory } from './heads.ts'
import { numberedNames } from './log-rows.ts'
import { type Packed, packId, packName, unpackHash, unpackId, unpackingInstants } from './packed.ts'
import { eventWriter, recordWriter, streamWriter } from './row-writers.ts'

/** What was written or found for one request. The other members of its transaction do not depend on it. */
export type Verdict = Receipt | AppendError

type Places = readonly [firstVersion: number, lastVersion: number, firstPosition: number, lastPosition: number]

/** Looks a command up; its receipt is read again from the events that it wrote (design §3.8). */
export const commandReader = (db: DatabaseSync) => {
  const command = prepareRows(
    db,
    `SELECT c.first_version, c.last_version, c.first_position, c.last_position, c.fingerprint, e.leaf, e.committed_at
     FROM commands c JOIN events e ON e.position = c.last_position
     WHERE c.command_id = ? AND c.stream = (SELECT stream FROM streams WHERE name = ?)`,
  )
  const instant = unpackingInstants()
  return (stream: string, commandId: string): CommandRecord | undefined => {
    const row = firstRow<readonly [...Places, fingerprint: Packed, leaf: Packed, at: Packed]>(
      command,
      packId(commandId),
      packName(stream),
    )
    if (!row) return undefined
    const [firstVersion, lastVersion, firstPosition, lastPosition, fingerprint, leaf, at] = row
    const places = [firstVersion, lastVersion, firstPosition, lastPosition] as const
    return toCommandRecord(stream, commandId, [unpackHash(fingerprint), ...places, unpackHash(leaf), instant(at)])
  }
}

/** Before every position, also one that somebody made. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER

/** Pages of what is on record of commands, in order of their positions: their events are not looked at. */
export const commandPages = (db: DatabaseSync) => {
  const names = numberedNames(db)
  const numberOf = prepareRows(db, 'SELECT stream FROM streams WHERE name = ?')
  const place = prepareRows(db, 'SELECT first_position FROM commands WHERE command_id = ? AND stream = ?')
  const page = prepareRows(
    db,
    `SELECT stream, command_id, fingerprint, first_version, last_version, first_position, last_position
     FROM commands WHERE first_position > ? ORDER BY first_position LIMIT ${rowLimit}`,
  )
  const placeOf = ({ stream, commandId }: Pick<CommandEntry, 'stream' | 'commandId'>): number => {
    // A stream whose name is gone goes by its number (`numberedNames`).
    const number = firstRow<readonly [number]>(numberOf, packName(stream))?.[0] ?? Number(stream.slice(1))
    return firstRow<readonly [number]>(place, packId(commandId), number)?.[0] ?? BEFORE_ALL
  }
  return ({ after, limit }: Parameters<EventStoreShape['commands']>[0]): readonly CommandEntry[] => {
    names.begin()
    const rows: unknown = page.all(after ? placeOf(after) : BEFORE_ALL, limit)
    return (rows as readonly (readonly [number, Packed, Packed, ...Places])[]).map(
      ([stream, commandId, fingerprint, ...places]) =>
        toEntry([names.ofStream(stream), unpackId(commandId), unpackHash(fingerprint), ...places]),
    )
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
  const rows = eventWriter(db)
  const heads = headMemory(db, rows.forget)
  const findCommand = commandReader(db)
  const faultOf = appendFault(db, path)
  const writeRecord = recordWriter(db)
  const writeStream = streamWriter(db)
  let position = 0
  let committedAt = clock()
  let last: Receipt['committedAt'] | undefined
  let refused: ReadOnly | undefined

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
      if (!stands(head, expected)) return repeated(request) ?? conflict(request, head)
      const number = head.number ?? writeStream(stream)
      const places = { versions: [firstVersion, lastVersion], positions: [firstPosition, lastPosition] } as const
      // The key of the commands finds a repeated one; looking it up first would cost every new command a search.
      const isNew = writeRecord({ stream: number, commandId, fingerprint, ...places })
      if (!isNew) return repeated(request) ?? conflict(request, head)
      rows.write({ position: firstPosition, stream: number, version: firstVersion, committedAt }, events)
      position = lastPosition
      const headHash = events.at(-1)?.leaf ?? head.headHash
      heads.moved(
        stream,
        { version: lastVersion, headHash, closed: request.closes ?? false, number },
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
