import { type MomentOptions, momentsOf } from '../moments.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { historyLines } from '../text/history.ts'
import { type LimitedOption, sayLimited } from '../text/limited.ts'
import { idFor, withBook } from '../with-book.ts'

/** `daybook history ID` */
export const run = async (
  [id = '']: readonly string[],
  options: SharedOptions & MomentOptions & LimitedOption,
): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const of = await idFor(book, 'any', id)
    if (options.limited) return sayLimited(await book.limited.history(of, momentsOf(options)), options)
    const history = await book.history(of, momentsOf(options))
    const { policy } = await book.policy()
    for (const line of options.json ? [jsonText(history)] : historyLines(history, policy.practice.timeZone)) say(line)
    return 0
  })
