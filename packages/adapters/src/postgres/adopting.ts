import {
  type Adoption,
  type AppendError,
  closesIn,
  type Head,
  type LogPart,
  type RecordedCommand,
  type StoredEvent,
  type TakingLog,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { adoptionFault } from '../adopting.ts'
import { asking } from './asking.ts'
import { isNotNext, isUnknown } from './errors.ts'
import { adoptParameters } from './log-functions.ts'
import type { Session, Sessions } from './sessions.ts'
import { call, column, statement, type Value } from './statement.ts'

const adopt = call('adopt', adoptParameters)
const adopted = call('adopted', 'in_book integer, in_secret text')

const begun = statement('SELECT EXISTS (SELECT FROM daybook.adopting WHERE book = $1)')
const standing = statement(
  `SELECT b.origin, EXISTS (SELECT FROM daybook.adopting a WHERE a.book = b.id),
     EXISTS (SELECT FROM daybook.secret_check s WHERE s.book = b.id), h.position, h.committed_at, e.leaf
   FROM daybook.book b JOIN daybook.head h ON h.book = b.id
   LEFT JOIN daybook.events e ON e.book = b.id AND e.position = h.position WHERE b.id = $1`,
)
const headsOf = statement(
  `SELECT s.stream, e.version, e.leaf, e.closes FROM unnest($2::text[]) AS s(stream) CROSS JOIN LATERAL (
     SELECT e.version, e.leaf, e.closes FROM daybook.events e WHERE e.book = $1 AND e.stream = s.stream
     ORDER BY e.version DESC LIMIT 1
   ) e`,
)
const idsThere = statement('SELECT id FROM daybook.events WHERE book = $1 AND id = ANY($2::text[])')

type Standing = readonly [
  origin: string,
  begun: boolean,
  hasSecret: boolean,
  position: number,
  committedAt: StoredEvent['committedAt'] | null,
  leaf: string | null,
]

const eventsOf = ({ commands }: LogPart): readonly StoredEvent[] => commands.flatMap(({ events }) => events)

/** Where the log stands that is to take a part, as far as the part asks. */
const lookAt = async ({ rows }: Session, book: number, part: LogPart) => {
  const [found] = await rows<Standing>(standing, book)
  const [origin, isBegun, hasSecret, position, committedAt, leaf] = found ?? ['', false, false, 0, null, null]
  const events = eventsOf(part)
  const streams = [...new Set(events.map(({ stream }) => stream))]
  const heads = new Map(
    (await rows<[string, number, string, boolean]>(headsOf, book, streams)).map(
      ([stream, version, headHash, closed]) => [stream, { version, headHash, closed }],
    ),
  )
  const ids = await rows<[string]>(
    idsThere,
    book,
    events.map(({ id }) => id),
  )
  const there = new Set(ids.map(([id]) => id))
  const head: Head = committedAt === null ? { position: 0 } : { position, committedAt }
  const log: Omit<TakingLog, 'name'> = {
    begun: isBegun,
    origin,
    hasSecret,
    head,
    headOf: (stream) => heads.get(stream) ?? { version: -1, headHash: '-', closed: false },
    hasEvent: (id) => there.has(id),
  }
  return { log, leaf }
}

const valuesOf = (book: number, { origin, commands }: LogPart, events: readonly StoredEvent[]): readonly Value[] => {
  const ends = commands.map(({ fingerprint, events: its }: RecordedCommand) => ({
    fingerprint,
    first: its[0] as StoredEvent,
    last: its.at(-1) as StoredEvent,
  }))
  return [
    book,
    origin,
    (events[0]?.position ?? 1) - 1,
    column(ends, ({ first }) => first.stream),
    column(ends, ({ first }) => first.commandId),
    column(ends, ({ fingerprint }) => fingerprint),
    column(ends, ({ first }) => first.version),
    column(ends, ({ last }) => last.version),
    column(ends, ({ first }) => first.position),
    column(ends, ({ last }) => last.position),
    column(events, ({ position }) => position),
    column(events, ({ stream }) => stream),
    column(events, ({ version }) => version),
    column(events, ({ type }) => type),
    column(events, ({ schemaVersion }) => schemaVersion),
    column(events, ({ effectiveDate }) => effectiveDate),
    column(events, ({ recordedAt }) => recordedAt),
    column(events, ({ committedAt }) => committedAt),
    column(events, ({ actor }) => actor),
    column(events, ({ commandId }) => commandId),
    column(events, ({ id }) => id),
    column(events, ({ prev }) => prev),
    column(events, ({ leaf }) => leaf),
    column(events, ({ meta }) => closesIn(meta)),
    column(events, ({ data }) => data),
    column(events, ({ meta }) => meta),
  ]
}

interface AdoptingBook {
  readonly id: number
  /** Named after the other log by the first part. */
  readonly name: { origin: string }
  readonly writing: Sessions
  /** Called after each part: whoever waits for the log to grow looks again. */
  readonly grown: (position: number) => void
}

/**
 * Takes a log over, a part in a call and a commit. What is there is looked at before: under the lock of the log's end the
 * server only asks whether it has moved on since.
 */
export const postgresAdoption = ({ id, name, writing, grown }: AdoptingBook): Adoption => {
  const { where } = writing

  const take = async (part: LogPart): Promise<Head | AppendError> => {
    const events = eventsOf(part)
    const last = events.at(-1)
    let sent = false
    return await writing.patiently(() =>
      writing.use(async (session): Promise<Head | AppendError> => {
        for (;;) {
          const { log, leaf } = await lookAt(session, id, part)
          // A part whose answer was lost, and that was written.
          if (sent && last && leaf === last.leaf && log.begun) return log.head
          const fault = adoptionFault(part, { name: where, ...log })
          if (fault) return fault
          try {
            await session.rows(adopt, ...valuesOf(id, part, events))
            return last ? { position: last.position, committedAt: last.committedAt } : log.head
          } catch (cause) {
            if (isNotNext(cause)) continue
            sent ||= isUnknown(cause)
            throw cause
          }
        }
      }),
    )
  }

  return {
    begun: asking(where, async () => (await writing.read<[boolean]>(begun, id))[0]?.[0] ?? false),
    take: (part) =>
      Effect.flatMap(
        asking(where, () => take(part)),
        (taken) => {
          if ('_tag' in taken) return Effect.fail(taken)
          name.origin = part.origin
          grown(taken.position)
          return Effect.succeed(taken)
        },
      ),
    finish: (secretCheck) => Effect.asVoid(asking(where, () => writing.read(adopted, id, secretCheck ?? null))),
  }
}
