import { statSync } from 'node:fs'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import * as Effect from 'effect/Effect'
import { accountEvents } from './account-events.ts'
import { writeLog } from './log.ts'
import { scratch } from './measure.ts'
import { peakOfBuild } from './memory.ts'

// npm run bench:large [-- EVENTS]: a log of ten million events, written once and not in rounds. How much room it takes, how
// fast it is appended, and the most memory of a process that builds its aging, beside that of a tenth of it.

const OF_A_STREAM = 400
/** So many streams are written to their end, then the next: what waits to be sealed must fit into memory. */
const STREAMS_AT_ONCE = 1_000

const events = Number(process.argv[2] ?? 10_000_000)
const streams = events / OF_A_STREAM
if (!Number.isSafeInteger(streams) || streams < 10) {
  console.error(`usage: npm run bench:large [-- EVENTS]: a multiple of ${OF_A_STREAM}, at least ${10 * OF_A_STREAM}`)
  process.exit(2)
}

const named = (count: number): string => Math.round(count).toLocaleString('en-US')
const seconds = (from: number): number => (performance.now() - from) / 1_000

const disk = scratch()
try {
  const path = disk.path('log.db')
  const began = performance.now()
  await Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const store = yield* sqliteEventStore({ path })
        const account = accountEvents(OF_A_STREAM)
        for (let first = 0; first < streams; first += STREAMS_AT_ONCE) {
          const many = Math.min(STREAMS_AT_ONCE, streams - first)
          const names = Array.from({ length: many }, (_, n) => `account-${first + n}`)
          yield* writeLog(store, account, names)
          console.error(`${named((first + many) * OF_A_STREAM)} events, ${named(seconds(began))} s`)
        }
      }),
    ),
  )
  console.log(`appended  ${named(events)} events, ${named(events / seconds(began))} a second, forty a command`)
  console.log(`room      ${named(statSync(path).size / events)} bytes an event`)
  for (const part of [events / 10, events]) {
    const from = performance.now()
    const peak = peakOfBuild(path, disk.path(`views-${part}.db`), part)
    console.log(
      `aging of ${named(part)} events: ${named(peak)} MB at most, ${named(part / seconds(from))} events a second`,
    )
  }
} finally {
  disk.remove()
}
