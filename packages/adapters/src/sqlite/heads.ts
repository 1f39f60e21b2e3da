import type { DatabaseSync } from 'node:sqlite'
import { closesIn, NO_STREAM, type Receipt, type Token } from '@daybook/core/ports'
import { firstRow, prepareRows } from './event-rows.ts'

/** The end of the log: position 0 and no time when it is empty. */
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

/** The end of a stream, and whether it takes no new command. */
export interface StreamHead extends Token {
  readonly closed: boolean
}

/** The end of a stream, as it stands in the file. */
export const streamHeadReader = (db: DatabaseSync): ((stream: string) => StreamHead) => {
  const last = prepareRows(db, 'SELECT version, leaf, meta FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1')
  return (stream) => {
    const row = firstRow<readonly [number, string, string]>(last, stream)
    return row ? { version: row[0], headHash: row[1], closed: closesIn(row[2]) } : { ...NO_STREAM, closed: false }
  }
}

/** Streams whose heads are remembered between transactions. */
const REMEMBERED_HEADS = 20_000

/** The heads of the log and of its streams, read again as soon as another connection has committed anything. */
export const headMemory = (db: DatabaseSync) => {
  const dataVersion = prepareRows(db, 'PRAGMA data_version')
  const readHead = headReader(db)
  const streamHead = streamHeadReader(db)
  const streams = new Map<string, StreamHead>()
  let log: LogHead = { position: 0, committedAt: undefined }
  let seen = -1

  const forget = (): void => {
    streams.clear()
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
