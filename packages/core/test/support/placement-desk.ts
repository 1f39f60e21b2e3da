import type { AccountCommandInput } from '../../src/account/index.ts'

type Place = Extract<AccountCommandInput, { type: 'PlaceAccount' }>
type Attested = NonNullable<Place['attested']>

/** Everything that no facet keeps, as a desk with a clean case would vouch for it. */
export const clean: Attested = {
  'insurance.eligibilityCheckedOn': '2026-07-15',
  'billing.firstBillOn': '2026-02-01',
  'billing.noticesSent': 3,
  'billing.finalNoticeOn': '2026-05-17',
  'billing.addressValid': true,
  'promise.open': false,
  'dispute.open': false,
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

export const place = (on: string, over: Partial<Place> = {}): Place => ({
  type: 'PlaceAccount',
  on,
  placement: 'pl1',
  agency: 'acme-collect',
  kind: 'primary',
  attested: clean,
  ...over,
})
