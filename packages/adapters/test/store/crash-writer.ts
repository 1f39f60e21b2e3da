/**
 * A process that is meant to be killed: it writes commands of one to four events by several handlers at once to the
 * SQLite file or PostgreSQL URL it is given, and prints a line for each that the store has acknowledged.
 */
import { writeSync } from 'node:fs'
import { limits, type StoredEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { postgresEventStore } from '../../src/postgres/index.ts'
import { sqliteEventStore } from '../../src/sqlite/index.ts'
import { noteAppend, tokenOf } from './samples.ts'
import { uuidv7 } from './uuid.ts'

const [path = '', lines = 'endless', handlers = '4'] = process.argv.slice(2)

const program = Effect.gen(function* () {
  const store = yield* path.startsWith('postgres:') ? postgresEventStore({ url: path }) : sqliteEventStore({ path })
  const readAll = Effect.fnUntraced(function* (stream: string) {
    const events: StoredEvent[] = []
    for (;;) {
      const page = yield* store.readStream(stream, { after: events.length - 1, limit: limits.page })
      events.push(...page)
      if (page.length < limits.page) return events
    }
  })
  const handler = Effect.fnUntraced(function* (stream: string) {
    let token = tokenOf(yield* readAll(stream))
    for (let n = 0; lines === 'endless' || n < Number(lines); n++) {
      const size = 1 + ((n * 7) % 4)
      const texts = Array.from({ length: size }, (_, index) => `${index + 1} of ${size}`)
      const request = noteAppend(store, stream, token, texts, `${uuidv7()}-of-${size}`)
      const receipt = yield* Effect.matchEffect(store.append(request), {
        onSuccess: Effect.succeed,
        onFailure: (error) => (error._tag === 'Conflict' ? Effect.succeed(undefined) : Effect.fail(error)),
      })
      if (receipt) {
        writeSync(1, `${stream} ${receipt.commandId} ${receipt.lastVersion}\n`)
        token = { version: receipt.lastVersion, headHash: receipt.headHash }
      } else {
        token = tokenOf(yield* readAll(stream))
      }
    }
  })
  // Half of them share a stream with another, and so meet conflicts.
  const streams = Array.from({ length: Number(handlers) }, (_, n) => `account-${n - (n % 4 === 3 ? 1 : 0)}`)
  yield* Effect.forEach(streams, handler, { concurrency: 'unbounded' })
})

await Effect.runPromise(Effect.scoped(program))
