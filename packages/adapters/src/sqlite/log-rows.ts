import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FoldedEvent, StoredEvent } from '@daybook/core/ports'
import { firstRow, prepareRows } from './event-rows.ts'
import { asText, hashIn, idIn, type Packed, unpackingInstants, unpackName } from './packed.ts'

// The rows of a log and what is read of them. A row does not repeat what others say: its stream and its type have numbers,
// its command is the one on record whose positions it is within, and the leaf before it stands with the event before it, as
// does its meta where both are of one command and say the same.

/** The columns of an event in the order of `EventRow`. */
export const eventColumns =
  'position, stream, version, type_number, schema_version, effective_date, recorded_at, committed_at, actor, id, leaf, data, meta'

/**
 * What is read of an event, in the order of `EventRow`: its columns, and the command on record that its position is within,
 * by its id where the event is its first one, else by the position of that one.
 */
export const readColumns = `${eventColumns.replace('id, leaf', `${asText('id')}, ${asText('leaf')}`)},
  (SELECT CASE WHEN last_position < events.position THEN NULL WHEN first_position < events.position THEN first_position
    ELSE ${asText('command_id')} END
   FROM commands WHERE first_position <= events.position ORDER BY first_position DESC LIMIT 1)`

type EventRow = readonly [
  position: number,
  stream: number,
  version: number,
  type: number,
  schemaVersion: number,
  effectiveDate: StoredEvent['effectiveDate'],
  recordedAt: Packed,
  committedAt: Packed,
  actor: string,
  id: string,
  leaf: string,
  data: string,
  meta: string | null,
  command: string | number | null,
]

/** The columns of an event as a fold needs it, in the order of `FoldedRow`: few, since each text costs its copy. */
export const foldedColumns = 'position, stream, version, type_number, schema_version, effective_date, data'

type FoldedRow = readonly [
  position: number,
  stream: number,
  version: number,
  type: number,
  schemaVersion: number,
  effectiveDate: StoredEvent['effectiveDate'],
  data: string,
]

/** Names that are remembered, of streams and of types each. */
const REMEMBERED_NAMES = 20_000

/** Names by their numbers, as long as nobody else has committed anything. */
const namesBy = (find: StatementSync) => {
  const names = new Map<number, string>()
  return {
    forget: (): void => names.clear(),
    of: (number: number): string => {
      const known = names.get(number)
      if (known !== undefined) return known
      const row = firstRow<readonly [Packed]>(find, number)
      // Where the name is gone, a text that is none.
      if (!row) return `#${number}`
      const name = unpackName(row[0])
      if (names.size >= REMEMBERED_NAMES) names.clear()
      names.set(number, name)
      return name
    },
  }
}

/** The names of streams and types by their numbers, read again as soon as another connection has committed anything. */
export const numberedNames = (db: DatabaseSync) => {
  const streams = namesBy(prepareRows(db, 'SELECT name FROM streams WHERE stream = ?'))
  const types = namesBy(prepareRows(db, 'SELECT name FROM types WHERE number = ?'))
  const dataVersion = prepareRows(db, 'PRAGMA data_version')
  let seen: number | undefined
  return {
    /** Once before each page. */
    begin: (): void => {
      const now = firstRow<readonly [number]>(dataVersion)?.[0]
      if (now === seen) return
      streams.forget()
      types.forget()
      seen = now
    },
    ofStream: streams.of,
    ofType: types.of,
  }
}

/** Nothing is on record of an event's command. */
const NO_COMMAND = ''
/** The event before it is not there: no leaf has this name. */
const NO_LEAF = ''

/** Of an event whose meta is that of the one before it, and none is there. */
const NO_META = ''

/** What makes events of rows, given in order of position or of version. */
export const eventMaker = (db: DatabaseSync) => {
  const names = numberedNames(db)
  const leafOf = prepareRows(db, `SELECT ${asText('leaf')} FROM events WHERE stream = ? AND version = ?`)
  const metaBefore = prepareRows(
    db,
    `SELECT meta FROM events WHERE stream = ? AND version < ? AND meta IS NOT NULL ORDER BY version DESC LIMIT 1`,
  )
  const [recordedAt, committedAt] = [unpackingInstants(), unpackingInstants()]
  const commandAt = prepareRows(db, `SELECT ${asText('command_id')} FROM commands WHERE first_position = ?`)
  const commandFrom = (first: number): string => {
    const row = firstRow<readonly [string]>(commandAt, first)
    return row ? idIn(row[0]) : NO_COMMAND
  }

  const leafAt = (stream: number, version: number): string => {
    const row = firstRow<readonly [string]>(leafOf, stream, version)
    return row ? hashIn(row[0]) : NO_LEAF
  }
  const metaAt = (stream: number, version: number): string =>
    firstRow<readonly [string]>(metaBefore, stream, version)?.[0] ?? NO_META

  const eventsOf = (rows: readonly EventRow[]): readonly StoredEvent[] => {
    const ends = new Map<number, Pick<StoredEvent, 'version' | 'leaf' | 'meta'>>()
    let command: { readonly first: number; readonly id: string } | undefined
    const commandOf = (position: number, named: EventRow[13]): string => {
      if (named === null) return NO_COMMAND
      const first = typeof named === 'number' ? named : position
      if (command?.first !== first) {
        command = { first, id: typeof named === 'number' ? commandFrom(named) : idIn(named) }
      }
      return command.id
    }
    return rows.map((row): StoredEvent => {
      const [position, stream, version] = row
      const end = ends.get(stream)
      const before = end?.version === version - 1 ? end : undefined
      const leaf = hashIn(row[10])
      const prev = version === 0 ? '-' : (before?.leaf ?? leafAt(stream, version - 1))
      const meta = row[12] ?? before?.meta ?? metaAt(stream, version)
      ends.set(stream, { version, leaf, meta })
      return {
        position,
        stream: names.ofStream(stream),
        version,
        type: names.ofType(row[3]),
        schemaVersion: row[4],
        effectiveDate: row[5],
        recordedAt: recordedAt(row[6]),
        committedAt: committedAt(row[7]),
        actor: row[8],
        commandId: commandOf(position, row[13]),
        id: idIn(row[9]),
        prev,
        leaf,
        data: row[11],
        meta,
      }
    })
  }

  const foldedOf = (rows: readonly FoldedRow[]): readonly FoldedEvent[] =>
    rows.map((row) => ({
      position: row[0],
      stream: names.ofStream(row[1]),
      version: row[2],
      type: names.ofType(row[3]),
      schemaVersion: row[4],
      effectiveDate: row[5],
      data: row[6],
    }))

  const rowsOf = <Row>(statement: StatementSync, parameters: readonly Packed[]): readonly Row[] => {
    names.begin()
    const rows: unknown = statement.all(...parameters)
    return rows as readonly Row[]
  }
  return {
    /** All rows of a statement over `readColumns`. A page at a time: `iterate()` is slower than pages. */
    events: (statement: StatementSync, ...parameters: Packed[]) => eventsOf(rowsOf(statement, parameters)),
    /** The same over `foldedColumns`. */
    folded: (statement: StatementSync, ...parameters: Packed[]) => foldedOf(rowsOf(statement, parameters)),
  }
}

export type EventMaker = ReturnType<typeof eventMaker>
