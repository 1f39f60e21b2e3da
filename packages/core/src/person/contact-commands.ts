import { z } from 'zod'
import { code, count, flag, freeText } from '../kernel/classes.ts'
import { callMedium, callOutcome, locationContact, medium, party, purpose } from '../kernel/contact.ts'
import { day, instant } from '../kernel/day.ts'
import { accountId } from '../kernel/ids.ts'
import { contactId, contactMade, messageSent } from './contact-events.ts'
import { datumId } from './reach-events.ts'
import { identityCheckId } from './standing-events.ts'

// Reaching a person about an account. The wire contract of the command line and the API. They count from the day of their
// instant at the practice. What was begun is reported under its id, and counted once.

const common = {
  account: accountId,
  /** The phone, address or e-mail that is used. */
  datum: datumId.optional(),
  /** Absent: the person. */
  with: party.optional(),
  /** Absent: to collect. */
  purpose: purpose.optional(),
  /** Of purpose `location`: of whom. */
  location: locationContact.optional(),
}
const reported = {
  ...common,
  /** Absent: a new contact. */
  contact: contactId.optional(),
  /** When it was; absent: now. */
  at: instant.optional(),
}

/**
 * Asks to reach the person now: refused with every reason, or on record before anybody dials. Of two who ask at once for
 * the last call that is free one is refused.
 */
export const beginContact = z.strictObject({
  type: z.literal('BeginContact'),
  ...common,
  contact: contactId.optional(),
  medium,
  letterLevel: count().optional(),
})

/** Reports a call that was placed, and how it ended: `outcome`, or `code`, the practice's own word for it. */
export const recordCallAttempt = z.strictObject({
  type: z.literal('RecordCallAttempt'),
  ...reported,
  /** Absent: dialed by hand. */
  medium: callMedium.optional(),
  outcome: callOutcome.optional(),
  code: code(40).optional(),
  note: freeText(2_000).optional(),
})

/** Reports that somebody spoke with the person, or with another about them. */
export const recordConversation = z.strictObject({
  type: z.literal('RecordConversation'),
  ...reported,
  /** Absent: a call. */
  medium: contactMade.schema.shape.medium.optional(),
  direction: contactMade.schema.shape.direction,
  discussed: flag(),
  check: identityCheckId.optional(),
  summary: freeText(2_000),
  commitment: freeText(500).optional(),
  nextStep: freeText(500).optional(),
})

/** Reports a text, an e-mail or a letter that was sent. */
export const recordMessage = z.strictObject({
  type: z.literal('RecordMessage'),
  ...reported,
  medium: messageSent.schema.shape.medium,
  template: code(80).optional(),
  letterLevel: count().optional(),
  /** Whether it said how to opt out; absent: it did. */
  optOutOffered: flag().optional(),
})

/** Reports that somebody of the practice went to see the person. */
export const recordVisit = z.strictObject({
  type: z.literal('RecordVisit'),
  ...reported,
  met: flag(),
  note: freeText(2_000).optional(),
})

/** Reports that somebody has looked at a contact that is on a list, and what follows from it. It leaves the list. */
export const reviewContact = z.strictObject({
  type: z.literal('ReviewContact'),
  on: day,
  contact: contactId,
  note: freeText(500),
})

export const contactCommands = [
  beginContact,
  recordCallAttempt,
  recordConversation,
  recordMessage,
  recordVisit,
  reviewContact,
] as const
export type ContactCommand = z.output<(typeof contactCommands)[number]>
