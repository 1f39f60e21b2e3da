import type { Aggregate } from '../kernel/aggregate.ts'
import type { Decision } from '../kernel/decision.ts'
import { type RemittanceCommand, remittanceCommand } from './commands.ts'
import type { RemittanceContext } from './context.ts'
import { decide } from './decide.ts'
import { type RemittanceEvent, remittanceCodec } from './events.ts'
import { fold, initial, type RemittanceState } from './state.ts'

type Handle = (
  state: RemittanceState,
  command: RemittanceCommand,
  context: RemittanceContext,
) => Decision<RemittanceEvent>

/** One payment of one payer: received whole, held or opened, its claims posted one unit at a time, closed. */
export const remittance: Aggregate<RemittanceState, RemittanceCommand, RemittanceEvent, RemittanceContext> = {
  name: 'remittance',
  codec: remittanceCodec,
  commandSchema: remittanceCommand,
  initial,
  fold,
  decide: (state, command, context) => (decide[command.type] as Handle)(state, command, context),
}
