import type { SubmittedClaim, SubmittedLine } from '../../../documents/submission.ts'
import { formatCents, sumOf } from '../../../kernel/cents.ts'
import { clearOf } from '../../../kernel/classes.ts'
import type { Day } from '../../../kernel/day.ts'
import type { LineId, VisitId } from '../../../kernel/ids.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { Line } from '../../ledger/state.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import { submissionsOf } from '../state.ts'
import { type Compared, frequencyOf } from './submitted-lines.ts'

// That a claim was sent: the event that says so, and whether it says so already.

/** What is odd about a claim and holds nothing: it stands on the event, and the import tells it. */
export const submissionFindings = (claim: SubmittedClaim): readonly string[] => {
  const lineTotal = sumOf(claim.lines, (line) => line.charge)
  const born = clearOf(claim.patient.born)
  const served = [claim.statementFrom, ...claim.lines.map((line) => line.serviceFrom)]
  return [
    ...claim.findings,
    ...(lineTotal === claim.charge
      ? []
      : [`CLM02 is ${formatCents(claim.charge)}, its lines ${formatCents(lineTotal)}`]),
    ...(born !== undefined && served.some((day) => day !== undefined && day < born)
      ? ['the birth day of the patient (DMG02) lies after the service']
      : []),
  ]
}

/** The claim went to this payer, for these charges. */
export const submitted = (
  claim: SubmittedClaim,
  visit: { readonly visitId: VisitId },
  coverage: Coverage,
  lines: readonly LineId[],
  on: Day,
): AccountEvent => {
  const statedPriorPaid = sumOf(claim.otherCoverages, (other) => other.statedPaid ?? 0)
  return {
    type: 'ClaimSubmitted',
    effectiveDate: on,
    visitId: visit.visitId,
    coverageId: coverage.coverageId,
    patientControlNumber: claim.patientControlNumber,
    frequency: claim.frequency.slice(0, 2),
    sequence: claim.destination.sequence,
    charge: claim.charge,
    lines: [...lines],
    ...(claim.patientPaid === undefined ? {} : { statedPatientPaid: claim.patientPaid }),
    ...(statedPriorPaid === 0 ? {} : { statedPriorPaid }),
    findings: [...submissionFindings(claim)],
  }
}

/** The very same claim to the same payer is on file: an import of the same file, nothing to do. */
export const alreadySubmitted = (state: AccountState, event: AccountEvent): boolean =>
  event.type === 'ClaimSubmitted' &&
  submissionsOf(state.claims, event.visitId).some(
    (known) =>
      known.coverageId === event.coverageId &&
      known.frequency === event.frequency &&
      known.sequence === event.sequence &&
      known.charge === event.charge &&
      known.effectiveDate === event.effectiveDate,
  )

/**
 * An original of that place in the order of payers, with the same lines, is on file: sent again, whenever (clarification
 * 28). One whose lines were voided or replaced since is none.
 */
export const sentAgain = (
  state: AccountState,
  claim: SubmittedClaim,
  { visitId }: { readonly visitId: VisitId },
  { coverageId }: Coverage,
  { kept, fresh }: Pick<Compared, 'kept' | 'fresh'>,
): boolean => {
  const isSame = (line: SubmittedLine, charge: Line | undefined) =>
    charge !== undefined && charge.units === line.units && charge.modifiers.join() === line.modifiers.join()
  if (frequencyOf(claim) !== '1' || fresh.length > 0 || kept.length !== claim.lines.length) return false
  if (!claim.lines.every((line, at) => isSame(line, kept[at]))) return false
  const lines = new Set(kept.map(({ lineId }) => lineId))
  return submissionsOf(state.claims, visitId).some(
    (sent) =>
      sent.coverageId === coverageId &&
      sent.sequence === claim.destination.sequence &&
      !['5', '7', '8'].includes(sent.frequency.slice(0, 1)) &&
      sent.charge === claim.charge &&
      sent.lines.length === lines.size &&
      sent.lines.every((line) => lines.has(line)),
  )
}
