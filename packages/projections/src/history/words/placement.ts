import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { because, sum, type Words } from '../tell.ts'

/** What changed what an agency has, in words. */
export const noticeWords: Readonly<Record<Of<AccountEvent, 'AgencyNoticeRaised'>['cause'], string>> = {
  payment: 'the patient paid here',
  returned: 'money that had been paid was taken back',
  adjustment: 'an adjustment was made',
  insurance: 'a payer decided',
  void: 'a charge was voided',
  recall: 'it was recalled',
  other: 'it changed',
}

export const placementWords = {
  PrePlacementReviewed: (event, tell) => {
    const unused = event.notInUse.length > 0 ? `; not in use: ${event.notInUse.join(', ')}` : ''
    const vouched = event.attested.map(({ fact, value }) => `${fact} ${tell.text(value)}`)
    const skipped = `${unused}${vouched.length > 0 ? `; the desk vouched for ${vouched.join(', ')}` : ''}`
    if (event.pass) return `Reviewed for placement: nothing in the way${skipped}`
    const earliest = event.earliest ? `, earliest ${event.earliest}` : ''
    return `Reviewed for placement: not placeable${because(event.failures.join(', '))}${earliest}${skipped}`
  },
  AccountPlaced: (event, tell) =>
    `Placed ${tell.money(sum(event.items))} with agency ${event.agencyId} (${event.kind}), approved by ${event.approver}`,
  AccountRecalled: (event, tell) =>
    `Recalled ${tell.money(sum(event.items))} from the agency${event.whole ? '' : ', the rest stays there'}: ${event.reason}${because(tell.text(event.note))}`,
  AgencyNoticeRaised: (event, tell) =>
    `Agency ${event.agencyId} has to be told: ${noticeWords[event.cause]}, ${tell.money(event.left)} is with it now`,
  AgencyTold: (event) =>
    `Told the agency by ${event.how}${event.reference ? `, ${event.reference}` : ''}: ${event.notices.length} ${event.notices.length === 1 ? 'change' : 'changes'}`,
} satisfies Partial<Words<AccountEvent>>
