import { addDays, type Day } from '../kernel/day.ts'
import type { FactValues } from '../rules/facts.ts'

/**
 * What a desk with a clean case vouches for on a day, because no facet keeps it: the whole of the placement checklist that
 * the account itself can not answer.
 */
export const vouchedFor = (today: Day): FactValues => {
  const before = (days: number): Day => addDays(today, -days)
  return {
    'insurance.eligibilityCheckedOn': before(10),
    'billing.firstBillOn': before(200),
    'billing.noticesSent': 3,
    'billing.finalNoticeOn': before(75),
    'billing.addressValid': true,
    'assistance.pending': false,
    'assistance.approvedInFull': false,
    'assistance.screened': true,
    'bankruptcy.open': false,
    'person.deceased': false,
    'person.attorney': false,
    'person.servicemember': false,
    'person.identityTheft': false,
    'person.protected': false,
    'patient.qmb': false,
    'case.workersCompOpen': false,
    'case.liabilityOpen': false,
    'hold.open': false,
    'ppdr.pending': false,
    'file.itemised': true,
    'file.agreementSigned': true,
    'file.minimumNecessary': true,
    'agency.agreementActive': true,
    'agency.licensedInState': true,
  }
}
