import type { AgingBasis, AgingDimension } from '@daybook/projections/aging'
import { type MomentOptions, momentsOf } from '../moments.ts'
import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { agingLines } from '../text/aging.ts'
import { withBook } from '../with-book.ts'

/** `daybook aging`. The basis and the dimension are checked by the book. */
export const run = async (
  _: readonly string[],
  options: SharedOptions & MomentOptions & { readonly basis?: AgingBasis; readonly by?: AgingDimension },
): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const { basis, by } = options
    const aging = await book.aging({
      ...momentsOf(options),
      accounts: true,
      ...(basis === undefined ? {} : { basis }),
      ...(by === undefined ? {} : { by }),
    })
    const { policy } = await book.policy()
    const lines = options.json ? [jsonText(aging)] : agingLines(aging, policy.practice.timeZone)
    for (const line of lines) say(line)
    return aging.beforeTheBooks ? 1 : 0
  })
