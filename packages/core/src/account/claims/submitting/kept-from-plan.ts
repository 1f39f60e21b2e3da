import type { RuleHit } from '../../../kernel/decision.ts'
import type { LineId, VisitId, WorkItemId } from '../../../kernel/ids.ts'
import { electionOn } from '../../agreements/state.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'

// A claim is reported, so it is recorded (decision 0014); what should not have gone to the plan is told, and is work.

const CITATION = '45 CFR 164.522(a)(1)(vi)'

/** Lines of a claim of which the patient has chosen that the plan learns nothing. */
const keptOf = ({ agreements }: AccountState, lines: readonly LineId[]): readonly LineId[] =>
  lines.filter((line) => electionOn(agreements, line) !== undefined)

/** What is wrong with a claim to a plan for lines that the patient keeps from it: the warning, and the work that it makes. */
export const keptFromPlan = (
  state: AccountState,
  context: Context,
  { visitId, coverage, lines, on }: KeptClaim,
): { readonly events: readonly AccountEvent[]; readonly warnings: readonly RuleHit[] } => {
  const kept = keptOf(state, lines)
  if (kept.length === 0) return { events: [], warnings: [] }
  const which = kept.length === 1 ? `line ${kept[0]}` : `${kept.length} lines`
  const message = `the claim to ${coverage.payerName} has ${which} that the patient pays and keeps from the plan (${CITATION})`
  return {
    events: [
      {
        type: 'ClaimWorkItemRaised',
        effectiveDate: on,
        visitId,
        workItemId: context.newId('workItem') as WorkItemId,
        code: 'keptFromPlan',
        coverageId: coverage.coverageId,
        message: `${message}: void the claim, or ask the patient to end the election`,
      },
    ],
    warnings: [
      {
        rule: 'agreements.keptFromPlan',
        reason: message,
        citation: CITATION,
        jurisdiction: 'federal',
        requiredAction: 'void the claim (frequency 8), or ask the patient to end the election (EndSelfPay)',
      },
    ],
  }
}

interface KeptClaim {
  readonly visitId: VisitId
  readonly coverage: Coverage
  /** Charges on file that the claim has. */
  readonly lines: readonly LineId[]
  readonly on: AccountEvent['effectiveDate']
}
