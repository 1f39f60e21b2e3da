import { z } from 'zod'
import { day } from '../../kernel/day.ts'
import { type FactWords, type GateWords, money, text, texts, yes } from '../fact.ts'

// What payers say, and what became of claims. Group `none`: no payer's reason code stands behind a move.

const coverageType = z.enum(['medicare', 'medicaid', 'commercial', 'workersComp', 'tricare', 'other', 'none'])
export type CoverageType = z.infer<typeof coverageType>

export const facts = {
  'adjustment.carc': [text, 'the reason code'],
  'adjustment.cents': [money, 'the adjusted amount'],
  'adjustment.charge': [money, 'the charge of the adjusted line, or claim'],
  'adjustment.denial': [yes, 'whether the reason code is a denial'],
  'adjustment.group': [text, 'the CAS group'],
  'adjustment.remarks': [texts, 'the remark codes'],
  'coverage.medicaid': [yes, 'whether Medicaid covers the services, and the amount is the patient’s or Medicaid’s'],
  'coverage.type': [coverageType, 'the kind of coverage'],
  'credit.provisional': [yes, 'whether a reversal waits for its correction'],
  'denial.patientLiableByNotice': [yes, 'whether a valid notice made the patient liable'],
  'insurance.denialOpen': [yes, 'whether a denial is open'],
  'insurance.eligibilityCheckedOn': [day, 'the day eligibility was last checked'],
  'insurance.pending': [yes, 'whether a payer still owes'],
  'insurance.unbilledCoverage': [yes, 'whether a coverage was not billed'],
  'patient.qmb': [yes, 'whether the patient is a Qualified Medicare Beneficiary'],
} as const satisfies FactWords

export const gates = {
  /** A CAS triple is about to be posted. */
  postAdjustment: 'evidence',
  /** Patient responsibility wants to move to the patient. */
  transferToPatient: 'evidence',
} as const satisfies GateWords
