import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { because, sum, type Words } from '../tell.ts'

const ends: Record<Of<AccountEvent, 'SelfPayEnded'>['because'], string> = {
  notPaidInFull: 'a part of it is not paid any more',
  planKnows: 'the plan knows of the service',
  voided: 'no charge is left',
  withdrawn: 'the patient took it back',
}

export const agreementWords = {
  NoticeRecorded: (event, tell) => {
    const { notice } = event
    const said =
      notice.kind === 'abn'
        ? `The patient was told on ${notice.signedOn} that the payer may not pay`
        : `Cost share of a protected service confirmed: ${tell.money(notice.amount)}`
    return `${said}${because(tell.text(notice.reference))}`
  },
  SelfPayElected: (event, tell) =>
    `The patient chose to pay in full, past the plan, agreed on ${event.agreedOn}${because(tell.text(event.reference))}`,
  SelfPayHolds: (event, tell) =>
    `Paid in full: ${tell.money(sum(event.lines))} is the patient's, and the plan hears nothing of it (${tell.lines(event.lines)})`,
  SelfPayEnded: (event, tell) =>
    `The choice to pay past the plan has ended: ${ends[event.because]}${event.reason === undefined ? '' : because(tell.text(event.reason))}`,
} satisfies Partial<Words<AccountEvent>>
