import { z } from 'zod'
import { oneOf, reason, said } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { documentId, paymentId, visitId } from '../../kernel/ids.ts'
import { consequence } from '../../policy/sections/statements.ts'
import { deliveryRecorded, deliveryStage, itemisationId, pauseId } from './events.ts'

// What the desk may ask of statements. The wire contract of the command line and the API. `on` is the effective date; a
// document is made today, for it says what is known.

const how = oneOf(['mail', 'email', 'inPerson', 'portal'])

/** Asks to send what is due: a statement or a letter, as the ladder says. Refused with every reason and the earliest day. */
export const issueStatement = z.strictObject({
  type: z.literal('IssueStatement'),
  on: day,
  /** Absent: a new one. */
  document: documentId.optional(),
  /** What a letter says will happen; absent: of the final notice what policy says, of others nothing. */
  mentions: z.array(consequence).optional(),
})

/** Asks for a receipt for a payment. */
export const issueReceipt = z.strictObject({
  type: z.literal('IssueReceipt'),
  on: day,
  document: documentId.optional(),
  payment: paymentId,
  /** Absent: into somebody's hand. */
  by: how.optional(),
})

/** Reports that somebody asks for an itemised bill. */
export const requestItemisation = z.strictObject({
  type: z.literal('RequestItemisation'),
  on: day,
  itemisation: itemisationId.optional(),
  /** Absent: all that has charges. */
  visits: z.array(visitId).min(1).optional(),
  channel: oneOf(['phone', 'inPerson', 'text', 'email', 'portal', 'mail', 'fax']),
})

/** Asks for the itemised bill that was requested. */
export const issueItemisation = z.strictObject({
  type: z.literal('IssueItemisation'),
  on: day,
  document: documentId.optional(),
  itemisation: itemisationId,
  by: how.optional(),
})

/** Reports what became of a document on its way; `by`: it was printed and given into the guarantor's hand, whatever way it was to go. */
export const recordDelivery = z.strictObject({
  type: z.literal('RecordDelivery'),
  on: day,
  document: documentId,
  stage: deliveryStage,
  by: deliveryRecorded.schema.shape.by,
  reference: said(80).optional(),
  reason: reason.optional(),
})

/** Reports that the guarantor was reminded of a statement. */
export const recordReminder = z.strictObject({
  type: z.literal('RecordReminder'),
  on: day,
  document: documentId,
  channel: oneOf(['text', 'email', 'phone']),
})

/** Pauses the ladder of the account. */
export const pauseDunning = z.strictObject({
  type: z.literal('PauseDunning'),
  on: day,
  pause: pauseId.optional(),
  because: oneOf(['assistance', 'newInsurance', 'hardship', 'other']),
  until: day.optional(),
  reason,
})

/** Lets it go on. */
export const resumeDunning = z.strictObject({ type: z.literal('ResumeDunning'), on: day, pause: pauseId, reason })

export const statementCommands = [
  issueStatement,
  issueReceipt,
  requestItemisation,
  issueItemisation,
  recordDelivery,
  recordReminder,
  pauseDunning,
  resumeDunning,
] as const
export type StatementCommand = z.output<(typeof statementCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const statementAsksOrReports: { readonly [Type in StatementCommand['type']]: 'asks' | 'reports' } = {
  IssueItemisation: 'asks',
  IssueReceipt: 'asks',
  IssueStatement: 'asks',
  PauseDunning: 'reports',
  RecordDelivery: 'reports',
  RecordReminder: 'reports',
  RequestItemisation: 'reports',
  ResumeDunning: 'reports',
}
