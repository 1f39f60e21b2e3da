import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { cashLines } from '../text/cash.ts'
import { withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly from?: string
  readonly to?: string
  readonly knownAt?: string
}

/** `daybook cash` */
export const run = async (_: readonly string[], { from, to, knownAt, ...options }: Options): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const report = await book.cash({
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(knownAt === undefined ? {} : { knownAt }),
    })
    const { policy } = await book.policy()
    const lines = options.json ? [jsonText(report)] : cashLines(report, policy.practice.timeZone)
    for (const line of lines) say(line)
    return 0
  })
