import { type Day, maxDay } from '../../kernel/day.ts'
import { PATIENT, type Party } from '../../kernel/effects.ts'
import type { VisitId } from '../../kernel/ids.ts'
import { submissionsOf } from '../claims/state.ts'
import type { Context } from '../context.ts'
import type { AccountState } from '../rooms.ts'

/**
 * From when a new layer ages (two-clocks.md). Insurance: the day of service, or the first claim to that coverage, by
 * policy. Patient: the day the amount moved to them, but not before we knew it, so that nobody is past due on a debt
 * nobody had told them of; by policy, the payer's payment date.
 */
export const transferAgingFrom = (
  state: AccountState,
  to: Party,
  line: { readonly visitId: VisitId; readonly dosTo: Day },
  on: Day,
  context: Context,
): Day => {
  const { patientAgingFrom, insuranceAgingFrom } = context.policy.policy.posting
  if (to === PATIENT) return patientAgingFrom === 'recorded' ? maxDay(on, context.today) : on
  if (insuranceAgingFrom === 'dateOfService') return line.dosTo
  const firstClaim = submissionsOf(state.claims, line.visitId)
    .filter((claim) => claim.coverageId === to.coverageId)
    .map((claim) => claim.effectiveDate)
    .sort()[0]
  return firstClaim ?? line.dosTo
}
