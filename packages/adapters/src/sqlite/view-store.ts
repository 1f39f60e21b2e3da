import { DatabaseSync } from 'node:sqlite'
import { type Conflict, Integrity, ReadOnly, Unavailable, ViewStore, type ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import type { Scope } from 'effect/Scope'
import { readable } from '../view-contract.ts'
import { openConnection, TO_READ } from './connection.ts'
import { storeError } from './errors.ts'
import { placeToRead } from './reading-only.ts'
import { viewReads } from './view-reads.ts'
import { copyViews, createViewTables } from './view-schema.ts'
import { viewWrites } from './view-writes.ts'
import { BUSY_TIMEOUT, giveUpSoon, patiently } from './waiting.ts'

export interface SqliteViewStoreOptions {
  /** The file of the log itself, or another one: views may live apart from the events. Made when it does not exist. */
  readonly path: string
  /**
   * Leaves the file as it is, wherever it lies: what its views hold is copied into a temporary database of this opening, and
   * caught up there.
   */
  readonly readOnly?: boolean
}

/**
 * How long is waited for another process, in milliseconds. Who asks is answered without the views where this is not enough;
 * nobody who works in order holds a file so long.
 */
const VIEWS_PATIENCE = 2_000

/** SQLite keeps a database without a name in a temporary file that nobody else can open, and removes it when it is closed. */
const UNNAMED = ''

const openCopy = (path: string): DatabaseSync => {
  const { url, release } = placeToRead(path, BUSY_TIMEOUT)
  const db = new DatabaseSync(UNNAMED)
  try {
    createViewTables(db)
    copyViews(db, url.href)
    return db
  } catch (cause) {
    db.close()
    throw cause
  } finally {
    release()
  }
}

const open = (path: string): DatabaseSync => {
  const db = openConnection({ path, pageCache: TO_READ })
  try {
    // A view that lost its last commits with the power is only behind: rows and checkpoint are lost together.
    // A rebuild writes the same pages again and again: a longer log copies them into the file less often.
    db.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16000')
    createViewTables(db)
    giveUpSoon(db)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

const failure = (cause: unknown, path: string): Unavailable | Integrity => {
  if (cause instanceof Integrity || cause instanceof Unavailable) return cause
  const error = storeError(cause, path)
  return error instanceof ReadOnly ? new Unavailable({ message: error.message, cause }) : error
}

/**
 * Views in a SQLite file by `node:sqlite`, in the log's own file or apart from it. Rows and checkpoint of a change are
 * one transaction. Closing the scope closes the file.
 */
export const sqliteViewStore = ({
  path,
  readOnly = false,
}: SqliteViewStoreOptions): Effect.Effect<ViewStoreShape, Unavailable | Integrity, Scope> => {
  const attempt = <A>(work: () => A, patience = VIEWS_PATIENCE): Effect.Effect<A, Unavailable | Integrity> =>
    patiently(work, (cause) => failure(cause, path), patience)
  let inVain = false
  const told = (busy: boolean): Effect.Effect<void> =>
    Effect.sync(() => {
      inVain = busy
    })
  /** Who was waited for in vain is not waited for again until it has let go: each question would wait as long. */
  const writing = <A>(work: () => A): Effect.Effect<A, Unavailable | Integrity> =>
    Effect.suspend(() => attempt(work, inVain ? 0 : VIEWS_PATIENCE)).pipe(
      Effect.tap(() => told(false)),
      Effect.tapError((error) => told(error instanceof Unavailable && error.busy === true)),
    )
  const reading = <A>(work: () => A): Effect.Effect<A, Unavailable> => readable(attempt(work))
  return Effect.map(
    Effect.acquireRelease(
      attempt(() => (readOnly ? openCopy(path) : open(path))),
      (db) => Effect.sync(() => db.close()),
    ),
    (db) => {
      const reads = viewReads(db)
      const writes = viewWrites(db)
      return {
        names: reading(() => reads.names()),
        checkpoint: (name) => reading(() => reads.checkpoint(name)),
        commit: (change) =>
          Effect.flatMap(
            writing(() => writes.commit(change)),
            (refused): Effect.Effect<void, Conflict | Integrity> => (refused ? Effect.fail(refused) : Effect.void),
          ),
        doc: (name, key) => reading(() => reads.doc(name, key)),
        docsOf: (name, keys) => reading(() => reads.docsOf(name, keys)),
        docs: (name, page) => reading(() => reads.docs(name, page)),
        sum: (name, query) => reading(() => reads.sum(name, query)),
        series: (name, prefix) => reading(() => reads.series(name, prefix)),
        items: (name, page) => reading(() => reads.items(name, page)),
        cells: (name, page) => reading(() => reads.cells(name, page)),
        everyItem: (name, page) => reading(() => reads.everyItem(name, page)),
        strays: reading(() => reads.strays()),
        sweep: readable(writing(() => writes.sweep())),
        forget: (name, at) => readable(writing(() => writes.forget(name, at))),
        replace: (live, built) => readable(writing(() => writes.replace(live, built))),
      } satisfies ViewStoreShape
    },
  )
}

export const sqliteViewStoreLayer = (
  options: SqliteViewStoreOptions,
): Layer.Layer<ViewStore, Unavailable | Integrity> => Layer.effect(ViewStore, sqliteViewStore(options))
