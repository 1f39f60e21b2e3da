import type { SharedOptions } from '../options.ts'
import { openBar } from '../progress.ts'
import { clean, complain, jsonText, paint, say } from '../terminal.ts'
import { withBook } from '../with-book.ts'

/** What `check` is given of its own. */
interface CheckOptions extends SharedOptions {
  readonly head?: boolean
  readonly expectHead?: string
}

/** `daybook check`: silent when all is well, but for the head when it is asked for. */
export const run = async (_: readonly string[], options: CheckOptions): Promise<number> => {
  const { expectHead } = options
  const bar = await openBar('events')
  const report = await withBook(options, 'reads', (book) =>
    book.check({
      onProgress: (done, of) => bar.show(done, of, ''),
      ...(expectHead === undefined ? {} : { expectHead }),
    }),
  ).finally(() => bar.close())
  for (const apart of report.notCompared ?? []) complain(apart)
  if (options.json) say(jsonText(report))
  else {
    for (const { check, message } of report.findings) say(`${paint('red', check)}: ${clean(message)}`)
    // A head is written down to be trusted later: that of a book with findings is not given.
    if (options.head && report.findings.length === 0) say(report.head)
  }
  return report.findings.length > 0 ? 1 : 0
}
