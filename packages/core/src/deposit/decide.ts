import { canonicalJson } from '../kernel/canonical.ts'
import type { Day } from '../kernel/day.ts'
import { accept, type Decide, precondition, type RuleHit, rejectIfAny } from '../kernel/decision.ts'
import type { DepositId } from '../kernel/ids.ts'
import { aheadHits } from '../policy/dated-ahead.ts'
import type { PolicyVersion } from '../policy/policy.ts'
import type { DepositCommand, GivenPart } from './commands.ts'
import type { DepositEvent, DepositPart } from './events.ts'
import type { DepositState } from './state.ts'

export interface DepositContext {
  /** Civil day in the practice's zone. */
  readonly today: Day
  readonly policy: PolicyVersion
  /** The line that is spoken of. */
  readonly deposit: DepositId
  /** Parts of the command that the books do not have, in words. */
  readonly missing: readonly string[]
}

const storedPart = (part: GivenPart): DepositPart => {
  switch (part.kind) {
    case 'batch':
      return part
    case 'payment':
    case 'reversal':
      return { kind: part.kind, accountId: part.account, paymentId: part.payment }
    case 'remittance':
      return { kind: 'remittance', remittanceId: part.remittance }
    case 'refund':
      return { kind: 'refund', accountId: part.account, refundId: part.refund }
    case 'withhold':
      return { kind: 'withhold', accountId: part.account, withholdId: part.withhold }
    case 'payerWithhold':
      return { kind: 'payerWithhold', remittanceId: part.remittance, settlement: part.settlement }
    case 'payerRefund':
      return { kind: 'payerRefund', remittanceId: part.remittance, refund: part.refund }
  }
}

const unknown = precondition('deposit.unknown', 'no such line of the bank is on record', 'record it: RecordDeposit')

const twice = (parts: readonly DepositPart[]): readonly RuleHit[] =>
  new Set(parts.map((part) => canonicalJson(part))).size === parts.length
    ? []
    : [precondition('deposit.partTwice', 'the same part is named twice', 'name each once')]

export const decide: Decide<DepositState, DepositCommand, DepositEvent, DepositContext> = {
  RecordDeposit: (state, { on, reference, amount, parts: given }, context) => {
    const parts = given.map(storedPart)
    const { recorded } = state
    const isSame =
      recorded !== undefined &&
      recorded.effectiveDate === on &&
      recorded.reference === reference &&
      recorded.amount === amount &&
      canonicalJson(recorded.parts) === canonicalJson(parts)
    if (isSame) return accept([])
    const known = precondition(
      'deposit.known',
      'this line of the bank is on record with other parts',
      'withdraw it first (WithdrawDeposit); where the bank has two lines that agree, name the second by an id of its own',
    )
    const refused = rejectIfAny([
      ...aheadHits(on, context),
      ...(recorded ? [known] : []),
      ...twice(parts),
      ...context.missing.map((what) => precondition('deposit.partUnknown', what)),
    ])
    if (refused) return refused
    const { deposit: depositId } = context
    return accept([{ type: 'DepositRecorded', effectiveDate: on, depositId, reference, amount, parts }])
  },
  WithdrawDeposit: ({ recorded }, { on, reason }, context) => {
    const refused = rejectIfAny([...(recorded ? [] : [unknown]), ...aheadHits(on, context)])
    return refused ?? accept([{ type: 'DepositWithdrawn', effectiveDate: on, reason }])
  },
  ExplainDeposit: ({ recorded, explained }, { on, difference, reason }, context) => {
    const refused = rejectIfAny([...(recorded ? [] : [unknown]), ...aheadHits(on, context)])
    if (refused) return refused
    if (explained?.difference === difference && explained.reason === reason) return accept([])
    return accept([{ type: 'DepositExplained', effectiveDate: on, difference, reason }])
  },
}
