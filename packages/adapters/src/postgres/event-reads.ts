import type { Instant } from '@daybook/core/kernel'
import {
  type CommandEntry,
  type CommandRecord,
  type EventStoreShape,
  type Head,
  Integrity,
  type LogPage,
  type StoredEvent,
} from '@daybook/core/ports'
import { checkPageLimit } from '../store-contract.ts'
import {
  type CommandRow,
  type EntryRow,
  type EventRow,
  entryColumns,
  eventColumns,
  foldedColumns,
  toCommandRecord,
  toEntry,
  toEvent,
  toFolded,
} from '../stored-rows.ts'
import { readQueue, type StreamPage } from './read-queue.ts'
import type { Sessions } from './sessions.ts'
import { statement } from './statement.ts'

const ofStream = statement(
  `SELECT ${eventColumns} FROM daybook.events WHERE book = $1 AND stream = $2 AND version > $3 ORDER BY version LIMIT $4`,
)
/** Pages of several streams, in the order asked. */
const ofStreams = statement(
  `SELECT p.nth, e.* FROM unnest($2::text[], $3::bigint[], $4::bigint[]) WITH ORDINALITY AS p(stream, after, size, nth)
   CROSS JOIN LATERAL (SELECT ${eventColumns} FROM daybook.events e
     WHERE e.book = $1 AND e.stream = p.stream AND e.version > p.after ORDER BY e.version LIMIT p.size) e
   ORDER BY p.nth, e.version`,
)
const page = 'FROM daybook.events WHERE book = $1 AND position > $2 AND position <= $3'
const ofLog = (columns: string) => ({
  all: statement(`SELECT ${columns} ${page} ORDER BY position LIMIT $4`),
  ofTypes: statement(`SELECT ${columns} ${page} AND type = ANY($5::text[]) ORDER BY position LIMIT $4`),
})
const events = ofLog(eventColumns)
const folded = ofLog(foldedColumns)
const head = statement(
  'SELECT position, committed_at FROM daybook.events WHERE book = $1 ORDER BY position DESC LIMIT 1',
)
const command = statement(
  `SELECT c.fingerprint, c.first_version, c.last_version, c.first_position, c.last_position, e.leaf, e.committed_at
   FROM daybook.commands c JOIN daybook.events e ON e.book = c.book AND e.position = c.last_position
   WHERE c.book = $1 AND c.stream = $2 AND c.command_id = $3`,
)
const commands = statement(
  `SELECT ${entryColumns} FROM daybook.commands WHERE book = $1 AND (command_id, stream) > ($2, $3) ORDER BY command_id, stream LIMIT $4`,
)
/** Halves the log by position, at the server: times never decrease with it. Stops at a position that has no event. */
const position = statement(
  `WITH RECURSIVE search(low, high) AS (
     SELECT 0::bigint, coalesce((SELECT max(position) FROM daybook.events WHERE book = $1), 0)
     UNION ALL
     SELECT CASE WHEN e.committed_at <= $2 THEN e.position ELSE s.low END,
       CASE WHEN e.committed_at <= $2 THEN s.high ELSE e.position - 1 END
     FROM search s JOIN daybook.events e ON e.book = $1 AND e.position = (s.low + s.high + 1) / 2
     WHERE s.low < s.high
   )
   SELECT low, high FROM search ORDER BY high - low LIMIT 1`,
)
/** Goes from name to name by the index, so that a listing costs by streams, not by events. */
const streams = statement(
  `WITH RECURSIVE names(stream) AS (
     (SELECT stream FROM daybook.events WHERE book = $1 AND stream > $2 AND stream >= $3 ORDER BY stream LIMIT 1)
     UNION ALL
     SELECT (SELECT e.stream FROM daybook.events e WHERE e.book = $1 AND e.stream > n.stream ORDER BY e.stream LIMIT 1)
     FROM names n WHERE n.stream < $4
   )
   SELECT n.stream, last.version, last.closes
   FROM (SELECT stream FROM names WHERE stream < $4 LIMIT $5) n
   CROSS JOIN LATERAL (SELECT e.version, e.closes FROM daybook.events e WHERE e.book = $1 AND e.stream = n.stream
     ORDER BY e.version DESC LIMIT 1) last
   ORDER BY n.stream`,
)
const secretCheck = statement('SELECT value FROM daybook.secret_check WHERE book = $1')

type HeadRow = readonly [position: number, committedAt: Instant]
/** The reads of the log of one book; each fails with the driver's errors, or throws RangeError for a page that none gives. */
export const eventReads = (sessions: Sessions, book: number) => {
  const logPage = async <Row extends readonly unknown[], Event>(
    of: ReturnType<typeof ofLog>,
    { after, upTo = Number.MAX_SAFE_INTEGER, types, limit }: LogPage,
    toOne: (row: Row) => Event,
  ): Promise<readonly Event[]> => {
    checkPageLimit(limit)
    const rows = types
      ? await sessions.read<Row>(of.ofTypes, book, after, upTo, limit, types)
      : await sessions.read<Row>(of.all, book, after, upTo, limit)
    return rows.map(toOne)
  }

  /** Rows of several streams, each list in its place. */
  const rowsOfStreams = async (pages: readonly StreamPage[]): Promise<readonly (readonly EventRow[])[]> => {
    const rows = await sessions.read<[number, ...EventRow]>(
      ofStreams,
      book,
      pages.map(({ stream }) => stream),
      pages.map(({ after }) => after),
      pages.map(({ limit }) => limit),
    )
    const found: EventRow[][] = pages.map(() => [])
    for (const [nth, ...row] of rows) found[nth - 1]?.push(row)
    return found
  }
  const readTogether = readQueue(async (pages) => {
    const [only] = pages
    const rows =
      only && pages.length === 1
        ? [await sessions.read<EventRow>(ofStream, book, only.stream, only.after, only.limit)]
        : await rowsOfStreams(pages)
    return Promise.allSettled(rows.map(async (ofOne) => ofOne.map(toEvent)))
  })

  return {
    readStream: async (stream: string, { after, limit }: { after: number; limit: number }) => {
      checkPageLimit(limit)
      return await readTogether({ stream, after, limit })
    },
    readMany: async (
      pages: Parameters<EventStoreShape['readMany']>[0],
    ): Promise<readonly (readonly StoredEvent[])[]> => {
      for (const { limit } of pages) checkPageLimit(limit)
      if (pages.length === 0) return []
      return (await rowsOfStreams(pages)).map((rows) => rows.map(toEvent))
    },
    readAll: (asked: LogPage) => logPage(events, asked, toEvent),
    readForFold: (asked: LogPage) => logPage(folded, asked, toFolded),
    head: async (): Promise<Head> => {
      const [row] = await sessions.read<HeadRow>(head, book)
      return row ? { position: row[0], committedAt: row[1] } : { position: 0 }
    },
    findCommand: async (stream: string, commandId: string): Promise<CommandRecord | undefined> => {
      const [row] = await sessions.read<CommandRow>(command, book, stream, commandId)
      return row && toCommandRecord(stream, commandId, row)
    },
    commands: async ({
      after,
      limit,
    }: Parameters<EventStoreShape['commands']>[0]): Promise<readonly CommandEntry[]> => {
      checkPageLimit(limit)
      const rows = await sessions.read<EntryRow>(commands, book, after?.commandId ?? '', after?.stream ?? '', limit)
      return rows.map(toEntry)
    },
    positionAt: async (t: Instant): Promise<number> => {
      const [[low, high] = [0, 0]] = await sessions.read<[number, number]>(position, book, t)
      if (low < high)
        throw new Integrity({ message: `${sessions.where} lacks an event between positions ${low} and ${high}` })
      return low
    },
    streams: async ({ prefix, after, limit }: Parameters<EventStoreShape['streams']>[0]) => {
      checkPageLimit(limit)
      // Stream names are ASCII: this is above every name with the prefix.
      const rows = await sessions.read<[string, number, boolean]>(
        streams,
        book,
        after,
        prefix,
        `${prefix}\u{10ffff}`,
        limit,
      )
      return rows.map(([stream, version, closed]) => ({ stream, version, closed }))
    },
    secretCheck: async (): Promise<string | undefined> => (await sessions.read<[string]>(secretCheck, book))[0]?.[0],
  }
}
