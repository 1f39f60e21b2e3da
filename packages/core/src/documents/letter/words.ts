import type { LetterAbout, LetterFact } from './content.ts'

// The words of version 1 of the letters: a changed word is a version of its own beside these.

export const letterTitles: Readonly<Record<LetterAbout, string>> = {
  assistanceReceived: 'We have your request for help with your bill',
  assistanceGranted: 'Help with your bill',
  complaint: 'Our answer to your complaint',
  disputeAcknowledged: 'We look into what you have told us',
  disputeDecided: 'What we found',
  firstNotice: 'What you owe us, and what you can do',
  planAmended: 'Your payment plan has changed',
  planCure: 'Your payment plan: please pay what is overdue',
  planDeferred: 'Your payment plan is put off',
  refund: 'Your refund',
}

/** How it begins. None of them threatens anything. */
export const letterOpenings: Readonly<Record<LetterAbout, string>> = {
  assistanceReceived: 'You have asked us for help with your bill. While we look at it we send you no bill.',
  assistanceGranted: 'We have looked at your request for help. The amount below is taken off what you owe.',
  complaint: 'You have complained to us. This is our answer.',
  disputeAcknowledged:
    'You have told us that something on your bill is wrong. We look into it, and we write to you what we found.',
  disputeDecided: 'You have told us that something on your bill is wrong. We have looked into it.',
  firstNotice: 'This is what our records show that you owe us.',
  planAmended: 'The terms of your payment plan have changed as below.',
  planCure:
    'An amount of your payment plan is overdue. If it is paid by the day that is named here, the plan goes on as agreed. If you can not pay it, call us: we can agree on other terms.',
  planDeferred: 'Your payments are put off. Until the first day below nothing of the plan is due.',
  refund: 'We owe you money, and send it back to you.',
}

export const factWords: Readonly<Record<LetterFact, string>> = {
  receivedOn: 'Received on',
  acknowledgedOn: 'Acknowledged on',
  decidedOn: 'Decided on',
  pausedUntil: 'We ask for nothing until',
  givenUp: 'Taken off what you owe',
  overdue: 'Overdue',
  cureBy: 'Please pay by',
  changedOn: 'Changed on',
  remaining: 'Left on the plan',
  refunded: 'Sent back to you',
  itemisationDate: 'As of',
  owedThen: 'You owed then',
  chargedSince: 'Charged since',
  paidSince: 'Paid since',
  adjustedSince: 'Adjusted since',
  disputeBy: 'Tell us what is wrong by',
  balance: 'You owe today',
}

export const outcomeWords: Readonly<Record<string, string>> = {
  frozen: 'What you dispute is not asked for meanwhile; the rest is.',
  upheld: 'You are right: it is put right.',
  partiallyUpheld: 'You are right in part: that part is put right.',
  rejected: 'We have found no error.',
}
