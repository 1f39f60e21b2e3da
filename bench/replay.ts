import { DatabaseSync } from 'node:sqlite'
import { memoryViewStore } from '@daybook/adapters/memory'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import { type AccountEvent, accountCodec } from '@daybook/core/account'
import { isPosting } from '@daybook/core/kernel'
import { EventStore, limits, ViewStore, type ViewStoreShape } from '@daybook/core/ports'
import { agingView } from '@daybook/projections/aging'
import { catchUp, type View } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import { accountEvents } from './account-events.ts'
import { writeLog } from './log.ts'
import { type Opened, perSecond, scratch } from './measure.ts'

/** The smallest honest view: what every control account stands at. */
const trialBalance: View<AccountEvent, Readonly<Record<string, number>>> = {
  view: 'bench-trial-balance',
  version: 1,
  decode: (stored) => accountCodec.decode(stored),
  needs: () => ({ keys: ['totals'] }),
  project: (page, documents) => {
    const totals: Record<string, number> = { ...documents.get('totals') }
    for (const { event } of page.events) {
      if (!isPosting(event)) continue
      for (const { account, amount } of event.contra) totals[account] = (totals[account] ?? 0) + amount
    }
    return { put: new Map([['totals', totals]]) }
  },
}

/** Reads every row and parses its payload, page by page as the store does. */
const readAndParse = (path: string, events: number): void => {
  const db = new DatabaseSync(path, { readOnly: true })
  const page = db.prepare('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?')
  page.setReturnArrays(true)
  let read = 0
  for (;;) {
    const rows = page.all(read, limits.page) as unknown as readonly (readonly unknown[])[]
    for (const row of rows) JSON.parse(String(row[11]))
    read += rows.length
    if (rows.length < limits.page) break
  }
  db.close()
  if (read !== events) throw new RangeError(`${read} events read, ${events} written`)
}

export const open = async (quick: boolean): Promise<Opened> => {
  const streams = Array.from({ length: quick ? 100 : 1_000 }, (_, n) => `account-${n}`)
  const count = streams.length * 40
  const disk = scratch()
  const path = disk.path('log.db')
  await Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(sqliteEventStore({ path }), (store) =>
        writeLog(store, accountEvents(count / streams.length), streams),
      ),
    ),
  )

  const build = <E, Doc>(view: View<E, Doc>, views: Effect.Effect<ViewStoreShape, unknown, never>): Promise<number> =>
    perSecond(count, () =>
      Effect.runPromise(
        Effect.scoped(
          Effect.gen(function* () {
            const events = yield* sqliteEventStore({ path, readOnly: true })
            const layers = Layer.mergeAll(Layer.succeed(EventStore, events), Layer.effect(ViewStore, views))
            return yield* Effect.provide(catchUp(view), layers)
          }),
        ),
      ),
    )
  const limit = () => perSecond(count, () => readAndParse(path, count))
  return {
    benches: [
      {
        name: 'replay from SQLite into a view',
        unit: 'events/s',
        limitIs: 'read and JSON.parse of the same rows',
        ours: () => build(trialBalance, memoryViewStore()),
        limit,
        bars: [{ of: 'ratio', is: 'at least', value: 0.8 }],
      },
      {
        name: 'aging built from SQLite',
        unit: 'events/s',
        limitIs: 'read and JSON.parse of the same rows',
        ours: () => build(agingView, memoryViewStore()),
        limit,
        bars: [{ of: 'measured', is: 'at least', value: 200_000 }],
      },
    ],
    close: disk.remove,
  }
}
