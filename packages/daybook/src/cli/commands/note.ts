import type { AccountCommandInput } from '@daybook/core/account'
import { shown } from '@daybook/core/kernel'
import { type SharedOptions, UsageError } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { outcomeLines } from '../text/command.ts'
import { idFor, withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly on?: string
  readonly about?: string
  readonly with?: string
  readonly verified?: boolean
  readonly commitment?: string
  readonly next?: string
  readonly amends?: string
}

const aboutOf = (text: string | undefined) => {
  if (text === undefined) return {}
  const [matter = '', ...id] = text.split(':')
  if (id.length === 0) throw new UsageError(`--about takes a matter and its id, such as visit:ID, not ${shown(text)}`)
  return { about: { matter, id: id.join(':') } }
}

/** What an addendum does not have. */
const ofNotesOnly = ['about', 'with', 'verified', 'commitment', 'next'] as const

/** `daybook note ACCOUNT TEXT` */
export const run = async ([id = '', ...words]: readonly string[], options: Options): Promise<number> => {
  const { amends, with: other, verified, commitment, next } = options
  const summary = words.join(' ')
  const stray = amends === undefined ? undefined : ofNotesOnly.find((name) => options[name] !== undefined)
  if (stray !== undefined) throw new UsageError(`an addendum has only its text: --${stray} goes with a note of its own`)
  const about = aboutOf(options.about)
  return await withBook(options, 'reads', async (book) => {
    const account = await idFor(book, 'account', id)
    const on = options.on ?? (await book.today())
    const command = (
      amends === undefined
        ? {
            type: 'AddNote',
            on,
            summary,
            ...about,
            ...(other === undefined ? {} : { with: other }),
            ...(verified === undefined ? {} : { verified }),
            ...(commitment === undefined ? {} : { commitment }),
            ...(next === undefined ? {} : { nextStep: next }),
          }
        : { type: 'AmendNote', on, note: amends, summary }
    ) as AccountCommandInput
    const answer = await book.execute(account, command)
    const { timeZone } = (await book.policy()).policy.practice
    const lines = outcomeLines(`${command.type} on account ${account}`, answer, timeZone)
    for (const line of options.json ? [jsonText({ account, ...answer })] : lines) say(line)
    return answer.ok ? 0 : 1
  })
}
