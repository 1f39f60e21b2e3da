import { type MomentOptions, momentsOf } from '../moments.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { explanationLines } from '../text/explain.ts'
import { idFor, withBook } from '../with-book.ts'

/** `daybook explain ID` */
export const run = async (
  [id = '']: readonly string[],
  options: SharedOptions & MomentOptions & { readonly line?: string },
): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const { line } = options
    const account = await idFor(book, 'account', id)
    const explanation = await book.explain(account, { ...momentsOf(options), ...(line === undefined ? {} : { line }) })
    for (const text of options.json ? [jsonText(explanation)] : explanationLines(explanation)) say(text)
    return explanation.beforeTheBooks ? 1 : 0
  })
