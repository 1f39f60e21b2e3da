import { type MomentOptions, momentsOf } from '../moments.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { explanationLines } from '../text/explain.ts'
import { type LimitedOption, sayLimited } from '../text/limited.ts'
import { idFor, withBook } from '../with-book.ts'

/** `daybook explain ID` */
export const run = async (
  [id = '']: readonly string[],
  options: SharedOptions & MomentOptions & LimitedOption & { readonly line?: string },
): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const { line } = options
    const account = await idFor(book, 'account', id)
    const request = { ...momentsOf(options), ...(line === undefined ? {} : { line }) }
    if (options.limited) return sayLimited(await book.limited.explain(account, request), options)
    const explanation = await book.explain(account, request)
    for (const text of options.json ? [jsonText(explanation)] : explanationLines(explanation)) say(text)
    return explanation.beforeTheBooks ? 1 : 0
  })
