import type { SharedOptions } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { type LimitedOption, sayLimited } from '../text/limited.ts'
import { personLines } from '../text/person.ts'
import { idFor, withBook } from '../with-book.ts'

/** `daybook person ID` */
export const run = async ([id = '']: readonly string[], options: SharedOptions & LimitedOption): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const person = await idFor(book, 'person', id)
    if (options.limited) return sayLimited(await book.limited.person(person), options)
    const page = await book.person(person)
    const { timeZone } = (await book.policy()).policy.practice
    for (const line of options.json ? [jsonText(page)] : personLines(page, timeZone)) say(line)
    return 0
  })
