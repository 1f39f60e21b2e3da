import { type MomentOptions, momentsOf } from '../moments.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { accountLines } from '../text/account.ts'
import { type LimitedOption, sayLimited } from '../text/limited.ts'
import { idFor, withBook } from '../with-book.ts'

/** `daybook account ID` */
export const run = async (
  [id = '']: readonly string[],
  options: SharedOptions & MomentOptions & LimitedOption,
): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const account = await idFor(book, 'account', id)
    if (options.limited) return sayLimited(await book.limited.account(account, momentsOf(options)), options)
    const summary = await book.account(account, momentsOf(options))
    const { timeZone } = (await book.policy()).policy.practice
    for (const line of options.json ? [jsonText(summary)] : accountLines(summary, timeZone)) say(line)
    return summary.beforeTheBooks ? 1 : 0
  })
