import { centsGiven, methodOf, refundNumber } from '../held-claim.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { refusalLines, remittanceLines } from '../text/remittance.ts'
import { idFor, withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly reason: string
  readonly on?: string
  readonly amount?: string
  readonly method?: string
  readonly reference?: string
  readonly void?: string
}

/** `daybook refund ID` */
export const run = async ([id = '']: readonly string[], options: Options): Promise<number> => {
  const { reason, on, reference } = options
  const amount = centsGiven(options.amount)
  const method = methodOf('method', options.method)
  const voided = refundNumber(options.void)
  return await withBook(options, 'reads', async (book) => {
    const report = await book.refund(await idFor(book, 'remittance', id), {
      reason,
      ...(on === undefined ? {} : { on }),
      ...(amount === undefined ? {} : { amount }),
      ...(method === undefined ? {} : { method }),
      ...(reference === undefined ? {} : { reference }),
      ...(voided === undefined ? {} : { void: voided }),
    })
    const { timeZone } = (await book.policy()).policy.practice
    const lines = report.ok ? remittanceLines(report) : refusalLines(report, timeZone)
    for (const line of options.json ? [jsonText(report)] : lines) say(line)
    return report.ok ? 0 : 1
  })
}
