import type { Book } from '../../book/book.ts'
import { isAnythingToImport } from '../../import/anything-to-import.ts'
import type { SharedOptions } from '../options.ts'
import { openBar } from '../progress.ts'
import { jsonText, say } from '../terminal.ts'
import { importLines } from '../text/import.ts'
import { isNewBook, withBook, withoutNewBook } from '../with-book.ts'

/** `daybook import PATH…` */
export const run = async (
  paths: readonly string[],
  options: SharedOptions & { readonly openMissing?: boolean },
): Promise<number> => {
  const began = performance.now()
  const bar = await openBar('files')
  const take = (book: Book) =>
    book.importPaths(paths, {
      openMissing: options.openMissing ?? false,
      onProgress: ({ file, files, claims }) => bar.show(file, files, `${claims.toLocaleString('en-US')} claims`),
    })
  const something = !(await isNewBook(options.db)) || (await isAnythingToImport(paths))
  const report = await (something ? withBook(options, 'writes', take) : withoutNewBook(options, take)).finally(() =>
    bar.close(),
  )
  const lines = options.json ? [jsonText(report)] : importLines(report, (performance.now() - began) / 1_000)
  for (const line of lines) say(line)
  return report.totals.errors > 0 ? 1 : 0
}
