import { z } from 'zod'
import { flag, reason, said } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { personRole } from '../../policy/roles.ts'
import { identifier, inquirer, inquiryChannel, inquiryId, inquiryTopic } from './events.ts'

// What the desk may say of inquiries. The wire contract of the command line and the API. `on` is the effective date.

/** Reports that somebody asked something, and by what they were verified, if at all. */
export const recordInquiry = z.strictObject({
  type: z.literal('RecordInquiry'),
  on: day,
  /** Absent: a new one. */
  inquiry: inquiryId.optional(),
  topic: inquiryTopic,
  channel: inquiryChannel,
  by: inquirer,
  /** Absent: not verified. */
  identifiers: z.array(identifier).optional(),
  says: said(2_000),
})

/** Reports that who asked was verified later. */
export const verifyInquirer = z.strictObject({
  type: z.literal('VerifyInquirer'),
  on: day,
  inquiry: inquiryId,
  identifiers: z.array(identifier).min(1),
})

/** Asks to answer; with something about the patient only to who was verified. */
export const answerInquiry = z.strictObject({
  type: z.literal('AnswerInquiry'),
  on: day,
  inquiry: inquiryId,
  channel: inquiryChannel,
  phi: flag(),
  answer: said(2_000),
})

/** Reports that it went to somebody who may do more. */
export const escalateInquiry = z.strictObject({
  type: z.literal('EscalateInquiry'),
  on: day,
  inquiry: inquiryId,
  to: personRole,
  reason,
})

export const inquiryCommands = [recordInquiry, verifyInquirer, answerInquiry, escalateInquiry] as const
export type InquiryCommand = z.output<(typeof inquiryCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const inquiryAsksOrReports: { readonly [Type in InquiryCommand['type']]: 'asks' | 'reports' } = {
  AnswerInquiry: 'asks',
  EscalateInquiry: 'reports',
  RecordInquiry: 'reports',
  VerifyInquirer: 'reports',
}
