import type { SubmittedClaim, SubmittedCoverage, SubmittedPerson } from '@daybook/core/account'
import { dayAt, type Faults, type Segment, text, written } from './elements.ts'
import { takePersonName } from './person-name.ts'

/** Loop 2000A with 2010AA. */
export interface BillingLevel {
  readonly level: '20'
  readonly provider: SubmittedClaim['billingProvider']
}

/** Loop 2000B with 2010BA and 2010BB: whom the claim is sent to, and whose insurance it is. */
export interface SubscriberLevel {
  readonly level: '22'
  readonly billing: BillingLevel
  readonly coverage: SubmittedCoverage
}

/** Loop 2000C with 2010CA: a patient who is not the subscriber. */
export interface PatientLevel {
  readonly level: '23'
  readonly subscriber: SubscriberLevel
  /** PAT01. */
  relationship: string
  readonly person: SubmittedPerson
}

/** A billing provider of which nothing has been read yet. */
export const emptyBilling = (): BillingLevel => ({ level: '20', provider: { name: '' } })

/** A coverage of which nothing has been read yet. */
export const emptyCoverage = (): SubmittedCoverage => ({
  sequence: '',
  relationship: '',
  filingIndicator: '',
  payerName: '',
  subscriber: {},
})

/** SBR, of the destination payer (2000B) or of another one (2320). */
export const takeSubscriberInformation = (coverage: SubmittedCoverage, segment: Segment, faults: Faults): void => {
  coverage.sequence = text(segment, 1, 1, faults)
  coverage.relationship = text(segment, 2, 2, faults)
  const groupNumber = text(segment, 3, 50, faults)
  if (groupNumber) coverage.groupNumber = groupNumber
  coverage.filingIndicator = text(segment, 9, 2, faults)
}

/** NM1 PR. */
export const takePayer = (coverage: SubmittedCoverage, segment: Segment, faults: Faults): void => {
  coverage.payerName = text(segment, 3, 80, faults)
  const payerIdQualifier = text(segment, 8, 2, faults)
  const payerId = text(segment, 9, 80, faults)
  if (payerIdQualifier) coverage.payerIdQualifier = payerIdQualifier
  if (payerId) coverage.payerId = payerId
}

/** NM1 IL: the id is the member's at this payer. */
export const takeSubscriber = (coverage: SubmittedCoverage, segment: Segment, faults: Faults): void => {
  takePersonName(coverage.subscriber, segment, faults)
  const memberId = text(segment, 9, 80, faults)
  if (memberId) coverage.memberId = memberId
}

/** N3, N4 and DMG of a person. */
export const takePersonDetail = (person: SubmittedPerson, segment: Segment, faults: Faults): void => {
  if (segment[0] === 'DMG') {
    const born = dayAt(segment, 2, faults)
    const sex = text(segment, 3, 1, faults)
    if (born) person.born = born
    if (sex) person.sex = sex
    return
  }
  person.address ??= { lines: [] }
  const { address } = person
  if (segment[0] === 'N3') {
    for (const place of [1, 2]) {
      const line = text(segment, place, 55, faults)
      if (line) address.lines.push(line)
    }
    return
  }
  const city = text(segment, 1, 30, faults)
  const state = text(segment, 2, 2, faults)
  const postalCode = text(segment, 3, 15, faults)
  if (city) address.city = city
  if (state) address.state = state
  if (postalCode) address.postalCode = postalCode
}

/** The name of a provider, who may be a person: `LAST, FIRST`. */
export const providerName = (segment: Segment, faults: Faults): string => {
  const last = text(segment, 3, 80, faults)
  const first = segment[2] === '1' ? written(segment, 4) : ''
  return (first ? `${last}, ${first}` : last).slice(0, 80).toWellFormed()
}

/** NM1 85. A tax number may stand here (4010, qualifiers 24 and 34) or in REF EI, SY. */
export const takeBillingProvider = (level: BillingLevel, segment: Segment, faults: Faults): void => {
  const { provider } = level
  provider.name = providerName(segment, faults)
  const id = text(segment, 9, 50, faults)
  if (!id) return
  if (segment[8] === '24' || segment[8] === '34') provider.taxId = id
  else provider.id = id
}

/** REF EI or SY: the tax number of the billing provider. */
export const takeTaxId = (level: BillingLevel, segment: Segment, faults: Faults): void => {
  const taxId = segment[1] === 'EI' || segment[1] === 'SY' ? text(segment, 2, 50, faults) : ''
  if (taxId) level.provider.taxId = taxId
}
