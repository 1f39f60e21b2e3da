import type { AdviceClaim } from '../../../documents/advice.ts'
import { placeOf } from '../../../documents/claim-status.ts'
import { keptNumber } from '../../../documents/control-number.ts'
import { normaliseName } from '../../../documents/identity.ts'
import { identifierOf } from '../../../documents/patients.ts'
import { clearOf } from '../../../kernel/classes.ts'
import { precondition, type RuleHit } from '../../../kernel/decision.ts'
import type { PatientId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { AccountState } from '../../rooms.ts'
import { newCoverage, orderOf } from '../advice/open-missing.ts'
import type { PostRemittedClaims } from '../commands.ts'

/** The coverage that adjudicated a claim, and whether the unit has to add it. */
export interface CoverageOf {
  readonly coverage: Coverage
  readonly added: boolean
}

/**
 * The coverage that adjudicated. One that is on file, else a later payer is added in its place; a first payer that is
 * not on file holds the claim, because the charge stands with somebody else.
 */
export const coverageOf = (
  state: AccountState,
  context: Context,
  command: PostRemittedClaims,
  claim: AdviceClaim,
  patientId: PatientId,
): CoverageOf | RuleHit => {
  const ofPatient = state.coverage.coverages.by('patient', patientId)
  const found = onFile(state, command, claim, ofPatient)
  if (found) return { coverage: found, added: false }
  const order = orderOf(claim)
  const taken = ofPatient.some((coverage) => coverage.order === order)
  if ('known' in command.visit && ofPatient.length > 0 && taken) {
    const listed = ofPatient.map((coverage) => `${coverage.order}. ${coverage.payerName}`).join(', ')
    return precondition(
      'match',
      `${command.payer.payerName} is no coverage of this patient (on file: ${listed})`,
      'add the coverage or correct the order of benefits, then release the claim',
    )
  }
  return { coverage: newCoverage(context, patientId, command.payer, claim, order), added: true }
}

/**
 * By payer, by payer name, by member id. Of two coverages with one payer it is the one in the place that CLP02 names,
 * else the one that decided the claim before, else the one of the member id.
 */
const onFile = (
  state: AccountState,
  command: PostRemittedClaims,
  claim: AdviceClaim,
  ofPatient: readonly Coverage[],
): Coverage | undefined => {
  const name = normaliseName(command.payer.payerName)
  const place = placeOf(claim.status)
  const member = identifierOf({ id: clearOf(claim.patient.id) })
  const isMember = ({ memberId }: Coverage) => member !== '' && identifierOf({ id: clearOf(memberId) }) === member
  const one = (coverages: readonly Coverage[]) =>
    coverages.find((coverage) => place === coverage.order) ??
    coverages.find((coverage) => decidedBefore(state, command, claim, coverage)) ??
    coverages.find(isMember) ??
    coverages[0]
  return (
    one(ofPatient.filter((coverage) => coverage.payerId === command.payer.payerId)) ??
    one(ofPatient.filter((coverage) => normaliseName(coverage.payerName) === name)) ??
    ofPatient.find((coverage) => isMember(coverage) && (place ?? coverage.order) === coverage.order)
  )
}

/** A coverage that decided this claim of the payer decides it again. */
const decidedBefore = (
  state: AccountState,
  command: PostRemittedClaims,
  claim: AdviceClaim,
  { coverageId }: Coverage,
): boolean =>
  state.claims.adjudications
    .by('number', keptNumber(claim.patientControlNumber))
    .some(
      ({ event }) =>
        event.coverageId === coverageId &&
        event.claimKey.payerId === command.payer.payerId &&
        event.claimKey.patientControlNumber === keptNumber(claim.patientControlNumber) &&
        event.claimKey.payerControlNumber === claim.payerControlNumber,
    )
