import { copyFileSync } from 'node:fs'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import type { StoredEvent } from '@daybook/core/ports'
import { receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { deskOn } from './desk.ts'
import { type Opened, perSecond, scratch } from './measure.ts'
import { singlePayment } from './practice/single-payment.ts'
import { rawLog } from './raw-sqlite.ts'

const CLAIMS = 1_000
/** Claims a transaction of the raw writer. */
const GROUP = 64
const PAGE = 10_000

const log = (path: string) =>
  Effect.gen(function* () {
    const store = yield* sqliteEventStore({ path })
    const events: StoredEvent[] = []
    for (;;) {
      const page = yield* store.readAll({ after: events.length, limit: PAGE })
      events.push(...page)
      if (page.length < PAGE) return events
    }
  })

/** An 835 of one payment, into a book that knows its accounts, and into one that opens them. */
export const open = async (): Promise<Opened> => {
  const disk = scratch()
  const { submitted, advice } = singlePayment(9, CLAIMS)
  const started = disk.path('started.db')
  await Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(sqliteEventStore({ path: started }), (store) =>
        submitClaims(deskOn(store), {
          controlNumber: '0001',
          version: '005010X222A1',
          reference: 'BENCH',
          purpose: '00',
          claims: [...submitted],
        }),
      ),
    ),
  )
  const before = (await Effect.runPromise(Effect.scoped(log(started)))).length
  let books = 0
  /** The same rows without deciding anything: what the last run of a kind wrote, in groups of 64 claims. */
  const written = new Map<boolean, readonly StoredEvent[]>()

  const post = async (openMissing: boolean): Promise<number> => {
    books += 1
    const path = disk.path(`book-${books}.db`)
    if (!openMissing) copyFileSync(started, path)
    let figure = 0
    await Effect.runPromise(
      Effect.scoped(
        Effect.flatMap(sqliteEventStore({ path }), (store) =>
          Effect.promise(async () => {
            figure = await perSecond(CLAIMS, async () => {
              const report = await Effect.runPromise(receiveRemittance(deskOn(store), advice, { openMissing }))
              if (report.postedClaims !== CLAIMS) throw new RangeError(`${report.postedClaims} claims posted`)
            })
          }),
        ),
      ),
    )
    if (!written.has(openMissing)) {
      const all = await Effect.runPromise(Effect.scoped(log(path)))
      written.set(openMissing, openMissing ? all : all.slice(before))
    }
    return figure
  }

  const raw = (openMissing: boolean): Promise<number> => {
    books += 1
    const events = written.get(openMissing) ?? []
    const target = rawLog(disk.path(`raw-${books}.db`))
    const group = Math.ceil((events.length * GROUP) / CLAIMS)
    const figure = perSecond(CLAIMS, () => {
      for (let at = 0; at < events.length; at += group) {
        target.begin()
        for (const event of events.slice(at, at + group)) target.insert(event)
        target.commit()
      }
    })
    target.close()
    return figure
  }

  return {
    benches: [false, true].map((openMissing) => ({
      name: openMissing ? '835 claims posted, accounts opened' : '835 claims posted, accounts known',
      unit: 'claims/s',
      limitIs: 'node:sqlite, the same rows, 64 claims a transaction',
      ours: () => post(openMissing),
      limit: () => raw(openMissing),
      bars: [{ of: 'measured', is: 'at least', value: 5_000 }],
    })),
    close: disk.remove,
  }
}
