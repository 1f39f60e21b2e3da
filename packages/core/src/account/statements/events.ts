import { z } from 'zod'
import { owedLine } from '../../documents/letter/content.ts'
import {
  activityLine,
  itemisedFields,
  receiptFields,
  serviceLine,
  statementFields,
  statementVisit,
} from '../../documents/statement/content.ts'
import { code, count, oneOf, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'
import { id } from '../../kernel/id.ts'
import { documentId, visitId } from '../../kernel/ids.ts'

// Statements and letters, reference §3.1–3.2. They move no money. Each keeps all that was printed, and the hashes of the
// bytes: it is printed again from here, and nothing else (law K6). The wire contract.

/** Hex SHA-256 of what was printed, by form. */
const printed = {
  textHash: code(64),
  htmlHash: code(64),
  /** In how many parts before it its lists are kept; absent: they stand in it. */
  parts: count().optional(),
}

/**
 * What a part of a document says that is too long for one event: the document itself follows in the same unit, and says how many
 * parts it has. Nothing of it is printed alone.
 */
export const documentPartKept = event('DocumentPartKept', {
  documentId,
  /** From 1, in the order in which they are put together. */
  number: count(),
  activity: z.array(activityLine),
  lines: z.array(serviceLine),
  visits: z.array(statementVisit),
  /** Of a letter beside the ladder: what is owed on each service. */
  owed: z.array(owedLine),
})
export interface DocumentPartKept extends z.infer<typeof documentPartKept.schema> {}

/** A statement was made: a step of the ladder below the letters, or none (level 0). Effective the day it is of. */
export const statementIssued = event('StatementIssued', { documentId, ...statementFields, ...printed })
export interface StatementIssued extends z.infer<typeof statementIssued.schema> {}

/** A letter of the ladder was made. */
export const letterIssued = event('LetterIssued', { documentId, ...statementFields, ...printed })
export interface LetterIssued extends z.infer<typeof letterIssued.schema> {}

/** A receipt for a payment was made. */
export const receiptIssued = event('ReceiptIssued', {
  documentId,
  ...receiptFields,
  textHash: code(64),
  htmlHash: code(64),
})
export interface ReceiptIssued extends z.infer<typeof receiptIssued.schema> {}

/** One request for an itemised bill. */
export const itemisationId = id('ItemisationId')
export type ItemisationId = z.infer<typeof itemisationId>

/** Somebody asks for an itemised bill of these visits, and has it by a day. */
export const itemisationRequested = event('ItemisationRequested', {
  itemisationId,
  visits: z.array(visitId).min(1),
  channel: oneOf(['phone', 'inPerson', 'text', 'email', 'portal', 'mail', 'fax']),
  dueBy: day,
})
export interface ItemisationRequested extends z.infer<typeof itemisationRequested.schema> {}

/** The itemised bill was made. */
export const itemisationIssued = event('ItemisationIssued', {
  itemisationId,
  documentId,
  ...itemisedFields,
  ...printed,
})
export interface ItemisationIssued extends z.infer<typeof itemisationIssued.schema> {}

/** What became of a document on its way. */
export const deliveryStage = oneOf(['made', 'sent', 'delivered', 'returned', 'bounced', 'corrected'])

/**
 * A document went a step on its way. `made`: its file stands; `sent`: handed to the carrier; `returned` and `bounced`: it did
 * not arrive; `corrected`: where it goes is known again. Effective the day on which it happened.
 */
export const deliveryRecorded = event('DeliveryRecorded', {
  documentId,
  stage: deliveryStage,
  /** It was given into the guarantor's hand, whatever way it was to go. */
  by: oneOf(['inPerson']).optional(),
  /** Job or tracking number of the vendor or carrier. */
  reference: code(80).optional(),
  reason: why(({ stage }) => stage !== 'returned' && stage !== 'bounced').optional(),
})
export interface DeliveryRecorded extends z.infer<typeof deliveryRecorded.schema> {}

/** The guarantor was reminded of a statement (reference §3.1 D1). */
export const reminderSent = event('ReminderSent', { documentId, channel: oneOf(['text', 'email', 'phone']) })
export interface ReminderSent extends z.infer<typeof reminderSent.schema> {}

/** One pause of the ladder that a person set. */
export const pauseId = id('PauseId')
export type PauseId = z.infer<typeof pauseId>

/** A person pauses the ladder of the account: for what no other facet knows of. */
export const dunningPaused = event('DunningPaused', {
  pauseId,
  because: oneOf(['assistance', 'newInsurance', 'hardship', 'other']),
  /** The first day on which it goes on; absent: until somebody says so. */
  until: day.optional(),
  reason: why(),
})
export interface DunningPaused extends z.infer<typeof dunningPaused.schema> {}

/** The ladder goes on. */
export const dunningResumed = event('DunningResumed', { pauseId, reason: why() })
export interface DunningResumed extends z.infer<typeof dunningResumed.schema> {}

export const statementEvents = [
  documentPartKept,
  statementIssued,
  letterIssued,
  receiptIssued,
  itemisationRequested,
  itemisationIssued,
  deliveryRecorded,
  reminderSent,
  dunningPaused,
  dunningResumed,
] as const
export type StatementEvent =
  | DocumentPartKept
  | StatementIssued
  | LetterIssued
  | ReceiptIssued
  | ItemisationRequested
  | ItemisationIssued
  | DeliveryRecorded
  | ReminderSent
  | DunningPaused
  | DunningResumed

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const statementBrings = {
  DunningPaused: 'pause',
  ItemisationIssued: 'document',
  ItemisationRequested: 'itemisation',
  LetterIssued: 'document',
  ReceiptIssued: 'document',
  StatementIssued: 'document',
} as const
