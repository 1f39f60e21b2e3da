import { type MomentOptions, momentsOf } from '../moments.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { historyLines } from '../text/history.ts'
import { idFor, withBook } from '../with-book.ts'

/** `daybook history ID` */
export const run = async ([id = '']: readonly string[], options: SharedOptions & MomentOptions): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const history = await book.history(await idFor(book, 'any', id), momentsOf(options))
    const { policy } = await book.policy()
    for (const line of options.json ? [jsonText(history)] : historyLines(history, policy.practice.timeZone)) say(line)
    return 0
  })
