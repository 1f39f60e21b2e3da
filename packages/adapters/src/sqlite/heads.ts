import type { DatabaseSync } from 'node:sqlite'
import { closesIn, NO_STREAM, type Receipt, type Token } from '@daybook/core/ports'
import { firstRow, prepareRows } from './event-rows.ts'
import { type Packed, packName, unpackHash, unpackingInstants } from './packed.ts'

/** The end of the log: position 0 and no time when it is empty. */
export interface LogHead {
  readonly position: number
  readonly committedAt: Receipt['committedAt'] | undefined
}

type HeadRow = readonly [position: number, committedAt: Packed]
export const headReader = (db: DatabaseSync): (() => LogHead) => {
  const last = prepareRows(db, 'SELECT position, committed_at FROM events ORDER BY position DESC LIMIT 1')
  const committedAt = unpackingInstants()
  return () => {
    const row = firstRow<HeadRow>(last)
    return row ? { position: row[0], committedAt: committedAt(row[1]) } : { position: 0, committedAt: undefined }
  }
}

/** The end of a stream, and whether it takes no new command. */
export interface StreamHead extends Token {
  readonly closed: boolean
  /** Its number in the file; undefined where it has none yet. */
  readonly number: number | undefined
}

type StreamHeadRow = readonly [number: number, version: number | null, leaf: Packed, meta: string | null]

/**
 * Whether the last event of a stream closes it. One that has the meta of the event before it does not: only the last of a
 * command may close, and behind a stream's closing nothing comes.
 */
export const closesInRow = (meta: string | null): boolean => meta !== null && closesIn(meta)

/** The end of a stream, as it stands in the file. */
export const streamHeadReader = (db: DatabaseSync): ((stream: string) => StreamHead) => {
  const last = prepareRows(
    db,
    `SELECT s.stream, e.version, e.leaf, e.meta FROM streams s LEFT JOIN events e
      ON e.stream = s.stream AND e.version = (SELECT max(version) FROM events WHERE stream = s.stream) WHERE s.name = ?`,
  )
  return (stream) => {
    const row = firstRow<StreamHeadRow>(last, packName(stream))
    const [number, version] = row ?? []
    if (!row || version === null || version === undefined) return { ...NO_STREAM, closed: false, number }
    return { version, headHash: unpackHash(row[2]), closed: closesInRow(row[3]), number }
  }
}

/** Streams whose heads are remembered between transactions. */
const REMEMBERED_HEADS = 20_000

/**
 * The heads of the log and of its streams, read again as soon as another connection has committed anything; `forgotten` is
 * called then, and when what was written was rolled back.
 */
export const headMemory = (db: DatabaseSync, forgotten: () => void) => {
  const dataVersion = prepareRows(db, 'PRAGMA data_version')
  const readHead = headReader(db)
  const streamHead = streamHeadReader(db)
  const streams = new Map<string, StreamHead>()
  let log: LogHead = { position: 0, committedAt: undefined }
  let seen = -1

  const forget = (): void => {
    streams.clear()
    forgotten()
    seen = -1
  }
  return {
    forget,
    /** Inside a transaction nobody else can commit: what is true at its begin stays true. */
    begin: (): LogHead => {
      const now = firstRow<readonly [number]>(dataVersion)?.[0] ?? -1
      if (now !== seen) {
        forget()
        log = readHead()
        seen = now
      }
      return log
    },
    of: (stream: string): StreamHead => streams.get(stream) ?? streamHead(stream),
    moved: (stream: string, head: StreamHead, position: number, committedAt: LogHead['committedAt']): void => {
      if (streams.size >= REMEMBERED_HEADS) streams.clear()
      streams.set(stream, head)
      log = { position, committedAt }
    },
  }
}
