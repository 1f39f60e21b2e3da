import type {
  ClaimSubmission,
  SubmittedClaim,
  SubmittedCoverage,
  SubmittedLine,
  SubmittedPerson,
} from '@daybook/core/account'
import { canonicalJson, clearText, type Day } from '@daybook/core/kernel'
import { isNewCodeSetDue } from './diagnosis-codes.ts'
import { digits, dollars, type Printer } from './printer.ts'

/** One 837 from ST to SE, in the order of the guides (reference §12.7). Every claim has its own subscriber level. */
export const printSubmission = (submission: ClaimSubmission, to: Printer): void =>
  to.transaction('837', submission.controlNumber, submission.version, () => {
    to.line('BHT', '0019', submission.purpose, submission.reference, digits(submission.created), '', 'CH')
    let levels = 0
    let billing: SubmittedClaim['billingProvider'] | undefined
    let billingLevel = 0
    for (const claim of submission.claims) {
      if (!billing || !isSame(billing, claim.billingProvider)) {
        billing = claim.billingProvider
        levels += 1
        billingLevel = levels
        printBilling(billing, levels, to)
      }
      levels = printParties(claim, levels, billingLevel, to)
      printClaim(claim, submission.version, to)
    }
  })

const isSame = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

/** `LAST, FIRST` is a person, anything else an organisation. */
const printProvider = (entity: string, name: string, id: string | undefined, to: Printer): void => {
  const comma = name.indexOf(', ')
  const names = comma < 0 ? ['2', name, ''] : ['1', name.slice(0, comma), name.slice(comma + 2)]
  to.line('NM1', entity, ...names, ...(id === undefined ? [] : ['', '', '', 'XX', id]))
}

const printBilling = (billing: SubmittedClaim['billingProvider'], level: number, to: Printer): void => {
  to.line('HL', String(level), '', '20', '1')
  printProvider('85', billing.name, billing.id, to)
  if (billing.taxId) to.line('REF', 'EI', billing.taxId)
}

/** The subscriber level, and the patient's where the patient is somebody else; gives the last level's number. */
const printParties = (claim: SubmittedClaim, levels: number, billingLevel: number, to: Printer): number => {
  const { destination, patient } = claim
  const isSubscriber = isSame(patient, destination.subscriber)
  const subscriberLevel = levels + 1
  to.line('HL', String(subscriberLevel), String(billingLevel), '22', isSubscriber ? '0' : '1')
  printSubscriberInformation(destination, isSubscriber ? destination.relationship : '', to)
  printPerson('IL', destination.subscriber, destination.memberId, to)
  printPayer(destination, to)
  if (isSubscriber) return subscriberLevel
  to.line('HL', String(subscriberLevel + 1), String(subscriberLevel), '23', '0')
  to.line('PAT', destination.relationship)
  printPerson('QC', patient, clearText(patient.id), to)
  return subscriberLevel + 1
}

const printSubscriberInformation = (coverage: SubmittedCoverage, relationship: string, to: Printer): void =>
  to.line('SBR', coverage.sequence, relationship, coverage.groupNumber, '', '', '', '', '', coverage.filingIndicator)

const printPayer = (coverage: SubmittedCoverage, to: Printer): void =>
  to.line('NM1', 'PR', '2', coverage.payerName, '', '', '', '', coverage.payerIdQualifier, coverage.payerId)

const printPerson = (entity: string, person: SubmittedPerson, id: SubmittedCoverage['memberId'], to: Printer): void => {
  const names = [clearText(person.last), clearText(person.first), clearText(person.middle)]
  const { address } = person
  const member = clearText(id)
  to.line('NM1', entity, '1', ...names, '', clearText(person.suffix), ...(member ? ['MI', member] : []))
  if (address) {
    for (const line of address.lines) to.line('N3', clearText(line))
    to.line('N4', clearText(address.city), address.state, clearText(address.postalCode))
  }
  const born = clearText(person.born).replaceAll('-', '')
  const sex = clearText(person.sex)
  if (born || sex) to.line('DMG', 'D8', born, sex)
}

const period = (from: Day, to: Day): [string, string | undefined] =>
  from === to ? ['D8', digits(from)] : ['RD8', `${digits(from)}-${digits(to)}`]

const printClaim = (claim: SubmittedClaim, version: string, to: Printer): void => {
  const institutional = claim.kind === 'institutional'
  const place = to.composite(claim.placeOfService ?? '', institutional ? 'A' : 'B', claim.frequency)
  to.line('CLM', claim.patientControlNumber, dollars(claim.charge), '', '', place, 'Y', 'A', 'Y', 'Y')
  if (claim.statementFrom && claim.statementTo)
    to.line('DTP', institutional ? '434' : '472', ...period(claim.statementFrom, claim.statementTo))
  if (claim.patientPaid !== undefined) to.line('AMT', 'F5', dollars(claim.patientPaid))
  if (claim.originalReference) to.line('REF', 'F8', claim.originalReference)
  printDiagnoses(claim, version, to)
  if (claim.renderingProvider)
    printProvider('82', clearText(claim.renderingProvider.name), claim.renderingProvider.id, to)
  for (const coverage of claim.otherCoverages) {
    printSubscriberInformation(coverage, coverage.relationship, to)
    if (coverage.statedPaid !== undefined) to.line('AMT', 'D', dollars(coverage.statedPaid))
    printPerson('IL', coverage.subscriber, coverage.memberId, to)
    printPayer(coverage, to)
  }
  for (const line of claim.lines) printLine(line, claim.kind, to)
}

/** The first as principal, the others after it, in the code set that the days of service ask for, else the version. */
const printDiagnoses = (claim: SubmittedClaim, version: string, to: Printer): void => {
  const revision = (isNewCodeSetDue(claim) ?? !version.startsWith('004')) ? 'A' : ''
  const composites = claim.diagnoses.map((code, at) =>
    to.composite(`${revision}${at === 0 ? 'BK' : 'BF'}`, clearText(code)),
  )
  for (let at = 0; at < composites.length; at += 12) to.line('HI', ...composites.slice(at, at + 12))
}

const printLine = (line: SubmittedLine, kind: SubmittedClaim['kind'], to: Printer): void => {
  const hasService = line.code !== undefined || line.modifiers.length > 0
  const qualifier = kind === 'dental' ? 'AD' : 'HC'
  const service = hasService ? to.composite(qualifier, line.code ?? '', ...line.modifiers) : ''
  const charge = dollars(line.charge)
  const pointers = line.diagnosisPointers.length > 0 ? to.composite(...line.diagnosisPointers.map(String)) : ''
  const { units, placeOfService } = line
  to.line('LX', String(line.number))
  if (kind === 'institutional') to.line('SV2', line.revenueCode, service, charge, 'UN', units)
  else if (kind === 'dental') to.line('SV3', service, charge, placeOfService, '', '', units, '', '', '', '', pointers)
  else to.line('SV1', service, charge, 'UN', units, placeOfService, '', pointers)
  if (line.serviceFrom && line.serviceTo) to.line('DTP', '472', ...period(line.serviceFrom, line.serviceTo))
  if (line.lineControlNumber) to.line('REF', '6R', line.lineControlNumber)
}
