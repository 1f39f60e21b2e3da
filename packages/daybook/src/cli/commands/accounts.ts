import { limitOf, type SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { accountsLines } from '../text/accounts.ts'
import { type LimitedOption, sayLimited } from '../text/limited.ts'
import { withBook } from '../with-book.ts'

interface Options extends SharedOptions, LimitedOption {
  readonly exact?: boolean
  readonly limit?: string
  readonly after?: string
}

/** `daybook accounts [TEXT]` */
export const run = async (words: readonly string[], options: Options): Promise<number> => {
  const { exact = false, after } = options
  const limit = limitOf(options.limit)
  const search = words.join(' ')
  return await withBook(options, 'reads', async (book) => {
    const request = {
      exact,
      ...(search === '' ? {} : { search }),
      ...(limit === undefined ? {} : { limit }),
      ...(after === undefined ? {} : { after }),
    }
    if (options.limited) return sayLimited(await book.limited.accounts(request), options)
    const list = await book.accounts(request)
    for (const line of options.json ? [jsonText(list)] : accountsLines(list, search)) say(line)
    return 0
  })
}
