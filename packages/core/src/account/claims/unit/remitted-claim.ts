import type { AdviceClaim } from '../../../documents/advice.ts'
import { isCrossedOver } from '../../../documents/claim-status.ts'
import { keptNumber } from '../../../documents/control-number.ts'
import { patientOf } from '../../../documents/identity.ts'
import { coverageParty, type Party } from '../../../kernel/effects.ts'
import type { AdjudicationId } from '../../../kernel/ids.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { ClaimKey } from '../adjudication-events.ts'
import { isSamePayer } from '../identity/asked.ts'
import { type Adjudication, adjudicationsOf } from '../state.ts'
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
  patientControlNumber: keptNumber(claim.patientControlNumber),
  payerControlNumber: claim.payerControlNumber,
  patientKey: context.keyedHash('patient', patientOf(claim)),
})

/**
 * The adjudications of the unit's payer on its visit. Which visit a claim is of is told before (clarifications 25–27):
 * number and patient are not asked again, they may have changed since.
 */
export const ofPayer = ({ state, payer, visitId }: UnitSoFar): readonly Adjudication[] =>
  adjudicationsOf(state.claims, visitId).filter(({ event: { claimKey, coverageId } }) => {
    const coverage = state.coverage.coverages.get(coverageId)
    return claimKey.payerId === payer.payerId || (coverage !== undefined && isSamePayer(coverage, payer))
  })

export const partyOf = (coverage: Coverage): Party => coverageParty(coverage.coverageId)

/** CLP02 19–21, or a crossover carrier named. CLP02 23 forwards a claim that was never this payer's. */
export const isForwarded = (claim: AdviceClaim): boolean => isCrossedOver(claim.status) || claim.crossover !== undefined
