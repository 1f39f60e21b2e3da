import type { AccountEvent } from '@daybook/core/account'
import { clearText, type Of } from '@daybook/core/kernel'
import { because, listed, type Tell, type Words } from '../tell.ts'

type Delivery = Of<AccountEvent, 'DeliveryRecorded'>

const stages: Record<Delivery['stage'], string> = {
  made: 'Its file was made',
  sent: 'It was sent',
  delivered: 'It arrived',
  returned: 'It came back',
  bounced: 'It bounced',
  corrected: 'Where it goes is known again',
}

const pauses: Record<Of<AccountEvent, 'DunningPaused'>['because'], string> = {
  assistance: 'help was asked for',
  newInsurance: 'insurance was found',
  hardship: 'hardship',
  other: 'another reason',
}

const channels: Record<string, string> = {
  mail: 'by mail',
  email: 'by e-mail',
  inPerson: 'into their hand',
  portal: 'on the portal',
}

type Sent = Of<AccountEvent, 'StatementIssued' | 'LetterIssued'>

const steps: Record<number, string> = { 3: 'First letter', 4: 'Second letter', 5: 'Final notice' }

const sent = (what: string, { number, amountDue, dueOn, to, apart, balance }: Sent, tell: Tell): string => {
  const rest = apart.length === 0 ? '' : ` of a balance of ${tell.money(balance)}`
  return `${what} (number ${number}) ${channels[to.channel]}: ${tell.money(amountDue)}${rest} by ${dueOn}`
}

export const statementWords = {
  DocumentPartKept: ({ number }) => `Part ${number} of a long document, which follows`,
  StatementIssued: (event, tell) => sent('Statement', event, tell),
  LetterIssued: (event, tell) => sent(steps[event.level] ?? 'Letter', event, tell),
  ReceiptIssued: ({ amount, receivedOn, to, number, copy }, tell) =>
    `Receipt${number === undefined ? '' : ` ${number}`}${copy ? ' (copy)' : ''} for ${tell.money(amount)} of ${receivedOn} ${channels[to.channel]}`,
  ItemisationRequested: ({ visits, dueBy }, tell) =>
    `An itemised bill was asked for, of ${listed(visits.map((visit) => tell.visit(visit)))}: by ${dueBy}`,
  ItemisationIssued: ({ lines, to }) =>
    `Itemised bill of ${lines.length} ${lines.length === 1 ? 'service' : 'services'} ${channels[to.channel]}`,
  DeliveryRecorded: ({ stage, by, reference, reason }, tell) =>
    `${by === 'inPerson' ? 'Given into their hand' : stages[stage]}${reference === undefined ? '' : ` (${reference})`}${because(tell.text(reason))}`,
  ReminderSent: ({ channel }) => `Reminded by ${clearText(channel)}`,
  DunningPaused: ({ because: why, until, reason }, tell) =>
    `Statements and letters paused, ${pauses[why]}${until === undefined ? '' : `, until ${until}`}${because(tell.text(reason))}`,
  DunningResumed: ({ reason }, tell) => `Statements and letters go on${because(tell.text(reason))}`,
} satisfies Partial<Words<AccountEvent>>
