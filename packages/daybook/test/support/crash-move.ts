import { sqliteEventStore } from '@daybook/adapters/sqlite'
import { adoptionOf, type EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { logOfFile, verifiedFile } from '../../src/move/log-source.ts'
import { takeOver } from '../../src/move/take-over.ts'

// Takes the log in a file over into a book, in a process that kills itself after so many steps: a step is before or after
// a part, or the end, was written. Given no number it lives to its end and says so.

const [from = '', to = '', steps = 'Infinity'] = process.argv.slice(2)

let left = Number(steps)
const step = Effect.sync(() => {
  left -= 1
  if (left <= 0) process.kill(process.pid, 'SIGKILL')
})

const dying = (right: EventStoreShape): EventStoreShape => ({
  ...right,
  adoption: {
    ...adoptionOf(right),
    take: (part) => Effect.tap(Effect.andThen(step, adoptionOf(right).take(part)), () => step),
    finish: (secretCheck) => Effect.tap(Effect.andThen(step, adoptionOf(right).finish(secretCheck)), () => step),
  },
})

await Effect.runPromise(
  Effect.scoped(
    Effect.gen(function* () {
      const source = logOfFile(from, yield* verifiedFile(from))
      yield* takeOver(source, dying(yield* sqliteEventStore({ path: to })))
    }),
  ),
)
process.stdout.write('done')
