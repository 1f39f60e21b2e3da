import { limitOf, type SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { worklistLines } from '../text/worklist.ts'
import { withBook } from '../with-book.ts'

/** A person reads the top of the list; a program gets all of it. */
const SHOWN = 20

/** `daybook worklist` */
export const run = async (
  _: readonly string[],
  options: SharedOptions & {
    readonly queue?: string
    readonly asOf?: string
    readonly knownAt?: string
    readonly limit?: string
  },
): Promise<number> => {
  const limit = limitOf(options.limit)
  return await withBook(options, 'reads', async (book) => {
    const { queue, asOf, knownAt } = options
    const list = await book.worklist({
      ...(queue === undefined ? {} : { queue }),
      ...(asOf === undefined ? {} : { asOf }),
      ...(knownAt === undefined ? {} : { knownAt }),
    })
    if (options.json) {
      const items = list.items.slice(0, limit)
      say(jsonText({ ...list, items: items.map((item) => ({ account: null, remittance: null, due: null, ...item })) }))
    } else for (const line of worklistLines(list, limit ?? SHOWN)) say(line)
    return 0
  })
}
