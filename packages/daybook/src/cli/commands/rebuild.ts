import type { SharedOptions } from '../options.ts'
import { openBar } from '../progress.ts'
import { jsonText, say } from '../terminal.ts'
import { withBook } from '../with-book.ts'

/** `daybook rebuild [VIEW]` */
export const run = async ([view]: readonly string[], options: SharedOptions): Promise<number> => {
  const bar = await openBar('events')
  const rebuilt = await withBook(options, 'reads', (book) =>
    book.rebuild(view, { onProgress: (name, done, of) => bar.show(done, of, name) }),
  ).finally(() => bar.close())
  if (options.json) say(jsonText(rebuilt))
  else for (const { view: name, position } of rebuilt) say(`rebuilt  ${name} to @${position}`)
  return 0
}
