/**
 * A process that is meant to be killed: it imports some files into the SQLite file it is given. With a number of
 * commits it kills itself right after that many, before anybody hears of the last; else it waits to be killed.
 */
import { writeSync } from 'node:fs'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import type { EventStoreShape } from '@daybook/core/ports'
import { type Desk, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { bills, billsTo } from './crash-bills.ts'
import { crashPractice, importDay } from './crash-practice.ts'
import { deskOn } from './desk.ts'
import type { Imported } from './run-until.ts'

const [path = '', what = 'day', claims = '60', commits = ''] = process.argv.slice(2)
const count = Number(claims)

const imports: Readonly<Record<Imported, (desk: Desk) => Promise<unknown>>> = {
  day: (desk) => importDay(desk, crashPractice(count)),
  bills: (desk) => Effect.runPromise(submitClaims(desk, bills(count))),
  firstPayer: (desk) => Effect.runPromise(submitClaims(desk, billsTo('ACME', count))),
  secondPayer: (desk) => Effect.runPromise(submitClaims(desk, billsTo('BETA', count))),
}

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
      yield* Effect.promise(() => imports[what as Imported](deskOn(commits === '' ? store : killing(store))))
      writeSync(1, 'done\n')
    }),
  ),
)
