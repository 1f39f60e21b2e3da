import { type AccountCommandInput, importCommands } from '@daybook/core/account'
import { type AccountId, accountId, isUuid, precondition, shown } from '@daybook/core/kernel'
import type { InvalidCommand, ReadError } from '@daybook/core/ports'
import {
  accountStream,
  type Desk,
  type ExecuteError,
  executeOnAccount,
  firstReceipt,
  type Outcome,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import type { Accepted } from './answers.ts'
import { creditExtendedBy } from './credit-extended.ts'
import { deskFor } from './desk.ts'
import { invalidCommand, type NotFound, noAccount, orFault, type Rejected, rejected } from './errors.ts'
import { agreesOnPlan, commandGiven, commandOptions, openInput } from './given.ts'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import type { CommandOptions } from './requests.ts'
import type { CommandError, DaybookShape } from './shape.ts'

const opensOne = (command: unknown): boolean =>
  typeof command === 'object' && command !== null && 'type' in command && command.type === 'OpenAccount'

/**
 * The answer to a command, its receipt whole; where nobody has opened the account, that and not what follows from it. What
 * would have opened it is told why it may not.
 */
const answerTo = (
  { events }: OpenBook,
  account: AccountId,
  command: unknown,
  outcome: Outcome,
): Effect.Effect<Accepted, Rejected | NotFound | CommandError> =>
  Effect.gen(function* () {
    if (outcome.ok) return 'nothingToDo' in outcome ? outcome : yield* firstReceipt(events, outcome)
    if (opensOne(command)) return yield* rejected(outcome)
    const [first] = yield* events.readStream(accountStream(account), { after: -1, limit: 1 })
    return yield* first ? rejected(outcome) : noAccount(account)
  })

/**
 * The account that a command is given to: a UUID, or the id under which an older Daybook has opened one. The beginning of
 * an id names none here, and opens none: an account under it would answer for all that begin so.
 */
const accountNamed = (
  book: OpenBook,
  given: string,
  command: unknown,
): Effect.Effect<AccountId, InvalidCommand | NotFound | ReadError> =>
  Effect.gen(function* () {
    const id = accountId.safeParse(given)
    if (!id.success) return yield* invalidCommand('account', id.error.issues[0]?.message ?? 'not an account id')
    if (isUuid(id.data)) return id.data
    const [first] = yield* book.events.readStream(accountStream(id.data), { after: -1, limit: 1 })
    if (first) return id.data
    if (!opensOne(command)) return yield* noAccount(id.data, ': give all of its id')
    return yield* invalidCommand('account', `a new account has a UUID in lower case for its id, not ${shown(given)}`)
  })

/** Whether a plan is credit is a question of all the book's plans: they are counted before the account decides. */
const counting = (book: OpenBook, command: unknown, desk: Desk): Effect.Effect<Desk, CommandError> => {
  const given = agreesOnPlan.safeParse(command)
  if (!given.success) return Effect.succeed(desk)
  return Effect.map(creditExtendedBy(book, given.data.on), (creditExtended) => ({ ...desk, creditExtended }))
}

const issue = (
  book: OpenBook,
  account: string,
  command: unknown,
  options: CommandOptions,
): Effect.Effect<Accepted, Rejected | NotFound | CommandError> =>
  Effect.gen(function* () {
    yield* commandGiven(commandOptions, options)
    const id = yield* accountNamed(book, account, command)
    yield* book.refreshPolicy
    yield* book.beforeWriting
    const desk = yield* counting(book, command, yield* deskFor(book, options))
    const commandId = options.commandId ?? desk.service.world.uuid()
    const outcome: Effect.Effect<Outcome, ExecuteError> = executeOnAccount(desk, id, command, commandId, options.cause)
    return yield* answerTo(book, id, command, yield* orFault(outcome))
  })

/** A payer's paper is never typed in as a command: no remittance would stand behind its money. */
const onlyImported = (type: string): Rejected =>
  rejected({
    hits: [
      precondition(
        'import.only',
        `${type} is the import's own command: the document must be on file first`,
        'import the 835 or 837 (importPaths, daybook import); post what is held by releasing it',
      ),
    ],
    required: [],
  })

export const executeIn =
  (book: OpenBook): DaybookShape['execute'] =>
  (account, command, options = {}) => {
    // What is no object at all is told when the command is parsed.
    const given: { readonly type?: unknown; readonly accountId?: unknown } | null = command
    if (importCommands.some((type) => type === given?.type)) return Effect.fail(onlyImported(String(given?.type)))
    return given?.type === 'OpenAccount' && given.accountId !== account
      ? Effect.fail(invalidCommand('accountId', `is not the account ${shown(account)} that the command is given to`))
      : issue(book, account, command, options)
  }

export const openIn =
  (book: OpenBook): DaybookShape['open'] =>
  (input) =>
    Effect.gen(function* () {
      yield* commandGiven(openInput, input)
      const { account: named, on = todayOf(book), guarantor, ...options } = input
      const account = (named ?? book.desk.service.world.uuid()) as AccountId
      const command: AccountCommandInput = { type: 'OpenAccount', accountId: account, on, guarantor }
      const opening = issue(book, account, command, options)
      const answer = yield* Effect.catchTag(opening, 'Rejected', (refusal) => rejected({ ...refusal, account }))
      return { account, ...answer }
    })
