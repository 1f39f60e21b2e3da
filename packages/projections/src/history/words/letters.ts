import type { AccountEvent, LetterAbout } from '@daybook/core/account'
import type { Tell, Words } from '../tell.ts'

const abouts: Record<LetterAbout, string> = {
  assistanceGranted: 'help with the bill is given',
  assistanceReceived: 'the request for help was received',
  complaint: 'a complaint is answered',
  disputeAcknowledged: 'a dispute is looked into',
  disputeDecided: 'the result of a dispute',
  firstNotice: 'what is owed, and how to dispute it',
  planAmended: 'a plan has changed',
  planCure: 'a plan is overdue, before default',
  planDeferred: 'a plan is put off',
  refund: 'a refund',
}

const channels: Record<string, string> = {
  mail: 'by mail',
  email: 'by e-mail',
  inPerson: 'into their hand',
  portal: 'on the portal',
}

export const letterWords = {
  CorrespondenceIssued: ({ about, to, concerns }, _tell: Tell) =>
    `Letter ${channels[to.channel]}: ${abouts[about]} (${concerns})`,
} satisfies Partial<Words<AccountEvent>>
