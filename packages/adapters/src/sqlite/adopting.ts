import type { DatabaseSync } from 'node:sqlite'
import {
  type Adoption,
  type AppendError,
  Conflict,
  type Head,
  Integrity,
  LimitExceeded,
  type LogPart,
  ReadOnly,
  takingOver,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { adoptionFault } from '../adopting.ts'
import { type BookIdentity, nameAfter, putSecretCheck, secretCheckIn } from './book-schema.ts'
import { storeError } from './errors.ts'
import { firstRow, prepareRows } from './event-rows.ts'
import { headReader, streamHeadReader } from './heads.ts'
import { packId } from './packed.ts'
import { commandWriter } from './row-writers.ts'
import { inTransaction } from './transaction.ts'
import { patiently, reading } from './waiting.ts'

/** A table that stands in the file as long as a log is being taken over: who only opens it sees that it is not whole. */
const MARK = 'adopting'

/** The name of the log in a file, and whether it is taking another one over. */
export const adoptionReader = (db: DatabaseSync): (() => { readonly origin: string; readonly begun: boolean }) => {
  const mark = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '${MARK}'`
  const row = prepareRows(db, `SELECT origin, EXISTS (${mark}) FROM book`)
  return () => {
    const [origin, begun] = firstRow<readonly [string, number]>(row) ?? ['', 0]
    return { origin, begun: begun === 1 }
  }
}

/** Inside a transaction: why the log takes no append now, or not from who has opened it under another name. */
export const appendFault = (db: DatabaseSync, path: string): ((origin: string) => ReadOnly | undefined) => {
  const read = adoptionReader(db)
  return (opened) => {
    const { origin, begun } = read()
    if (begun) return takingOver(path)
    if (origin === opened) return undefined
    return new ReadOnly({ message: `${path} has taken another log over since it was opened: open it again` })
  }
}

interface AdoptingBook {
  readonly db: DatabaseSync
  readonly path: string
  /** Named after the other log by the first part. */
  readonly identity: { origin: BookIdentity['origin'] }
  readonly readOnly: boolean
  /** Called after each part: what is remembered of heads is not true any more. */
  readonly taken: () => void
}

const isFault = (cause: unknown): cause is ReadOnly | Conflict | Integrity | LimitExceeded =>
  [ReadOnly, Conflict, Integrity, LimitExceeded].some((fault) => cause instanceof fault)

const adoptionError = (cause: unknown, path: string): AppendError => {
  if (isFault(cause)) return cause
  return storeError(cause, path)
}

const orThrow = (fault: unknown): void => {
  if (fault) throw fault
}

export const sqliteAdoption = ({ db, path, identity, readOnly, taken }: AdoptingBook): Adoption => {
  const read = adoptionReader(db)
  const readHead = headReader(db)
  const streamHead = streamHeadReader(db)
  const write = commandWriter(db)
  const eventOf = prepareRows(db, 'SELECT 1 FROM events WHERE id = ?')
  const hasEvent = (id: string): boolean => firstRow(eventOf, packId(id)) !== undefined

  const take = (part: LogPart): Head =>
    inTransaction(db, () => {
      const { begun, origin } = read()
      const head = readHead()
      const hasSecret = secretCheckIn(db) !== undefined
      const headOf = streamHead
      orThrow(adoptionFault(part, { name: path, begun, origin, hasSecret, head, headOf, hasEvent }))
      if (!begun) {
        nameAfter(db, part.origin)
        db.exec(`CREATE TABLE ${MARK}(one INTEGER PRIMARY KEY) STRICT`)
      }
      write(part.commands)
      return readHead()
    })

  const finish = (secretCheck: string | undefined): void =>
    inTransaction(db, () => {
      if (!read().begun) return
      if (secretCheck !== undefined) putSecretCheck(db, secretCheck)
      db.exec(`DROP TABLE ${MARK}`)
    })

  const writing = <A>(work: () => A): Effect.Effect<A, AppendError> =>
    readOnly
      ? Effect.fail(new ReadOnly({ message: `${path} was opened for reading only` }))
      : patiently(work, (cause) => adoptionError(cause, path))

  return {
    begun: reading(path, () => read().begun),
    take: (part) =>
      writing(() => {
        const head = take(part)
        identity.origin = part.origin
        taken()
        return head
      }),
    finish: (secretCheck) => writing(() => finish(secretCheck)),
  }
}
