import type { MayRequest } from '../../book/requests.ts'
import { locationOf, mediumOf, type ReachOptions } from '../media.ts'
import { jsonText, say } from '../terminal.ts'
import { mayLines } from '../text/may.ts'
import { idFor, withBook } from '../with-book.ts'

/** `daybook may ACCOUNT --call|--text|--email|--mail|--visit [--at T]`: 0 yes, 1 no. Writes nothing. */
export const run = async ([id = '']: readonly string[], options: ReachOptions): Promise<number> => {
  const by = mediumOf(options)
  const { at, person, purpose, with: other } = options
  const location = locationOf(options)
  return await withBook(options, 'reads', async (book) => {
    const account = await idFor(book, 'account', id)
    const request = {
      account,
      by,
      ...(at === undefined ? {} : { at }),
      ...(person === undefined ? {} : { person: await idFor(book, 'person', person) }),
      ...(purpose === undefined ? {} : { purpose }),
      ...(other === undefined ? {} : { with: other }),
      ...(location === undefined ? {} : { location }),
    } as MayRequest
    const reply = await book.may(request)
    const { timeZone } = (await book.policy()).policy.practice
    for (const line of options.json ? [jsonText(reply)] : mayLines(reply, timeZone)) say(line)
    return reply.allowed ? 0 : 1
  })
}
