import type { DatabaseSync } from 'node:sqlite'
import { closesIn, type StoredEvent } from '@daybook/core/ports'
import { firstRow, prepareRows } from '../sqlite/event-rows.ts'
import { inTransaction } from '../sqlite/transaction.ts'
import { bookStreamOf, prefixOf } from './address.ts'
import { takingOverIn } from './book-stream.ts'
import type { Position, Recorded } from './driver.ts'
import { type Envelope, envelopeOf } from './record.ts'

type Instant = StoredEvent['committedAt']

/** A place in the server's log as text that sorts as the number does. */
export const placeText = (position: bigint): string => position.toString().padStart(20, '0')

/** What the metadata of a stream hides of it, in words; undefined where it hides nothing. */
const truncationIn = (data: unknown): string | undefined => {
  const fields = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {}
  const found = ['$maxCount', '$maxAge', '$tb'].filter((name) => fields[name] !== undefined && fields[name] !== 0)
  return found.length === 0 ? undefined : found.join(', ')
}

interface StreamRow {
  readonly id: number
  readonly version: number
}

/**
 * Carries the index on over a part of the server's log. Everything that it writes follows from what it reads, so it does
 * not matter who carries it on, nor how often: what it has read it does not take again.
 */
export const indexWriter = (db: DatabaseSync, tenant: string) => {
  const prefix = prefixOf(tenant)
  const ofBook = bookStreamOf(tenant)
  const log = prepareRows(db, 'SELECT commit_position, origin, adopting FROM kurrentdb_log')
  const begin = db.prepare('UPDATE kurrentdb_log SET origin = ?, adopting = 1')
  const end = db.prepare('UPDATE kurrentdb_log SET adopting = 0')
  const moveMark = db.prepare('UPDATE kurrentdb_log SET commit_position = ?, prepare_position = ?')
  const head = prepareRows(db, 'SELECT ordinal, committed_at FROM kurrentdb_event ORDER BY ordinal DESC LIMIT 1')
  const find = prepareRows(db, 'SELECT id, version FROM kurrentdb_stream WHERE name = ?')
  const create = db.prepare('INSERT INTO kurrentdb_stream(name) VALUES (?) RETURNING id')
  const move = db.prepare('UPDATE kurrentdb_stream SET version = ?, leaf = ?, closed = ? WHERE id = ?')
  const truncate = db.prepare('UPDATE kurrentdb_stream SET truncated = ? WHERE id = ?')
  const accuse = db.prepare('UPDATE kurrentdb_stream SET fault = ? WHERE id = ? AND fault IS NULL')
  const insert = db.prepare('INSERT INTO kurrentdb_event VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const command = db.prepare(
    `INSERT INTO kurrentdb_command VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_version = excluded.last_version, last_position = excluded.last_position,
       leaf = excluded.leaf
     WHERE last_version = excluded.last_version - 1 AND writer = excluded.writer AND fingerprint = excluded.fingerprint`,
  )

  const streamOf = (name: string): StreamRow => {
    const row = firstRow<readonly [number, number]>(find, name)
    return row ? { id: row[0], version: row[1] } : { id: Number(create.get(name)?.['id']), version: -1 }
  }

  let ordinal = 0
  let committedAt: Instant | undefined
  let origin = ''
  let adopting = false

  /** Why an event is none of this log, whoever wrote it: it was under way while another log was taken over. */
  const strayed = (envelope: Envelope): string | undefined => {
    if (envelope.origin !== undefined && envelope.origin !== origin) return 'that was written for another log'
    if (adopting === (envelope.committedAt !== undefined)) return undefined
    return adopting ? 'that came while another log was taken over' : 'of a log that was taken over, behind its end'
  }

  const write = (recorded: Recorded, name: string): void => {
    const stream = streamOf(name)
    const version = Number(recorded.revision)
    if (recorded.type === '$streamDeleted') return void accuse.run('was deleted for good (a tombstone)', stream.id)
    const envelope = envelopeOf(recorded)
    if (!envelope) return void accuse.run(`has an event at version ${version} that no Daybook wrote`, stream.id)
    if (version !== stream.version + 1) {
      return void accuse.run(
        `has lost what came before version ${version}, behind version ${stream.version}`,
        stream.id,
      )
    }
    const stray = strayed(envelope)
    if (stray !== undefined) return void accuse.run(`has an event at version ${version} ${stray}`, stream.id)
    const created = recorded.created.toISOString() as Instant
    const given = envelope.committedAt ?? created
    const at = committedAt !== undefined && committedAt > given ? committedAt : given
    const place = placeText(recorded.position?.commit ?? 0n)
    if (insert.run(ordinal + 1, place, at, stream.id, version, recorded.type, recorded.id).changes === 0) {
      return void accuse.run(`has an event at version ${version} whose id is in the log already`, stream.id)
    }
    ordinal += 1
    committedAt = at
    const { commandId, fingerprint, writer, leaf } = envelope
    command.run(stream.id, commandId, fingerprint, writer, version, version, ordinal, ordinal, leaf)
    move.run(version, leaf, closesIn(envelope.meta) ? 1 : 0, stream.id)
  }

  /** A log that takes another one over has that one's name; only an empty one begins to. */
  const rename = (recorded: Recorded): void => {
    const says = takingOverIn(recorded)
    if (says === 'ends' && adopting) {
      adopting = false
      end.run()
    } else if (typeof says === 'object' && ordinal === 0 && !adopting) {
      adopting = true
      origin = says.begins
      begin.run(origin)
    }
  }

  const take = (recorded: Recorded): void => {
    const name = recorded.streamId
    if (name === ofBook) {
      rename(recorded)
    } else if (name.startsWith(prefix)) {
      write(recorded, name.slice(prefix.length))
    } else if (name.startsWith(`$$${prefix}`)) {
      const found = truncationIn(recorded.data)
      const { id } = streamOf(name.slice(prefix.length + 2))
      truncate.run(found === undefined ? null : `is truncated by its metadata (${found})`, id)
    }
  }

  /** Takes events in the order of the server's log, and notes that it has been read up to a position. */
  return (records: readonly Recorded[], upTo: Position): void =>
    inTransaction(db, () => {
      const [read, named, isTaking] = firstRow<readonly [string, string, number]>(log) ?? ['', '', 0]
      origin = named
      adopting = isTaking === 1
      const last = firstRow<readonly [number, Instant]>(head)
      ordinal = last?.[0] ?? 0
      committedAt = last?.[1]
      for (const recorded of records) {
        if (placeText(recorded.position?.commit ?? 0n) > read) take(recorded)
      }
      if (placeText(upTo.commit) > read) moveMark.run(placeText(upTo.commit), placeText(upTo.prepare))
    })
}
