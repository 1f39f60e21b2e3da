import { type Day, type Instant, shown } from '@daybook/core/kernel'
import { Integrity, type RecordedCommand, type StoredEvent } from '@daybook/core/ports'
import { z } from 'zod'

/** Version of the lines below (docs/exported-log.md). A newer one is not read. */
const FORMAT = 1

/** What the first line says: of what the lines are, and how far they go. */
export interface LogHeader {
  /** A whole log, or one stream of it: that is read and verified, and never taken over. */
  readonly daybook: 'log' | 'account'
  readonly origin: string
  /** The one stream of an account's lines. */
  readonly stream?: string | undefined
  /** The last position of the log that they go up to. */
  readonly upTo: number
  /** By which the book knows its secret again; from it nobody learns the secret. Absent where the book keeps none. */
  readonly secretCheck?: string | undefined
}

/** What the last line says. */
export interface LogTrailer {
  /** How many events stand above. */
  readonly events: number
  /** The head that they give, `@position:hash`; of an account, its last leaf. */
  readonly head: string
  /** SHA-256 (hex) of all bytes above this line. */
  readonly sha256: string
}

const header = z.strictObject({
  daybook: z.enum(['log', 'account']),
  format: z.int(),
  origin: z.string(),
  stream: z.string().optional(),
  upTo: z.int().nonnegative(),
  secretCheck: z.string().optional(),
})
const trailer = z.strictObject({ end: z.int().nonnegative(), head: z.string(), sha256: z.string() })
const text = z.string()
const event = z.strictObject({
  position: z.int().positive(),
  stream: text,
  version: z.int().nonnegative(),
  type: text,
  schemaVersion: z.int(),
  effectiveDate: z.custom<Day>((given) => typeof given === 'string'),
  recordedAt: z.custom<Instant>((given) => typeof given === 'string'),
  committedAt: z.custom<Instant>((given) => typeof given === 'string'),
  actor: text,
  commandId: text,
  id: text,
  prev: text,
  leaf: text,
  data: text,
  meta: text,
  fingerprint: text.optional(),
})

export const headerLine = ({ daybook, origin, stream, upTo, secretCheck }: LogHeader): string =>
  JSON.stringify({ daybook, format: FORMAT, origin, stream, upTo, secretCheck })

export const trailerLine = ({ events, head, sha256 }: LogTrailer): string =>
  JSON.stringify({ end: events, head, sha256 })

/** One event, its fields in this order; the last one of a command brings the command's fingerprint. */
const eventLine = (one: StoredEvent, fingerprint: string | undefined): string =>
  JSON.stringify({
    position: one.position,
    stream: one.stream,
    version: one.version,
    type: one.type,
    schemaVersion: one.schemaVersion,
    effectiveDate: one.effectiveDate,
    recordedAt: one.recordedAt,
    committedAt: one.committedAt,
    actor: one.actor,
    commandId: one.commandId,
    id: one.id,
    prev: one.prev,
    leaf: one.leaf,
    data: one.data,
    meta: one.meta,
    fingerprint,
  })

export const commandLines = ({ events, fingerprint }: RecordedCommand): readonly string[] =>
  events.map((one, at) => eventLine(one, at === events.length - 1 ? fingerprint : undefined))

/** What a line of an export says; the text is what an export writes to the byte, or it is refused. */
const read = <A>(schema: z.ZodType<A>, line: string, number: number): A | Integrity => {
  const wrong = (what: string) => new Integrity({ message: `line ${number} ${what}: ${shown(line, 80)}` })
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return wrong('is no JSON')
  }
  const parsed = schema.safeParse(json)
  return parsed.success ? parsed.data : wrong('is no line of an exported log')
}

export const headerIn = (line: string): LogHeader | Integrity => {
  const found = read(header, line, 1)
  if (found instanceof Integrity) return found
  if (found.format === FORMAT) return found
  const message = `it was exported by a newer Daybook (format ${found.format}; this one reads format ${FORMAT})`
  return new Integrity({ message })
}

export const trailerIn = (line: string, number: number): LogTrailer | Integrity => {
  const found = read(trailer, line, number)
  return found instanceof Integrity ? found : { events: found.end, head: found.head, sha256: found.sha256 }
}

export const isTrailer = (line: string): boolean => line.startsWith('{"end":')

export const eventIn = (
  line: string,
  number: number,
): { readonly event: StoredEvent; readonly fingerprint?: string | undefined } | Integrity => {
  const found = read(event, line, number)
  if (found instanceof Integrity) return found
  const { fingerprint, ...stored } = found
  // Two texts of one event would be two files of one log.
  if (eventLine(stored, fingerprint) !== line) {
    return new Integrity({ message: `line ${number} is not as an export writes it: ${shown(line, 80)}` })
  }
  return { event: stored, fingerprint }
}
