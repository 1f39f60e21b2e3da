import { type MomentOptions, momentsOf } from '../moments.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { accountLines } from '../text/account.ts'
import { idFor, withBook } from '../with-book.ts'

/** `daybook account ID` */
export const run = async ([id = '']: readonly string[], options: SharedOptions & MomentOptions): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const summary = await book.account(await idFor(book, 'account', id), momentsOf(options))
    const { timeZone } = (await book.policy()).policy.practice
    for (const line of options.json ? [jsonText(summary)] : accountLines(summary, timeZone)) say(line)
    return summary.beforeTheBooks ? 1 : 0
  })
