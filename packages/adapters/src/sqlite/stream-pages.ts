import type { DatabaseSync } from 'node:sqlite'
import type { EventStoreShape, StreamEntry } from '@daybook/core/ports'
import { prepareRows } from './event-rows.ts'
import { closesInRow } from './heads.ts'
import { type Packed, REFERENCE, unpackName } from './packed.ts'

// Streams in order of their names. Names of references stand in a file as bytes, behind all that stand as text: two searches,
// whose answers are put in one order.

type StreamPage = Parameters<EventStoreShape['streams']>[0]
type Row = readonly [name: Packed, version: number, meta: string | null]

/** Stream names are ASCII: this is above every name that begins so. */
const above = (prefix: string): string => `${prefix}\u{10ffff}`

/** The bytes with which the hash of a reference begins, as far as a text says them. */
const bytesIn = (text: string): Buffer => Buffer.from(/^(?:[0-9a-f]{2})*/.exec(text)?.[0] ?? '', 'hex')

/** Between which bytes the hashes of references lie that a page may ask for; undefined where it asks for none. */
const rangeOf = ({ prefix, after }: StreamPage): readonly [from: Buffer, to: Buffer] | undefined => {
  if (!(prefix.startsWith(REFERENCE) || REFERENCE.startsWith(prefix)) || after >= above(REFERENCE)) return undefined
  const own = bytesIn(prefix.slice(REFERENCE.length))
  const from = after > REFERENCE && after.startsWith(REFERENCE) ? bytesIn(after.slice(REFERENCE.length)) : own
  return [from, Buffer.concat([own, Buffer.alloc(32, 0xff)])]
}

const byName = (one: StreamEntry, other: StreamEntry): number => (one.stream < other.stream ? -1 : 1)

/** Pages of the streams that have events. */
export const streamPages = (db: DatabaseSync): ((page: StreamPage) => readonly StreamEntry[]) => {
  const from = `SELECT s.name, last.version, last.meta FROM streams s JOIN events last ON last.stream = s.stream
    AND last.version = (SELECT max(version) FROM events WHERE events.stream = s.stream)`
  const texts = prepareRows(
    db,
    `${from} WHERE s.name > ?1 AND s.name >= ?2 AND s.name < ?3 ORDER BY s.name LIMIT CAST(?4 AS INTEGER)`,
  )
  const asName = `'${REFERENCE}' || lower(hex(s.name))`
  const references = prepareRows(
    db,
    `${from} WHERE s.name >= ?1 AND s.name <= ?2 AND ${asName} > ?3 AND ${asName} >= ?4 AND ${asName} < ?5
     ORDER BY s.name LIMIT CAST(?6 AS INTEGER)`,
  )
  return (page) => {
    const { prefix, after, limit } = page
    const range = rangeOf(page)
    const found: unknown[] = texts.all(after, prefix, above(prefix), limit)
    if (range) found.push(...references.all(...range, after, prefix, above(prefix), limit))
    const entries = (found as Row[]).map(([name, version, meta]) => ({
      stream: unpackName(name),
      version,
      closed: closesInRow(meta),
    }))
    return range ? entries.sort(byName).slice(0, limit) : entries
  }
}
