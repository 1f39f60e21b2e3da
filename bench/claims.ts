import { copyFileSync } from 'node:fs'
import type { StoredEvent } from '@daybook/core/ports'
import { receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { onBook } from './book.ts'
import { deskOn } from './desk.ts'
import { readLog } from './log.ts'
import { type Bench, type Opened, perCpuSecond, perSecond, scratch } from './measure.ts'
import { singlePayment, submissionOf } from './practice/single-payment.ts'
import { CLAIMS_A_TRANSACTION, inTransactions, rawLog } from './raw-sqlite.ts'

/** An 835 of one payment, into a book that knows its accounts, and into one that opens them. */
export const open = async (quick: boolean): Promise<Opened> => {
  const claims = quick ? 64 : 1_000
  const disk = scratch()
  const { submitted, advice } = singlePayment(9, claims)
  const started = disk.path('started.db')
  const before = await onBook(started, async (store) => {
    await Effect.runPromise(submitClaims(deskOn(store), submissionOf(submitted)))
    return (await Effect.runPromise(store.head)).position
  })
  let books = 0
  /** The same rows without deciding anything: what the last run of a kind wrote. */
  const written = new Map<boolean, readonly StoredEvent[]>()

  const post = (openMissing: boolean, per: typeof perSecond): Promise<number> => {
    books += 1
    const path = disk.path(`book-${books}.db`)
    if (!openMissing) copyFileSync(started, path)
    return onBook(path, async (store) => {
      const figure = await per(claims, async () => {
        const report = await Effect.runPromise(receiveRemittance(deskOn(store), advice, { openMissing }))
        if (report.postedClaims !== claims) throw new RangeError(`${report.postedClaims} claims posted`)
      })
      if (!written.has(openMissing)) {
        const all = await Effect.runPromise(readLog(store))
        written.set(openMissing, openMissing ? all : all.slice(before))
      }
      return figure
    })
  }

  const raw = async (openMissing: boolean, per: typeof perSecond): Promise<number> => {
    books += 1
    const transactions = inTransactions(written.get(openMissing) ?? [], claims)
    const log = rawLog(disk.path(`raw-${books}.db`))
    const figure = await per(claims, () => transactions.forEach(log.write))
    log.close()
    return figure
  }

  const row = (openMissing: boolean, per: typeof perSecond, unit: string, bars: Bench['bars']): Bench => ({
    name: openMissing ? '835 claims posted, accounts opened' : '835 claims posted, accounts known',
    unit,
    limitIs: `node:sqlite, the same rows, ${CLAIMS_A_TRANSACTION} claims a transaction`,
    ours: () => post(openMissing, per),
    limit: () => raw(openMissing, per),
    bars,
  })
  return {
    benches: [false, true].flatMap((openMissing) => [
      row(openMissing, perSecond, 'claims/s', []),
      row(openMissing, perCpuSecond, 'claims/s of a core', [{ of: 'measured', is: 'at least', value: 1_700 }]),
    ]),
    close: disk.remove,
  }
}
