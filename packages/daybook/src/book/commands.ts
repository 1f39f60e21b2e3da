import type { AccountCommandInput } from '@daybook/core/account'
import { type AccountId, accountId, NotCanonical, type RemittanceId } from '@daybook/core/kernel'
import { InvalidCommand } from '@daybook/core/ports'
import {
  type Desk,
  type ExecuteError,
  executeOnAccount,
  executeOnRemittance,
  type Outcome,
  postRemittance,
  reportOf,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import type { Accepted, CommandError, CommandOptions, DaybookShape } from './contract.ts'
import { KeyFault, NotFound, type Rejected, rejected } from './errors.ts'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'

const invalid = (path: string, message: string): InvalidCommand =>
  new InvalidCommand({ message: `not a valid command: ${path}: ${message}`, issues: [{ path, message }] })

const acceptedOr = (outcome: Outcome): Effect.Effect<Accepted, Rejected> =>
  outcome.ok ? Effect.succeed(outcome) : Effect.fail(rejected(outcome))

/**
 * What plain code below may throw, as errors: text that can not be stored byte for byte, such as half of a surrogate
 * pair, is a fault of the command; a secret that is not there is a KeyFault.
 */
export const orFault = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E | InvalidCommand | KeyFault> =>
  Effect.catchDefect(effect, (defect): Effect.Effect<never, InvalidCommand | KeyFault> => {
    if (defect instanceof KeyFault) return Effect.fail(defect)
    return defect instanceof NotCanonical ? Effect.fail(invalid('(command)', defect.message)) : Effect.die(defect)
  })

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

/** Gives a command to a remittance that was received; one that nobody knows is no rejection but not there. */
const onRemittance = (book: OpenBook, id: string, command: object, commandId: string | undefined) =>
  Effect.gen(function* () {
    yield* book.refreshPolicy
    const known = yield* book.events.readStream(`remittance-${id}`, { after: -1, limit: 1 })
    if (known.length === 0) {
      return yield* new NotFound({ kind: 'remittance', id, message: `there is no remittance ${id} in this book` })
    }
    const given = orFault(executeOnRemittance(book.desk, id, command, commandId ?? book.desk.service.world.uuid()))
    yield* acceptedOr(yield* given)
  })

export const releaseIn =
  (book: OpenBook): DaybookShape['release'] =>
  (id, { reason, claim, account, paymentDate, openMissing = false, commandId }) =>
    Effect.gen(function* () {
      const remittance = id as RemittanceId
      if (claim === undefined) {
        const command = {
          type: 'ReleaseRemittance',
          on: todayOf(book),
          reason,
          ...(account === undefined ? {} : { differenceAccount: account }),
          ...(paymentDate === undefined ? {} : { paymentDate }),
        }
        yield* onRemittance(book, id, command, commandId)
      } else yield* heldClaim(book, id, claim)
      yield* orFault(postRemittance(book.desk, remittance, { openMissing }, claim !== undefined))
      return yield* reportOf(book.desk, remittance)
    })

/** A claim that is to be tried again must be held. */
const heldClaim = (book: OpenBook, id: string, claim: number) =>
  Effect.gen(function* () {
    yield* book.refreshPolicy
    const report = yield* reportOf(book.desk, id as RemittanceId)
    if (report.held.some(({ claims }) => claims.includes(claim))) return
    return yield* new NotFound({
      kind: 'remittance',
      id,
      message: `claim ${claim} of remittance ${id} is not held`,
    })
  })

export const rejectIn =
  (book: OpenBook): DaybookShape['reject'] =>
  (id, { reason, claim, account, commandId }) =>
    Effect.gen(function* () {
      const on = todayOf(book)
      if (claim !== undefined && account === undefined) {
        return yield* invalid('account', 'name the control account that takes the claim’s money out of clearing')
      }
      const command =
        claim === undefined
          ? { type: 'RejectRemittance', on, reason }
          : { type: 'RejectRemittanceClaim', on, reason, claim, differenceAccount: account }
      yield* onRemittance(book, id, command, commandId)
      return yield* reportOf(book.desk, id as RemittanceId)
    })
