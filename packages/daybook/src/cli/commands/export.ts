import { isUrl } from '../../move/export.ts'
import { type SharedOptions, UsageError } from '../options.ts'
import { openBar } from '../progress.ts'
import { complain, jsonText, say } from '../terminal.ts'
import { movedLines, oneOfTheTwo } from '../text/move.ts'
import { idFor, withBook } from '../with-book.ts'

/** What `export` is given of its own. */
interface ExportCommandOptions extends SharedOptions {
  readonly to: string
  readonly account?: string
}

/** `daybook export --to FILE|URL` */
export const run = async (_: readonly string[], options: ExportCommandOptions): Promise<number> => {
  const { to, account } = options
  if (to === '') throw new UsageError('--to names a file or a URL')
  const bar = await openBar('events')
  const report = await withBook(options, 'reads', async (book) =>
    book.export(to, {
      ...(account === undefined ? {} : { account: await idFor(book, 'account', account) }),
      onProgress: (done, of) => bar.show(done, of, ''),
    }),
  ).finally(() => bar.close())
  for (const line of options.json ? [jsonText(report)] : movedLines('exported', report)) say(line)
  if (isUrl(to)) complain(oneOfTheTwo)
  return 0
}
