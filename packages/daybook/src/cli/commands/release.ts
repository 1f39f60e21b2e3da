import { claimNumber } from '../held-claim.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { refusalLines, remittanceLines } from '../text/remittance.ts'
import { idFor, withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly reason: string
  readonly claim?: string
  readonly visit?: string
  readonly account?: string
  readonly paymentDate?: string
  readonly anotherPayment?: boolean
  readonly openMissing?: boolean
}

/** `daybook release ID` */
export const run = async ([id = '']: readonly string[], options: Options): Promise<number> => {
  const { reason, visit, account, paymentDate, anotherPayment = false, openMissing = false } = options
  const claim = claimNumber(options.claim)
  return await withBook(options, 'reads', async (book) => {
    const report = await book.release(await idFor(book, 'remittance', id), {
      reason,
      openMissing,
      ...(claim === undefined ? {} : { claim }),
      ...(visit === undefined ? {} : { visit }),
      ...(account === undefined ? {} : { account }),
      ...(paymentDate === undefined ? {} : { paymentDate }),
      ...(anotherPayment ? { anotherPayment } : {}),
    })
    const { timeZone } = (await book.policy()).policy.practice
    const lines = report.ok ? remittanceLines(report) : refusalLines(report, timeZone)
    for (const line of options.json ? [jsonText(report)] : lines) say(line)
    return report.ok ? 0 : 1
  })
}
