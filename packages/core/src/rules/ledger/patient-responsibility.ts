import { type GateRule, gateRule, type RuleVector, sinceBefore } from '../rule.ts'
import { blocked, today } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

// The PR gates of reference §1.4: what stands between a payer's word "patient responsibility" and the patient.

type Vector = Omit<RuleVector, 'today'>
const on = (vectors: readonly Vector[]): readonly RuleVector[] => vectors.map((vector) => ({ today, ...vector }))

const atTheTransfer = {
  version: 1,
  capability: 'ledger',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['transferToPatient'],
  reads: 'effectiveDate',
} as const

export const onlyPatientGroup = gateRule({
  ...atTheTransfer,
  id: 'AR-04',
  title: 'Only group PR is billed to the patient',
  jurisdiction: 'federal/contract',
  citation: 'RARC MA13; payer contract (reference §1.4)',
  provenance: 'V',
  needs: ['adjustment.group'],
  judge: ({ 'adjustment.group': group }) => {
    if (group === 'PR' || group === 'none') return pass
    return block(`the payer's group is ${group}: the amount is not the patient's`, { requiredAction: 'WorkDenial' })
  },
  vectors: on([
    { name: 'PR-1 deductible may go to the patient', facts: { 'adjustment.group': 'PR' }, expected: 'pass' },
    {
      name: 'no payer reason behind the move (coverage ended)',
      facts: { 'adjustment.group': 'none' },
      expected: 'pass',
    },
    { name: 'CO-50 is never billed to the patient', facts: { 'adjustment.group': 'CO' }, expected: blocked },
    { name: 'OA-23 is never billed to the patient', facts: { 'adjustment.group': 'OA' }, expected: blocked },
    { name: 'PI-104 is never billed to the patient', facts: { 'adjustment.group': 'PI' }, expected: blocked },
  ]),
})

/** Reason codes (CARC) and remarks (RARC) by which a payer says that the patient is a QMB. */
export const qmbCarcs: readonly string[] = ['209', '303']
export const qmbRemarks: readonly string[] = ['N781', 'N782', 'N783']

export const qualifiedMedicareBeneficiary = gateRule({
  ...atTheTransfer,
  id: 'AR-05',
  title: 'No Medicare cost share from a Qualified Medicare Beneficiary',
  jurisdiction: 'federal',
  citation: '42 U.S.C. 1396a(n)(3)(B); CARC 209, 303; RARC N781–N783 (reference §1.4 gate 2)',
  provenance: 'P',
  needs: ['patient.qmb', 'adjustment.carc', 'adjustment.remarks'],
  judge: (facts) => {
    const requiredAction = 'BillNextPayerOrWriteOffQmb'
    const { 'adjustment.carc': carc, 'adjustment.remarks': remarks } = facts
    if (facts['patient.qmb']) return block('the patient is a Qualified Medicare Beneficiary', { requiredAction })
    if (qmbCarcs.includes(carc))
      return block(`reason code ${carc}: not collectible from the patient`, { requiredAction })
    const remark = remarks.find((each) => qmbRemarks.includes(each))
    if (remark) return block(`remark ${remark}: Medicaid or QMB, review before billing`, { requiredAction })
    return pass
  },
  vectors: on([
    {
      name: 'QMB on the date of service',
      facts: { 'patient.qmb': true, 'adjustment.carc': '2', 'adjustment.remarks': [] },
      expected: blocked,
    },
    {
      name: 'OA-209',
      facts: { 'patient.qmb': false, 'adjustment.carc': '209', 'adjustment.remarks': [] },
      expected: blocked,
    },
    {
      name: 'CO-303',
      facts: { 'patient.qmb': false, 'adjustment.carc': '303', 'adjustment.remarks': [] },
      expected: blocked,
    },
    {
      name: 'PR-1 with alert N781',
      facts: { 'patient.qmb': false, 'adjustment.carc': '1', 'adjustment.remarks': ['MA18', 'N781'] },
      expected: blocked,
    },
    {
      name: 'PR-2 of a patient who is none',
      facts: { 'patient.qmb': false, 'adjustment.carc': '2', 'adjustment.remarks': ['MA18'] },
      expected: 'pass',
    },
  ]),
})

/** Copay, patient liability (NAMI) and spend-down are assigned by Medicaid itself (errata 14). */
const assignedByMedicaid: readonly string[] = ['3', '142', '178']

/** In the place of a reason code: the charge was never sent to the payer. */
export const NOT_BILLED = 'notBilled'

export const medicaidPaymentInFull = gateRule({
  ...atTheTransfer,
  id: 'AR-06',
  title: "Medicaid's payment is payment in full",
  jurisdiction: 'federal',
  citation: '42 CFR 447.15 (reference §1.4 gate 3, errata 14)',
  provenance: 'K',
  needs: ['coverage.type', 'adjustment.carc', 'adjustment.denial'],
  judge: ({ 'coverage.type': type, 'adjustment.carc': carc, 'adjustment.denial': denial }) => {
    if (type !== 'medicaid' || assignedByMedicaid.includes(carc)) return pass
    if (carc === NOT_BILLED) return block('Medicaid covers the day of service', { requiredAction: 'BillMedicaid' })
    if (carc === '1' || carc === '2' || denial) {
      return block(`Medicaid: reason code ${carc} is not the patient's`, { requiredAction: 'ReviewMedicaidCostShare' })
    }
    return pass
  },
  vectors: on([
    {
      name: 'PR-142 of Medicaid, patient liability 805.00 (sample)',
      facts: { 'coverage.type': 'medicaid', 'adjustment.carc': '142', 'adjustment.denial': false },
      expected: 'pass',
    },
    {
      name: 'PR-3 of Medicaid, copay',
      facts: { 'coverage.type': 'medicaid', 'adjustment.carc': '3', 'adjustment.denial': false },
      expected: 'pass',
    },
    {
      name: 'PR-178 of Medicaid, spend-down',
      facts: { 'coverage.type': 'medicaid', 'adjustment.carc': '178', 'adjustment.denial': false },
      expected: 'pass',
    },
    {
      name: 'PR-1 of Medicaid',
      facts: { 'coverage.type': 'medicaid', 'adjustment.carc': '1', 'adjustment.denial': false },
      expected: blocked,
    },
    {
      name: 'PR-2 of Medicaid',
      facts: { 'coverage.type': 'medicaid', 'adjustment.carc': '2', 'adjustment.denial': false },
      expected: blocked,
    },
    {
      name: 'PR-96 of Medicaid, a denial',
      facts: { 'coverage.type': 'medicaid', 'adjustment.carc': '96', 'adjustment.denial': true },
      expected: blocked,
    },
    {
      name: 'a charge that was never sent to Medicaid',
      facts: { 'coverage.type': 'medicaid', 'adjustment.carc': NOT_BILLED, 'adjustment.denial': false },
      expected: blocked,
    },
    {
      name: 'PR-1 of a commercial payer',
      facts: { 'coverage.type': 'commercial', 'adjustment.carc': '1', 'adjustment.denial': false },
      expected: 'pass',
    },
  ]),
})

export const patientShareOnDenial = gateRule({
  ...atTheTransfer,
  id: 'PG-04',
  title: 'Patient responsibility on a denial waits for evidence',
  jurisdiction: 'federal/contract',
  citation: 'RARC M38, M39, M27; advance beneficiary notice, modifier GA (reference §1.4 gate 4; id of the house)',
  provenance: 'P',
  needs: ['adjustment.denial', 'adjustment.remarks', 'denial.patientLiableByNotice'],
  judge: (facts) => {
    if (!facts['adjustment.denial']) return pass
    const remarks = facts['adjustment.remarks']
    if (remarks.includes('M27')) return block('remark M27: the patient is relieved of liability')
    if (remarks.includes('M39')) return block('remark M39: the notice to the patient was defective')
    if (remarks.includes('M38') || facts['denial.patientLiableByNotice']) return pass
    return block('a denial: eligibility and the signed notice must be checked before the patient is billed', {
      requiredAction: 'RecheckEligibilityAndNotice',
    })
  },
  vectors: on([
    {
      name: 'PR-204 with nothing on file',
      facts: { 'adjustment.denial': true, 'adjustment.remarks': [], 'denial.patientLiableByNotice': false },
      expected: blocked,
    },
    {
      name: 'PR-50 with M38: informed in writing',
      facts: { 'adjustment.denial': true, 'adjustment.remarks': ['M38'], 'denial.patientLiableByNotice': false },
      expected: 'pass',
    },
    {
      name: 'PR-50 with a valid notice on file',
      facts: { 'adjustment.denial': true, 'adjustment.remarks': [], 'denial.patientLiableByNotice': true },
      expected: 'pass',
    },
    {
      name: 'M39 defeats a notice on file',
      facts: { 'adjustment.denial': true, 'adjustment.remarks': ['M39'], 'denial.patientLiableByNotice': true },
      expected: blocked,
    },
    {
      name: 'M27: provider liable',
      facts: { 'adjustment.denial': true, 'adjustment.remarks': ['M27'], 'denial.patientLiableByNotice': true },
      expected: blocked,
    },
    {
      name: 'PR-1 is no denial',
      facts: { 'adjustment.denial': false, 'adjustment.remarks': [], 'denial.patientLiableByNotice': false },
      expected: 'pass',
    },
  ]),
})

export const patientResponsibilityRules: readonly GateRule[] = [
  onlyPatientGroup,
  qualifiedMedicareBeneficiary,
  medicaidPaymentInFull,
  patientShareOnDenial,
]
