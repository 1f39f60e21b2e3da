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

/**
 * Asks for more time to account for disclosures: once, in the time that there is, for thirty days at most; who asked is told in writing
 * why, and until when (PR-04, 45 CFR 164.528(c)(1)(ii)).
 */
export const extendInquiry = z.strictObject({
  type: z.literal('ExtendInquiry'),
  on: day,
  inquiry: inquiryId,
  /** By then it is answered. */
  until: day,
  reason,
})

export const inquiryCommands = [recordInquiry, verifyInquirer, answerInquiry, escalateInquiry, extendInquiry] as const
export type InquiryCommand = z.output<(typeof inquiryCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const inquiryAsksOrReports: { readonly [Type in InquiryCommand['type']]: 'asks' | 'reports' } = {
  AnswerInquiry: 'asks',
  EscalateInquiry: 'reports',
  ExtendInquiry: 'asks',
  RecordInquiry: 'reports',
  VerifyInquirer: 'reports',
}
