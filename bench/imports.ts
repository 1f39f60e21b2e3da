import { postgresEventStore } from '@daybook/adapters/postgres'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import type { EventStoreShape, ReadError } from '@daybook/core/ports'
import { receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import { makeCluster } from '../scripts/testing/postgres/cluster.ts'
import { deskOn } from './desk.ts'
import { type Bench, type Opened, perSecond, scratch } from './measure.ts'
import { singlePayment, submissionOf } from './practice/single-payment.ts'

type Opening = Effect.Effect<EventStoreShape, ReadError, Scope>

/** An 837 into a new book, and the 835 that answers it, into PostgreSQL beside SQLite: the same work on either. */
export const open = async (quick: boolean): Promise<Opened> => {
  const claims = quick ? 64 : 1_000
  const { submitted, advice } = singlePayment(9, claims)
  const submission = submissionOf(submitted)
  const disk = scratch()
  const cluster = await makeCluster()
  await cluster.start()
  let books = 0
  const inPostgres = (): Opening => {
    books += 1
    return postgresEventStore({ url: `${cluster.url}?tenant=import-${process.pid}-${books}` })
  }
  const inSqlite = (): Opening => {
    books += 1
    return sqliteEventStore({ path: disk.path(`book-${books}.db`) })
  }
  const submit = async (store: EventStoreShape): Promise<void> => {
    const report = await Effect.runPromise(submitClaims(deskOn(store), submission))
    const posted = report.claims.filter(({ outcome }) => outcome === 'posted').length
    if (posted !== claims) throw new RangeError(`${posted} of ${claims} claims posted`)
  }
  const receive = async (store: EventStoreShape): Promise<void> => {
    const { postedClaims } = await Effect.runPromise(receiveRemittance(deskOn(store), advice, { openMissing: false }))
    if (postedClaims !== claims) throw new RangeError(`${postedClaims} of ${claims} claims posted`)
  }
  const on = (opening: Opening, work: (store: EventStoreShape) => Promise<number>): Promise<number> =>
    Effect.runPromise(Effect.scoped(Effect.flatMap(opening, (store) => Effect.promise(() => work(store)))))
  const row = (name: string, work: (store: EventStoreShape) => Promise<number>): Bench => ({
    name: `${name} into PostgreSQL`,
    unit: 'claims/s',
    limitIs: 'the same into SQLite',
    ours: () => on(inPostgres(), work),
    limit: () => on(inSqlite(), work),
    bars: [{ of: 'ratio', is: 'at least', value: 0.5 }],
  })
  return {
    benches: [
      row('837 claims, accounts opened,', (store) => perSecond(claims, () => submit(store))),
      row('835 claims, accounts known,', async (store) => {
        await submit(store)
        return perSecond(claims, () => receive(store))
      }),
    ],
    close: () => {
      void cluster.stop('immediate').then(cluster.remove)
      disk.remove()
    },
  }
}
