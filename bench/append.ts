import { sqliteEventStore } from '@daybook/adapters/sqlite'
import { NO_STREAM } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { type Opened, perSecond, scratch } from './measure.ts'
import { rawLog } from './raw-sqlite.ts'
import { COMMITTED, sealer } from './sealed.ts'

const HANDLERS = 64

export const open = (quick: boolean): Opened => {
  const oneByOne = quick ? 20 : 400
  const each = quick ? 1 : 16
  const disk = scratch()
  const sealed = sealer()
  let books = 0
  let streams = 0
  const nextStream = (): string => {
    streams += 1
    return `account-${streams}`
  }

  const ours = (
    work: (append: (stream: string) => Effect.Effect<unknown, unknown>) => Effect.Effect<unknown, unknown>,
  ) => {
    books += 1
    const program = Effect.gen(function* () {
      const store = yield* sqliteEventStore({ path: disk.path(`ours-${books}.db`) })
      const append = (stream: string) =>
        Effect.suspend(() =>
          store.append({
            stream,
            expected: NO_STREAM,
            commandId: stream,
            fingerprint: stream,
            events: sealed(stream, store.origin),
          }),
        )
      yield* append(nextStream())
      return yield* Effect.promise(() => Promise.resolve()).pipe(
        Effect.andThen(Effect.sync(() => performance.now())),
        Effect.flatMap((from) => Effect.map(work(append), () => performance.now() - from)),
      )
    })
    return Effect.runPromise(Effect.scoped(program))
  }

  const raw = async (commands: number, group: number): Promise<number> => {
    books += 1
    const log = rawLog(disk.path(`raw-${books}.db`))
    const write = (count: number): void => {
      log.begin()
      for (let member = 0; member < count; member += 1) {
        const stream = nextStream()
        for (const event of sealed(stream, 'raw'))
          log.insert({ ...event, stream, version: 0, committedAt: COMMITTED, commandId: stream })
      }
      log.commit()
    }
    write(1)
    const figure = await perSecond(commands, () => {
      for (let done = 0; done < commands; done += group) write(group)
    })
    log.close()
    return figure
  }

  return {
    benches: [
      {
        name: 'append, one client',
        unit: 'commands/s',
        limitIs: 'node:sqlite, the same bytes, one a transaction',
        ours: async () => {
          const spent = await ours((append) =>
            Effect.gen(function* () {
              for (let done = 0; done < oneByOne; done += 1) yield* append(nextStream())
            }),
          )
          return (oneByOne / spent) * 1_000
        },
        limit: () => raw(oneByOne, 1),
        bars: [{ of: 'ratio', is: 'at least', value: 0.8 }],
      },
      {
        name: 'append, 64 handlers',
        unit: 'commands/s',
        limitIs: 'node:sqlite, the same bytes, 64 a transaction',
        ours: async () => {
          const spent = await ours((append) =>
            Effect.forEach(
              Array.from({ length: HANDLERS }),
              () =>
                Effect.gen(function* () {
                  for (let done = 0; done < each; done += 1) yield* append(nextStream())
                }),
              { concurrency: 'unbounded', discard: true },
            ),
          )
          return ((HANDLERS * each) / spent) * 1_000
        },
        limit: () => raw(HANDLERS * each, HANDLERS),
        bars: [{ of: 'ratio', is: 'at least', value: 0.6 }],
      },
    ],
    close: disk.remove,
  }
}
