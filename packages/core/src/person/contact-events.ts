import { z } from 'zod'
import { code, count, flag, freeText, oneOf } from '../kernel/classes.ts'
import { callMedium, callOutcome, locationContact, medium, party, purpose } from '../kernel/contact.ts'
import { instant } from '../kernel/day.ts'
import { event } from '../kernel/event.ts'
import { id } from '../kernel/id.ts'
import { accountId } from '../kernel/ids.ts'
import { datumId } from './reach-events.ts'
import { identityCheckId } from './standing-events.ts'

// The wire contract: names and fields are the storage format. Change them only with a version and an upcast. What happened
// between the practice and the person. Each names the account that it was about, and keeps the rules that stood against it.

/** One attempt to reach a person, with what came of it. */
export const contactId = id('ContactId')
export type ContactId = z.infer<typeof contactId>

/** What all events of contacts have. */
export const contactFields = {
  contactId,
  accountId,
  /** When it was, by the clock of whoever reports it. */
  at: instant,
  /** The phone, address or e-mail that was used; absent where it is not on file. */
  datumId: datumId.optional(),
  with: party,
  purpose,
  location: locationContact.optional(),
}
/** Ids of the rules that stood against it (law Q8). */
const against = { against: z.array(code(60)) }

/** The practice is about to reach the person: every gate has let it, and it counts from now on. */
export const contactBegun = event('ContactBegun', { ...contactFields, medium, letterLevel: count().optional() })
export interface ContactBegun extends z.infer<typeof contactBegun.schema> {}

/** A call was placed. */
export const callAttempted = event('CallAttempted', {
  ...contactFields,
  ...against,
  medium: callMedium,
  outcome: callOutcome,
  /** How the practice calls the outcome. */
  practiceCode: code(40).optional(),
  note: freeText(2_000).optional(),
})
export interface CallAttempted extends z.infer<typeof callAttempted.schema> {}

/** Somebody of the practice and the person, or another, spoke with each other. */
export const contactMade = event('ContactMade', {
  ...contactFields,
  ...against,
  medium: oneOf(['call', 'visit', 'other']),
  /** Who began it. */
  direction: oneOf(['outbound', 'inbound']),
  /** Whether anything of the account was said. */
  discussed: flag(),
  identityCheckId: identityCheckId.optional(),
  summary: freeText(2_000),
  commitment: freeText(500).optional(),
  nextStep: freeText(500).optional(),
})
export interface ContactMade extends z.infer<typeof contactMade.schema> {}

/** A text, an e-mail or a letter was sent. */
export const messageSent = event('MessageSent', {
  ...contactFields,
  ...against,
  medium: oneOf(['text', 'email', 'mail']),
  template: code(80).optional(),
  /** 0: it demands nothing. */
  letterLevel: count(),
  optOutOffered: flag(),
})
export interface MessageSent extends z.infer<typeof messageSent.schema> {}

/** Somebody of the practice went to see the person. */
export const visitMade = event('VisitMade', {
  ...contactFields,
  ...against,
  met: flag(),
  note: freeText(2_000).optional(),
})
export interface VisitMade extends z.infer<typeof visitMade.schema> {}

/** Somebody has looked at a contact that stood against rules, or of which nobody said what came of it, and said what follows. */
export const contactReviewed = event('ContactReviewed', { contactId, note: freeText(500) })
export interface ContactReviewed extends z.infer<typeof contactReviewed.schema> {}

export const contactEvents = [
  contactBegun,
  callAttempted,
  contactMade,
  messageSent,
  visitMade,
  contactReviewed,
] as const
/** What reaches a person, or tries to. */
export type ContactAttempt = ContactBegun | CallAttempted | ContactMade | MessageSent | VisitMade
export type ContactEvent = ContactAttempt | ContactReviewed
