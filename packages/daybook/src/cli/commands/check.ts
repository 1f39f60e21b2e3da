import type { SharedOptions } from '../options.ts'
import { openBar } from '../progress.ts'
import { complain, jsonText, say } from '../terminal.ts'
import { checkLines } from '../text/check.ts'
import { withBook } from '../with-book.ts'

/** What `check` is given of its own. */
interface CheckOptions extends SharedOptions {
  readonly head?: boolean
  readonly accessHead?: boolean
  readonly expectHead?: string
  readonly expectAccessHead?: string
}

/** `daybook check`: silent when all is well, but for the head when it is asked for. */
export const run = async (_: readonly string[], options: CheckOptions): Promise<number> => {
  const { expectHead, expectAccessHead } = options
  const bar = await openBar('events')
  const report = await withBook(options, 'reads', (book) =>
    book.check({
      onProgress: (done, of) => bar.show(done, of, ''),
      ...(expectHead === undefined ? {} : { expectHead }),
      ...(expectAccessHead === undefined ? {} : { expectAccessHead }),
    }),
  ).finally(() => bar.close())
  for (const apart of report.notCompared ?? []) complain(apart)
  for (const line of options.json ? [jsonText(report)] : checkLines(report, options)) say(line)
  return report.findings.length > 0 ? 1 : 0
}
