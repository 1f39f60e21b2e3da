import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { personLines } from '../text/person.ts'
import { idFor, withBook } from '../with-book.ts'

/** `daybook person ID` */
export const run = async ([id = '']: readonly string[], options: SharedOptions): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const page = await book.person(await idFor(book, 'person', id))
    for (const line of options.json ? [jsonText(page)] : personLines(page)) say(line)
    return 0
  })
