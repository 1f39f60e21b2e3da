import { claimNumber } from '../held-claim.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { refusalLines, remittanceLines } from '../text/remittance.ts'
import { idFor, withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly reason: string
  readonly claim?: string
  readonly account?: string
  readonly withheld?: true
}

/** `daybook reject ID` */
export const run = async ([id = '']: readonly string[], options: Options): Promise<number> => {
  const { reason, account, withheld } = options
  const claim = claimNumber(options.claim)
  return await withBook(options, 'reads', async (book) => {
    const report = await book.reject(await idFor(book, 'remittance', id), {
      reason,
      ...(claim === undefined ? {} : { claim }),
      ...(account === undefined ? {} : { account }),
      ...(withheld ? { withheld } : {}),
    })
    const { timeZone } = (await book.policy()).policy.practice
    const lines = report.ok ? remittanceLines(report) : refusalLines(report, timeZone)
    for (const line of options.json ? [jsonText(report)] : lines) say(line)
    return report.ok ? 0 : 1
  })
}
