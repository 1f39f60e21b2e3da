import type { SharedOptions } from '../options.ts'
import { openBar } from '../progress.ts'
import { jsonText, say } from '../terminal.ts'
import { importLines } from '../text/import.ts'
import { withBook } from '../with-book.ts'

/** `daybook import PATH…` */
export const run = async (
  paths: readonly string[],
  options: SharedOptions & { readonly openMissing?: boolean },
): Promise<number> => {
  const began = performance.now()
  const bar = await openBar('files')
  const report = await withBook(options, 'writes', (book) =>
    book.importPaths(paths, {
      openMissing: options.openMissing ?? false,
      onProgress: ({ file, files, claims }) => bar.show(file, files, `${claims.toLocaleString('en-US')} claims`),
    }),
  ).finally(() => bar.close())
  const lines = options.json ? [jsonText(report)] : importLines(report, (performance.now() - began) / 1_000)
  for (const line of lines) say(line)
  return report.totals.errors > 0 ? 1 : 0
}
