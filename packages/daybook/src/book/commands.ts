import { type AccountCommandInput, importCommands } from '@daybook/core/account'
import { type AccountId, accountId, precondition } from '@daybook/core/kernel'
import { type Desk, type ExecuteError, executeOnAccount, type Outcome } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import type { Accepted, CommandError, CommandOptions, DaybookShape } from './contract.ts'
import { invalidCommand, KeyFault, type Rejected, rejected } from './errors.ts'
import { commandGiven, commandOptions, openInput } from './given.ts'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'

const acceptedOr = (outcome: Outcome): Effect.Effect<Accepted, Rejected> =>
  outcome.ok ? Effect.succeed(outcome) : Effect.fail(rejected(outcome))

/** A secret that is not there is thrown by the code that needs it: as an error of its own. */
export const orFault = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E | KeyFault> =>
  Effect.catchDefect(effect, (defect) => (defect instanceof KeyFault ? Effect.fail(defect) : Effect.die(defect)))

const deskOf = ({ desk }: OpenBook, actor: CommandOptions['actor']): Desk =>
  actor ? { ...desk, actor: { id: actor.id, roles: actor.roles ?? [] } } : desk

const issue = (
  book: OpenBook,
  account: string,
  command: unknown,
  options: CommandOptions,
): Effect.Effect<Accepted, Rejected | CommandError> =>
  Effect.gen(function* () {
    const id = accountId.safeParse(account)
    if (!id.success) return yield* invalidCommand('account', id.error.issues[0]?.message ?? 'not an account id')
    yield* commandGiven(commandOptions, options)
    yield* book.refreshPolicy
    const desk = deskOf(book, options.actor)
    const commandId = options.commandId ?? desk.service.world.uuid()
    const outcome: Effect.Effect<Outcome, ExecuteError> = executeOnAccount(
      desk,
      id.data,
      command,
      commandId,
      options.cause,
    )
    return yield* acceptedOr(yield* orFault(outcome))
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
      ? Effect.fail(invalidCommand('accountId', `is not the account ${account} that the command is given to`))
      : issue(book, account, command, options)
  }

export const openIn =
  (book: OpenBook): DaybookShape['open'] =>
  (input) =>
    Effect.gen(function* () {
      yield* commandGiven(openInput, input)
      const account = (input.account ?? book.desk.service.world.uuid()) as AccountId
      const on = input.on ?? todayOf(book)
      const command: AccountCommandInput = { type: 'OpenAccount', accountId: account, on, guarantor: input.guarantor }
      yield* issue(book, account, command, input.commandId === undefined ? {} : { commandId: input.commandId })
      return { account }
    })
