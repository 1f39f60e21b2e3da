import type { AccessesRequest } from '../../privacy/access-answers.ts'
import { limitOf, type SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { accessLines } from '../text/accesses.ts'
import { idFor, withBook } from '../with-book.ts'

/** What `accesses` is given of its own. */
interface AccessesOptions extends SharedOptions {
  readonly by?: string
  readonly from?: string
  readonly to?: string
  readonly limit?: string
  readonly after?: string
}

/** `daybook accesses [ACCOUNT]` */
export const run = async ([id]: readonly string[], options: AccessesOptions): Promise<number> => {
  const limit = limitOf(options.limit)
  const { by, from, to, after } = options
  return await withBook(options, 'reads', async (book) => {
    const request: AccessesRequest = {
      ...(id === undefined ? {} : { account: await idFor(book, 'account', id) }),
      ...(by === undefined ? {} : { by }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(after === undefined ? {} : { after }),
      ...(limit === undefined ? {} : { limit }),
    }
    const list = await book.accesses(request)
    const { timeZone } = (await book.policy()).policy.practice
    for (const line of options.json ? [jsonText(list)] : accessLines(list, timeZone)) say(line)
    return 0
  })
}
