import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { because, type Words } from '../tell.ts'

export const topicWords: Record<Of<AccountEvent, 'InquiryReceived'>['topic'], string> = {
  balance: 'the balance',
  charges: 'charges',
  insurance: 'the insurance',
  itemisedStatement: 'an itemised statement',
  payment: 'a payment',
  plan: 'a plan',
  assistance: 'financial assistance',
  records: 'records',
  disclosures: 'to whom their data was given',
  other: 'something else',
}

export const inquiryWords = {
  InquiryReceived: ({ topic, by, says }, tell) =>
    `Asked about ${topicWords[topic]} by ${by}${because(tell.text(says))}`,
  PhiWithheld: () => 'Nothing about the patient was said: who asked is not verified',
  InquirerVerified: ({ identifiers }) => `Who asked is verified by ${identifiers.join(', ')}`,
  InquiryAnswered: ({ answer }, tell) => `Answered${because(tell.text(answer))}`,
  InquiryExtended: ({ until, reason }, tell) => `More time taken, until ${until}${because(tell.text(reason))}`,
  InquiryEscalated: ({ to, reason }, tell) => `Escalated to ${to}${because(tell.text(reason))}`,
} satisfies Partial<Words<AccountEvent>>
