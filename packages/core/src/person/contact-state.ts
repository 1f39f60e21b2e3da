import {
  type CallOutcome,
  type ContactParty,
  type ContactPurpose,
  isCall,
  isConversation,
  isCounted,
  type LocationContact,
  type Medium,
} from '../kernel/contact.ts'
import type { Day, Instant } from '../kernel/day.ts'
import type { Of } from '../kernel/decision.ts'
import type { AccountId } from '../kernel/ids.ts'
import type { VersionedMap } from '../kernel/versioned-map.ts'
import type { ContactAttempt, ContactEvent, ContactId } from './contact-events.ts'
import type { DatumId } from './reach-events.ts'

// What happened between the practice and a person, contact by contact.

/** One contact, begun or reported: under one id it is one. */
export interface Contact {
  readonly contactId: ContactId
  readonly accountId: AccountId
  readonly medium: Medium | 'other'
  readonly at: Instant
  readonly datumId?: DatumId | undefined
  /** A call that is counted (12 CFR 1006.14(b)). */
  readonly counted: boolean
  /** When the person was spoken with by telephone. */
  readonly spokenAt?: Instant | undefined
  readonly with: ContactParty
  readonly purpose: ContactPurpose
  /** Of whom the person's whereabouts were asked, where they were spoken with or written to, or may have been. */
  readonly asked?: Omit<LocationContact, 'said'> | undefined
  /** The events that said what came of it: each is said once. */
  readonly reported: readonly ContactEvent['type'][]
  /** The day at the practice from which it counts. */
  readonly day: Day
  /** Ids of the rules that stood against it. */
  readonly against: readonly string[]
  /** Somebody has looked at it, and nothing has stood against it since. */
  readonly reviewedOn?: Day | undefined
}

/** Whether somebody has to look at it: rules stood against it, or nobody has said what came of it. */
export const isToReview = ({ against, reported, reviewedOn }: Contact): boolean =>
  reviewedOn === undefined && (against.length > 0 || reported.every((type) => type === 'ContactBegun'))

/** What is written to while contacts are folded. */
export interface ContactBuilder {
  readonly contacts: VersionedMap<ContactId, Contact>
}

/** Whether a conversation with this one is one with the person. A call to an attorney is not counted (reference §4.2). */
const isWithTheirs = (other: ContactParty): boolean => other !== 'thirdParty' && other !== 'attorney'

/**
 * One with an attorney, or with another who is asked where the person is, is not counted, unless the person's own number was
 * dialed: that is a call to the person.
 */
const isToTheirs = ({ with: other, datumId, purpose }: Pick<Contact, 'with' | 'datumId' | 'purpose'>): boolean =>
  (other !== 'attorney' && purpose !== 'location') || datumId !== undefined

/** Nobody was reached by it. */
const unreached: ReadonlySet<CallOutcome> = new Set([
  'noAnswer',
  'busy',
  'disconnected',
  'leftLimitedMessage',
  'wrongNumber',
])

/** Of whom it asked where the person is; who was not reached was not asked. */
const askedOf = (event: ContactAttempt): Pick<Contact, 'asked'> => {
  const isUnreached =
    (event.type === 'CallAttempted' && unreached.has(event.outcome)) || (event.type === 'VisitMade' && !event.met)
  if (!event.location || isUnreached) return {}
  const { said: _said, ...asked } = event.location
  return { asked }
}

type Reached = Omit<Contact, 'reported' | 'day' | 'against' | 'reviewedOn' | 'asked'>

const setContact = (builder: ContactBuilder, contact: Reached, event: ContactAttempt): void => {
  const before = builder.contacts.get(contact.contactId)
  const now = event.type === 'ContactBegun' ? [] : event.against
  builder.contacts.set(contact.contactId, {
    ...contact,
    ...askedOf(event),
    day: before?.day ?? event.effectiveDate,
    reported: [...(before?.reported ?? []), event.type],
    against: [...new Set([...(before?.against ?? []), ...now])],
    reviewedOn: now.length > 0 ? undefined : before?.reviewedOn,
  })
}

export const evolveContacts: {
  readonly [K in ContactEvent['type']]: (builder: ContactBuilder, event: Of<ContactEvent, K>) => void
} = {
  ContactBegun: (builder, event) => {
    const { contactId, accountId, medium, at, datumId, with: other, purpose } = event
    const counted = isCall(medium) && isToTheirs(event)
    setContact(builder, { contactId, accountId, medium, at, datumId, counted, with: other, purpose }, event)
  },
  CallAttempted: (builder, event) => {
    const { contactId, accountId, medium, at, datumId, outcome, with: other, purpose } = event
    const spoken = isConversation(outcome) && isWithTheirs(other)
    const spokenAt = spoken ? at : builder.contacts.get(contactId)?.spokenAt
    const counted = isCounted(outcome) && isToTheirs(event)
    setContact(builder, { contactId, accountId, medium, at, datumId, counted, spokenAt, with: other, purpose }, event)
  },
  ContactMade: (builder, event) => {
    const { contactId, accountId, medium, at, datumId, direction, with: other, purpose } = event
    const before = builder.contacts.get(contactId)
    const isOurs = medium === 'call' && direction === 'outbound' && isToTheirs(event)
    const counted = before ? before.counted : isOurs
    const spokenAt = medium === 'call' && isWithTheirs(other) ? at : before?.spokenAt
    const by = medium === 'call' && before ? before.medium : medium
    const contact = { contactId, accountId, medium: by, at, datumId, counted, spokenAt }
    setContact(builder, { ...contact, with: other, purpose }, event)
  },
  MessageSent: (builder, event) => {
    const { contactId, accountId, medium, at, datumId, with: other, purpose } = event
    setContact(builder, { contactId, accountId, medium, at, datumId, counted: false, with: other, purpose }, event)
  },
  VisitMade: (builder, event) => {
    const { contactId, accountId, at, datumId, with: other, purpose } = event
    const visit = { contactId, accountId, medium: 'visit' as const, at, datumId, counted: false }
    setContact(builder, { ...visit, with: other, purpose }, event)
  },
  ContactReviewed: (builder, { contactId, effectiveDate }) => {
    const before = builder.contacts.get(contactId)
    if (before) builder.contacts.set(contactId, { ...before, reviewedOn: effectiveDate })
  },
}
