import type { InquiryCommand } from '../../account/inquiries/commands.ts'
import { addDays } from '../../kernel/day.ts'
import { type Generate, type Moment, none, oneOf, recently, type Ways } from './moment.ts'

// What people ask of a desk.

const open = ({ state }: Moment): readonly string[] =>
  state.inquiries.inquiries.where('open').map(({ inquiryId }) => inquiryId)

const recordInquiry: Generate<'RecordInquiry'> = (random, { today, number }) => ({
  type: 'RecordInquiry',
  on: recently(random, today),
  inquiry: `i${number}`,
  topic: random.pick(['balance', 'itemisedStatement', 'insurance', 'disclosures']),
  channel: 'phone',
  by: random.pick(['guarantor', 'other']),
  says: 'what is this for?',
  ...(random.oneIn(2) ? { identifiers: random.pick([['name'] as const, ['name', 'born'] as const]).slice() } : {}),
})

const verifyInquirer: Generate<'VerifyInquirer'> = (random, moment) => {
  const inquiries = open(moment)
  if (none(random, inquiries)) return undefined
  const inquiry = oneOf(random, inquiries, 'i-unknown')
  return { type: 'VerifyInquirer', on: moment.today, inquiry, identifiers: ['name', 'address'] }
}

const answerInquiry: Generate<'AnswerInquiry'> = (random, moment) => {
  const inquiries = open(moment)
  if (none(random, inquiries)) return undefined
  return {
    type: 'AnswerInquiry',
    on: moment.today,
    inquiry: oneOf(random, inquiries, 'i-unknown'),
    channel: 'phone',
    phi: random.oneIn(2),
    answer: 'explained the deductible',
  }
}

const escalateInquiry: Generate<'EscalateInquiry'> = (random, moment) => {
  const inquiries = open(moment)
  if (none(random, inquiries)) return undefined
  const inquiry = oneOf(random, inquiries, 'i-unknown')
  return { type: 'EscalateInquiry', on: moment.today, inquiry, to: 'supervisor', reason: 'asks for a waiver' }
}

const extendInquiry: Generate<'ExtendInquiry'> = (random, moment) => {
  const waiting = moment.state.inquiries.inquiries.where('open').filter(({ topic }) => topic === 'disclosures')
  if (none(random, waiting)) return undefined
  const [first] = waiting
  return {
    type: 'ExtendInquiry',
    on: moment.today,
    inquiry: first?.inquiryId ?? 'i-unknown',
    until: addDays(first?.receivedOn ?? moment.today, 90),
    reason: 'the records are with an archive',
  }
}

/** How its commands come into random lives. */
export const inquiryWays: Ways<InquiryCommand> = {
  RecordInquiry: { make: recordInquiry, often: 1, collecting: 2 },
  VerifyInquirer: { make: verifyInquirer, often: 1, collecting: 1, instead: 'RecordInquiry' },
  AnswerInquiry: { make: answerInquiry, often: 1, collecting: 2, instead: 'RecordInquiry' },
  ExtendInquiry: { make: extendInquiry, often: 1, collecting: 2, instead: 'RecordInquiry' },
  EscalateInquiry: { make: escalateInquiry, often: 1, collecting: 1, instead: 'RecordInquiry' },
}
