import type { Aggregate } from '../kernel/aggregate.ts'
import type { Decision } from '../kernel/decision.ts'
import { type DepositCommand, depositCommand } from './commands.ts'
import { type DepositContext, decide } from './decide.ts'
import { type DepositEvent, depositCodec } from './events.ts'
import { type DepositState, fold, initial } from './state.ts'

type Handle = (state: DepositState, command: DepositCommand, context: DepositContext) => Decision<DepositEvent>

/** One line of the bank's statement: recorded with what it is made of, its difference explained, withdrawn. */
export const deposit: Aggregate<DepositState, DepositCommand, DepositEvent, DepositContext> = {
  name: 'deposit',
  codec: depositCodec,
  commandSchema: depositCommand,
  initial,
  fold,
  decide: (state, command, context) => (decide[command.type] as Handle)(state, command, context),
}
