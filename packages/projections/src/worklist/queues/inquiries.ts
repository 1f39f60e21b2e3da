import { type AccountState, coverageType, type Inquiry } from '@daybook/core/account'
import { addBusinessDays, type Day } from '@daybook/core/kernel'
import { accountingOf, itemisedStatement } from '@daybook/core/rules'
import { topicWords } from '../../history/words/inquiries.ts'
import { facetQueues } from '../queue.ts'
import { type Deadline, dueByLaw, dueByPolicy, sooner, type WorkContext } from '../work.ts'

export interface InquiryMatter {
  readonly inquiry: string
  readonly topic: Inquiry['topic']
  readonly since: Day
  /** Whether a Medicare coverage is on file: law says when an itemised statement is given (DS-08). */
  readonly medicare: boolean
  readonly escalatedTo?: string
  /** More time was taken: it is answered by then. */
  readonly extendedTo?: Day
}

const hasMedicare = ({ coverage }: AccountState): boolean =>
  [...coverage.coverages.values()].some(({ filingIndicator }) => coverageType(filingIndicator) === 'medicare')

const matterOf = (
  state: AccountState,
  { inquiryId, topic, receivedOn, escalated, extendedTo }: Inquiry,
): InquiryMatter => ({
  inquiry: inquiryId,
  topic,
  since: receivedOn,
  medicare: hasMedicare(state),
  ...(escalated ? { escalatedTo: escalated.to } : {}),
  ...(extendedTo ? { extendedTo } : {}),
})

const deadlineOf = (
  { topic, since, medicare, extendedTo }: InquiryMatter,
  { policy }: WorkContext,
): Deadline | undefined => {
  const { answerDays, itemisedDays } = policy.inquiries
  if (topic === 'itemisedStatement') {
    const legal = medicare ? dueByLaw(since, itemisedStatement) : undefined
    const own = dueByPolicy(since, itemisedDays, 'give an itemised statement')
    return sooner(legal, own)
  }
  if (topic === 'disclosures') {
    const more = extendedTo === undefined ? '60 days from' : 'more time taken for what was asked on'
    return {
      due: extendedTo ?? accountingOf(since).due,
      legal: true,
      source: `PR-04: ${more} ${since} (45 CFR 164.528(c)(1))`,
    }
  }
  return {
    due: addBusinessDays('FED_OBSERVED', since, answerDays),
    legal: false,
    source: `policy: answer within ${answerDays} business days`,
  }
}

/** Inquiries that nobody has answered; by the clock they become a supervisor's (§11.5, policy). */
export const queues = facetQueues({
  names: ['inquiries'],
  version: 2,
  matters: (state) => state.inquiries.inquiries.where('open').map((inquiry) => matterOf(state, inquiry)),
  work: (matters, context) =>
    matters.map((matter) => {
      const { inquiry, topic, since, escalatedTo } = matter
      const from = addBusinessDays('FED_OBSERVED', since, context.policy.inquiries.escalateDays)
      const late = topic !== 'itemisedStatement' && topic !== 'disclosures' && context.asOf > from
      return {
        queue: escalatedTo !== undefined || late ? ('inquiries:escalated' as const) : ('inquiries' as const),
        subject: inquiry,
        amount: 0,
        since,
        reasons: [
          `asked on ${since} about ${topicWords[topic]}`,
          ...(escalatedTo === undefined ? [] : [`escalated to ${escalatedTo}`]),
          ...(late && escalatedTo === undefined ? ['nobody has answered: it is a supervisor’s now'] : []),
        ],
        nextAction:
          topic === 'disclosures'
            ? 'give the accounting (daybook disclosures), and say so (AnswerInquiry)'
            : 'answer it (AnswerInquiry)',
        deadline: deadlineOf(matter, context),
      }
    }),
})
