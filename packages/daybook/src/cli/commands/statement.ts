import { type SharedOptions, UsageError } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { statementLines } from '../text/statement.ts'
import { idFor, withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly dryRun?: boolean
  readonly document?: string
  readonly html?: boolean
  readonly csv?: boolean
}

/** `daybook statement [ACCOUNT] --csv`: a file for whoever prints and mails. */
const file = async (id: string, options: Options): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const request = id === '' ? {} : { account: await idFor(book, 'account', id) }
    const found = await book.statementFile(request)
    say(options.json ? jsonText(found) : found.csv.slice(0, -1))
    return 0
  })

/** `daybook statement ACCOUNT [--dry-run] [--document ID] [--html]`: 0 sent or printed, 1 something stands against it. */
export const run = async ([id = '']: readonly string[], options: Options): Promise<number> => {
  const { dryRun = false, document, html = false, csv = false } = options
  if (csv) {
    if (dryRun || html || document !== undefined)
      throw new UsageError('--csv stands alone: it is of all that was not sent')
    return await file(id, options)
  }
  if (id === '') throw new UsageError('say which account')
  if (dryRun && document !== undefined) throw new UsageError('--document prints what was made: there is nothing to try')
  return await withBook(options, 'reads', async (book) => {
    const account = await idFor(book, 'account', id)
    const { timeZone } = (await book.policy()).policy.practice
    const isLook = dryRun || document !== undefined
    const issued = isLook ? undefined : await book.execute(account, { type: 'IssueStatement', on: await book.today() })
    if (issued && !issued.ok) {
      for (const line of options.json ? [jsonText({ account, ...issued })] : statementLines(issued, timeZone)) say(line)
      return 1
    }
    const made = document ?? (issued && 'ids' in issued ? issued.ids.document : undefined)
    const reply = await book.statement({ account, ...(made === undefined ? {} : { document: made }) })
    if (options.json) say(jsonText(reply))
    else {
      for (const line of statementLines(reply, timeZone)) say(line)
      say(html ? reply.html : reply.text)
    }
    return reply.allowed === false || reply.asPrinted === false ? 1 : 0
  })
}
