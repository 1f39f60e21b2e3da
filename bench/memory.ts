import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import * as Effect from 'effect/Effect'
import { accountEvents } from './account-events.ts'
import { writeLog } from './log.ts'
import { type Opened, scratch } from './measure.ts'

const MANY = 200_000
const FEW = 100_000
const streams = Array.from({ length: 500 }, (_, n) => `account-${n}`)
const program = join(import.meta.dirname, 'memory-rebuild.ts')

/** Peak memory of a process that builds the aging of a log, in SQLite, from the first event. */
export const open = async (): Promise<Opened> => {
  const disk = scratch()
  const path = disk.path('log.db')
  await Effect.runPromise(
    Effect.scoped(Effect.flatMap(sqliteEventStore({ path }), (store) => writeLog(store, accountEvents(MANY), streams))),
  )
  let built = 0
  const peak = (events: number): number => {
    built += 1
    const views = disk.path(`views-${built}.db`)
    const printed = execFileSync(process.execPath, [
      '--conditions=@daybook/source',
      program,
      path,
      views,
      String(events),
    ])
    return Number(printed)
  }
  return {
    benches: [
      {
        name: 'memory to build the aging of 200,000 events',
        unit: 'MB at most',
        limitIs: 'the same of 100,000 events',
        ours: () => peak(MANY),
        limit: () => peak(FEW),
        bars: [{ of: 'ratio', is: 'at most', value: 1.2 }],
      },
    ],
    close: disk.remove,
  }
}
