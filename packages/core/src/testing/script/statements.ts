import type { StatementCommand } from '../../account/statements/commands.ts'
import { deliveryOf, type IssuedDocument } from '../../account/statements/state.ts'
import { addDays } from '../../kernel/day.ts'
import { type Generate, type Moment, none, oneOf, recently, type Ways } from './moment.ts'

// What is sent to guarantors, and what becomes of it on its way.

const documents = ({ state }: Moment, wanted: (document: IssuedDocument) => boolean = () => true): readonly string[] =>
  [...state.statements.documents.values()].flatMap((each) => (wanted(each) ? each.documentId : []))

const issueStatement: Generate<'IssueStatement'> = (random, moment) => ({
  type: 'IssueStatement',
  on: random.oneIn(16) ? recently(random, moment.today) : moment.today,
  document: random.oneIn(16) ? oneOf(random, documents(moment), 'd-known') : `d${moment.number}`,
  ...(random.oneIn(16) ? { mentions: ['creditReporting' as const] } : {}),
})

const issueReceipt: Generate<'IssueReceipt'> = (random, moment) => {
  const payments = [...moment.state.payments.payments.keys()]
  if (none(random, payments)) return undefined
  const payment = oneOf(random, payments, 'p-unknown')
  const by = random.pick(['mail', 'inPerson', 'portal'] as const)
  return { type: 'IssueReceipt', on: moment.today, document: `d${moment.number}`, payment, by }
}

const requestItemisation: Generate<'RequestItemisation'> = (random, { state, today, number }) => {
  const visits = [...new Set([...state.ledger.lines.values()].map(({ visitId }) => visitId))]
  if (none(random, visits)) return undefined
  return {
    type: 'RequestItemisation',
    on: recently(random, today),
    itemisation: `i${number}`,
    ...(random.oneIn(2) ? { visits: [oneOf(random, visits, 'v-unknown')] } : {}),
    channel: 'phone',
  }
}

const issueItemisation: Generate<'IssueItemisation'> = (random, { state, today, number }) => {
  const open = [...state.statements.itemisations.values()]
    .filter(({ documentId }) => documentId === undefined)
    .map(({ requested }) => requested.itemisationId)
  if (none(random, open)) return undefined
  const itemisation = oneOf(random, open, 'i-unknown')
  return { type: 'IssueItemisation', on: today, document: `d${number}`, itemisation }
}

const recordDelivery: Generate<'RecordDelivery'> = (random, moment) => {
  const open = documents(moment, (document) => deliveryOf(document) !== 'delivered')
  if (none(random, open)) return undefined
  const stage = random.pick(['made', 'sent', 'sent', 'delivered', 'returned', 'corrected'] as const)
  return {
    type: 'RecordDelivery',
    on: moment.today,
    document: oneOf(random, open, 'd-unknown'),
    stage,
    ...(stage === 'returned' ? { reason: 'moved' } : {}),
    ...(stage === 'delivered' && random.oneIn(3) ? { by: 'inPerson' as const } : {}),
  }
}

const recordReminder: Generate<'RecordReminder'> = (random, moment) => {
  const steps = documents(moment, ({ event }) => event.type === 'StatementIssued')
  if (none(random, steps)) return undefined
  return { type: 'RecordReminder', on: moment.today, document: oneOf(random, steps, 'd-unknown'), channel: 'text' }
}

const pauseDunning: Generate<'PauseDunning'> = (random, { today, number }) => ({
  type: 'PauseDunning',
  on: recently(random, today),
  pause: `z${number}`,
  because: random.pick(['assistance', 'newInsurance', 'hardship']),
  ...(random.oneIn(2) ? { until: addDays(today, random.int(-3, 30)) } : {}),
  reason: 'asked',
})

const resumeDunning: Generate<'ResumeDunning'> = (random, { state, today }) => {
  const open = [...state.statements.pauses.values()].flatMap(({ pauseId, resumed }) => (resumed ? [] : pauseId))
  if (none(random, open)) return undefined
  return { type: 'ResumeDunning', on: today, pause: oneOf(random, open, 'z-unknown'), reason: 'it is over' }
}

/** How its commands come into random lives. */
export const statementWays: Ways<StatementCommand> = {
  IssueStatement: { make: issueStatement, often: 4, collecting: 8 },
  IssueReceipt: { make: issueReceipt, often: 1, collecting: 1, instead: 'PostPayment' },
  RequestItemisation: { make: requestItemisation, often: 1, collecting: 1 },
  IssueItemisation: { make: issueItemisation, often: 1, collecting: 1, instead: 'RequestItemisation' },
  RecordDelivery: { make: recordDelivery, often: 2, collecting: 2, instead: 'IssueStatement' },
  RecordReminder: { make: recordReminder, often: 1, collecting: 1, instead: 'IssueStatement' },
  PauseDunning: { make: pauseDunning, often: 1, collecting: 1 },
  ResumeDunning: { make: resumeDunning, often: 1, collecting: 1, instead: 'PauseDunning' },
}
