import type { AccountCommandInput } from '@daybook/core/account'
import { type AccountId, accountId } from '@daybook/core/kernel'
import { InvalidCommand } from '@daybook/core/ports'
import { type Desk, type ExecuteError, executeOnAccount, type Outcome } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { namedActor } from './actor.ts'
import type { Accepted, CommandError, CommandOptions, DaybookShape } from './contract.ts'
import { KeyFault, type Rejected, rejected } from './errors.ts'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'

const invalid = (path: string, message: string): InvalidCommand =>
  new InvalidCommand({ message: `not a valid command: ${path}: ${message}`, issues: [{ path, message }] })

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
    if (!id.success) return yield* invalid('account', id.error.issues[0]?.message ?? 'not an account id')
    if (options.actor) yield* namedActor(options.actor.id)
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

export const executeIn =
  (book: OpenBook): DaybookShape['execute'] =>
  (account, command, options = {}) => {
    const given: { readonly type?: unknown; readonly accountId?: unknown } = command
    return given.type === 'OpenAccount' && given.accountId !== account
      ? Effect.fail(invalid('accountId', `is not the account ${account} that the command is given to`))
      : issue(book, account, command, options)
  }

export const openIn =
  (book: OpenBook): DaybookShape['open'] =>
  (input) =>
    Effect.gen(function* () {
      const account = (input.account ?? book.desk.service.world.uuid()) as AccountId
      const on = input.on ?? todayOf(book)
      const command: AccountCommandInput = { type: 'OpenAccount', accountId: account, on, guarantor: input.guarantor }
      yield* issue(book, account, command, input.commandId === undefined ? {} : { commandId: input.commandId })
      return { account }
    })
