import { importLog } from '../../promise-api.ts'
import { type SharedOptions, UsageError } from '../options.ts'
import { openBar } from '../progress.ts'
import { complain, jsonText, say } from '../terminal.ts'
import { movedLines, oneOfTheTwo } from '../text/move.ts'

/** What `import-log` is given of its own. */
interface ImportLogCommandOptions extends SharedOptions {
  readonly dryRun?: boolean
}

/** `daybook import-log FILE|URL` */
export const run = async ([from = '']: readonly string[], options: ImportLogCommandOptions): Promise<number> => {
  const { db, dryRun = false, json } = options
  if (from.trim() === '') throw new UsageError('name an exported file, or the URL of a book')
  const bar = await openBar('events')
  const report = await importLog(from, db, { dryRun, onProgress: (done, of) => bar.show(done, of, '') }).finally(() =>
    bar.close(),
  )
  for (const line of json ? [jsonText(report)] : movedLines(dryRun ? 'whole' : 'taken over', report)) say(line)
  if (!dryRun) complain(oneOfTheTwo)
  return 0
}
