import * as Effect from 'effect/Effect'
import type { AccountCommand, AccountEvent } from '../account/rooms.ts'
import type { Decision, RuleHit } from '../kernel/decision.ts'
import type { AccountId, AdjustmentId, RemittanceId } from '../kernel/ids.ts'
import { type Desk, executeOnRemittance } from './desk.ts'
import type { ExecuteError } from './service.ts'

// What a payer gave back beside the claims of an advice ends the withhold of accounts, each cent once: the advice's own stream
// says who has named it, before the account does. So two accounts at once can not both have it.

/** What of an advice's money an account has named, or why it can not have it. */
export interface Named {
  readonly hits: readonly RuleHit[]
  readonly use?: { readonly remittanceId: RemittanceId; readonly use: AdjustmentId }
}

const nothing: Named = { hits: [] }

/** Notes on the advice what the command is about to take of it. A process that dies next has noted it for the same command. */
export const nameGivenBack = (
  desk: Desk,
  accountId: AccountId,
  command: AccountCommand,
  preview: Effect.Effect<Decision<AccountEvent>, ExecuteError>,
): Effect.Effect<Named, ExecuteError> =>
  Effect.gen(function* () {
    if (command.type !== 'SettleWithhold' || command.outcome.kind !== 'inRemittance') return nothing
    const decision = yield* preview
    const settled = decision.ok ? decision.events.find(({ type }) => type === 'WithholdSettled') : undefined
    if (settled?.type !== 'WithholdSettled') return nothing
    const { remittance: remittanceId, code } = command.outcome
    const { withholdId: use, amount } = settled
    const { world } = desk.service
    const on = world.dayOf(world.now())
    const { outcome } = yield* executeOnRemittance(
      desk,
      remittanceId,
      { type: 'NameGivenBack', on, use, accountId, code, amount },
      world.uuid(),
    )
    return outcome.ok ? { hits: [], use: { remittanceId, use } } : { hits: outcome.hits }
  })

/** The account did not take it: it is there for another. */
export const freeGivenBack = (desk: Desk, { use }: Named): Effect.Effect<void, ExecuteError> => {
  if (use === undefined) return Effect.void
  const { world } = desk.service
  const command = { type: 'FreeGivenBack', on: world.dayOf(world.now()), use: use.use }
  return Effect.asVoid(executeOnRemittance(desk, use.remittanceId, command, world.uuid()))
}
