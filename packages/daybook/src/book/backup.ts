import { chmodSync, constants, copyFileSync, existsSync, statSync } from 'node:fs'
import { Integrity, type ReadError, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { type BookHead, headOfEmpty, headText } from '../check/book-head.ts'
import { forEachCommands, headAfterCommands } from '../move/recorded-commands.ts'
import { accessAddress, BESIDE } from '../privacy/access-address.ts'
import type { BackupReport } from './answers.ts'
import { invalidQuery } from './errors.ts'
import { backupAsked, placeAsked, questionGiven } from './given.ts'
import type { BackupOptions } from './moving-requests.ts'
import type { OpenBook } from './open-book.ts'
import type { DaybookShape } from './shape.ts'
import { sha256 } from './world.ts'

/** Opens a copy by itself, as whoever restores it will, and goes through all of it: gives its head. */
const headOfCopy = (
  path: string,
  origin: string,
  onProgress: BackupOptions['onProgress'],
): Effect.Effect<BookHead, ReadError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const { sqliteEventStore } = yield* Effect.promise(() => import('@daybook/adapters/sqlite'))
      const copy = yield* sqliteEventStore({ path, readOnly: true })
      const { position: upTo } = yield* copy.head
      if (copy.origin !== origin) return yield* new Integrity({ message: `${path} is a copy of another book` })
      let head = headOfEmpty(copy.origin, sha256)
      yield* forEachCommands(copy, upTo, (commands) =>
        Effect.map(headAfterCommands(head, commands, copy.origin), (next) => {
          head = next
          onProgress?.('events looked at', head.position, upTo)
        }),
      )
      return head
    }),
  )

const originOf = (path: string): Effect.Effect<string, ReadError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const { sqliteEventStore } = yield* Effect.promise(() => import('@daybook/adapters/sqlite'))
      return (yield* sqliteEventStore({ path, readOnly: true })).origin
    }),
  )

/** Puts the key beside a backup, where it has the key. */
const copyKey = (from: string, to: string): Effect.Effect<string, Unavailable> =>
  Effect.try({
    try: () => {
      copyFileSync(from, to, constants.COPYFILE_EXCL)
      chmodSync(to, 0o600)
      return to
    },
    catch: (cause) => new Unavailable({ message: `the backup is made, but its key is not: ${String(cause)}`, cause }),
  })

/** Copies the access log beside the copy of the book, where there is one in a file. */
const accessesBeside = (book: OpenBook, to: string, onProgress: BackupOptions['onProgress']) =>
  Effect.scoped(
    Effect.gen(function* () {
      const { address, reading } = book.accessLog
      const from = address ?? accessAddress(book.address)
      if (from.kind !== 'sqlite' || !existsSync(from.path)) return undefined
      const log = yield* reading
      const origin = log?.origin ?? (yield* originOf(from.path))
      const { sqliteBackup } = yield* Effect.promise(() => import('@daybook/adapters/sqlite'))
      const path = `${to}.${BESIDE}`
      const head = yield* sqliteBackup({ path: from.path, to: path }, (draft) => headOfCopy(draft, origin, onProgress))
      return { path, events: head.position, head: headText(head) }
    }),
  )

/**
 * Copies the book's file while it is used, and looks at the copy before it gets its name; then the access log, beside it. The key is put beside it only
 * where that is asked: who has both has everything.
 */
export const backupIn = (book: OpenBook): DaybookShape['backup'] =>
  Effect.fn('Daybook.backup')(function* (to, options = {}) {
    yield* questionGiven(placeAsked, to, 'to')
    yield* questionGiven(backupAsked, options)
    const { address } = book
    if (address.kind !== 'sqlite') {
      return yield* invalidQuery('to', 'this book is in no file: export its log, or use the backup of its database')
    }
    const key = `${address.path}.key`
    const { withKey = false, onProgress } = options
    if (withKey && !existsSync(key)) return yield* invalidQuery('withKey', `there is no key at ${key}`)
    if (withKey && existsSync(`${to}.key`)) return yield* invalidQuery('withKey', `${to}.key is there already`)
    if (existsSync(`${to}.${BESIDE}`)) return yield* invalidQuery('to', `${to}.${BESIDE} is there already`)
    const { sqliteBackup } = yield* Effect.promise(() => import('@daybook/adapters/sqlite'))
    const copying = {
      path: address.path,
      to,
      onProgress: (done: number, of: number) => onProgress?.('pages', done, of),
    }
    const head = yield* sqliteBackup(copying, (draft) => headOfCopy(draft, book.events.origin, onProgress))
    const accesses = yield* accessesBeside(book, to, onProgress)
    return {
      path: to,
      events: head.position,
      bytes: statSync(to).size,
      head: headText(head),
      ...(accesses ? { accesses } : {}),
      ...(withKey ? { key: yield* copyKey(key, `${to}.key`) } : {}),
    } satisfies BackupReport
  })
