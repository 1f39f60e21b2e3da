import * as Effect from 'effect/Effect'
import type { DepositCommand, GivenPart } from '../deposit/commands.ts'
import type { DepositContext } from '../deposit/decide.ts'
import { deposit } from '../deposit/deposit.ts'
import type { DepositId } from '../kernel/ids.ts'
import { depositStream } from '../kernel/streams.ts'
import { type Desk, loadAccount, loadRemittance, uuidOf } from './desk.ts'
import { issue } from './execute.ts'
import { parseTyped } from './parse-command.ts'
import type { ContextOf, ExecuteError, Issued, Outcome } from './service.ts'

/** Day, amount and reference make a line of the bank's statement: whoever records it again means the same one. */
const depositOf = ({ service }: Desk, command: DepositCommand): DepositId => {
  if (command.type !== 'RecordDeposit') return command.deposit
  if (command.deposit !== undefined) return command.deposit
  const { on, amount, reference } = command
  return uuidOf(service.world.keyedHash('deposit', `${on}|${amount}|${reference}`)) as DepositId
}

/** What of a line the books do not have, in words; a batch is known by its payments alone, and by none yet. */
const missing = (desk: Desk, part: GivenPart): Effect.Effect<readonly string[], ExecuteError> =>
  Effect.gen(function* () {
    switch (part.kind) {
      case 'batch':
        return []
      case 'payment':
      case 'reversal': {
        const payment = (yield* loadAccount(desk, part.account)).payments.payments.get(part.payment)
        if (!payment) return [`payment ${part.payment} is not on account ${part.account}`]
        return part.kind === 'payment' || payment.reversed > 0
          ? []
          : [`nothing of payment ${part.payment} has been taken back`]
      }
      case 'refund': {
        const refund = (yield* loadAccount(desk, part.account)).credits.refunds.get(part.refund)
        return refund ? [] : [`refund ${part.refund} is not on account ${part.account}`]
      }
      case 'withhold': {
        const { settledWithholds } = (yield* loadAccount(desk, part.account)).claims
        return settledWithholds.some(({ withholdId }) => withholdId === part.withhold)
          ? []
          : [`withhold ${part.withhold} has not come back on account ${part.account}`]
      }
      case 'remittance': {
        const { received } = yield* loadRemittance(desk, part.remittance)
        return received ? [] : [`there is no remittance ${part.remittance} in this book`]
      }
      case 'payerWithhold': {
        const { settlements } = yield* loadRemittance(desk, part.remittance)
        return part.settlement <= settlements
          ? []
          : [`nothing withheld beside the claims of remittance ${part.remittance} came as number ${part.settlement}`]
      }
      case 'payerRefund': {
        const { refunds } = yield* loadRemittance(desk, part.remittance)
        return refunds.some(({ event }) => event.refund === part.refund)
          ? []
          : [`refund ${part.refund} of remittance ${part.remittance} is not on file`]
      }
    }
  })

/** A command on a line of the bank's statement, and which line it is. */
export const executeOnDeposit = (
  desk: Desk,
  given: unknown,
  commandId: string,
  cause?: Issued['cause'],
): Effect.Effect<{ readonly deposit: DepositId; readonly outcome: Outcome }, ExecuteError> =>
  Effect.gen(function* () {
    const command = yield* parseTyped(deposit, given)
    const id = depositOf(desk, command)
    const lacking: string[] = []
    if (command.type === 'RecordDeposit')
      for (const part of command.parts) lacking.push(...(yield* missing(desk, part)))
    const contextOf: ContextOf<DepositContext> = ({ today }) => ({
      today,
      policy: desk.policy(),
      deposit: id,
      missing: lacking,
    })
    const issued: Issued = { commandId, actor: desk.actor, ...(cause ? { cause } : {}) }
    const outcome = yield* issue(desk.service, deposit, contextOf, depositStream(id), command, issued, { given })
    return { deposit: id, outcome }
  })
