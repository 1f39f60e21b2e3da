import type { RuleHit } from '../../kernel/decision.ts'
import type { AdviceClaim } from '../../remittance/advice.ts'
import { type Facts, known } from '../../rules/facts.ts'
import { coverageType } from '../coverage/filing.ts'
import type { Coverage } from '../coverage/state.ts'
import { saysProtected, saysQmb } from './said-facts.ts'
import type { Unit } from './unit.ts'

/**
 * The facts of a claim that wants to make something the patient's. Gates run on evidence (clarification 1): what nothing
 * in the account or the remittance raises counts as absent.
 */
export const evidenceOf = (claim: AdviceClaim, coverage: Coverage): Facts => {
  const remarks = [...claim.remarks, ...claim.lines.flatMap((line) => line.remarks)]
  const codes = [...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)]
  return {
    'adjustment.remarks': known(remarks),
    'coverage.type': known(coverageType(claim.filingIndicator || coverage.filingIndicator)),
    'patient.qmb': known(saysQmb(remarks, codes)),
    'case.workersCompOpen': known(codes.some(({ carc, group }) => carc === '19' && group !== 'PR')),
    'case.liabilityOpen': known(codes.some(({ carc }) => carc === '20' || carc === '21')),
    'service.nsaProtected': known(saysProtected(remarks)),
    'denial.patientLiableByNotice': known(remarks.includes('M38')),
  }
}

/** The rules that keep one component of patient responsibility off the patient; empty lets it through. */
export const patientGate = (
  unit: Unit,
  evidence: Facts,
  component: { readonly group: string; readonly carc: string },
  onDenial: boolean,
): readonly RuleHit[] =>
  unit.context.catalogue.check(
    'transferToPatient',
    {
      ...evidence,
      'adjustment.group': known(component.group === 'CR' ? 'PR' : component.group),
      'adjustment.carc': known(component.carc),
      'adjustment.denial': known(onDenial),
    },
    { today: unit.context.today, effectiveDate: unit.on, policy: unit.context.policy },
  ).hits
