import type { SharedOptions } from '../options.ts'
import { openBar } from '../progress.ts'
import { jsonText, say } from '../terminal.ts'
import { dayLines } from '../text/day.ts'
import { withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly date?: string
  readonly dryRun?: boolean
}

/** `daybook day`: exit status 1 where something was refused. */
export const run = async (_words: readonly string[], options: Options): Promise<number> => {
  const { date, dryRun = false } = options
  const bar = await openBar('matters')
  const report = await withBook(options, 'reads', (book) =>
    book.day({ dryRun, ...(date === undefined ? {} : { date }), onProgress: (done, of) => bar.show(done, of, '') }),
  ).finally(() => bar.close())
  for (const line of options.json ? [jsonText(report)] : dayLines(report)) say(line)
  return report.steps.some(({ outcome }) => outcome === 'refused') ? 1 : 0
}
