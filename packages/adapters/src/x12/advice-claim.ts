import { ZERO } from '@daybook/core/kernel'
import type { AdviceAdjustment, AdviceClaim, AdviceLine, Procedure } from '@daybook/core/remittance'
import {
  amount,
  components,
  dayAt,
  type Faults,
  fitted,
  requiredAmount,
  type Segment,
  text,
  written,
} from './elements.ts'
import { takePersonName } from './person-name.ts'

/** The last elements that the guides have of these segments. */
const LAST_OF_CLP = 14
const LAST_OF_SVC = 7

/** A claim of which nothing has been read yet, by its place in the transaction and the segment it starts at. */
export const claimOf = (number: number, segmentNumber: number): AdviceClaim => ({
  number,
  segment: segmentNumber,
  patientControlNumber: '',
  status: '',
  filingIndicator: '',
  payerControlNumber: '',
  patient: {},
  adjustments: [],
  remarks: [],
  lines: [],
  defects: [],
  findings: [],
})

/**
 * CLP: the head of loop 2100. The absence of CLP03 or CLP04 is a defect; nothing stands in for it. A claim without a number
 * of ours (CLP01) is one of which patient and services say what it is, as one under 0.
 */
export const takeClaimHead = (claim: AdviceClaim, segment: Segment, faults: Faults): void => {
  claim.patientControlNumber = text(segment, 1, 50, faults)
  claim.status = text(segment, 2, 2, faults)
  if (claim.patientControlNumber === '') faults.finding(segment, 1, 'is missing')
  if (claim.status === '') faults.defect(segment, 2, 'is missing')
  const charge = requiredAmount(segment, 3, faults, LAST_OF_CLP)
  const paid = requiredAmount(segment, 4, faults, LAST_OF_CLP)
  const patientResponsibility = amount(segment, 5, faults)
  if (charge !== undefined) claim.charge = charge
  if (paid !== undefined) claim.paid = paid
  if (patientResponsibility !== undefined) claim.patientResponsibility = patientResponsibility
  claim.filingIndicator = text(segment, 6, 2, faults)
  claim.payerControlNumber = text(segment, 7, 50, faults)
  const facilityType = text(segment, 8, 2, faults)
  const frequency = text(segment, 9, 1, faults)
  if (facilityType) claim.facilityType = facilityType
  if (frequency) claim.frequency = frequency
}

/** CAS: a group and up to six triples of reason, amount, quantity. Zero amounts are kept (errata 5). */
export const takeAdjustments = (to: AdviceAdjustment[], segment: Segment, faults: Faults): void => {
  const group = text(segment, 1, 2, faults)
  if (group === '') faults.defect(segment, 1, 'is missing')
  for (let place = 2; place < segment.length; place += 3) {
    const carc = text(segment, place, 5, faults)
    const quantity = text(segment, place + 2, 30, faults)
    if (carc === '' && quantity === '' && written(segment, place + 1) === '') continue
    const cents = requiredAmount(segment, place + 1, faults)
    if (carc === '') faults.defect(segment, place, 'is missing')
    if (carc === '' || group === '' || cents === undefined) continue
    to.push(quantity ? { group, carc, amount: cents, quantity } : { group, carc, amount: cents })
  }
}

/** Claims whose insured (NM1 IL) has another name than the patient: a corrected name is the insured's then. */
const insuredByAnother = new WeakSet<AdviceClaim>()

/** NM1 74: how the payer has the insured whom the claim named otherwise. The member id is the patient's too. */
const takeCorrected = (claim: AdviceClaim, segment: Segment, faults: Faults): void => {
  const corrected: AdviceClaim['patient'] = {}
  takePersonName(corrected, segment, faults)
  const { id } = corrected
  if (insuredByAnother.has(claim)) {
    if (id !== undefined) claim.corrected = { id }
  } else if (Object.keys(corrected).length > 0) claim.corrected = corrected
}

/** NM1 in loop 2100: the patient, whose id may stand with the insured only, what the payer corrects, and the carrier of a crossover. */
export const takeClaimName = (claim: AdviceClaim, segment: Segment, faults: Faults): void => {
  const { patient } = claim
  if (segment[1] === 'QC') {
    takePersonName(patient, segment, faults)
  } else if (segment[1] === 'IL') {
    const id = text(segment, 9, 80, faults)
    if (id && patient.id === undefined) patient.id = id
    const insured: AdviceClaim['patient'] = {}
    takePersonName(insured, segment, faults)
    if (insured.last !== patient.last || insured.first !== patient.first) insuredByAnother.add(claim)
  } else if (segment[1] === '74') {
    takeCorrected(claim, segment, faults)
  } else if (segment[1] === 'TT') {
    const id = text(segment, 9, 80, faults)
    claim.crossover = { name: text(segment, 3, 60, faults), ...(id ? { id } : {}) }
  }
}

/** Remark codes of MIA (05, 20–23) and MOA (03–07). */
export const takeRemarks = (claim: AdviceClaim, segment: Segment, faults: Faults): void => {
  for (const place of segment[0] === 'MIA' ? [5, 20, 21, 22, 23] : [3, 4, 5, 6, 7]) {
    const remark = text(segment, place, 10, faults)
    if (remark) claim.remarks.push(remark)
  }
}

/** AMT01 of loop 2100, as far as an advice keeps it. */
const claimAmounts = new Map<string, 'interest' | 'coverageAmount' | 'patientPaid'>([
  ['I', 'interest'],
  ['AU', 'coverageAmount'],
  ['F5', 'patientPaid'],
])

/** AMT of loop 2100. Amounts of other kinds say nothing that an advice keeps. */
export const takeClaimAmount = (claim: AdviceClaim, segment: Segment, faults: Faults): void => {
  const name = claimAmounts.get(segment[1] ?? '')
  if (!name) return
  const cents = amount(segment, 2, faults)
  if (cents !== undefined) claim[name] = cents
}

const procedureAt = (segment: Segment, place: number, declared: string, faults: Faults): Procedure => {
  const value = written(segment, place)
  const parts = components(value, declared, segment, place, faults)
  const [qualifier = '', code = ''] = parts.length > 1 ? parts : ['', value]
  if (code === '') faults.defect(segment, place, 'names no service')
  const modifiers: string[] = []
  for (let at = 2; at < parts.length && at < 6; at += 1) {
    const modifier = fitted(parts[at] ?? '', 10, segment, place, faults)
    if (modifier) modifiers.push(modifier)
  }
  return {
    qualifier: fitted(qualifier, 2, segment, place, faults),
    code: fitted(code, 48, segment, place, faults),
    modifiers,
  }
}

/** SVC: the head of loop 2110. A charge or payment that can not be read is a defect of the claim and stands as 0. */
export const lineOf = (segment: Segment, number: number, declared: string, faults: Faults): AdviceLine => {
  const line: AdviceLine = {
    number,
    adjudicated: procedureAt(segment, 1, declared, faults),
    charge: requiredAmount(segment, 2, faults, LAST_OF_SVC) ?? ZERO,
    paid: requiredAmount(segment, 3, faults, LAST_OF_SVC) ?? ZERO,
    adjustments: [],
    remarks: [],
  }
  const revenueCode = text(segment, 4, 48, faults)
  const unitsPaid = text(segment, 5, 30, faults)
  const unitsSubmitted = text(segment, 7, 30, faults)
  if (revenueCode) line.revenueCode = revenueCode
  if (unitsPaid) line.unitsPaid = unitsPaid
  if (written(segment, 6)) line.submitted = procedureAt(segment, 6, declared, faults)
  if (unitsSubmitted) line.unitsSubmitted = unitsSubmitted
  return line
}

/** DTM in loop 2110: 472 one day, 150 and 151 a period. */
export const takeLineDate = (line: AdviceLine, segment: Segment, faults: Faults): void => {
  const day = dayAt(segment, 2, faults)
  if (!day) return
  if (segment[1] === '472') {
    line.serviceFrom = day
    line.serviceTo = day
  } else if (segment[1] === '150') line.serviceFrom ??= day
  else if (segment[1] === '151') line.serviceTo ??= day
}

/** DTM of loop 2100: first and last day of the statement (232, 233). */
export const takeClaimDate = (claim: AdviceClaim, segment: Segment, faults: Faults): void => {
  if (segment[1] !== '232' && segment[1] !== '233') return
  const day = dayAt(segment, 2, faults)
  if (day) claim[segment[1] === '232' ? 'statementFrom' : 'statementTo'] = day
}
