import { z } from 'zod'
import { classified, code, oneOf } from './classes.ts'

// How people are reached: the words that events, rules and policy share.

/** By what somebody is reached. A call by an automatic dialer or with a recorded voice is law of its own (reference §4.5). */
export const medium = oneOf(['call', 'autodialedCall', 'prerecordedCall', 'text', 'email', 'mail', 'visit'])
export type Medium = z.infer<typeof medium>

export const callMedium = oneOf(['call', 'autodialedCall', 'prerecordedCall'])
export type CallMedium = z.infer<typeof callMedium>

export const isCall = (by: Medium): by is CallMedium =>
  by === 'call' || by === 'autodialedCall' || by === 'prerecordedCall'

/** How a call ended (reference §11.5). */
export const callOutcome = oneOf([
  'noAnswer',
  'busy',
  'disconnected',
  'leftLimitedMessage',
  'rightParty',
  'wrongParty',
  'wrongNumber',
  'thirdParty',
  'refused',
  'hungUp',
  'promise',
  'dispute',
  'inquiry',
  'assistanceRequest',
  'callbackScheduled',
  'attorney',
  'deceased',
  'bankruptcy',
  'ceaseRequest',
  'languageNeeded',
])
export type CallOutcome = z.infer<typeof callOutcome>

/** A call that did not connect to the dialled number is not counted (12 CFR 1006.14(b)(3)(ii)). */
export const isCounted = (outcome: CallOutcome | undefined): boolean => outcome !== 'busy' && outcome !== 'disconnected'

const withoutTalk: ReadonlySet<CallOutcome> = new Set([
  'noAnswer',
  'busy',
  'disconnected',
  'leftLimitedMessage',
  'wrongParty',
  'wrongNumber',
  'thirdParty',
])
/** Whether a call that ended so was a conversation with the person. One that they ended at once is taken for one. */
export const isConversation = (outcome: CallOutcome): boolean => !withoutTalk.has(outcome)

/** Whom a contact is with. */
export const party = oneOf([
  'person',
  'spouse',
  'parent',
  'guardian',
  'executor',
  'personalRepresentative',
  'attorney',
  'thirdParty',
])
export type ContactParty = z.infer<typeof party>

/**
 * What a contact is for. `requiredNotice`: law or tax wants it sent; `answer`: the person has asked; `ceaseNotice`: one of
 * the three that are left after a cease (12 CFR 1006.6(c)(2)); `location`: another is asked where the person lives, by what
 * telephone they are reached there, or where they work (1006.10(a)).
 */
export const purpose = oneOf(['collect', 'answer', 'requiredNotice', 'ceaseNotice', 'location'])
export type ContactPurpose = z.infer<typeof purpose>

/**
 * What was said to whom a person's whereabouts were asked of: by what one named oneself, what for, and what is not to be said.
 * `employerAsked`: the practice was named because they asked; `employer`: without that.
 */
export const locationSaid = oneOf([
  'ownName',
  'confirming',
  'employerAsked',
  'employer',
  'debt',
  'postcard',
  'envelope',
])

/** Of whom a person's whereabouts are asked, and what was said (12 CFR 1006.10). */
export const locationContact = z.strictObject({
  /** Who that is: a word of the desk's and a number, the same each time, so that nobody writes a name: `neighbour-1`. */
  of: classified(
    z.string().regex(/^[A-Za-z]{1,30}-?\d{1,3}$/, 'a word and a number, such as neighbour-1, and no name'),
    'code',
  ),
  /** Why they are asked once more: they wanted it; or what they said was wrong or incomplete, and they know better now. */
  again: oneOf(['asked', 'incomplete']).optional(),
  /** What was said; absent: it is still to be said, or nobody has told. */
  said: z.array(locationSaid).optional(),
  /** IANA zone where they are; absent: wherever the person may be. */
  zone: code(64).optional(),
})
export type LocationContact = z.infer<typeof locationContact>

/** How a document goes out: on paper, by e-mail, or on the portal, with a notice by e-mail that it is there. */
export const carrier = oneOf(['mail', 'email', 'portal'])
export type Carrier = z.infer<typeof carrier>

/** Where a phone, an address or an e-mail is. */
export const place = oneOf(['home', 'mobile', 'work', 'other'])
export type ContactPlace = z.infer<typeof place>

/** What a consent is about (reference §4.5). */
export const consentScope = oneOf(['billing', 'clinical', 'marketing', 'all'])
export type ConsentScope = z.infer<typeof consentScope>

/** What somebody is to an account. */
export const roleOnAccount = oneOf(['guarantor', 'patient', 'spouse', 'parent', 'representative', 'other'])
export type RoleOnAccount = z.infer<typeof roleOnAccount>
