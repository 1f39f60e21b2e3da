import { z } from 'zod'
import { classified, code, oneOf, pii, why } from '../kernel/classes.ts'
import { consentScope, medium, place } from '../kernel/contact.ts'
import { day, instant } from '../kernel/day.ts'
import { event } from '../kernel/event.ts'
import { id } from '../kernel/id.ts'
import { accountId, type DatumId, datumId } from '../kernel/ids.ts'

// The wire contract: names and fields are the storage format. Change them only with a version and an upcast. How a person is
// reached, and what they agreed to.

export { type DatumId, datumId }

/** Where a datum is known from (reference §11.6). None of them is a consent. */
export const datumSource = oneOf([
  'person',
  'registration',
  'priorVisit',
  'payer',
  'ncoa',
  'forwarding',
  'creditHeader',
  'append',
  'other',
])

const datumFields = {
  datumId,
  kind: oneOf(['phone', 'email', 'address']),
  /** The number as `+1` and ten digits; the e-mail; the address in one line. */
  value: pii(z.string().max(200)),
  place,
  /** Of a phone. */
  line: oneOf(['mobile', 'landline', 'voip', 'unknown']).optional(),
  /** Of an address: two letters. Which state's law protects the person, and where it is what time. */
  state: code(2).optional(),
  /** IANA zone, where somebody knows it; else it follows from the number and from the state. */
  zone: code(64).optional(),
  source: datumSource,
  confidence: oneOf(['high', 'medium', 'low']),
}

/** A phone number, an address or an e-mail is on file. What was on file before stays. */
export const contactDatumAdded = event('ContactDatumAdded', datumFields)
export interface ContactDatumAdded extends z.infer<typeof contactDatumAdded.schema> {}

/**
 * It was still the person's on this day. `used`: the person reached the practice by it; `database`: the reassigned numbers
 * database says that the number was not given to another; `asked`: the person said so.
 */
export const contactDatumConfirmed = event('ContactDatumConfirmed', {
  datumId,
  by: oneOf(['used', 'asked', 'database', 'mail']),
})
export interface ContactDatumConfirmed extends z.infer<typeof contactDatumConfirmed.schema> {}

/** It is used no more. */
export const contactDatumRetired = event('ContactDatumRetired', {
  datumId,
  because: oneOf(['wrongNumber', 'disconnected', 'reassigned', 'moved', 'returnedMail', 'bounced', 'asked', 'mistake']),
})
export interface ContactDatumRetired extends z.infer<typeof contactDatumRetired.schema> {}

/** Mail to this address came back. It is not written to until the address is confirmed. */
export const returnedMailRecorded = event('ReturnedMailRecorded', { datumId })
export interface ReturnedMailRecorded extends z.infer<typeof returnedMailRecorded.schema> {}

/**
 * By what a consent lets the person be reached. `portal`: documents are put on the portal instead of being sent, and a notice
 * of each goes to that e-mail.
 */
export const consentChannel = oneOf(['call', 'autodialedCall', 'prerecordedCall', 'text', 'email', 'portal'])

const consentFields = {
  channel: consentChannel,
  /** The number or e-mail that it is about. */
  datumId,
  scope: consentScope,
  /** When the person said so; absent: on the day, from its begin. */
  at: instant.optional(),
}

/** The person agreed to be reached by this medium at this number, about this. */
export const consentGranted = event('ConsentGranted', {
  ...consentFields,
  source: oneOf(['form', 'portal', 'phone', 'text', 'inPerson', 'numberGivenForDebt']),
})
export interface ConsentGranted extends z.infer<typeof consentGranted.schema> {}

/** The person no longer agrees, by whatever means they said so. It counts at once. */
export const consentRevoked = event('ConsentRevoked', {
  ...consentFields,
  means: oneOf(['stopWord', 'keyPress', 'optOutLink', 'spoken', 'written', 'other']),
  /** The last day by which the law wants it honoured: ten business days. */
  honourBy: day,
})
export interface ConsentRevoked extends z.infer<typeof consentRevoked.schema> {}

/** The person asks for a call back about an account, in the six days after this one too. */
export const callbackRequested = event('CallbackRequested', { accountId, at: instant })
export interface CallbackRequested extends z.infer<typeof callbackRequested.schema> {}

/** One thing that the person declared inconvenient. */
export const inconvenienceId = id('InconvenienceId')
export type InconvenienceId = z.infer<typeof inconvenienceId>

const minute = () => classified(z.int().min(0).max(1_440), 'count')
const weekday = classified(z.int().min(0).max(6), 'count')

/** A time, a place or a medium that is inconvenient to the person, until it is withdrawn (12 CFR 1006.6(b), 1006.14(h)). */
export const inconvenienceDeclared = event('InconvenienceDeclared', {
  inconvenienceId,
  what: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: classified(z.literal('time'), 'code'),
      /** Minutes of the day by the person's clocks; until 1,440: to its end. */
      from: minute(),
      until: minute(),
      /** Days of the week, 0 is Sunday. Absent: every day. */
      days: z.array(weekday).optional(),
    }),
    z.strictObject({ kind: classified(z.literal('place'), 'code'), place, because: oneOf(['person', 'employer']) }),
    z.strictObject({ kind: classified(z.literal('medium'), 'code'), medium }),
  ]),
  at: instant.optional(),
})
export interface InconvenienceDeclared extends z.infer<typeof inconvenienceDeclared.schema> {}

/** The person has nothing against it any more. */
export const inconvenienceWithdrawn = event('InconvenienceWithdrawn', { inconvenienceId, reason: why() })
export interface InconvenienceWithdrawn extends z.infer<typeof inconvenienceWithdrawn.schema> {}

export const reachEvents = [
  contactDatumAdded,
  contactDatumConfirmed,
  contactDatumRetired,
  returnedMailRecorded,
  consentGranted,
  consentRevoked,
  callbackRequested,
  inconvenienceDeclared,
  inconvenienceWithdrawn,
] as const
export type ReachEvent =
  | ContactDatumAdded
  | ContactDatumConfirmed
  | ContactDatumRetired
  | ReturnedMailRecorded
  | ConsentGranted
  | ConsentRevoked
  | CallbackRequested
  | InconvenienceDeclared
  | InconvenienceWithdrawn
