/**
 * A process that is meant to be killed, or to meet a disk that fails: it writes commands of one to four events by several
 * handlers at once to the SQLite file or PostgreSQL URL it is given, and says in a line each what it sends and what it
 * hears. What failed and may be tried again is tried again.
 */
import { writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { type EventStoreShape, limits, type StoredEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import { sqliteEventStore } from '../../src/sqlite/index.ts'
import { noteAppend, tokenOf } from './samples.ts'
import { uuidv7 } from './uuid.ts'
import type { Said, WriterTask } from './writer-lines.ts'

const { path, commands, milliseconds, handlers, lives, careless, checkpoints }: WriterTask = JSON.parse(
  process.argv[2] ?? '',
)

const ends = performance.now() + (milliseconds ?? Number.POSITIVE_INFINITY)
const goesOn = (n: number): boolean => (commands === 'endless' || n < commands) && performance.now() < ends

/** How often a command, or an opening, that failed is tried again before the writer gives up. */
const TRIES = 5

const say = (said: Said): void => {
  writeSync(1, `${JSON.stringify({ ...said, at: Number(process.hrtime.bigint()) })}\n`)
}

/** What may be tried again: `Conflict` after a look at the stream, and what the store says is safe. */
const isPassing = (error: { readonly retry: string }): boolean => error.retry === 'safe'

/** The connections that the store opens: a careless writer tells them not to sync their commits. */
const connections = new Set<DatabaseSync>()
if (careless) {
  const { exec } = DatabaseSync.prototype
  DatabaseSync.prototype.exec = function (sql: string) {
    connections.add(this)
    exec.call(this, sql)
  }
}

type Opening = Effect.Effect<EventStoreShape, { readonly _tag: string; readonly retry: string }, Scope>

const opening = async (): Promise<Opening> => {
  if (path.startsWith('postgres:')) {
    // A writer of SQLite is started a thousand times, and need not wait for what it does not use.
    const { postgresEventStore } = await import('../../src/postgres/index.ts')
    return postgresEventStore({ url: path })
  }
  const noSync = Effect.sync(() => {
    for (const db of connections) if (db.isOpen) db.exec('PRAGMA synchronous = NORMAL')
    connections.clear()
  })
  return Effect.tap(sqliteEventStore({ path }), () => noSync)
}
const open = await opening()

/**
 * Another connection moves the log into the database, and the log begins anew from its first byte; on a disk that fails it
 * may be left undone, as a checkpoint of SQLite's own may.
 */
const checkpoint = Effect.ignore(
  Effect.try(() => {
    const db = new DatabaseSync(path)
    try {
      db.exec('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(RESTART)')
    } finally {
      db.close()
    }
  }),
)

const again = <A, E extends { readonly retry: string }, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.retry(work, { times: TRIES, while: isPassing })

const life = Effect.gen(function* () {
  const store = yield* again(open)
  const readAll = Effect.fnUntraced(function* (stream: string) {
    const events: StoredEvent[] = []
    for (;;) {
      const page = yield* again(store.readStream(stream, { after: events.length - 1, limit: limits.page }))
      events.push(...page)
      if (page.length < limits.page) return events
    }
  })
  const handler = Effect.fnUntraced(function* (stream: string) {
    let token = tokenOf(yield* readAll(stream))
    for (let n = 0; goesOn(n); n++) {
      const size = 1 + ((n * 7) % 4)
      const texts = Array.from({ length: size }, (_, index) => `${index + 1} of ${size}`)
      const request = noteAppend(store, stream, token, texts, `${uuidv7()}-of-${size}`)
      const of = { stream, commandId: request.commandId }
      const once = Effect.suspend(() => {
        say({ ...of, is: 'sent', events: size })
        return Effect.tapError(store.append(request), ({ _tag }) =>
          Effect.sync(() => say({ ...of, is: _tag === 'Indeterminate' ? 'unknown' : 'refused', error: _tag })),
        )
      })
      const receipt = yield* Effect.matchEffect(again(once), {
        onSuccess: Effect.succeed,
        onFailure: (error) => (error._tag === 'Conflict' ? Effect.succeed(undefined) : Effect.fail(error)),
      })
      if (receipt) {
        say({ ...of, is: 'written', receipt })
        token = { version: receipt.lastVersion, headHash: receipt.headHash }
      } else {
        token = tokenOf(yield* readAll(stream))
      }
      if (checkpoints && n % checkpoints === checkpoints - 1) yield* checkpoint
    }
  })
  // Half of them share a stream with another, and so meet conflicts.
  const streams = Array.from({ length: handlers }, (_, n) => `account-${n - (n % 4 === 3 ? 1 : 0)}`)
  yield* Effect.forEach(streams, handler, { concurrency: 'unbounded' })
})

/** One life after the other; a typed error ends one, and anything else is a defect, which ends the process. */
for (let n = 0; n < lives; n++) {
  await Effect.runPromise(
    Effect.catch(Effect.scoped(life), ({ _tag }) => Effect.sync(() => say({ is: 'ended', error: _tag }))),
  )
}
