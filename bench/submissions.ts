import type { StoredEvent } from '@daybook/core/ports'
import { submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { onBook } from './book.ts'
import { deskOn } from './desk.ts'
import { readLog } from './log.ts'
import { type Opened, perCpuSecond, perSecond, scratch } from './measure.ts'
import { singlePayment, submissionOf } from './practice/single-payment.ts'
import { CLAIMS_A_TRANSACTION, inTransactions, rawLog } from './raw-sqlite.ts'

/** An 837 into a new book: an account, a visit and its references for each claim. */
export const open = (quick: boolean): Opened => {
  const claims = quick ? 64 : 1_000
  const disk = scratch()
  const submission = submissionOf(singlePayment(9, claims).submitted)
  let books = 0
  let written: readonly StoredEvent[] = []

  /** By the clock, by processor time, or how often the log was committed. */
  const submit = (per: typeof perSecond | 'commits'): Promise<number> => {
    books += 1
    return onBook(disk.path(`book-${books}.db`), async (store) => {
      const work = async () => {
        const report = await Effect.runPromise(submitClaims(deskOn(store), submission))
        const posted = report.claims.filter(({ outcome }) => outcome === 'posted').length
        if (posted !== claims) throw new RangeError(`${posted} of ${claims} claims posted`)
      }
      const figure = per === 'commits' ? await work() : await per(claims, work)
      if (written.length === 0) written = await Effect.runPromise(readLog(store))
      return figure ?? store.commits() / claims
    })
  }

  const raw = async (per: typeof perSecond): Promise<number> => {
    books += 1
    const transactions = inTransactions(written, claims)
    const log = rawLog(disk.path(`raw-${books}.db`))
    const figure = await per(claims, () => transactions.forEach(log.write))
    log.close()
    return figure
  }

  const name = '837 claims posted, accounts opened'
  const limitIs = `node:sqlite, the same rows, ${CLAIMS_A_TRANSACTION} claims a transaction`
  return {
    benches: [
      { name, unit: 'claims/s', limitIs, ours: () => submit(perSecond), limit: () => raw(perSecond), bars: [] },
      {
        name,
        unit: 'claims/s of a core',
        limitIs,
        ours: () => submit(perCpuSecond),
        limit: () => raw(perCpuSecond),
        bars: [{ of: 'measured', is: 'at least', value: 1_700 }],
      },
      {
        name,
        unit: 'commits a claim',
        limitIs,
        ours: () => submit('commits'),
        limit: () => inTransactions(written, claims).length / claims,
        bars: [],
      },
    ],
    close: disk.remove,
  }
}
