import { day } from '../../kernel/day.ts'
import { count, type FactWords, type GateWords, yes } from '../fact.ts'

// What must be in order before an agency gets anything.

export const facts = {
  'agency.agreementActive': [yes, 'whether a business associate agreement with the agency is active'],
  'agency.licensedInState': [yes, "whether the agency is licensed in the guarantor's state"],
  'billing.addressValid': [yes, 'whether the address is valid'],
  'billing.finalNoticeOn': [day, 'the day of the final notice'],
  'billing.firstBillOn': [day, 'the day of the first bill to the patient'],
  'billing.noticesSent': [count, 'how many statements and letters were sent'],
  'file.agreementSigned': [yes, 'whether a signed financial agreement is on file'],
  'file.itemised': [yes, 'whether an itemisation is on file'],
  'file.minimumNecessary': [yes, 'whether the file holds no more than the minimum necessary'],
} as const satisfies FactWords

export const gates = {
  placeAccount: 'checklist',
} as const satisfies GateWords
