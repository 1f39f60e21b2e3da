import { closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { backup, type DatabaseSync } from 'node:sqlite'
import { type ReadError, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { openConnection } from './connection.ts'
import { readError } from './errors.ts'
import { besideIt, makeOwn, statusOf } from './file-rights.ts'
import { reading } from './waiting.ts'

/** Pages copied at once, some 4 MB: others have their turn between them. */
const PAGES_AT_ONCE = 1_000

export interface SqliteBackupOptions {
  /** The file of the book. */
  readonly path: string
  /** Where the copy goes; nothing may be there. */
  readonly to: string
  /** Called as it goes on: pages of the file, done and of how many. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined
}

/** Holds the book as it stands now, whoever writes to it meanwhile. */
const snapshotOf = (path: string): DatabaseSync => {
  const db = openConnection({ path, readOnly: true })
  db.exec('BEGIN')
  db.prepare('SELECT count(*) FROM sqlite_master').get()
  return db
}

const sync = (path: string): void => {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Gives a whole copy its name, where nothing may have come meanwhile; both are on disk then. */
const giveName = (draft: string, to: string): void => {
  sync(draft)
  linkSync(draft, to)
  if (process.platform !== 'win32') sync(dirname(resolve(to)))
}

/** @throws Unavailable where no copy can go there. */
const mustBeFree = (to: string): void => {
  const folder = dirname(resolve(to))
  if (statusOf(to)) {
    throw new Unavailable({ message: `${to} is there already: a backup never takes the place of anything` })
  }
  if (statusOf(folder)?.isDirectory()) return
  throw new Unavailable({ message: `${to} can not be made: there is no directory ${folder}` })
}

const copy = (db: DatabaseSync, { to, onProgress }: SqliteBackupOptions): Effect.Effect<void, ReadError> =>
  Effect.tryPromise({
    try: async () => {
      makeOwn(to)
      await backup(db, to, {
        rate: PAGES_AT_ONCE,
        progress: ({ totalPages, remainingPages }) => onProgress?.(totalPages - remainingPages, totalPages),
      })
    },
    catch: (cause) => readError(cause, to),
  })

/**
 * Copies a book while it is used: what was committed when it began, all of it and nothing later. The copy is one file that
 * opens by itself, read by its owner alone. It is made beside its name, `look` is given it there, and it gets its name only
 * once that has found nothing and all of it is on disk: killed at any moment there is no backup, or a good one. The book's
 * key is not in it.
 * Fails with Unavailable where something is at `to`, its directory does not exist or the disk is full, or as `look` does.
 */
export const sqliteBackup = <A, E>(
  options: SqliteBackupOptions,
  look: (draft: string) => Effect.Effect<A, E>,
): Effect.Effect<A, E | ReadError> =>
  Effect.gen(function* () {
    const { path, to } = options
    yield* reading(to, () => mustBeFree(to))
    const draft = `${to}.${crypto.randomUUID().slice(0, 8)}.part`
    const removeDraft = Effect.sync(() => {
      for (const end of besideIt) rmSync(`${draft}${end}`, { force: true })
    })
    return yield* Effect.acquireUseRelease(
      reading(path, () => snapshotOf(path)),
      (db) => copy(db, { ...options, to: draft }),
      (db) => Effect.sync(() => db.close()),
    ).pipe(
      Effect.andThen(look(draft)),
      Effect.tap(() => reading(to, () => giveName(draft, to))),
      Effect.ensuring(removeDraft),
    )
  })
