import type { AccountCommandInput } from '@daybook/core/account'
import { shown } from '@daybook/core/kernel'
import { type SharedOptions, UsageError } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { outcomeLines } from '../text/command.ts'
import { statementLines } from '../text/statement.ts'
import { idFor, withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly by?: string
  readonly answer?: string
  readonly html?: boolean
}

/** What each letter is about, by the field that names it. */
const named: Readonly<Record<string, string | undefined>> = {
  assistanceGranted: 'adjustment',
  assistanceReceived: 'pause',
  complaint: 'complaint',
  disputeAcknowledged: 'dispute',
  disputeDecided: 'dispute',
  firstNotice: '',
  planAmended: 'plan',
  planCure: 'plan',
  planDeferred: 'plan',
  refund: 'refund',
}

const letterOf = (about: string, id: string | undefined, { answer }: Options) => {
  const field = Object.hasOwn(named, about) ? named[about] : undefined
  if (field === undefined) throw new UsageError(`there is no letter ${shown(about)}: ${Object.keys(named).join(', ')}`)
  if (field !== '' && id === undefined) throw new UsageError(`say which ${field}: letter ACCOUNT ${about} ID`)
  if ((about === 'complaint') !== (answer !== undefined))
    throw new UsageError('--answer is what a complaint is answered, and nothing else')
  return { about, ...(field === '' ? {} : { [field]: id }), ...(answer === undefined ? {} : { answer }) }
}

/** `daybook letter ACCOUNT ABOUT [ID]`: 0 made, 1 something stands against it. */
export const run = async ([id = '', about = '', matter]: readonly string[], options: Options): Promise<number> => {
  const letter = letterOf(about, matter, options)
  const { by, html = false, json } = options
  return await withBook(options, 'reads', async (book) => {
    const account = await idFor(book, 'account', id)
    const { timeZone } = (await book.policy()).policy.practice
    const command = { type: 'IssueLetter', on: await book.today(), letter, ...(by === undefined ? {} : { by }) }
    const answer = await book.execute(account, command as AccountCommandInput)
    const made = answer.ok && 'ids' in answer ? answer.ids.document : undefined
    if (made === undefined) {
      const lines = outcomeLines(`letter ${about} to account ${account}`, answer, timeZone)
      for (const line of json ? [jsonText({ account, ...answer })] : lines) say(line)
      return answer.ok ? 0 : 1
    }
    const reply = await book.statement({ account, document: made })
    if (json) say(jsonText(reply))
    else {
      for (const line of statementLines(reply, timeZone)) say(line)
      say(html ? reply.html : reply.text)
    }
    return 0
  })
}
