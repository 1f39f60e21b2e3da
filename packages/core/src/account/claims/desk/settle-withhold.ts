import { formatCents, negateCents, toCents } from '../../../kernel/cents.ts'
import { type Dated, firstDayOf } from '../../../kernel/dated.ts'
import type { Day } from '../../../kernel/day.ts'
import { accept, type Decision, precondition, type RuleHit, rejectIfAny } from '../../../kernel/decision.ts'
import { type ControlAccount, netContra } from '../../../kernel/effects.ts'
import type { AdjustmentId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import { datingHits } from '../../preconditions.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import type { SettleWithhold } from '../commands.ts'
import { withheldAt } from '../withheld-state.ts'
import type { WithholdSettled } from '../withhold-events.ts'

const outcomeOf = (outcome: SettleWithhold['outcome']): WithholdSettled['outcome'] => {
  switch (outcome.kind) {
    case 'returned':
      return { returned: outcome.by, reference: outcome.reference, depositBatch: outcome.depositBatch }
    case 'inRemittance':
      return { remittanceId: outcome.remittance, code: outcome.code }
    case 'lost':
      return { lost: outcome.because }
  }
}

/** Where the money went that stood at the payer. The advice put its part beside its claims, under the code of the pair. */
const accountOf = (outcome: SettleWithhold['outcome'], payer: string): ControlAccount => {
  switch (outcome.kind) {
    case 'returned':
      return 'cash'
    case 'inRemittance':
      return outcome.code === 'E3' ? `withholdReceivable:${payer}` : `providerAdjustment:${outcome.code}`
    case 'lost':
      return 'contractual'
  }
}

const mirrored = (dated: Dated): Dated => dated.map(({ on, amount }) => ({ on, amount: -amount }))

const amountHits = (stands: number, wanted: number, payer: string): readonly RuleHit[] => {
  if (stands === 0)
    return [precondition('claims.nothingWithheld', `${payer} has withheld nothing of this visit that stands`)]
  if (wanted !== 0 && Math.sign(wanted) === Math.sign(stands) && Math.abs(wanted) <= Math.abs(stands)) return []
  const reason = `${formatCents(toCents(stands))} stand with ${payer} for this visit, not ${formatCents(toCents(wanted))}`
  return [precondition('claims.beyondWithheld', reason)]
}

/** Never before it stood there, on that and every later day; a report that names an earlier day counts from then. */
const dayOf = (on: Day, amount: number, dated: Dated): Day =>
  firstDayOf(Math.abs(amount), on, [amount > 0 ? dated : mirrored(dated)]) ?? on

/** Reports how a withhold ended: money that came back leaves the payer's account for cash, what is lost is a discount. */
export const settleWithhold = (
  state: AccountState,
  command: SettleWithhold,
  context: Context,
): Decision<AccountEvent> => {
  const coverage = state.coverage.coverages.get(command.coverage)
  const { on, visit, outcome, reason } = command
  const withheld = coverage ? withheldAt(state.claims, visit, command.coverage) : undefined
  const stands = (withheld?.dated ?? []).reduce((sum, change) => sum + change.amount, 0)
  const amount = toCents(command.amount ?? stands)
  const rejection = rejectIfAny([
    ...datingHits(state, on, context),
    ...(coverage
      ? amountHits(stands, amount, coverage.payerName)
      : [precondition('coverage.unknown', `coverage ${command.coverage} is not on file`)]),
  ])
  if (rejection || !coverage || !withheld) return rejection ?? accept<AccountEvent>([])
  return accept<AccountEvent>([
    {
      type: 'WithholdSettled',
      effectiveDate: dayOf(on, amount, withheld.dated),
      visitId: visit,
      coverageId: command.coverage,
      withholdId: context.newId('withhold') as AdjustmentId,
      amount,
      outcome: outcomeOf(outcome),
      reason,
      effects: [],
      contra: netContra([
        { account: accountOf(outcome, coverage.payerId), amount },
        { account: withheld.account, amount: negateCents(amount) },
      ]),
    },
  ])
}
