import type { AdviceClaim } from '../../../documents/advice.ts'
import { isCrossedOver } from '../../../documents/claim-status.ts'
import { patientOf } from '../../../documents/identity.ts'
import { coverageParty, type Party } from '../../../kernel/effects.ts'
import type { AdjudicationId } from '../../../kernel/ids.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { ClaimKey } from '../adjudication-events.ts'
import type { UnitSoFar } from './so-far.ts'

/** One claim of the unit that is no reversal, with the coverage that decided it and the id that its decision gets. */
export interface RemittedClaim {
  readonly claim: AdviceClaim
  readonly claimKey: ClaimKey
  readonly coverage: Coverage
  readonly adjudicationId: AdjudicationId
}

/** Identity of the payer's claim (clarification 10); the patient as a keyed hash. */
export const claimKeyOf = ({ payer, context }: UnitSoFar, claim: AdviceClaim): ClaimKey => ({
  payerId: payer.payerId,
  patientControlNumber: claim.patientControlNumber,
  payerControlNumber: claim.payerControlNumber,
  patientKey: context.keyedHash('patient', patientOf(claim)),
})

export const partyOf = (coverage: Coverage): Party => coverageParty(coverage.coverageId)

/** CLP02 19–21, or a crossover carrier named. CLP02 23 forwards a claim that was never this payer's. */
export const isForwarded = (claim: AdviceClaim): boolean => isCrossedOver(claim.status) || claim.crossover !== undefined
