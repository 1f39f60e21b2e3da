import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import * as Effect from 'effect/Effect'
import { accountEvents } from './account-events.ts'
import { writeLog } from './log.ts'
import { type Opened, scratch } from './measure.ts'

const program = join(import.meta.dirname, 'memory-rebuild.ts')

/** Events of a stream; each is appended directly. */
const OF_A_STREAM = 400

/** The most memory, in MB, of a process that builds the aging of the first events of a log. */
export const peakOfBuild = (log: string, views: string, events: number): number =>
  Number(execFileSync(process.execPath, ['--conditions=@daybook/source', program, log, views, String(events)]))

/** Peak memory of a process that builds the aging of a log, in SQLite, from the first event: it must not grow with the log. */
export const open = async (quick: boolean): Promise<Opened> => {
  const streams = Array.from({ length: quick ? 10 : 2_500 }, (_, n) => `account-${n}`)
  const many = streams.length * OF_A_STREAM
  const few = many / 4
  const named = (events: number): string => events.toLocaleString('en-US')
  const disk = scratch()
  const path = disk.path('log.db')
  await Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(sqliteEventStore({ path }), (store) => writeLog(store, accountEvents(OF_A_STREAM), streams)),
    ),
  )
  let built = 0
  const peak = (events: number): number => {
    built += 1
    return peakOfBuild(path, disk.path(`views-${built}.db`), events)
  }
  return {
    benches: [many / 2, many].map((events) => ({
      name: `memory to build the aging of ${named(events)} events`,
      unit: 'MB at most',
      limitIs: `the same of ${named(few)} events`,
      ours: () => peak(events),
      limit: () => peak(few),
      bars: [{ of: 'ratio', is: 'at most', value: 1.2 }],
    })),
    close: disk.remove,
  }
}
