import type { AdjudicationId, CoverageId, LineId, VisitId } from '../../../kernel/ids.ts'
import { type Facts, known } from '../../../rules/facts.ts'
import type { GateResult } from '../../context.ts'
import { coverageTypeOf } from '../../coverage/filing.ts'
import { ask } from '../../facts.ts'
import type { AccountState } from '../../rooms.ts'
import type { AdjudicatedAdjustment } from '../adjudication-events.ts'
import { inForce } from '../state.ts'
import type { RemittedClaim } from '../unit/remitted-claim.ts'
import type { UnitSoFar } from '../unit/so-far.ts'
import {
  caseCodesOf,
  filingSaid,
  protectedOnFile,
  qmbOnFile,
  saysLiability,
  saysQmb,
  saysWorkersComp,
} from './said-facts.ts'

/**
 * The facts of a claim that wants to make something the patient's. Gates run on evidence (clarification 1): what nothing
 * in the account or the remittance raises counts as absent.
 */
export const evidenceOf = ({ state, visitId, events }: UnitSoFar, { claim, coverage }: RemittedClaim): Facts => {
  const undone = new Set(
    events.flatMap((event) => (event.type === 'AdjudicationReversed' ? [event.adjudicationId] : [])),
  )
  const replaced = new Set([...undone, ...ownDecisions(state, visitId, coverage.coverageId)])
  const remarks = [...claim.remarks, ...claim.lines.flatMap((line) => line.remarks)]
  const codes = [...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)]
  const cases = [...codes, ...caseCodesOf(state.claims, [visitId], replaced)]
  const filing = [claim.filingIndicator, coverage.filingIndicator]
  return {
    'adjustment.remarks': known(remarks),
    'coverage.type': known(coverageTypeOf(...filing, ...filingSaid(state.claims, [visitId], coverage.coverageId))),
    'patient.qmb': saysQmb(remarks, codes)
      ? known(true)
      : qmbOnFile(state.claims, [visitId], { undone, coverage: coverage.coverageId }),
    'case.workersCompOpen': known(saysWorkersComp(cases)),
    'case.liabilityOpen': known(saysLiability(cases)),
    'service.nsaProtected': protectedOnFile(state.claims, [visitId], remarks, undone),
    ...(remarks.includes('M38') ? { 'denial.patientLiableByNotice': known(true) } : {}),
  }
}

/** What a payer had decided of a visit: its new word takes the place of the old one. */
const ownDecisions = (state: AccountState, visit: VisitId, coverage: CoverageId): readonly AdjudicationId[] =>
  inForce(state.claims, visit)
    .filter(({ event }) => event.coverageId === coverage)
    .map(({ event }) => event.adjudicationId)

/** Asks the rules about one component of patient responsibility; no hit lets it through to the patient. */
export const patientGate = (
  { state, visitId, on, context }: UnitSoFar,
  evidence: Facts,
  component: Pick<AdjudicatedAdjustment, 'group' | 'carc'>,
  onDenial: boolean,
  lines: readonly LineId[],
): GateResult => {
  const own: Facts = {
    ...evidence,
    'adjustment.group': known(component.group === 'CR' ? 'PR' : component.group),
    'adjustment.carc': known(component.carc),
    'adjustment.denial': known(onDenial),
  }
  return ask(state, { gate: 'transferToPatient', on, scope: { lines, visits: [visitId] }, own }, context)
}
