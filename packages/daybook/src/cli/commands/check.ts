import type { SharedOptions } from '../options.ts'
import { openBar } from '../progress.ts'
import { clean, jsonText, paint, say } from '../terminal.ts'
import { withBook } from '../with-book.ts'

/** `daybook check`: silent when all is well. */
export const run = async (_: readonly string[], options: SharedOptions): Promise<number> => {
  const bar = await openBar('events')
  const report = await withBook(options, 'reads', (book) =>
    book.check({ onProgress: (done, of) => bar.show(done, of, '') }),
  ).finally(() => bar.close())
  if (options.json) say(jsonText(report))
  else for (const { check, message } of report.findings) say(`${paint('red', check)}: ${clean(message)}`)
  return report.findings.length > 0 ? 1 : 0
}
