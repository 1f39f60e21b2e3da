import type { AccountCommandInput } from '@daybook/core/account'
import { type DepositCommandInput, depositCommandSchemas } from '@daybook/core/deposit'
import { isUuid } from '@daybook/core/kernel'
import { type PersonCommandInput, personCommandSchemas } from '@daybook/core/person'
import { CommandMismatch, InvalidCommand, LimitExceeded } from '@daybook/core/ports'
import { v7 } from 'uuid'
import type { Accepted, Refused } from '../../book/answers.ts'
import type { Book } from '../../book/book.ts'
import { invalidCommand, NotFound } from '../../book/errors.ts'
import { JsonFault, readJson } from '../json-file.ts'
import type { SharedOptions } from '../options.ts'
import { complain, jsonText, say } from '../terminal.ts'
import { type Answer, answerLines, type Malformed } from '../text/command.ts'
import { idNamed, isNewBook, withBook, withoutNewBook } from '../with-book.ts'

const malformed = ({ message, issues }: InvalidCommand): Malformed => ({
  ok: false,
  error: 'InvalidCommand',
  message,
  issues,
})

const wrong = (path: string, message: string): Malformed => malformed(invalidCommand(path, message))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Another value made a text would be the id of other commands too. */
const isCommandId = (given: unknown): given is string | undefined =>
  given === undefined || (typeof given === 'string' && given !== '')

const ofPersons: ReadonlySet<string> = new Set(personCommandSchemas.map(({ shape }) => shape.type.value))

const ofDeposits: ReadonlySet<string> = new Set(depositCommandSchemas.map(({ shape }) => shape.type.value))

/** What comes back of a command that can not be given as it is; all else that goes wrong ends the run. */
const faultOf = (error: unknown): Malformed => {
  if (error instanceof InvalidCommand) return malformed(error)
  if (error instanceof CommandMismatch || error instanceof LimitExceeded || error instanceof NotFound) {
    return { ok: false, error: error._tag, message: error.message, issues: [] }
  }
  throw error
}

/** A command of a person: `person` says whose it is. */
const giveToPerson = async (
  book: Book,
  { person: named, commandId, ...rest }: Record<string, unknown>,
  type: string,
): Promise<Pick<Answer, 'account' | 'person' | 'type'> & (Accepted | Refused | Malformed)> => {
  const opens = type === 'OpenPerson'
  const whose = named ?? (opens ? (rest['personId'] ?? v7()) : undefined)
  const about = { account: '', type }
  if (typeof whose !== 'string') return { ...about, ...wrong('person', 'name the person it is given to') }
  if (!isCommandId(commandId)) return { ...about, ...wrong('commandId', 'not a text') }
  const found = opens || isUuid(whose) ? { id: whose } : await idNamed(book, 'person', whose)
  if ('why' in found) return { ...about, ...wrong('person', found.why) }
  const command = (opens && !('personId' in rest) ? { ...rest, personId: found.id } : rest) as PersonCommandInput
  try {
    const options = commandId === undefined ? {} : { commandId }
    return { ...about, person: found.id, ...(await book.executeOnPerson(found.id, command, options)) }
  } catch (error) {
    return { ...about, person: found.id, ...faultOf(error) }
  }
}

/** A command on a line of the bank's statement: it is nobody's. */
const giveOfDeposit = async (
  book: Book,
  { commandId, ...rest }: Record<string, unknown>,
  type: string,
): Promise<Pick<Answer, 'account' | 'person' | 'type'> & (Accepted | Refused | Malformed)> => {
  const about = { account: '', type }
  if (!isCommandId(commandId)) return { ...about, ...wrong('commandId', 'not a text') }
  try {
    // Validated by the book: what is no command comes back with the path of each fault.
    return {
      ...about,
      ...(await book.deposit(rest as DepositCommandInput, commandId === undefined ? {} : { commandId })),
    }
  } catch (error) {
    return { ...about, ...faultOf(error) }
  }
}

/** An account that is named by the beginning of its id, as everywhere; one that is opened is named in full. */
const accountNamed = async (book: Book, given: string, opens: boolean) =>
  opens || isUuid(given) ? { id: given } : await idNamed(book, 'account', given)

const give = async (
  book: Book,
  entry: unknown,
): Promise<Pick<Answer, 'account' | 'person' | 'type'> & (Accepted | Refused | Malformed)> => {
  if (!isObject(entry))
    return { account: '', type: '', ...wrong('', 'a command is an object: {"account": …, "type": …}') }
  const { account: named, commandId, ...rest } = entry
  const type = String(rest['type'] ?? '')
  if (ofPersons.has(type)) return await giveToPerson(book, entry, type)
  if (ofDeposits.has(type)) return await giveOfDeposit(book, entry, type)
  const opens = type === 'OpenAccount'
  const whose = named ?? (opens ? (rest['accountId'] ?? v7()) : undefined)
  if (typeof whose !== 'string') return { account: '', type, ...wrong('account', 'name the account it is given to') }
  const found = await accountNamed(book, whose, opens)
  if ('why' in found) return { account: whose, type, ...wrong('account', found.why) }
  const account = found.id
  if (!isCommandId(commandId)) return { account, type, ...wrong('commandId', 'not a text') }
  // Validated by the book: what is no command comes back with the path of each fault.
  const command = (opens && !('accountId' in rest) ? { ...rest, accountId: account } : rest) as AccountCommandInput
  try {
    const answer = await book.execute(account, command, commandId === undefined ? {} : { commandId })
    return { account, type, ...answer }
  } catch (error) {
    return { account, type, ...faultOf(error) }
  }
}

/** What a file holds, entry by entry; undefined where it can not be read, which is told. */
const entriesIn = async (file: string): Promise<readonly unknown[] | undefined> => {
  try {
    const read = await readJson(file)
    return Array.isArray(read) ? read : [read]
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    complain(error.message)
    return undefined
  }
}

/**
 * `daybook command FILE…`: commands are given in order; one that is refused or invalid does not stop the others. All
 * files are read before the first is given: where none holds a command, no book is made.
 */
export const run = async (files: readonly string[], options: SharedOptions): Promise<number> => {
  const read: { readonly file: string; readonly entries: readonly unknown[] | undefined }[] = []
  for (const file of files) read.push({ file, entries: await entriesIn(file) })
  const something = !(await isNewBook(options.db)) || read.some(({ entries }) => entries?.some(isObject))
  const giveAll = async (book: Book): Promise<number> => {
    const { timeZone } = (await book.policy()).policy.practice
    const answers: Answer[] = []
    for (const { file, entries = [] } of read) {
      for (const [at, entry] of entries.entries()) {
        const answer: Answer = { file, number: at + 1, ...(await give(book, entry)) }
        answers.push(answer)
        if (!options.json) for (const line of answerLines(answer, timeZone)) say(line)
      }
    }
    if (options.json) say(jsonText(answers))
    return read.some(({ entries }) => entries === undefined) || answers.some(({ ok }) => !ok) ? 1 : 0
  }
  return await (something ? withBook(options, 'writes', giveAll) : withoutNewBook(options, giveAll))
}
