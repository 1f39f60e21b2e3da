import type { SubmittedClaim, SubmittedCoverage, SubmittedPerson } from '@daybook/core/account'
import { toCents } from '@daybook/core/kernel'
import { address, clinicians, type Patient, practice } from './people.ts'
import { chargeOf, type Visit, type VisitLine } from './visit.ts'

/** How a claim differs from the visit as it was first sent. */
export interface SendOptions {
  /** CLM05-3: 1 original, 7 replacement, 8 void. */
  readonly frequency?: '1' | '7' | '8'
  readonly originalReference?: string
  readonly lines?: readonly VisitLine[]
  /** Send to the second payer, and say what the first paid (2320 AMT*D). */
  readonly second?: { readonly firstPaid: number }
  /** AMT*F5: a statement, never cash. */
  readonly patientPaid?: number
}

const person = (patient: Patient, id: string | undefined, full: boolean): SubmittedPerson => ({
  last: patient.last,
  first: patient.first,
  ...(id === undefined ? {} : { id }),
  ...(full ? { born: patient.born, sex: patient.sex, address: { ...address, lines: [...address.lines] } } : {}),
})

const coverageOf = (visit: Visit, at: number, isDestination: boolean): SubmittedCoverage => {
  const coverage = visit.insured.coverages[at]
  if (!coverage) throw new RangeError(`${visit.controlNumber} has no coverage ${at + 1}`)
  const { payer, memberId } = coverage
  const { patient } = visit.insured
  return {
    sequence: at === 0 ? 'P' : 'S',
    relationship: patient.subscriber ? '19' : '18',
    filingIndicator: payer.filingIndicator,
    payerName: payer.name,
    payerId: payer.id,
    payerIdQualifier: payer.idQualifier,
    memberId,
    subscriber: person(patient.subscriber ?? patient, memberId, isDestination),
  }
}

/** The claim as the practice sends it. Its place in the file is given when the file is put together. */
export const claimOf = (visit: Visit, options: SendOptions = {}): SubmittedClaim => {
  const lines = options.lines ?? visit.lines
  const place = options.second ? 1 : 0
  const destination = coverageOf(visit, place, true)
  const clinician = clinicians[visit.clinician]
  const { patient } = visit.insured
  return {
    number: 1,
    segment: 1,
    kind: visit.kind,
    patientControlNumber: visit.controlNumber,
    charge: toCents(chargeOf(lines)),
    placeOfService: visit.kind === 'institutional' ? '13' : '11',
    frequency: options.frequency ?? '1',
    ...(options.originalReference ? { originalReference: options.originalReference } : {}),
    ...(visit.kind === 'institutional' ? { statementFrom: visit.serviceDay, statementTo: visit.serviceDay } : {}),
    ...(options.patientPaid === undefined ? {} : { patientPaid: toCents(options.patientPaid) }),
    billingProvider: { name: practice.name, id: practice.npi, taxId: practice.taxId },
    ...(clinician ? { renderingProvider: clinician } : {}),
    diagnoses: [...visit.diagnoses],
    patient: patient.subscriber ? person(patient, undefined, true) : destination.subscriber,
    destination,
    otherCoverages: visit.insured.coverages.flatMap((_, at) => {
      if (at === place) return []
      const other = coverageOf(visit, at, false)
      return [options.second ? { ...other, statedPaid: toCents(options.second.firstPaid) } : other]
    }),
    lines: lines.map((line) => ({
      number: line.number,
      ...(line.code === undefined ? {} : { code: line.code }),
      modifiers: [...line.modifiers],
      ...(line.revenueCode === undefined ? {} : { revenueCode: line.revenueCode }),
      charge: toCents(line.charge),
      units: String(line.units),
      diagnosisPointers: visit.kind === 'institutional' ? [] : [1],
      serviceFrom: visit.serviceDay,
      serviceTo: visit.serviceDay,
      lineControlNumber: line.control,
    })),
    defects: [],
    findings: [],
  }
}
