import { isPredetermination } from '../../../documents/claim-status.ts'
import { ZERO } from '../../../kernel/cents.ts'
import type { AdjudicationId } from '../../../kernel/ids.ts'
import type { ClaimAdjudicated } from '../adjudication-events.ts'
import type { ClaimReading } from '../advice/reading.ts'
import type { WithoutDay } from '../unit/draft.ts'
import type { RemittedClaim } from '../unit/remitted-claim.ts'
import type { UnitSoFar } from '../unit/so-far.ts'

/** What goes with a decision beside the advice: what was found odd, and the decision that it takes the place of. */
export interface Circumstances {
  readonly findings: readonly string[]
  readonly supersedes: AdjudicationId | undefined
}

/** Row 3, the fact of the adjudication: always written, paid or not. Moves no money. */
export const adjudicationOf = (
  unit: UnitSoFar,
  { claim, claimKey, coverage, adjudicationId }: RemittedClaim,
  reading: ClaimReading,
  { findings, supersedes }: Circumstances,
): WithoutDay<ClaimAdjudicated> => ({
  type: 'ClaimAdjudicated',
  visitId: unit.visitId,
  adjudicationId,
  claimKey,
  coverageId: coverage.coverageId,
  source: { remittanceId: unit.remittanceId, claim: claim.number },
  status: claim.status,
  chargeTotal: claim.charge ?? ZERO,
  paidTotal: claim.paid ?? ZERO,
  remarks: [...claim.remarks],
  lines: [...reading.adjudicated],
  predetermination: isPredetermination(claim),
  findings: [...reading.findings, ...findings],
  ...(claim.patientResponsibility === undefined ? {} : { patientResponsibility: claim.patientResponsibility }),
  ...(claim.crossover ? { forwardedTo: claim.crossover.name } : {}),
  ...(supersedes ? { supersedes } : {}),
  ...(claim.interest === undefined ? {} : { interest: claim.interest }),
  ...(claim.patientPaid === undefined ? {} : { patientPaid: claim.patientPaid }),
  ...(claim.filingIndicator && claim.filingIndicator !== coverage.filingIndicator
    ? { filingIndicator: claim.filingIndicator }
    : {}),
  ...(coverage.filingIndicator ? { financialClass: coverage.filingIndicator } : {}),
})
