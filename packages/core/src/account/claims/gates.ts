import type { RuleHit } from '../../kernel/decision.ts'
import type { AdviceClaim } from '../../remittance/advice.ts'
import { type Facts, known } from '../../rules/facts.ts'
import type { Coverage } from '../coverage/state.ts'
import { coverageType } from '../coverage/state.ts'
import type { Unit } from './unit.ts'

const qmbRemarks = new Set(['N781', 'N782', 'N783'])
const nsaRemarks = new Set(['N882', 'N883', 'N884', 'N885'])

/**
 * The facts of a claim that wants to make something the patient's. Gates run on evidence (clarification 1): what nothing
 * in the account or the remittance raises counts as absent.
 */
export const evidenceOf = (claim: AdviceClaim, coverage: Coverage): Facts => {
  const remarks = [...claim.remarks, ...claim.lines.flatMap((line) => line.remarks)]
  const codes = [...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)]
  const regulatory = codes.some(({ carc, amount }) => amount !== 0 && (carc === '209' || carc === '303'))
  return {
    'adjustment.remarks': known(remarks),
    'coverage.type': known(coverageType(claim.filingIndicator || coverage.filingIndicator)),
    'patient.qmb': known(regulatory || remarks.some((remark) => qmbRemarks.has(remark))),
    'case.workersCompOpen': known(codes.some(({ carc, group }) => carc === '19' && group !== 'PR')),
    'case.liabilityOpen': known(codes.some(({ carc }) => carc === '20' || carc === '21')),
    'service.nsaProtected': known(remarks.some((remark) => nsaRemarks.has(remark))),
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
