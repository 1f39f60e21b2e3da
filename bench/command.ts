import { DatabaseSync } from 'node:sqlite'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import { type Desk, executeOnAccount } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { accountEvents } from './account-events.ts'
import { deskOn } from './desk.ts'
import { writeLog } from './log.ts'
import { type Opened, perCpuSecond, scratch } from './measure.ts'

const LONG = 1_000
const SHORT = 40
const COMMANDS = 50

/** What anybody without a cache does before each command: read all events of the account, and parse them. */
const readAndParse = (path: string): Promise<number> => {
  const db = new DatabaseSync(path, { readOnly: true })
  const rows = db.prepare(`SELECT * FROM events WHERE stream = 'account-long' AND version < ${LONG} ORDER BY version`)
  rows.setReturnArrays(true)
  const figure = perCpuSecond(COMMANDS, () => {
    for (let command = 0; command < COMMANDS; command += 1) {
      const events = rows.all() as unknown as readonly (readonly unknown[])[]
      for (const row of events) JSON.parse(String(row[13]))
      if (events.length !== LONG) throw new RangeError(`${events.length} events read, ${LONG} written`)
    }
  })
  db.close()
  return figure
}

/** A payment that a desk takes, on an account of 1,000 events and on a short one, with what was folded at hand or not. */
export const open = async (): Promise<Opened> => {
  const disk = scratch()
  let books = 0

  /** Every figure has a book of its own, so that its account is as long as it says. */
  const post = async (events: number, desks: 'kept' | 'anew'): Promise<number> => {
    books += 1
    const path = disk.path(`book-${books}.db`)
    let figure = Number.NaN
    const work = Effect.gen(function* () {
      const store = yield* sqliteEventStore({ path })
      yield* writeLog(store, accountEvents(events), ['account-long'])
      const take = (desk: Desk, command: number) =>
        Effect.map(
          executeOnAccount(
            desk,
            'long',
            { type: 'PostPayment', on: '2026-11-21', amount: 100, tender: 'cash' },
            `payment-${command}`,
          ),
          (outcome) => {
            if (!outcome.ok) throw new RangeError(JSON.stringify(outcome.hits))
          },
        )
      const kept = deskOn(store)
      yield* take(kept, -1)
      figure = yield* Effect.promise(() =>
        perCpuSecond(COMMANDS, async () => {
          for (let command = 0; command < COMMANDS; command += 1) {
            await Effect.runPromise(take(desks === 'kept' ? kept : deskOn(store), command))
          }
        }),
      )
    })
    await Effect.runPromise(Effect.scoped(work))
    return figure
  }

  const whole = disk.path('whole.db')
  await Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(sqliteEventStore({ path: whole }), (store) =>
        writeLog(store, accountEvents(LONG), ['account-long']),
      ),
    ),
  )
  return {
    benches: [
      {
        name: 'command on 1,000 events, cached',
        unit: 'commands/s of a core',
        limitIs: `the same on ${SHORT} events`,
        ours: () => post(LONG, 'kept'),
        limit: () => post(SHORT, 'kept'),
        bars: [],
      },
      {
        name: 'command on 1,000 events, cold',
        unit: 'commands/s of a core',
        limitIs: 'read and JSON.parse of the 1,000 events, nothing decided or written',
        ours: () => post(LONG, 'anew'),
        limit: () => readAndParse(whole),
        bars: [],
      },
      {
        name: 'command on 1,000 events, what the cache saves',
        unit: 'commands/s of a core',
        limitIs: 'the same, cold',
        ours: () => post(LONG, 'kept'),
        limit: () => post(LONG, 'anew'),
        bars: [],
      },
    ],
    close: disk.remove,
  }
}
