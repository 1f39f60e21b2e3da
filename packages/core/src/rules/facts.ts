import type { Day } from '../kernel/day.ts'

/**
 * The vocabulary in which rules speak of the world. A fact is known, with a value, or unknown, with the reason. Facets
 * supply facts (`account/facts.ts`); what no facet supplies yet is unknown, and a gate that needs it blocks.
 * Rules never see events or state: only these.
 */
export interface FactTypes {
  // the practice and the law's reach
  'practice.entityType': string
  'practice.state': string
  'guarantor.state': string
  'guarantor.confirmed': boolean
  'guarantor.age': number
  'patient.age': number
  // the amount in question
  'amount.party': string
  'amount.stage': string
  'amount.cents': number
  'balance.patientActive': number
  // an adjustment that wants to become the patient's
  'adjustment.group': string
  'adjustment.carc': string
  'adjustment.remarks': readonly string[]
  'adjustment.denial': boolean
  'coverage.type': 'medicare' | 'medicaid' | 'commercial' | 'workersComp' | 'tricare' | 'other' | 'none'
  'patient.qmb': boolean
  'case.workersCompOpen': boolean
  'case.liabilityOpen': boolean
  'service.nsaProtected': boolean
  'denial.patientLiableByNotice': boolean
  // insurance
  'insurance.pending': boolean
  'insurance.denialOpen': boolean
  'insurance.unbilledCoverage': boolean
  'insurance.eligibilityCheckedOn': Day
  // billing so far
  'billing.firstBillOn': Day
  'billing.noticesSent': number
  'billing.finalNoticeOn': Day
  'billing.addressValid': boolean
  'payment.lastOn': Day | 'never'
  // standing of the person and the debt
  'plan.inGoodStanding': boolean
  'promise.open': boolean
  'dispute.open': boolean
  'assistance.pending': boolean
  'assistance.screened': boolean
  'assistance.approvedInFull': boolean
  'bankruptcy.open': boolean
  'person.deceased': boolean
  'person.attorney': boolean
  'person.servicemember': boolean
  'person.identityTheft': boolean
  'person.protected': boolean
  'hold.open': boolean
  'credit.provisional': boolean
  'ppdr.pending': boolean
  // the agency
  'agency.agreementActive': boolean
  'agency.licensedInState': boolean
  'file.minimumNecessary': boolean
  'file.itemised': boolean
  'file.agreementSigned': boolean
  // approvals
  'approval.role': string
  'approval.distinct': boolean
  // plans
  'plan.total': number
  'plan.instalments': number
  'plan.largestInstalment': number
  'plan.otherInstalments': number
  'income.monthly': number
  'income.afterEssentials': number
  'income.screenedForAssistance': boolean
  'service.professional': boolean
}
export type FactName = keyof FactTypes

export type Fact<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string }

/** What is known. A name that is absent is unknown: no facet supplies it. */
export type Facts = { readonly [K in FactName]?: Fact<FactTypes[K]> }

export const known = <T>(value: T): Fact<T> => ({ known: true, value })
export const unknown = (why: string): Fact<never> => ({ known: false, why })
