import type { Day } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import { known } from '../../rules/facts.ts'
import type { Approval } from '../approval.ts'
import type { Context } from '../context.ts'
import { approvalFacts, type Question, scopeOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'

/** What the patient owes on these lines wants to go to an agency. */
export const placementQuestion = (
  state: AccountState,
  wanted: { readonly lines: readonly LineId[]; readonly amount: number; readonly approval: Approval; readonly on: Day },
  context: Context,
): Question => ({
  gate: 'placeAccount',
  on: wanted.on,
  scope: scopeOf(state, wanted.lines),
  own: {
    'amount.party': known('patient'),
    'amount.stage': known('active'),
    'amount.cents': known(wanted.amount),
    'balance.patientActive': known(wanted.amount),
    ...approvalFacts(wanted.approval, context),
  },
})
