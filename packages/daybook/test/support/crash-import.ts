/**
 * A process that is meant to be killed: it imports the day's files into the SQLite file it is given. With a number of
 * commits it kills itself right after that many, before anybody hears of the last; else it waits to be killed.
 */
import { writeSync } from 'node:fs'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import type { EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { crashPractice, importDay } from './crash-practice.ts'
import { deskOn } from './desk.ts'

const [path = '', claims = '60', commits = ''] = process.argv.slice(2)

const killing = (store: EventStoreShape): EventStoreShape => {
  let left = Number(commits)
  return {
    ...store,
    append: (request) =>
      Effect.tap(store.append(request), ({ repeated }) =>
        Effect.sync(() => {
          if (!repeated) left -= 1
          if (left === 0) process.kill(process.pid, 'SIGKILL')
        }),
      ),
  }
}

await Effect.runPromise(
  Effect.scoped(
    Effect.gen(function* () {
      const store = yield* sqliteEventStore({ path })
      writeSync(1, 'open\n')
      yield* Effect.promise(() =>
        importDay(deskOn(commits === '' ? store : killing(store)), crashPractice(Number(claims))),
      )
      writeSync(1, 'done\n')
    }),
  ),
)
