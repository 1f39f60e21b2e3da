import { type MomentOptions, momentsOf } from '../moments.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { controlAccountsLines } from '../text/controls.ts'
import { withBook } from '../with-book.ts'

/** `daybook accounts-control` */
export const run = async (
  _: readonly string[],
  options: SharedOptions & MomentOptions & { readonly account?: string },
): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const { account } = options
    const report = await book.controlAccounts({
      ...momentsOf(options),
      ...(account === undefined ? {} : { account }),
    })
    const { policy } = await book.policy()
    const shown = account === undefined ? 'largest' : 'all'
    const lines = options.json ? [jsonText(report)] : controlAccountsLines(report, policy.practice.timeZone, shown)
    for (const line of lines) say(line)
    return report.outOfBalance === 0 ? 0 : 1
  })
