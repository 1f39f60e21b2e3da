import { adoptionOf, type EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { addressFor } from '../../src/book/addresses.ts'
import { openLog } from '../../src/book/stores.ts'
import { logOfFile, verifiedFile } from '../../src/move/log-source.ts'
import { takeOver } from '../../src/move/take-over.ts'

// Takes the log in a file over into a book, in a process that kills itself after so many steps: a step is before or after
// a part, or the end, was written. Given `12ms` it kills itself so long after the first part was begun: in its midst, where a
// store writes a part in pieces. Given nothing it lives to its end and says so.

const [from = '', to = '', steps = 'Infinity'] = process.argv.slice(2)

const die = (): unknown => process.kill(process.pid, 'SIGKILL')
const after = /^(\d+)ms$/.exec(steps)?.[1]
let left = after === undefined ? Number(steps) : Number.POSITIVE_INFINITY
let isBegun = false
const step = Effect.sync(() => {
  if (after !== undefined && !isBegun) setTimeout(die, Number(after))
  isBegun = true
  left -= 1
  if (left <= 0) die()
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
      yield* takeOver(source, dying(yield* openLog(yield* addressFor(to))))
    }),
  ),
)
process.stdout.write('done')
