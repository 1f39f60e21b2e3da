/** First action by denial category (reference §10.7). */
const actions: Readonly<Record<string, string>> = {
  eligibility: 're-verify eligibility, look for other coverage',
  cob: 'get the coordination of benefits, bill the right payer',
  auth: 'check the authorization file; ask for a retro-authorization or appeal',
  coding: 'coder review, then a corrected claim',
  bundled: 'coder review: included in another service',
  mednec: 'send records and appeal with the coverage policy',
  missingInfo: 'supply what is missing, send a new or corrected claim',
  timelyFiling: 'send proof of timely filing',
  duplicate: 'find the original claim and its status',
  nonCovered: 'check the benefit and the signed notice',
  benefitMax: 'check the benefit and the signed notice',
  enrollment: 'correct the enrolment with the payer',
  network: 'check network status and exceptions',
  appealResult: 'decide on the next level of appeal',
  refund: 'check what was refunded to the patient',
  regulatory: 'bill the next payer; the patient may not be billed',
}

export const denialAction = (category: string): string => actions[category] ?? 'read the remarks and decide'
