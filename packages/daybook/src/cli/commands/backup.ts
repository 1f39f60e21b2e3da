import { shown } from '@daybook/core/kernel'
import { type SharedOptions, UsageError } from '../options.ts'
import { openBar } from '../progress.ts'
import { complain, jsonText, say } from '../terminal.ts'
import { withBook } from '../with-book.ts'

/** What `backup` is given of its own. */
interface BackupCommandOptions extends SharedOptions {
  readonly withKey?: boolean
}

/** `daybook backup TO` */
export const run = async ([to = '']: readonly string[], options: BackupCommandOptions): Promise<number> => {
  const { withKey = false } = options
  if (to.trim() === '') throw new UsageError('name the file of the copy')
  const bar = await openBar('')
  const report = await withBook(options, 'reads', (book) =>
    book.backup(to, { withKey, onProgress: (what, done, of) => bar.show(done, of, what) }),
  ).finally(() => bar.close())
  if (options.json) {
    say(jsonText(report))
    return 0
  }
  const { path, events, bytes, head, accesses, key } = report
  say(
    `backed up  ${shown(path, 200)}  ${events.toLocaleString('en-US')} events, ${bytes.toLocaleString('en-US')} bytes`,
  )
  say(`head       ${head}`)
  if (accesses) {
    say(`accesses   ${shown(accesses.path, 200)}  ${accesses.events.toLocaleString('en-US')} looks`)
    say(`head       ${accesses.head}`)
  }
  if (key === undefined) complain('the key is not in it: keep a copy of the .key file apart, once; it never changes')
  else say(`key        ${shown(key, 200)}`)
  return 0
}
