import type { StoredEvent } from '@daybook/core/ports'
import { receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { onBook } from './book.ts'
import { deskOn } from './desk.ts'
import { readLog } from './log.ts'
import { cpuMilliseconds, type Opened, scratch } from './measure.ts'
import { singlePayment } from './practice/single-payment.ts'
import { CLAIMS_A_TRANSACTION, inTransactions, rawLog } from './raw-sqlite.ts'

/** An 835 whose claims are all of one patient: what the last of many costs, the first ones having made the account old. */
export const open = (quick: boolean): Opened => {
  const [few = 0, ...many] = quick ? [25, 50] : [100, 200, 400, 800, 1_600, 3_200]
  const disk = scratch()
  const advices = new Map([few, ...many].map((claims) => [claims, singlePayment(9, claims, 'one').advice]))
  let books = 0
  let written: readonly StoredEvent[] = []

  const post = (claims: number): Promise<number> => {
    const advice = advices.get(claims)
    if (!advice) throw new RangeError(`no advice of ${claims} claims`)
    books += 1
    return onBook(disk.path(`book-${books}.db`), async (store) => {
      const figure = await cpuMilliseconds(claims, async () => {
        const report = await Effect.runPromise(receiveRemittance(deskOn(store), advice, { openMissing: true }))
        if (report.postedClaims !== claims || report.accounts.length !== 1) {
          throw new RangeError(`${report.postedClaims} claims posted on ${report.accounts.length} accounts`)
        }
      })
      if (written.length === 0) written = await Effect.runPromise(readLog(store))
      return figure
    })
  }

  const raw = async (): Promise<number> => {
    books += 1
    const transactions = inTransactions(written, few)
    const log = rawLog(disk.path(`raw-${books}.db`))
    const figure = await cpuMilliseconds(few, () => transactions.forEach(log.write))
    log.close()
    return figure
  }

  const nameOf = (claims: number): string => `835 of ${claims.toLocaleString('en-US')} claims on one account`
  const unit = 'ms of a core a claim'
  return {
    benches: [
      {
        name: nameOf(few),
        unit,
        limitIs: `node:sqlite, the same rows, ${CLAIMS_A_TRANSACTION} claims a transaction`,
        ours: () => post(few),
        limit: raw,
        bars: [],
      },
      ...many.map((claims) => ({
        name: nameOf(claims),
        unit,
        limitIs: `the same of ${few} claims`,
        ours: () => post(claims),
        limit: () => post(few),
        bars: [{ of: 'ratio', is: 'at most', value: 1.5 } as const],
      })),
    ],
    close: disk.remove,
  }
}
